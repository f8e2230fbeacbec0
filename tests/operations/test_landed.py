"""What an office had when an earlier version landed: its book, its draft and its settings open, and nothing of them is another.

Each folder under fixtures/ was written by the version whose catalogue it is named after, through its own operations: every
row of the decision table, the further papers, three steps, a slip reprinted and voided, a confirmed profile that still holds
the example's clerks, a local holiday, a draft. `expected.json` is what that version itself said of them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.operations.archive.reprint_and_void import pdf_of, show
from counter_assistant.operations.cases.find import horizon
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.presentation.state import DeskState
from tests.make import clock, text_of
from tests.places import TESTS

LANDED = sorted((TESTS / "operations" / "fixtures").glob("landed-*"))


@pytest.fixture(params=LANDED, ids=lambda folder: folder.name)
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Office, dict[str, Any], Path]]:
    folder = tmp_path / "office"
    shutil.copytree(request.param, folder)
    office = open_office(folder, clock)
    yield office, json.loads((request.param / "expected.json").read_text()), folder
    office.close()


def test_the_book_is_whole_and_every_slip_prints_as_it_did(landed: Any) -> None:
    office, expected, _ = landed
    assert office.book.check().problems == []
    found = {
        row.number: text_of(pdf_of(office, show(office, row.number))) for row in office.archive.search("", limit=500)
    }
    assert found == expected["slips"]


def test_every_case_stands_where_it_stood(landed: Any) -> None:
    office, expected, _ = landed
    cases = [
        case
        for which in (CaseList.OPEN, CaseList.CLOSED)
        for case in office.cases.listed(which, horizon(office), limit=500)
    ]
    found = {
        case.id: [case.stage.value, str(case.due), str(case.printed_due), list(case.papers), case.overrun]
        for case in cases
    }
    assert found == expected["cases"]


def test_the_profile_stays_confirmed_and_the_holiday_counts(landed: Any) -> None:
    office, _, _ = landed
    assert (office.profile.branch, office.profile.confirmed) == ("耿马管理部", True)
    assert [holiday.number for holiday in office.calendar.local] == ["耿政办发〔2027〕1号"]


def test_the_draft_comes_back_and_the_settings_hold(landed: Any) -> None:
    office, _, folder = landed
    saved = office.drafts.newest()
    state = DeskState.from_dict(saved.uuid, saved.body)
    assert (state.item, state.name, state.agent_name, state.answers["who"]) == ("B08", "岩罕", "玉罕", "spouse")
    assert (local_settings.load(folder).printer, local_settings.load(folder).type_size) == ("hp", 1.25)
