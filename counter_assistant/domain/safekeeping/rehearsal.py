"""演练恢复：每周由最近的备份、旁边续写的记录和流水在旁边恢复一次，核对过就扔掉；留下的是结果."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from counter_assistant.domain.safekeeping.schedule import DAY

WEEK = timedelta(days=7)
_NUMBERS, _TEXTS = ("entries", "of"), ("made", "said")


class Outcome(StrEnum):
    """How it ended: the book came back whole; it did not; or it could not be tried, which says nothing of the copies."""

    HELD = "held"
    FAILED = "failed"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal `at` a time, from the copy that was `made` then (None: there was none). The book that came of it has `entries`, the
    one in use had `of`; both 0 where none came of it. `said` is what went wrong, or what was left out, in sentences."""

    at: datetime
    outcome: Outcome
    made: datetime | None = None
    entries: int = 0
    of: int = 0
    said: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "at": self.at.isoformat(), "outcome": self.outcome.value, "made": self.made.isoformat() if self.made else "",
            "entries": self.entries, "of": self.of, "said": self.said,
        }  # fmt: skip

    @classmethod
    def from_json(cls, written: object) -> Rehearsal:
        """What `to_json` wrote. Raises ValueError for anything else."""
        if not isinstance(written, Mapping) or written.keys() != {"at", "outcome", *_NUMBERS, *_TEXTS}:
            raise ValueError("not a rehearsal")
        if any(type(written[name]) is not int for name in _NUMBERS) or any(
            not isinstance(written[name], str) for name in ("at", *_TEXTS)
        ):
            raise ValueError("not the values of a rehearsal")
        made = _time(written["made"]) if written["made"] else None
        numbers = (written["entries"], written["of"])
        return cls(_time(written["at"]), Outcome(written["outcome"]), made, *numbers, written["said"])


def is_due(now: datetime, last: Rehearsal | None, newest: datetime | None) -> bool:
    """Whether a restore is to be rehearsed now: the `last` one was that, and the `newest` verified copy was made then (None: there
    is none, and nothing to rehearse).

    One that held is due again after a week; any other after a day, or as soon as there is a newer copy.
    """
    if newest is None:
        return False
    if last is None or last.at > now:
        return True
    if last.outcome is Outcome.HELD:
        return now - last.at >= WEEK
    return now - last.at >= DAY or newest > last.at


def is_overdue(now: datetime, last: Rehearsal) -> bool:
    """Whether the last one that held is too old to say much: it is due, and a day to do it in has passed."""
    return now - last.at >= WEEK + DAY


def kept(before: Rehearsal | None, new: Rehearsal) -> Rehearsal:
    """What is kept of two: a rehearsal that could not be tried takes away nothing that an earlier one has shown."""
    if before and new.outcome is Outcome.NOT_TRIED and before.outcome is not Outcome.NOT_TRIED:
        return before
    return new


def _time(written: str) -> datetime:
    time = datetime.fromisoformat(written)
    if time.tzinfo is None:
        raise ValueError("a time without its offset")
    return time
