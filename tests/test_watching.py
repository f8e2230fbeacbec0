"""Coverage looks while what takes the branches of the domain runs, and at nothing else."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coverage import Coverage

from tests.places import TESTS
from tests.watching import WATCHED, Watch


def test_what_is_watched_is_there() -> None:
    """A room that has moved would not be watched any more."""
    assert [room for room in WATCHED if not (TESTS / room).exists()] == []


def a_test(path: Path, *marks: str) -> Any:
    return SimpleNamespace(path=path, get_closest_marker=lambda name: name in marks)


OURS, OTHERS = a_test(TESTS / "domain" / "test_entry.py"), a_test(TESTS / "ui" / "test_pages.py")
SLOW = a_test(TESTS / "domain" / "test_entry.py", "slow")


def test_it_looks_away_and_back_only_where_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    measuring = SimpleNamespace(start=lambda: done.append("looks"), stop=lambda: done.append("away"))
    monkeypatch.setattr(Coverage, "current", lambda: measuring)
    watch = Watch()
    told = []
    for item in (OURS, OTHERS, OTHERS, OURS, OURS, SLOW, OURS):
        watch.turn(item)
        told.append(list(done))
        done.clear()
    assert told == [[], ["away"], [], ["looks"], [], ["away"], ["looks"]]


def test_a_room_whose_name_begins_alike_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    away: list[bool] = []
    monkeypatch.setattr(Coverage, "current", lambda: SimpleNamespace(stop=lambda: away.append(True)))
    Watch().turn(a_test(TESTS / "domain_of_another" / "test_entry.py"))
    assert away == [True]


def test_where_nothing_is_measured_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Coverage, "current", lambda: None)
    watch = Watch()
    for item in (OTHERS, OURS):
        watch.turn(item)
