"""A doubtful clock stops every act until somebody has looked at it; what they say is an entry of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.calendar.system_clock import ClockFault
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.cases import steps
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from tests.decision_rows import ACCEPTED, PROMISE
from tests.make import NOW, a_request

WRONG: dict[str, Callable[[datetime], datetime]] = {
    "-1 s": lambda now: now - timedelta(seconds=1),
    "-1 d": lambda now: now - timedelta(days=1),
    "1970": lambda now: now.replace(year=1970),
    "2009": lambda now: now.replace(year=2009),
    "+1 y": lambda now: now.replace(year=now.year + 1),
    "+10 y": lambda now: now.replace(year=now.year + 10),
    "2038": lambda now: now.replace(year=2038, month=1, day=19),
    "zone": lambda now: now.astimezone(UTC) + timedelta(seconds=1),
}


class Hand:
    """A clock that a hand, or an empty battery, sets. `meanwhile` is done once, just after it was read."""

    now = NOW
    meanwhile: Callable[[], object] | None = None

    def __call__(self) -> datetime:
        read = self.now
        if act := self.meanwhile:
            self.meanwhile = None
            act()
        return read


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def office(tmp_path: Path, hand: Hand) -> Iterator[Office]:
    office = open_office(tmp_path, hand)
    issue_slip(office, a_request(**PROMISE, **ACCEPTED, request_id="first"))
    yield office
    office.close()


def acts(office: Office) -> dict[str, Callable[[], Any]]:
    """What writes into the book, through its operations."""
    number = office.archive.search("罗", limit=1)[0].number
    return {
        "issue": lambda: issue_slip(office, a_request()),
        "oral": lambda: issue_slip(office, a_request(delivery="oral")),
        "step": lambda: steps.take_step(office, "first", Step.DONE),
        "reprint": lambda: reprint_and_void.reprint(office, number),
        "void": lambda: reprint_and_void.void(office, number, "写错"),
        "profile": lambda: office.decide_profile(office.profile),
        "series": lambda: office.book.start_series("x", 5, "李某", "接着用"),
    }


@pytest.mark.parametrize("wrong", WRONG)
def test_nothing_is_written_at_a_doubtful_time(office: Office, hand: Hand, wrong: str) -> None:
    hand.now, head = WRONG[wrong](NOW), office.book.head()
    for name, act in acts(office).items():
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "clock-doubtful", name
        of_server = office.database.shared and wrong != "zone"
        assert refusal.value.sentence.startswith("服务器时间" if of_server else "电脑时间")
        assert ("服务器的管理员" if of_server else "改正电脑时间") in refusal.value.remedy
    assert office.book.head() == head


@pytest.mark.parametrize("wrong", WRONG)
def test_once_confirmed_the_time_stands_with_what_it_was_held_against(office: Office, hand: Hand, wrong: str) -> None:
    hand.now = WRONG[wrong](NOW)
    entry = office.confirm_clock()
    assert entry is not None
    assert (entry.payload["now"], entry.payload["last"]) == (hand.now.isoformat(), NOW.isoformat())
    assert entry.payload["clerk"] == "0001"
    assert office.confirm_clock() is None, "nothing is doubtful any more"
    number = office.archive.search("罗", limit=1)[0].number
    assert reprint_and_void.reprint(office, number)[1] == 1
    assert [found.kind for found in office.book.entries()][-2:] == [EntryKind.CLOCK_CONFIRMED, EntryKind.SLIP_REPRINTED]
    assert office.book.check().ok


def test_a_number_is_of_the_year_that_was_confirmed(office: Office, hand: Hand) -> None:
    hand.now = NOW.replace(year=2027)
    office.confirm_clock()
    issued = issue_slip(office, a_request())
    assert issued.slip is not None
    assert issued.slip.issued_at == hand.now
    assert "〔2027〕1号" in issued.slip.number


def test_what_another_window_issues_meanwhile_makes_no_clock_doubtful(office: Office, hand: Hand) -> None:
    """GIVEN two windows of one book WHEN the other issues in the next second, between the look at the clock and at the book THEN nothing is refused."""

    def issue_elsewhere() -> None:
        hand.now += timedelta(seconds=1)
        with closing(open_office(office.folder, hand)) as other:
            issue_slip(other, a_request(item="B01"))

    hand.meanwhile = issue_elsewhere
    office.book.require_sound_clock()
    assert office.book.head()[0] == 3


def test_a_clock_that_goes_back_once_more_is_asked_about_again(office: Office, hand: Hand) -> None:
    hand.now = NOW.replace(year=2020)
    office.confirm_clock()
    issue_slip(office, a_request(item="B01"))
    hand.now -= timedelta(days=1)
    with pytest.raises(Refusal):
        issue_slip(office, a_request(item="B02"))


def test_the_number_is_of_the_year_of_its_entry_though_the_year_rolls_meanwhile(office: Office, hand: Hand) -> None:
    """Midnight of New Year's Eve passes between reading the request and writing the entry."""
    last = NOW.replace(month=12, day=31, hour=23, minute=59, second=59)
    hand.now = last - timedelta(days=20)
    issue_slip(office, a_request(item="B02"))
    readings = iter([last, last, last])

    def rolling() -> datetime:
        return next(readings, last + timedelta(seconds=1))

    office.clock = office.database.clock = rolling
    list(readings)
    issued = issue_slip(office, a_request(item="B03"))
    assert issued.slip is not None
    assert issued.slip.issued_at.year == 2027
    assert "〔2027〕1号" in issued.slip.number


def test_while_training_nobody_is_asked(tmp_path: Path, hand: Hand) -> None:
    office = open_office(tmp_path, hand, training=True)
    issue_slip(office, a_request())
    hand.now = NOW.replace(year=2020)
    assert issue_slip(office, a_request(item="B01")).slip is not None
    office.close()


def test_a_confirmed_office_is_asked_about_its_zone_once_and_nothing_is_stopped_by_it(tmp_path: Path) -> None:
    office = open_office(tmp_path, lambda: NOW.astimezone(UTC))
    assert office.clock_doubt() is None, "example data is for looking around anywhere"
    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, confirmed=True).to_payload())
    office.__dict__.pop("profile")
    doubt = office.clock_doubt()
    assert doubt is not None
    assert doubt.fault is ClockFault.ZONE
    assert issue_slip(office, a_request()).slip is not None
    assert office.confirm_clock() is not None
    assert office.clock_doubt() is None
    office.close()
