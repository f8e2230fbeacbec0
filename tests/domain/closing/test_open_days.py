"""Which days are open, in the order of the book, whatever its clock said; and what may be closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.open_days import (
    ClosedSoFar,
    OpenDays,
    Stamp,
    Standing,
    Stretch,
    refuse_unfinished,
    to_close,
)
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
SLIP, CLOSING, KEY = EntryKind.SLIP_ISSUED, EntryKind.DAY_CLOSED, EntryKind.KEY_SLOT


def stamps(*of: tuple[date, EntryKind], first: int = 1) -> list[Stamp]:
    """Entries one after the other, the newest first."""
    return [Stamp(seq, day, kind) for seq, (day, kind) in enumerate(of, first)][::-1]


def standing_of(closed: ClosedSoFar | None, newest: Sequence[Stamp], today: date) -> Standing:
    return OpenDays(closed, newest, today).standing(today)


def refused(standing: Standing, day: date, today: date) -> str:
    with pytest.raises(Refusal) as refusal:
        to_close(standing, day, today)
    assert refusal.value.remedy
    return refusal.value.code


def test_where_nothing_was_closed_today_and_the_last_day_before_are_open() -> None:
    newest = stamps((date(2020, 1, 2), SLIP), (FRIDAY, SLIP), (FRIDAY, SLIP), (MONDAY, SLIP))
    standing = standing_of(None, newest, MONDAY)
    assert standing == Standing(None, (Stretch(FRIDAY, 2, 3), Stretch(MONDAY, 4, 4)), 0, 4)
    assert standing.earlier(MONDAY) == Stretch(FRIDAY, 2, 3)
    assert to_close(standing, MONDAY, MONDAY) == Stretch(MONDAY, 4, 4)  # the first closing of all may begin anywhere
    assert to_close(standing, FRIDAY, MONDAY) == Stretch(FRIDAY, 2, 3)


def test_after_a_closing_the_next_one_goes_on_where_it_ended() -> None:
    """GIVEN Friday closed, and two slips after that WHEN Monday comes THEN they are late, and go into Monday's closing."""
    newest = stamps((FRIDAY, CLOSING), (FRIDAY, SLIP), (FRIDAY, SLIP), (MONDAY, SLIP), first=10)
    standing = standing_of(ClosedSoFar(9, FRIDAY), newest, MONDAY)
    assert standing == Standing(ClosedSoFar(9, FRIDAY), (Stretch(MONDAY, 10, 13, late=2),), 2, 13)
    assert standing.earlier(MONDAY) is None
    assert to_close(standing, MONDAY, MONDAY) == Stretch(MONDAY, 10, 13, late=2)


def test_only_the_first_open_day_has_what_came_late() -> None:
    newest = stamps((FRIDAY, CLOSING), (FRIDAY, SLIP), (MONDAY, SLIP), (TUESDAY, SLIP), first=10)
    standing = standing_of(ClosedSoFar(9, FRIDAY), newest, TUESDAY)
    assert standing.open == (Stretch(MONDAY, 10, 12, late=1), Stretch(TUESDAY, 13, 13))
    assert refused(standing, TUESDAY, TUESDAY) == "earlier-day-open"


def test_a_day_on_which_nobody_was_at_the_counter_is_not_open() -> None:
    newest = stamps((MONDAY, CLOSING), (TUESDAY, SLIP), first=10)
    standing = standing_of(ClosedSoFar(9, FRIDAY), newest, TUESDAY)
    assert standing.open == (Stretch(TUESDAY, 10, 11),)
    assert standing_of(ClosedSoFar(9, FRIDAY), stamps((MONDAY, KEY), first=10), MONDAY).open == ()


def test_today_can_be_closed_with_nothing_in_it() -> None:
    newest = stamps((FRIDAY, CLOSING), (FRIDAY, SLIP), first=10)
    standing = standing_of(ClosedSoFar(9, FRIDAY), newest, MONDAY)
    assert (standing.open, standing.late) == ((), 1)
    assert to_close(standing, MONDAY, MONDAY) == Stretch(MONDAY, 10, 11, late=1)
    fresh = standing_of(None, stamps((FRIDAY, EntryKind.BOOK_OPENED)), MONDAY)
    assert to_close(fresh, MONDAY, MONDAY) == Stretch(MONDAY, 2, 1)


def test_what_cannot_be_closed_is_refused() -> None:
    standing = standing_of(ClosedSoFar(9, FRIDAY), stamps((TUESDAY, SLIP), first=10), TUESDAY)
    assert refused(standing, TUESDAY + timedelta(days=1), TUESDAY) == "day-to-come"
    assert refused(standing, FRIDAY, TUESDAY) == "day-closed"
    assert refused(standing, FRIDAY - timedelta(days=7), TUESDAY) == "day-closed"
    assert refused(standing, MONDAY, TUESDAY) == "nothing-to-close"


def test_an_entry_that_was_dated_years_ahead_holds_no_day_open() -> None:
    newest = stamps((MONDAY, SLIP), (date(2031, 1, 1), SLIP), (MONDAY, SLIP), first=10)
    assert standing_of(ClosedSoFar(9, FRIDAY), newest, MONDAY).open == (Stretch(MONDAY, 10, 12),)


def test_an_entry_that_was_dated_years_back_takes_what_is_before_it_into_the_next_closing() -> None:
    newest = stamps((MONDAY, SLIP), (date(1970, 1, 1), SLIP), (MONDAY, SLIP), first=10)
    assert standing_of(ClosedSoFar(9, FRIDAY), newest, MONDAY).open == (Stretch(MONDAY, 10, 12, late=2),)


def test_a_month_is_closed_when_it_is_over_and_each_of_its_days_is() -> None:
    standing = standing_of(ClosedSoFar(9, FRIDAY), stamps((MONDAY, SLIP), first=10), date(2026, 12, 1))
    for period, name, today, code in (
        (Period.MONTH, "2026-11", date(2026, 11, 29), "period-not-over"),
        (Period.MONTH, "2026-11", date(2026, 11, 30), "earlier-day-open"),
        (Period.YEAR, "2026", date(2026, 12, 30), "period-not-over"),
    ):
        with pytest.raises(Refusal) as refusal:
            refuse_unfinished(period, name, standing, today)
        assert refusal.value.code == code
    refuse_unfinished(Period.MONTH, "2026-10", standing, date(2026, 11, 30))


def test_what_keeps_a_month_open_is_said_with_what_to_do() -> None:
    last = date(2026, 11, 30)
    standing = standing_of(ClosedSoFar(9, FRIDAY), stamps((last, SLIP), first=10), last)
    with pytest.raises(Refusal) as refusal:
        refuse_unfinished(Period.MONTH, "2026-11", standing, last)
    assert str(refusal.value) == "2026年11月30日还没有结账。请先做2026年11月30日的日结，再结2026年11月。"
    with pytest.raises(Refusal) as refusal:
        refuse_unfinished(Period.MONTH, "2026-11", standing, MONDAY)
    assert str(refusal.value) == "2026年11月还没有过完，不能结账。请在2026年11月30日或者以后再结。"


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from([SLIP, CLOSING, KEY])), max_size=20))
def test_whatever_the_clock_said_the_open_days_follow_each_other_without_a_hole(
    of: Sequence[tuple[int, EntryKind]],
) -> None:
    newest = stamps(*[(MONDAY + timedelta(days=n), kind) for n, kind in of], first=10)
    standing = standing_of(ClosedSoFar(9, FRIDAY), newest, MONDAY)
    assert [stretch.day for stretch in standing.open] == sorted({stretch.day for stretch in standing.open})
    begun = 10
    for stretch in standing.open:
        assert stretch.first == begun
        assert stretch.last >= stretch.first
        begun = stretch.last + 1
    assert standing.end == 9 + len(of)
    assert begun <= standing.end + 1


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from([SLIP, CLOSING, KEY])), max_size=20), st.data())
def test_followed_from_entry_to_entry_they_are_the_ones_that_are_read_at_once(
    of: Sequence[tuple[int, EntryKind]], data: st.DataObject
) -> None:
    newest = stamps(*[(MONDAY + timedelta(days=n), kind) for n, kind in of], first=10)
    known = data.draw(st.integers(0, len(newest)))
    followed = OpenDays(ClosedSoFar(9, FRIDAY), newest[known:], MONDAY)
    for stamp in reversed(newest[:known]):
        followed.add(stamp)
    assert followed.standing(TUESDAY) == standing_of(ClosedSoFar(9, FRIDAY), newest, TUESDAY)
    assert followed.end == 9 + len(newest)


@given(st.lists(st.integers(-5, 0), max_size=20).map(sorted), st.data())
def test_where_nothing_was_ever_closed_the_days_go_on_over_midnight(days: Sequence[int], data: st.DataObject) -> None:
    newest = stamps(*[(MONDAY + timedelta(days=n), SLIP) for n in days])
    known = data.draw(st.integers(0, len(newest)))
    yesterday = MONDAY - timedelta(days=1)
    followed = OpenDays(None, newest[known:], yesterday)
    for stamp in reversed(newest[:known]):
        followed.add(stamp)
    assert followed.standing(MONDAY) == standing_of(None, newest, MONDAY)
