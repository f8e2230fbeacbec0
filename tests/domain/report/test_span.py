"""A month or a year: how it is read, what lies before and after it, of which months it is made."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.span import Span, read_span

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("2026-11", Span(2026, 11)), ("2026-1", Span(2026, 1)), ("2026.09", Span(2026, 9)), ("2026/12", None),
        (" 2026年11月 ", Span(2026, 11)), ("2026", Span(2026)), ("2026年", Span(2026)), ("1991", Span(1991)),
        ("２０２６－０３", Span(2026, 3)),
    ],
)  # fmt: skip
def test_a_period_is_read_as_people_write_it(typed: str, span: Span | None) -> None:
    if span:
        assert read_span(typed, TODAY) == span
    else:
        with pytest.raises(Refusal) as refusal:
            read_span(typed, TODAY)
        assert refusal.value.code == "period-to-come"
        assert refusal.value.sentence == "2026年12月还没有到，没有数。"


@pytest.mark.parametrize("typed", ["", "11", "2026-13", "2026-0", "2026-00", "1990", "9999", "本月", "2026-11-23"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_span(typed, TODAY)
    assert refusal.value.code == "period-unreadable"
    assert refusal.value.remedy == "请写成 2026-11，或者 2026。"


def test_this_month_and_this_year_have_begun() -> None:
    assert read_span("2026-11", date(2026, 11, 1)) == Span(2026, 11)
    assert read_span("2026", date(2026, 1, 1)) == Span(2026)


def test_how_a_period_is_called() -> None:
    assert (Span(2026, 3).name, Span(2026, 3).in_words, Span(2026, 3).in_short) == ("2026-03", "2026年3月", "3月")
    assert (Span(2026).name, Span(2026).in_words, Span(2026).in_short) == ("2026", "2026年", "2026年")


def test_the_days_of_a_period() -> None:
    assert (Span(2026, 12).first, Span(2026, 12).after) == (date(2026, 12, 1), date(2027, 1, 1))
    assert (Span(2026, 2).first, Span(2026, 2).after) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (Span(2026).first, Span(2026).after) == (date(2026, 1, 1), date(2027, 1, 1))


def test_periods_follow_each_other() -> None:
    assert [Span(2026, 1).turned(by) for by in (-1, 1, 12, -13)] == [
        Span(2025, 12), Span(2026, 2), Span(2027, 1), Span(2024, 12),
    ]  # fmt: skip
    assert (Span(2026).turned(-1), Span(2026).turned(2)) == (Span(2025), Span(2028))


def test_a_year_is_its_twelve_months() -> None:
    months = Span(2026).months
    assert (len(months), months[0], months[-1]) == (12, Span(2026, 1), Span(2026, 12))
    assert [one.after for one in months[:-1]] == [one.first for one in months[1:]]
    assert Span(2026, 5).months == (Span(2026, 5),)
