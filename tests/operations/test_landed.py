"""What an office had when an earlier version landed: its book, its draft and its settings open, and nothing of them is another.

Each folder under fixtures/ was written by the version whose catalogue it is named after, through its own operations
(landed.py); that of 2026.11 holds a confirmed profile with the example's clerks, as that version allowed it.
`expected.json` is what the version itself said.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.content import revision_file
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft
from tests.make import clock
from tests.operations.landed import FIXTURES, cases_of, keep, slips_of

LANDED = sorted(FIXTURES.glob("landed-*"))


@pytest.fixture(params=LANDED, ids=lambda folder: folder.name)
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Office, dict[str, Any], Path]]:
    folder = tmp_path / "office"
    shutil.copytree(request.param, folder)
    office = open_office(folder, clock)
    yield office, json.loads((request.param / "expected.json").read_text("utf-8")), folder
    office.close()


def test_the_book_is_whole_and_every_slip_prints_as_it_did(landed: Any) -> None:
    office, expected, _ = landed
    assert office.book.check().problems == []
    assert slips_of(office) == expected["slips"]


def test_every_case_stands_where_it_stood(landed: Any) -> None:
    office, expected, _ = landed
    assert cases_of(office) == expected["cases"]


def test_the_profile_stays_confirmed_and_the_holiday_counts(landed: Any) -> None:
    office, _, _ = landed
    assert (office.profile.branch, office.profile.confirmed) == ("耿马管理部", True)
    assert [holiday.number for holiday in office.calendar.local] == ["耿政办发〔2027〕1号"]


def test_the_draft_comes_back_and_the_settings_hold(landed: Any) -> None:
    office, _, folder = landed
    saved = office.drafts.newest()
    state = from_draft(saved.uuid, saved.body)
    assert (state.item, state.name, state.agent_name, state.answers["who"]) == ("B08", "岩罕", "玉罕", "spouse")
    assert (local_settings.load(folder).printer, local_settings.load(folder).type_size) == ("hp", 1.25)


def test_what_was_being_revised_goes_on(landed: Any) -> None:
    office, _, folder = landed
    revising = Revising(office)
    assert bool(revising.revision.acts) is (folder / revision_file.NAME).exists()
    assert (office.content.edition is not None) is (office.book.latest(EntryKind.CONTENT_TAKEN) is not None)


@pytest.mark.slow
def test_what_this_version_keeps_is_opened_by_it(tmp_path: Path) -> None:
    """GIVEN the folder that a release would keep THEN it holds every sort of entry that an office makes by itself."""
    kept = keep(tmp_path)
    assert sorted(path.name for path in kept.iterdir()) == [
        "book.db",
        "expected.json",
        "revision.json",
        "settings.toml",
    ]
    office = open_office(kept, clock)
    made = {entry.kind for entry in office.book.entries()}
    assert office.book.check().problems == []
    assert cases_of(office) == json.loads((kept / "expected.json").read_text("utf-8"))["cases"]
    office.close()
    assert set(EntryKind) - made == NOT_MADE


NOT_MADE = {
    EntryKind.HEAD_WITNESSED, EntryKind.PAYLOAD_ERASED, EntryKind.STAFF, EntryKind.SWITCHES, EntryKind.FIRST_CONTACT,
    EntryKind.COMPLAINT, EntryKind.CLOCK_CONFIRMED, EntryKind.NUMBER_CONFIRMED,
    EntryKind.KEY_SLOT, EntryKind.SIGNIN_FAILED, EntryKind.MONTH_CLOSED, EntryKind.YEAR_CLOSED, EntryKind.REVIEW,
    EntryKind.RESTORED, EntryKind.BOOK_EXPORTED, EntryKind.BUNDLE_TAKEN, EntryKind.FINDING_SETTLED,
    EntryKind.BOOK_MOVED,
}  # fmt: skip
"""Kinds that nothing writes, or only after a doubtful clock or number, in a sealed book, in another month, where a paper is
reviewed, at a centre, or where a book is moved."""
