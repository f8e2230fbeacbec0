"""What a clerk who hears the window would stumble over, in what a screen reader is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tests.accessibility.reader import Reader, Told

MOST_STOPS = 150
_CHINESE = re.compile(r"[\u3007\u4e00-\u9fff]|^PIN$")
_PASSED_OVER = ("filler", "unknown", "invalid")
_LINES = ("list item", "table cell", "table row")


def faults_of(told: Iterable[Told]) -> list[str]:
    """A line for each widget that takes the focus and that nobody could tell from another by hearing."""
    return [f"{one}: {fault}" for one in told if "focusable" in one.states for fault in _faults(one)]


def _faults(one: Told) -> Iterator[str]:
    if one.role in _LINES:
        return
    if one.role in _PASSED_OVER:
        yield f"is a {one.role}, which a reader passes over"
    if _CHINESE.search(one.name) is None:
        yield "has no Chinese name"
    if one.role == "combo box" and _CHINESE.search(one.description) is None:
        yield "says what is chosen, and not what for"


def gone_round(reader: Reader, key: str) -> list[Told]:
    """What a key comes to until it is back where it began; each time something that has a name."""
    first = reader.focus
    assert first is not None, "nothing has the focus"
    seen = [first]
    for _ in range(MOST_STOPS):
        now = reader.step(key)
        assert now is not None, f"after {seen[-1]} nothing has the focus"
        if stop_of(now) == stop_of(first):
            return seen
        seen.append(now)
    raise AssertionError(f"{key} never comes back: {', '.join(map(str, seen[:20]))}")


def stop_of(told: Told) -> tuple[int, ...]:
    """Where Tab has come to: of a line, its list."""
    return told.place[:-1] if told.role in _LINES else told.place


def no_trap(reader: Reader) -> list[Told]:
    """Tab goes round and comes back, Shift+Tab goes the same way home; what Tab came to."""
    forwards = gone_round(reader, "Tab")
    back = gone_round(reader, "shift+Tab")
    way, home = ([*map(stop_of, stops[1:])] for stops in (forwards, back))
    assert home == way[::-1], f"there: {', '.join(map(str, forwards))}; back: {', '.join(map(str, back))}"
    assert faults_of(forwards) == []
    return forwards
