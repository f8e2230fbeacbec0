"""The table of the most keys names every journey that is replayed, and no other."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.journeys.keys import most_keys
from tests.places import TESTS

TEN = 10


def journeys(file: Path) -> list[str]:
    """The journeys that a file of tests says that it took: by their names, or by those of a table of cases."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    taken = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "took"]
    named = [name.value for name in taken if isinstance(name, ast.Constant) and isinstance(name.value, str)]
    if len(named) == len(taken):
        return named
    keys = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys if isinstance(key, ast.Constant)]
    return [*named, *(str(key.value) for key in keys if key.value in most_keys())]


def test_every_row_has_its_journey_and_every_journey_its_row() -> None:
    replayed = [name for file in TESTS.rglob("test_*.py") for name in journeys(file)]
    assert sorted(replayed) == sorted(most_keys())


def test_the_counters_day_has_its_ten_journeys() -> None:
    numbered = [name for name in most_keys() if name[0].isdigit()]
    assert [name.split()[0] for name in numbered] == [str(n) for n in range(1, TEN + 1)]
