"""The page on reliability names harnesses that are there, by names that `./dev nightly` knows."""

from __future__ import annotations

import re

from tests.places import ROOT, TESTS

PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what")]


def test_every_harness_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_every_row_says_by_which_name_it_is_run_again() -> None:
    known = set(
        re.findall(r'nightly\("([\w-]+)"', "".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py")))
    )
    for row in ROWS:
        cell = row.rsplit("|", 2)[1]
        names = re.findall(r"`([\w-]+)`", cell)
        assert names or "whole by day" in cell, row
        assert set(names) <= known, row


def test_every_harness_of_this_room_is_on_the_page() -> None:
    here = {f"tests/reliability/{path.name}" for path in (TESTS / "reliability").glob("test_*.py")} - {
        "tests/reliability/test_page.py"
    }
    assert sorted(path for path in here if path not in PAGE) == []


def test_every_row_has_its_figures_and_nothing_is_left_to_be_filled_in() -> None:
    assert not re.search(r"@\w+@|\?\?", PAGE)
    assert [row for row in ROWS if not re.search(r"\d", row)] == []
