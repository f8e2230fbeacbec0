"""One field: which days, only what waits, and what is looked for."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.registers.register_search import RegisterSearch, read_search

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("今天", "2026-11-23", "2026-11-23"),
        ("昨天", "2026-11-22", "2026-11-22"),
        ("本周", "2026-11-23", "2026-11-29"),
        ("本月", "2026-11-01", "2026-11-30"),
        ("上月", "2026-10-01", "2026-10-31"),
        ("今年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("11月", "2026-11-01", "2026-11-30"),
        ("12月", "2025-12-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("11-20", "2026-11-20", "2026-11-20"),
        ("11月24日", "2025-11-24", "2025-11-24"),
        ("2026-1-5", "2026-01-05", "2026-01-05"),
        ("11-01 11-15", "2026-11-01", "2026-11-15"),
    ],
)
def test_a_word_that_names_days_narrows_them(typed: str, first: str, last: str) -> None:
    found = read_search(typed, TODAY)
    assert found == RegisterSearch("", date.fromisoformat(first), date.fromisoformat(last))


def test_other_words_are_looked_for_and_what_names_no_day_is_one_of_them() -> None:
    assert read_search(" 扶手  待办 11月 yw ", TODAY) == RegisterSearch(
        "扶手 yw", date(2026, 11, 1), date(2026, 11, 30), True
    )
    for word in ("2026", "13月", "2-30", "0461", "11-31", "0000-01", "待办的"):
        assert read_search(word, TODAY) == RegisterSearch(word)
    assert read_search("", TODAY) == RegisterSearch()
