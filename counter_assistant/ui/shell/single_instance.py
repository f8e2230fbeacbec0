"""一个数据文件夹只开一个窗口：第二次启动把第一个窗口叫到前面来，或者叫出文明用语。

QLockFile says who came first and survives a crash, since it knows the process. The call is handed over by a socket of this user
(a named pipe on Windows): one word that says what is wanted. An unknown word, as a later version may send, brings the window to the front.
QtNetwork would do the same, and brings Kerberos along.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Qt, Signal

from counter_assistant.paths import desk_address

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

LOCK_NAME = "desk.lock"
RAISE, PHRASES = "raise", "phrases"
_MUTE_S, _LONGEST, _WAITING = 0.2, 64, 8
"""How long a caller may be silent, how many bytes a call has at most, and how many may call at once."""


class SingleInstance(QObject):
    """The place of one window per data folder. `called`: to the front; `phrases_called`: the panel of 文明用语."""

    called = Signal()
    phrases_called = Signal()
    _heard = Signal(bytes)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._listening: threading.Thread | None = None
        self._ends = threading.Event()
        self._heard.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def address(self) -> str:
        """Where the first window is called; asked for behind the first paint."""
        return desk_address(self._folder)

    def claim(self) -> bool:
        """Whether this is the first window. A folder that cannot be locked is left to the book to refuse."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def call_first(self, wanted: str = RAISE) -> bool:
        """Calls the first window to the front, or its phrases; False where it does not answer."""
        from multiprocessing.connection import Client

        try:
            with Client(self.address) as first:
                first.send_bytes(wanted.encode())
        except OSError:
            return False
        return True

    def listen(self) -> None:
        """Waits for later starts. Done behind the first paint, because nobody starts twice within it.

        Where the system gives no socket, a second start finds the place taken and says so; nothing else needs it.
        """
        from multiprocessing.connection import Listener

        if os.name != "nt":
            Path(self.address).unlink(missing_ok=True)  # of a window that crashed: the lock says that there is none
        try:
            listener = Listener(self.address, backlog=_WAITING)
        except OSError:
            return
        self._listening = threading.Thread(target=self._wait, args=(listener,), name="later starts", daemon=True)
        self._listening.start()

    def release(self) -> None:
        """Releases the place."""
        self._ends.set()
        if self._listening:
            self.call_first()  # wakes the thread, which then sees that it is over
            self._listening.join()
            self._listening = None
        self._lock.unlock()

    def _wait(self, listener: Listener) -> None:
        """Takes calls in a thread, which ends with the window: nothing else wakes a thread that waits for one."""
        with listener:
            while not self._ends.is_set():
                wanted = b""
                with suppress(OSError, EOFError), listener.accept() as caller:
                    if caller.poll(_MUTE_S):  # a caller speaks at once; nobody else is let in
                        wanted = caller.recv_bytes(_LONGEST)
                if not self._ends.is_set():
                    self._heard.emit(wanted)

    def _answer(self, wanted: bytes) -> None:
        (self.phrases_called if wanted == PHRASES.encode() else self.called).emit()


def is_made(folder: Path) -> bool:
    """Whether the folder is there; where it cannot be made that is said when the book is opened."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True
