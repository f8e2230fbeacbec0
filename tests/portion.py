"""By night the whole of an exhaustive test, by day a sample of it with the same assertions, and what was left out is told.

A test that is exhaustive or heavy carries `@pytest.mark.nightly("name")`. If it takes the fixture `portion`, it runs by day
as well, as far as the portion says; with `by_day=N`, so many of its cases do; else it is left to the night. `./dev nightly NAME` runs
the whole of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")
LEFT_OUT = "left out"


@dataclass
class Portion:
    """How much of a test runs: everything by night, a sample by day, `count` where somebody has said so."""

    whole: bool
    count: int | None
    chance: random.Random
    tell: Callable[[str], None]

    def times(self, whole: int, *, sample: int) -> int:
        """How often to do what has no end of its own, such as killing a worker."""
        return self._told(self.count or (whole if self.whole else sample), whole)

    def of(self, everything: Sequence[T], *, sample: int) -> list[T]:
        """All, in their order, or `sample` of them: one drawn from each of as many stretches, so that no part is left out."""
        whole = len(everything)
        wanted = self._told(min(whole, self.count or (whole if self.whole else sample)), whole)
        ends = [whole * n // max(wanted, 1) for n in range(wanted + 1)]
        return [everything[self.chance.randrange(start, end)] for start, end in pairwise(ends)]

    def _told(self, part: int, whole: int) -> int:
        if part < whole:
            self.tell(f"{part} of {whole}")
        return part


def portion_of(item: pytest.Item) -> Portion:
    """The portion of a test; the same one for the same seed, in whatever order the tests run."""
    option = item.config.option
    chance = random.Random(f"{option.seed} {item.nodeid}")
    return Portion(option.whole, option.count, chance, lambda part: leave_out(item, part))


def leave_out(item: pytest.Item, part: str) -> None:
    """Notes on a test what of it runs, for the end of the run."""
    item.user_properties.append((LEFT_OUT, f"./dev nightly {name_of(item):<14} {part:<14} {item.nodeid}"))


def by_day(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The cases of tests that run by day where `by_day` says how many; all others stay. The same ones for the same seed."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        mark = item.get_closest_marker("nightly")
        if mark and "by_day" in mark.kwargs and not item.config.option.whole:
            cases.setdefault(_test_of(item), []).append(item)
    night: set[pytest.Item] = set()
    for test, its in cases.items():
        its.sort(key=lambda item: item.nodeid)
        mark = its[0].get_closest_marker("nightly")
        assert mark
        chance = random.Random(f"{its[0].config.option.seed} {test}")
        night.update(chance.sample(its, max(0, len(its) - int(mark.kwargs["by_day"]))))
        left = [item for item in its if item not in night]
        if len(left) < len(its):
            leave_out(left[0], f"{len(left)} of {len(its)}")
    return [item for item in items if item not in night]


def runs_by_day(item: pytest.Item) -> bool:
    """Whether a test that is exhaustive or heavy runs by day as well, in part."""
    mark = item.get_closest_marker("nightly")
    in_portions = isinstance(item, pytest.Function) and "portion" in item.fixturenames
    return in_portions or (mark is not None and "by_day" in mark.kwargs)


def _test_of(item: pytest.Item) -> str:
    """A test without its case."""
    return item.nodeid.partition("[")[0]


def name_of(item: pytest.Item) -> str:
    """By which `./dev nightly` knows a test."""
    mark = item.get_closest_marker("nightly")
    name = mark.args[0] if mark and mark.args else ""
    assert name, f"{item.nodeid}: @pytest.mark.nightly(name)"
    return str(name)


def all_left_out(reports: Sequence[pytest.TestReport]) -> list[str]:
    """A line for everything that a run has not tested, or not as a whole."""
    lines = sorted({str(text) for report in reports for name, text in report.user_properties if name == LEFT_OUT})
    assert settings.default is not None
    tried, most = settings.default.max_examples, settings.get_profile("nightly").max_examples
    given = sum("hypothesis" in report.keywords for report in reports)
    if given and tried < most:
        lines.append(
            f"./dev nightly {'hypothesis':<14} {f'{tried} of {most}':<14} examples of each of {given} properties"
        )
    return lines
