"""Wrong tries to be somebody: one count for each person, wherever they are made, through a restart of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import SignInFailed
from counter_assistant.domain.people.pin import MOST_WRONG
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people import sign_in, tries
from counter_assistant.operations.people.second_person import Second, another
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.make import clock, confirmed
from tests.operations.keys.book_key import key_by_passphrase

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
PIN, WRONG = "271828", "314159"
NEEDED = Refusal("second-person-needed", "要两个人。", "请再一位同事。")


class Hand:
    """The clock on the wall, which somebody may set, and the one that runs."""

    def __init__(self) -> None:
        self.now, self.seconds = clock(), 1000.0

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made = Hand()
    monkeypatch.setattr(tries, "monotonic", lambda: made.seconds)
    return made


@pytest.fixture
def again(tmp_path: Path, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Office]]:
    """Opens the program anew, as 0001; 0002 has a PIN."""
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))
    with closing(open_office(tmp_path, hand)) as plain:
        plain.decide_profile(confirmed(plain.profile))
        sealing.seal(plain, "0001", OURS, sealing.new_sheet())
        sealing.add_passphrase(plain, "0001", "0002", THEIRS)
        plain.act_as("0002")
        sign_in.set_pin(plain, sign_in.sealed_pin(PIN))
    opened: list[Office] = []

    def reopen() -> Office:
        for before in opened:
            before.close()
        opened.append(open_office(tmp_path, hand, key=key_by_passphrase(tmp_path, "0001", OURS)))
        opened[-1].act_as("0001")
        return opened[-1]

    yield reopen
    for last in opened:
        last.close()


def at_the_window(office: Office, secret: str) -> str:
    """What comes of a try at the page of signing in: `right`, `wrong`, or the code of the refusal."""
    try:
        right = tries.begin(office, "0002", secret)()
    except Refusal as refusal:
        return refusal.code
    tries.end(office, "0002", right)
    return "right" if right else "wrong"


def beside(office: Office, secret: str) -> str:
    """What comes of a try to be the second person."""
    try:
        another(office, Second("0002", secret), ("0001",), NEEDED)
    except Refusal as refusal:
        return {"second-not-shown": "wrong"}.get(refusal.code, refusal.code)
    return "right"


WAYS = pytest.mark.parametrize(("first", "then"), [(at_the_window, beside), (beside, at_the_window)])
Way = Callable[[Office, str], str]


@WAYS
def test_a_wrong_try_is_waited_for_wherever_the_next_is_made(
    hand: Hand, again: Callable[[], Office], first: Way, then: Way
) -> None:
    office = again()
    assert first(office, WRONG) == "wrong"
    assert then(office, PIN) == "too-soon"
    hand.seconds += 1
    assert then(office, WRONG) == "wrong"
    hand.seconds += 1
    hand.now += timedelta(hours=1)  # a clock that is set shortens nothing
    assert first(office, PIN) == "too-soon"
    hand.seconds += 1
    assert first(office, PIN) == "right"
    assert then(office, PIN) == "right", "a right one begins anew"


def spend(office: Office, hand: Hand, way: Way) -> None:
    for _ in range(MOST_WRONG):
        assert way(office, WRONG) == "wrong"
        hand.wait(30)


@WAYS
def test_after_five_only_the_passphrase_counts_also_after_a_restart(
    hand: Hand, again: Callable[[], Office], first: Way, then: Way
) -> None:
    office = again()
    spend(office, hand, first)
    assert then(office, PIN) == "pin-spent"
    assert then(again(), PIN) == "pin-spent"
    assert then(again(), THEIRS) == "right"


def test_a_restart_shortens_no_wait(hand: Hand, again: Callable[[], Office]) -> None:
    office = again()
    for _ in range(3):
        assert beside(office, WRONG) == "wrong"
        hand.wait(10)
    assert beside(office, WRONG) == "wrong"
    hand.wait(3)
    assert beside(again(), PIN) == "too-soon"
    hand.wait(5)
    assert beside(again(), PIN) == "right"


def test_another_day_another_pin_or_who_opened_the_book_begins_anew(hand: Hand, again: Callable[[], Office]) -> None:
    spend(again(), hand, beside)
    office = again()
    office.act_as("0002")
    sign_in.set_pin(office, sign_in.sealed_pin(PIN), THEIRS)
    assert beside(again(), PIN) == "right"
    spend(again(), hand, beside)
    office = again()
    office.act_as("0002")
    assert at_the_window(office, PIN) == "right"
    hand.now += timedelta(days=1)
    assert beside(again(), PIN) == "right"


def test_what_was_tried_in_vain_at_the_opening_counts(hand: Hand, again: Callable[[], Office]) -> None:
    office = again()
    office.openings.note(EntryKind.SIGNIN_FAILED, SignInFailed("0002", MOST_WRONG).to_payload())
    hand.wait(60)
    assert at_the_window(office, PIN) == "pin-spent"


def test_at_a_doubtful_time_no_second_person_is_tried_and_the_window_notes_it_later(
    hand: Hand, again: Callable[[], Office]
) -> None:
    """Else a clock set back would be a way to guess without leaving an entry."""
    office = again()
    before = office.book.head()
    right_time, hand.now = hand.now, hand.now - timedelta(days=400)
    assert beside(office, WRONG) == beside(office, PIN) == "clock-doubtful"
    assert at_the_window(office, WRONG) == "wrong"
    hand.seconds += 30
    assert at_the_window(office, WRONG) == "wrong"
    assert office.book.head() == before
    hand.now = right_time
    office.openings.record()
    failed = list(office.book.entries(EntryKind.SIGNIN_FAILED))
    assert [(entry.payload["who"], entry.payload["times"]) for entry in failed] == [("0002", 1)] * 2
