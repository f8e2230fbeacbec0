"""一个数据文件夹只开一个窗口：第二次启动把第一个窗口叫到前面来。

QLockFile says who came first and survives a crash, since it knows the process; QLocalServer hands the call over.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK_NAME = "desk.lock"
_CALL, _PATIENCE_MS = b"raise\n", 1000


class SingleInstance(QObject):
    """The place of one window per data folder."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = "counter-assistant-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this is the first window. A folder that cannot be locked is left to the book to refuse."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def call_first(self) -> bool:
        """Calls the first window to the front; False where it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(_CALL)
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
            self.called.emit()
