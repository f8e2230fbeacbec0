"""How long what was recorded of a matter is kept, and what a certificate says of what is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from counter_assistant.domain.cases.destruction import GROUND, Certificate, DestroyedPaper
from counter_assistant.domain.cases.retention import COPIES_KEPT, Term, shortest, term_of
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_keeping import EXAMPLE_YEARS, Keeping

ENDED = date(2026, 11, 23)


@pytest.mark.parametrize("keeping", list(Keeping))
def test_a_term_ends_with_the_same_day_of_its_last_year(keeping: Keeping) -> None:
    term = term_of([keeping], ENDED, {})
    assert term == Term(keeping, EXAMPLE_YEARS[keeping], ENDED)
    assert term.last == date(2026 + EXAMPLE_YEARS[keeping], 11, 23)
    assert [term.is_over(day) for day in (ENDED, term.last, date(term.last.year, 11, 24))] == [False, False, True]


def test_a_matter_is_kept_as_long_as_the_part_of_it_that_is_kept_longest() -> None:
    parts = [Keeping.PAPER, Keeping.FILE, Keeping.INQUIRY]
    assert term_of(parts, ENDED, {}) == Term(Keeping.FILE, 30, ENDED)
    assert term_of(parts, ENDED, {"inquiry": 40, "file": 2}) == Term(Keeping.INQUIRY, 40, ENDED)
    assert term_of(iter(parts[:1]), ENDED, {"paper": 1}).last == date(2027, 11, 23)


def test_the_shortest_of_the_office_says_what_need_not_be_looked_at() -> None:
    assert shortest({}) == 3
    assert shortest({"file": 2}) == 2
    assert shortest({"inquiry": 12}) == 10
    assert COPIES_KEPT.days == 30


def test_a_certificate_says_in_one_line_who_destroyed_how_much_and_why() -> None:
    paper = DestroyedPaper("告1号", SlipKind.NOTIFICATION_SLIP, ENDED)
    at = datetime(2037, 1, 2, 9, 5, tzinfo=UTC)
    with_others = Certificate(
        "销1号", at, "0001", "0002", "办3号", date(2037, 2, 1), (paper, paper), 4, (7, "ab"), (9, "cd")
    )
    assert with_others.in_one_line == "销1号：2037年1月2日由工号 0001、0002销毁 2 份文书和另外 4 条记录（办3号）。"
    alone = Certificate("销2号", at, "0001", "0002", "办3号", date(2037, 2, 1), (paper,), 0, (7, "ab"), (9, "cd"))
    assert alone.in_one_line == "销2号：2037年1月2日由工号 0001、0002销毁 1 份文书（办3号）。"
    assert GROUND == "《中华人民共和国个人信息保护法》第四十七条第一款第二项（保存期限已届满）"
