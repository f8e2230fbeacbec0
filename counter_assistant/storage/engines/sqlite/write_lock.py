"""写锁：几个窗口同时要写时，谁也不会一直等。

SQLite lets whoever asks in the right moment write. A process that has waited a little asks only ten times a second, and
beside one that writes without a pause it finds the book taken each time, until its patience ends and a clerk is refused.
So the lock is asked for every few milliseconds here; and whoever has waited for long takes the turn, a lock on the
book's folder, which all others need before they ask: the next to write is then the one that holds it.
"""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from counter_assistant.storage.engines.sqlite.driver import wait_for_locks
from counter_assistant.storage.engines.sqlite.errors import error_class
from counter_assistant.storage.orm import peewee

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

ASK_AGAIN, LONG = 0.002, 0.5  # seconds


def take_write_lock(handle: Any, folder: Path) -> None:
    """Begins an immediate transaction on the book of a folder, waiting as long as the handle's patience lasts.

    Raises:
        peewee.OperationalError: another process holds the lock for longer, or SQLite will not for another reason.
    """
    patience, started = handle.timeout, time.monotonic()
    wait_for_locks(handle, 0)
    try:
        with closing(Turn(folder)) as turn:
            while not (turn.take() and _begins(handle)):
                waited = time.monotonic() - started
                if waited > patience:
                    handle.execute_sql("BEGIN IMMEDIATE")
                    return
                if waited < LONG:
                    turn.leave()
                time.sleep(ASK_AGAIN)
    finally:
        wait_for_locks(handle, patience)


def _begins(handle: Any) -> bool:
    try:
        handle.execute_sql("BEGIN IMMEDIATE")
    except peewee.OperationalError as error:
        if error_class(error) != "BUSY":
            raise
        return False
    return True


class Turn:
    """The turn to write in a folder; it ends with its process. Where a system locks no folder, as Windows, all have it, and where the disk
    does not let it be opened: what is wrong there is the database's to say."""

    def __init__(self, folder: Path) -> None:
        self._place = None
        if fcntl:
            with suppress(OSError):
                self._place = os.open(folder, os.O_RDONLY)

    def take(self) -> bool:
        """Whether it is ours now."""
        if self._place is not None:
            try:
                fcntl.flock(self._place, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined, unused-ignore]
            except BlockingIOError:
                return False
            except OSError:
                return True
        return True

    def leave(self) -> None:
        """Lets the others have it."""
        if self._place is not None:
            with suppress(OSError):
                fcntl.flock(self._place, fcntl.LOCK_UN)  # type: ignore[attr-defined, unused-ignore]

    def close(self) -> None:
        """Lets the others have it for good."""
        if self._place is not None:
            os.close(self._place)
