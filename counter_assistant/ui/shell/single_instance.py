"""一个数据文件夹只开一个窗口：第二次启动把第一个窗口叫到前面来，或者叫出文明用语。

QLockFile says who came first and survives a crash, since it knows the process; QLocalServer hands the call over: one
line, a word that says what is wanted. An unknown word, as a later version may send, brings the window to the front.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK_NAME = "desk.lock"
RAISE, PHRASES = "raise", "phrases"
_PATIENCE_MS, _MUTE_MS, _LONGEST = 1000, 200, 64


class SingleInstance(QObject):
    """The place of one window per data folder. `called`: to the front; `phrases_called`: the panel of 文明用语."""

    called = Signal()
    phrases_called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    @cached_property
    def name(self) -> str:
        """What the place is called among the programs of this user; asked for behind the first paint."""
        import hashlib

        return "counter-assistant-" + hashlib.sha256(os.path.realpath(self._folder).encode()).hexdigest()[:16]

    def claim(self) -> bool:
        """Whether this is the first window. A folder that cannot be locked is left to the book to refuse."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def call_first(self, wanted: str = RAISE) -> bool:
        """Calls the first window to the front, or its phrases; False where it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"{wanted}\n".encode())
        sent = socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return sent

    def listen(self) -> None:
        """Waits for later starts. Done behind the first paint, because nobody starts twice within it."""
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self.name)
        server.newConnection.connect(self._answer)
        server.listen(self.name)

    def release(self) -> None:
        """Gives the place free."""
        if self._server:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _answer(self) -> None:
        while self._server and (socket := self._server.nextPendingConnection()):
            socket.disconnected.connect(socket.deleteLater)
            if not socket.bytesAvailable():
                socket.waitForReadyRead(_MUTE_MS)  # a caller speaks at once; nobody else is let in
            if bytes(socket.read(_LONGEST).data()).split(b"\n")[0] == PHRASES.encode():
                self.phrases_called.emit()
            else:
                self.called.emit()


def is_made(folder: Path) -> bool:
    """Whether the folder is there; where it cannot be made that is said when the book is opened."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True
