"""When a restore is rehearsed, what is kept of it, and how it is written down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal, is_due, is_overdue, kept
from tests.make import NOW

DAY = timedelta(days=1)
HELD = Rehearsal(NOW, Outcome.HELD, NOW - DAY, 12, 13, "流水不在，没有算上。")
FAILED = Rehearsal(NOW, Outcome.FAILED, NOW - DAY, said="备份的文件与写下时不一样。")
NOT_TRIED = Rehearsal(NOW, Outcome.NOT_TRIED, said="还没有备份。")


@pytest.mark.parametrize("rehearsal", [HELD, FAILED, NOT_TRIED])
def test_it_comes_back_as_it_was_written(rehearsal: Rehearsal) -> None:
    assert Rehearsal.from_json(rehearsal.to_json()) == rehearsal


@pytest.mark.parametrize(
    "change",
    [
        {"entries": "12"}, {"entries": True}, {"said": None}, {"at": 7}, {"at": "2026-11-23T10:42:00"}, {"at": "soon"},
        {"outcome": "well"}, {"more": 1}, {"made": "yesterday"},
    ],
)  # fmt: skip
def test_what_is_something_else_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"rehearsal|offset|isoformat|Outcome"):
        Rehearsal.from_json(HELD.to_json() | change)
    others: tuple[object, ...] = (None, [], 3)
    for other in others:
        with pytest.raises(ValueError, match="not a rehearsal"):
            Rehearsal.from_json(other)


@pytest.mark.parametrize(
    ("last", "newest", "days", "due"),
    [
        (None, None, 0, False),
        (None, NOW, 0, True),
        (HELD, NOW, 6.9, False),
        (HELD, NOW, 7, True),
        (HELD, None, 7, False),
        (HELD, NOW, -1, True),
        (FAILED, NOW - DAY, 0.9, False),
        (FAILED, NOW + DAY / 2, 0.9, True),
        (NOT_TRIED, NOW - DAY, 1, True),
    ],
)
def test_once_a_week_and_sooner_where_it_did_not_hold(
    last: Rehearsal | None, newest: datetime | None, days: float, due: bool
) -> None:
    assert is_due(NOW + DAY * days, last, newest) is due


def test_a_day_after_it_is_due_it_is_said() -> None:
    assert not is_overdue(NOW + 7.9 * DAY, HELD)
    assert is_overdue(NOW + 8 * DAY, HELD)


def test_what_could_not_be_tried_takes_away_nothing_that_was_shown() -> None:
    assert kept(HELD, NOT_TRIED) is HELD
    assert kept(FAILED, NOT_TRIED) is FAILED
    assert kept(NOT_TRIED, FAILED) is FAILED
    assert kept(FAILED, HELD) is HELD
    assert kept(NOT_TRIED, NOT_TRIED) == NOT_TRIED
    assert kept(None, NOT_TRIED) is NOT_TRIED
