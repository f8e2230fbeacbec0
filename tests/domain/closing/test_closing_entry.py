"""The periods that are closed, by their names and their last days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.closing.closing_entry import CLOSINGS, Closed, Period, last_day, name_in_words
from counter_assistant.domain.closing.figures import Figures
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.paper_entry import SlipVoided


@pytest.mark.parametrize(
    ("period", "name", "last", "words"),
    [
        (Period.DAY, "2026-11-23", date(2026, 11, 23), "2026年11月23日 星期一"),
        (Period.MONTH, "2026-11", date(2026, 11, 30), "2026年11月"),
        (Period.MONTH, "2028-02", date(2028, 2, 29), "2028年2月"),
        (Period.MONTH, "2026-12", date(2026, 12, 31), "2026年12月"),
        (Period.YEAR, "2026", date(2026, 12, 31), "2026年"),
    ],
)
def test_a_period_has_a_name_and_a_last_day(period: Period, name: str, last: date, words: str) -> None:
    assert (last_day(period, name), name_in_words(period, name), period.name_of(last)) == (last, words, name)


def test_each_period_has_its_kind_of_entry() -> None:
    assert {period: (period.label, period.kind) for period in Period} == {
        Period.DAY: ("日结", EntryKind.DAY_CLOSED),
        Period.MONTH: ("月结", EntryKind.MONTH_CLOSED),
        Period.YEAR: ("年结", EntryKind.YEAR_CLOSED),
    }
    assert {period.kind for period in Period} == CLOSINGS


def test_a_closing_is_read_as_it_was_written() -> None:
    closed = Closed(
        Period.MONTH, "2026-11", 1, 9, "ab" * 32, 2, 5, Figures(), "0001", "李某", "某中心", "某部", "530926"
    )
    assert Closed.from_payload(closed.to_payload()) == closed
    assert (closed.through, closed.in_words) == (date(2026, 11, 30), "2026年11月")


def test_what_did_not_come_out_is_kept_and_was_not_asked_before() -> None:
    closed = Closed(
        Period.DAY, "2026-11-23", 1, 9, "ab" * 32, 2, 1, Figures(), "0001", "李某", "某中心", "某部", "530926",
        ("LC01-GZ-2026-000003", "LC01-GZ-2026-000007"),
    )  # fmt: skip
    payload = closed.to_payload()
    assert (payload["period"], payload["unprinted"]) == ("day", ["LC01-GZ-2026-000003", "LC01-GZ-2026-000007"])
    assert payload["figures"] == Figures().to_payload()
    assert Closed.from_payload(payload) == closed
    del payload["unprinted"]
    assert Closed.from_payload(payload).unprinted == ()


def test_the_reasons_of_what_was_destroyed_leave_it_and_nothing_else() -> None:
    voids = (
        SlipVoided("1号", "张三写错", "李某", True, "2号"),
        SlipVoided("3号", "李四写错", "李某", False),
        SlipVoided("4号", "", "李某", False),
    )
    figures = Figures(voids=voids, reprints={"1号": 2})
    closed = Closed(
        Period.DAY, "2026-11-23", 1, 9, "ab" * 32, 2, 1, figures, "0001", "李某", "某中心", "某部", "530926"
    )
    assert [closed.gives_reason({number}) for number in ("1号", "3号", "4号", "5号")] == [True, True, False, False]
    left = closed.without_reasons({"1号", "4号"})
    assert left.figures.voids == (SlipVoided("1号", "", "李某", True, "2号"), *voids[1:])
    assert replace(left, figures=closed.figures) == closed
    assert left.figures.reprints == {"1号": 2}
    assert closed.without_reasons(()) == closed
