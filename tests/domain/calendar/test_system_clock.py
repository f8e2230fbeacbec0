"""A wrong clock is asked about: what is doubtful, in which words, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from counter_assistant.domain.calendar.system_clock import (
    LONGEST_LIFE,
    LONGEST_PAUSE,
    PROGRAM_DATE,
    ClockFault,
    doubt_of,
)

BEIJING = timezone(timedelta(hours=8))
LAST = datetime(2026, 11, 23, 10, 42, tzinfo=BEIJING)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "fault", "words"),
    [
        (LAST - SECOND, ClockFault.BACK, "电脑时间是2026年11月23日 10:41:59，比台账最后一条记录（2026年11月23日 10:42:00）还早。"),
        (LAST - DAY, ClockFault.BACK, "2026年11月22日"),
        (LAST.replace(year=1970), ClockFault.BACK, "1970年11月23日"),
        (LAST.replace(year=2009), ClockFault.BACK, "2009年11月23日"),
        (LAST.replace(year=2027), ClockFault.AHEAD, "已有365天"),
        (LAST.replace(year=2036), ClockFault.AHEAD, "2036年11月23日"),
        (LAST.replace(year=2038), ClockFault.AHEAD, "2038年11月23日"),
        (LAST.astimezone(UTC) + SECOND, ClockFault.ZONE, "时区是+0000，不是北京时间（+0800）。"),
        (LAST.astimezone(timezone(timedelta(hours=9))), ClockFault.ZONE, "+0900"),
    ],
)  # fmt: skip
def test_a_doubtful_reading_is_named(now: datetime, fault: ClockFault, words: str) -> None:
    doubt = doubt_of(now, LAST)
    assert doubt is not None
    assert doubt.fault is fault
    assert words in doubt.in_words


@pytest.mark.parametrize(
    ("now", "whose", "mended_by"),
    [
        (LAST - SECOND, "服务器时间是", "等一会儿再办，还不对的请服务器的管理员改正"),
        (LAST.replace(year=2036), "服务器时间是", "等一会儿再办，还不对的请服务器的管理员改正"),
        (LAST.astimezone(UTC) + SECOND, "电脑时间是", "请先改正电脑时间"),
    ],
)
def test_a_reading_of_the_servers_clock_is_mended_where_it_is_wrong(now: datetime, whose: str, mended_by: str) -> None:
    """Its zone is that of the PC."""
    here = doubt_of(now, LAST)
    assert here is not None
    doubt = replace(here, of_server=True)
    assert doubt.in_words.startswith(whose)
    assert (doubt.mended_by, here.mended_by) == (mended_by, "请先改正电脑时间")


@pytest.mark.parametrize("later", [timedelta(0), SECOND, DAY, LONGEST_PAUSE])
def test_an_ordinary_reading_is_not_asked_about(later: timedelta) -> None:
    assert doubt_of(LAST + later, LAST) is None


def test_one_second_more_than_the_longest_pause_is_asked_about() -> None:
    doubt = doubt_of(LAST + LONGEST_PAUSE + SECOND, LAST)
    assert doubt is not None
    assert doubt.fault is ClockFault.AHEAD


def test_a_zone_that_was_confirmed_is_not_asked_about_again() -> None:
    elsewhere = LAST.astimezone(UTC)
    assert doubt_of(elsewhere + SECOND, elsewhere) is None
    assert doubt_of(LAST + SECOND, elsewhere) is None, "back to Beijing's time"


def test_a_new_book_knows_only_the_program() -> None:
    def at_noon(day: timedelta) -> datetime:
        return datetime(PROGRAM_DATE.year, PROGRAM_DATE.month, PROGRAM_DATE.day, 12, tzinfo=BEIJING) + day

    early = doubt_of(at_noon(-DAY), None)
    assert early is not None
    assert (early.fault, early.in_words) == (
        ClockFault.BEFORE_THE_PROGRAM, "电脑时间是2026年10月31日 12:00:00，比本程序还早。",
    )  # fmt: skip
    assert doubt_of(at_noon(-DAY), None, early_confirmed=True) is None
    assert doubt_of(at_noon(0 * DAY), None) is None
    assert doubt_of(at_noon(LONGEST_LIFE), None) is None
    ahead = doubt_of(at_noon(LONGEST_LIFE + DAY), None)
    assert ahead is not None
    assert (ahead.fault, ahead.in_words.endswith("晚得不像是真的。")) == (ClockFault.AHEAD, True)
    zone = doubt_of(at_noon(DAY).astimezone(UTC), None)
    assert zone is not None
    assert zone.fault is ClockFault.ZONE
