"""The tests run in another order each time, module by module."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import pytest

from tests.order import in_random_order


@dataclass(frozen=True)
class Item:
    """A test of a module."""

    path: Path
    name: int
    marks: tuple[str, ...] = ()

    def iter_markers(self) -> list[Any]:
        return [pytest.Mark(mark, (), {}, _ispytest=True) for mark in self.marks]


ITEMS = [Item(Path(f"test_{module}.py"), n) for module in "abcdef" for n in range(5)]


def order(items: list[Item], seed: int) -> list[Item]:
    return cast(list[Item], in_random_order(cast(list[pytest.Item], items), seed))


def test_every_test_runs_once_and_each_module_in_one_go() -> None:
    for seed in range(20):
        found = order(ITEMS, seed)
        assert sorted(found, key=ITEMS.index) == ITEMS
        assert len(list(groupby(found, key=lambda item: item.path))) == 6


def test_a_seed_gives_one_order_however_the_files_were_found_and_another_seed_another() -> None:
    assert order(ITEMS, 7) == order(ITEMS[15:] + ITEMS[:15], 7)
    assert len({tuple(order(ITEMS, seed)) for seed in range(20)}) == 20


@pytest.mark.parametrize("mark", ["nightly", "x11"])
def test_a_module_with_something_that_takes_long_comes_first(mark: str) -> None:
    long = Item(Path("test_d.py"), 99, (mark,))
    for seed in range(20):
        assert order([*ITEMS, long], seed)[0].path == long.path
