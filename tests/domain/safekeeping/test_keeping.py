"""Which copies stay: 7 days, 5 weeks, 12 months, within a room; whatever happens, the last verified one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.safekeeping.full_copy import CopiedFile, FullCopy, State
from counter_assistant.domain.safekeeping.keeping import CAP, last_verified, to_drop
from tests.make import NOW

DAY = timedelta(days=1)
VERIFIED, UNCHECKED, UNSOUND = State.VERIFIED, State.UNCHECKED, State.UNSOUND


def copy(made: datetime, state: State = VERIFIED, *, key: str = "", size: int = 100) -> FullCopy:
    return FullCopy(made, key, "0.1.0", {"book.db": CopiedFile(size, "")}, state)


def kept(copies: Iterable[FullCopy], cap: int = CAP) -> list[FullCopy]:
    copies = list(copies)
    gone = [id(one) for one in to_drop(copies, cap)]
    return [one for one in copies if id(one) not in gone]


TIMES = st.integers(0, 2 * 365 * 24).map(lambda hours: NOW + timedelta(hours=hours))
COPIES = st.lists(
    st.builds(copy, TIMES, st.sampled_from(State), key=st.sampled_from(["", "ab"]), size=st.integers(0, 1000)),
    max_size=60,
)
CAPS = st.integers(0, 20_000)


@given(COPIES, CAPS)
def test_the_last_verified_one_always_stays(copies: list[FullCopy], cap: int) -> None:
    last = last_verified(copies)
    assert last is None or any(one.made == last.made and one.state is VERIFIED for one in kept(copies, cap))
    assert bool(kept(copies, cap)) == bool(copies)


@given(COPIES, CAPS)
def test_what_stays_takes_no_more_room_than_it_may(copies: list[FullCopy], cap: int) -> None:
    left = kept(copies, cap)
    assert len(left) <= 7 + 5 + 12 + 2
    assert sum(one.size for one in left) <= cap or len(left) <= 2


@given(COPIES, CAPS)
def test_dropping_a_second_time_drops_nothing(copies: list[FullCopy], cap: int) -> None:
    left = kept(copies, cap)
    assert to_drop(left, cap) == []


@given(COPIES)
def test_the_oldest_go_first_and_none_is_invented(copies: list[FullCopy]) -> None:
    gone = to_drop(copies)
    assert [one.made for one in gone] == sorted(one.made for one in gone)
    assert {id(one) for one in gone} <= {id(one) for one in copies}


def test_two_years_of_evenings_leave_seven_days_five_weeks_and_twelve_months() -> None:
    held: list[FullCopy] = []
    for day in range(730):
        held = kept([*held, copy(NOW + day * DAY)])
    today = (NOW + 729 * DAY).date()
    days = {one.made.date() for one in held}
    assert {today - n * DAY for n in range(7)} <= days
    assert len({day.isocalendar()[:2] for day in days}) >= 5
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(held) == 7 + 3 + 11, "the newest of two weeks and of a month are among the days"


def test_of_a_day_the_newest_stays_that_was_verified() -> None:
    morning, noon, night = (
        copy(NOW.replace(hour=hour), state) for hour, state in ((8, VERIFIED), (12, VERIFIED), (20, UNCHECKED))
    )
    assert kept([morning, noon, night]) == [noon, night], "the newest waits to be verified"
    assert kept([morning, noon, night, copy(NOW + DAY)])[0] is noon
    assert kept([replace(noon, state=UNCHECKED), night]) == [night]


def test_where_there_is_no_room_the_oldest_go() -> None:
    held = [copy(NOW + n * DAY) for n in range(7)]
    assert kept(held, cap=300) == held[4:]
    assert kept(held, cap=0) == held[6:]
    assert kept([*held, copy(NOW + 7 * DAY, UNCHECKED)], cap=0)[0] is held[6]


def test_an_unsound_one_goes_once_a_later_one_is_verified() -> None:
    unsound, sound = copy(NOW, UNSOUND), copy(NOW + DAY)
    assert kept([unsound]) == [unsound]
    assert kept([copy(NOW - DAY), unsound])[1:] == [unsound], "the only one of its day"
    assert kept([unsound, sound]) == [sound]


def test_what_anybody_can_read_goes_once_a_sealed_one_is_verified() -> None:
    plain = [copy(NOW + n * DAY) for n in range(3)]
    assert kept([*plain, copy(NOW + 3 * DAY, UNCHECKED, key="ab")])[:3] == plain
    assert kept([*plain, copy(NOW + 3 * DAY, key="ab")]) == [copy(NOW + 3 * DAY, key="ab")]


def test_of_one_second_the_later_one_stays() -> None:
    first, second = copy(NOW), copy(NOW)
    assert kept([first, second])[0] is second


def test_what_is_held_stays_whatever_it_takes_and_stands_for_no_day() -> None:
    """GIVEN two lines of a book, a copy of each on one day WHEN the newest tells that the other is not in it THEN both stay, and one a day of its own."""
    other, early, late = (copy(NOW + timedelta(hours=n)) for n in range(3))
    held = [other, early, late]
    assert to_drop(held) == [other, early]
    assert to_drop(held, CAP, None, lambda one: one is other) == [early]
    assert to_drop(held, 0, None, lambda one: one is other) == [early]
    assert to_drop([early, late, other], CAP, None, lambda one: one is late) == [other]
    sealed = [copy(NOW), copy(NOW + DAY, UNSOUND), copy(NOW + 2 * DAY, key="ab")]
    assert to_drop(sealed, CAP, None, lambda one: one is sealed[0]) == [sealed[1]]


def test_what_says_what_was_destroyed_goes_whoever_holds_it() -> None:
    """GIVEN a copy of before a destruction that is held WHEN a later one is verified THEN it goes, and before that it stays."""
    before, waits = copy(NOW), copy(NOW + DAY, UNCHECKED)
    cut = NOW + timedelta(hours=1)
    assert to_drop([before, waits], CAP, cut, lambda one: one is before) == []
    assert to_drop([before, replace(waits, state=VERIFIED)], CAP, cut, lambda one: one is before) == [before]
    assert to_drop([before, copy(cut)], CAP, cut, lambda one: one is before) == [], "that one is of before as well"


def test_the_last_copy_of_the_version_before_stays_for_a_week() -> None:
    def by(program: str, made: datetime) -> FullCopy:
        return replace(copy(made), program=program)

    first, last = by("0.1.0", NOW), by("0.1.0", NOW + timedelta(hours=1))
    upgraded = by("0.2.0", NOW + timedelta(hours=2))
    assert to_drop([first, last, upgraded]) == [first]
    assert to_drop([first, last, upgraded], 0) == [first]
    later = upgraded.made + 7 * DAY
    assert to_drop([last, upgraded, by("0.2.0", later - timedelta(seconds=1))]) == []
    assert to_drop([last, upgraded, by("0.2.0", later)]) == [last]
    third = by("0.3.0", later)
    assert to_drop([last, upgraded, third], 0) == [last]
    assert to_drop([replace(last, state=UNSOUND), upgraded]) == [replace(last, state=UNSOUND)]


def test_without_a_verified_one_there_is_no_last() -> None:
    assert last_verified([copy(NOW, UNCHECKED)]) is None
    assert last_verified([copy(NOW), copy(NOW - DAY)]) == copy(NOW)


def test_what_says_what_was_destroyed_since_goes_once_a_later_one_is_verified() -> None:
    """GIVEN copies of every day WHEN something was destroyed on the fourth THEN those of up to then go, the last verified one of before only once
    one of after is."""
    days = [copy(NOW + n * DAY) for n in range(6)]
    cut = days[3].made
    assert to_drop(days, cut=cut) == days[:4]
    assert to_drop(days) == to_drop(days, cut=None) == []
    assert to_drop(days[:4], cut=cut) == []
    unverified = [*days[:4], copy(NOW + 4 * DAY, UNCHECKED)]
    assert to_drop(unverified, cut=cut) == []
    assert to_drop([*unverified, copy(NOW + 5 * DAY, UNSOUND)], cut=cut) == []
    assert to_drop([*days[:3], copy(cut, UNCHECKED), days[4]], cut=cut)[:3] == days[:3]
    assert to_drop([days[3], copy(cut + timedelta(seconds=1))], cut=cut) == [days[3]]
