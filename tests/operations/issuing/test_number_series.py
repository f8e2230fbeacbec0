"""Where numbers go on: an office that changes over in mid-year follows its paper register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import next_number, start_numbers
from counter_assistant.operations.office import Office
from tests.make import a_request, an_office


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def test_the_next_slip_takes_the_number_that_was_set_and_the_book_says_why(office: Office) -> None:
    start_numbers(office, SlipKind.NOTIFICATION_SLIP, " 128 ", "接着纸质登记簿编号")
    slip = issue_slip(office, a_request()).slip
    assert slip is not None
    assert slip.number.endswith("〔2026〕128号")
    assert next_number(office, SlipKind.NOTIFICATION_SLIP) == 129
    assert next_number(office, SlipKind.RECEIPT) == 1
    entry = office.book.latest(EntryKind.SERIES_STARTED)
    assert entry is not None
    assert (entry.payload["first"], entry.payload["last"], entry.payload["reason"]) == (128, 0, "接着纸质登记簿编号")
    assert office.book.check().ok


@pytest.mark.parametrize(
    ("first", "reason", "code"),
    [
        ("0", "换簿", "bad-first-number"),
        ("1000000", "换簿", "bad-first-number"),
        ("一百", "换簿", "bad-first-number"),
        ("١٢", "换簿", "bad-first-number"),
        ("-3", "换簿", "bad-first-number"),
        ("1", "换簿", "number-passed"),
        ("5", " ", "reason-missing"),
    ],
)
def test_a_number_that_cannot_follow_is_refused(office: Office, first: str, reason: str, code: str) -> None:
    issue_slip(office, a_request())
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        start_numbers(office, SlipKind.NOTIFICATION_SLIP, first, reason)
    assert refusal.value.code == code
    assert office.book.head() == before
