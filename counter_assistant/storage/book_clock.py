"""台账的时间：每条记录前看一眼电脑的钟，可疑的先请人确认."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_assistant.domain.calendar.system_clock import PROGRAM_DATE, ClockDoubt, doubt_of
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entries import Last

CONFIRM_TIME = "请在提示处确认（Alt+T）"


class BookClock:
    """The clock that dates the entries of a book. With `doubts` a doubtful time is refused until somebody has confirmed it."""

    def __init__(self, database: Engine, *, doubts: bool) -> None:
        self._database, self.doubts = database, doubts

    def time(self, handle: Any, kind: EntryKind, last: Last) -> datetime:
        """The time of an entry about to be written after the `last` one, which is sound or was confirmed.

        Raises:
            Refusal: `clock-doubtful`.
        """
        now = self._database.now()
        if kind is not EntryKind.CLOCK_CONFIRMED:
            refuse_doubt(self._doubt(handle, now, last))
        return now

    def doubt(self, handle: Any, last: Last | None = None) -> ClockDoubt | None:
        """What is doubtful about the clock now; None where nothing is, or nobody asks. `last` is the last entry, where that was read already."""
        # before the clock: what another window writes in between is later than this
        last = last or entries.head(handle)
        return self._doubt(handle, self._database.now(), last)

    def _doubt(self, handle: Any, now: datetime, last: Last) -> ClockDoubt | None:
        if not self.doubts:
            return None
        early = now.date() < PROGRAM_DATE and _was_confirmed(handle, now)
        doubt = doubt_of(now, datetime.fromisoformat(last.time) if last.time else None, early_confirmed=early)
        return replace(doubt, of_server=self._database.shared) if doubt else None


def refuse_doubt(doubt: ClockDoubt | None) -> None:
    """Lets nothing be written at a doubtful time.

    Raises:
        Refusal: `clock-doubtful`.
    """
    if doubt:
        remedy = f"时间不对的，{doubt.mended_by}；确实没错的，{CONFIRM_TIME}，确认记入台账。"
        raise Refusal("clock-doubtful", doubt.in_words, remedy)


def _was_confirmed(handle: Any, now: datetime) -> bool:
    """Whether somebody confirmed a time that is not later than this one."""
    kind = tables.Entry.kind == EntryKind.CLOCK_CONFIRMED
    return any(entry.time <= now for entry in entries.select(handle, kind, newest_first=True, limit=1))
