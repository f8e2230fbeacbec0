"""What an earlier version kept of the branches at a centre, and a bundle that it made, are read as they were."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.looking_into import findings_of
from counter_assistant.storage.exchange.bundle_file import read_bundle
from tests.operations.exchange.kept import BROUGHT, FIXTURES, keep
from tests.operations.exchange.offices import Centre

KEPT = sorted(FIXTURES.glob("bundle-*"))


@pytest.fixture(params=KEPT, ids=lambda folder: folder.name)
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Centre:
    shutil.copytree(request.param, tmp_path / "centre")
    return Centre(tmp_path)


def test_the_books_of_the_branches_are_whole_and_say_what_they_said(centre: Centre) -> None:
    with closing(centre.office()) as office:
        branches = AllBranches(office)
        assert [report.problems for report in branches.check().values()] == [[], [], []]
        assert [(each.installation, each.entries) for each in branches.states()] == [
            ("530926", 8), ("530926", 8), ("530927", 5),
        ]  # fmt: skip
        assert [(each.kind, each.settled) for each in findings_of(office)] == [("gap", ""), ("fork", "拷贝去试机")]
        assert office.book.check().problems == []


def test_a_bundle_of_then_is_known(centre: Centre) -> None:
    bundle = read_bundle(centre.folder / BROUGHT)
    received = centre.take(bundle.path, "")
    assert (received.merged.outcome, received.merged.new, received.again) == (Outcome.TAKEN, 0, True)


def test_what_is_kept_today_is_what_is_tested(tmp_path: Path) -> None:
    assert keep(tmp_path).name in {folder.name for folder in KEPT}
