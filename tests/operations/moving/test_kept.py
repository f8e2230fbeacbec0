"""What an earlier version wrote of a book that was moved there and back is read as it was."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.moved_entry import BookMoved
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from tests.make import a_request
from tests.operations.moving.kept import FIXTURES, PC, SERVER, keep
from tests.operations.moving.moved_books import clock

KEPT = sorted(FIXTURES.glob("moved-*"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda folder: folder.name)
def test_it_is_whole_and_goes_on(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "pc")
    with closing(open_office(tmp_path / "pc", clock)) as office:
        said = [BookMoved.from_payload(entry.payload) for entry in office.book.entries(EntryKind.BOOK_MOVED)]
        assert [(each.act.value, each.by) for each in said] == [
            ("left", "0001"), ("arrived", "0001"), ("left", "0001"), ("arrived", "0001"),
        ]  # fmt: skip
        assert [each.place for each in said] == [SERVER, PC, PC, SERVER]
        assert issue_slip(office, a_request()).slip is not None
        assert office.book.check().problems == []


def test_what_is_kept_today_is_what_is_tested(tmp_path: Path) -> None:
    assert keep(tmp_path).name in {folder.name for folder in KEPT}
