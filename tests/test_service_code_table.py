"""docs/service-code.md holds the program against the service code, clause by clause: none is missing, and what a row names is there.

tests/fixtures/service-code-2012-part-1.txt is part 一 to the letter, without the blanks between its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from counter_assistant.domain.entry import EntryKind
from tests.places import ROOT, TESTS

PAGE = (ROOT / "docs" / "service-code.md").read_text("utf-8")
NAMED_TEST = re.compile(r"`(tests/[\w/.]+\.py)`")
OUTSIDE = "不在程序内"
PARTS_TWO_AND_THREE = ["二(一)–(二十五)", "三(一)–(二十一)"]
"""The phrases, a row each: tests/test_service_code.py holds them one by one."""


class Row(NamedTuple):
    clause: str
    asks: str
    page: str
    kinds: str
    paper: str
    tests: str


def rows() -> list[Row]:
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")
    ]
    return [Row(*line) for line in cells[2:]]


def clauses() -> Iterator[str]:
    """Every clause of part 一 that has no parts of its own, as it is cited: 一(二)2⑷."""
    text = (TESTS / "fixtures" / "service-code-2012-part-1.txt").read_text("utf-8").splitlines()
    chapter = number = ""
    found: list[tuple[str, str, str]] = []
    for line in text:
        if head := re.match(r"\(([一二三四五六七八九十-])\)", line):
            chapter = head[1].replace("-", "一")  # so it stands on the centre's site
        elif head := re.match(r"(\d)\.", line):
            number = head[1]
            found.append((chapter, number, ""))
        elif head := re.match(r"(\(\d\)|[⑴-⑼])", line):
            found.append((chapter, number, head[1]))
    whole = {(chapter, number) for chapter, number, part in found if part}
    return (f"一({c}){n}{part}" for c, n, part in found if part or (c, n) not in whole)


def test_every_clause_of_the_code_has_its_row_in_order() -> None:
    expected = [*clauses(), *PARTS_TWO_AND_THREE]
    assert len(expected) == 75
    assert [row.clause for row in rows()] == expected


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.clause)
def test_what_is_in_the_program_has_a_test_and_what_is_not_says_so(row: Row) -> None:
    assert row.page != "–"
    tested = NAMED_TEST.findall(row.tests)
    assert tested or (row.page.startswith(OUTSIDE) and row.tests == "–")
    assert [name for name in tested if not (ROOT / name).exists()] == []


def test_every_kind_that_a_row_names_is_one_of_the_book() -> None:
    named = {kind for row in rows() for kind in re.findall(r"`(\w+)`", row.kinds)}
    assert named <= set(EntryKind)
    assert {"first_contact", "absence", "complaint", "result_filed"} <= named
