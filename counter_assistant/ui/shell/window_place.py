"""主窗口在屏幕上的位置：状态行和出具键总在屏幕里；记得上次的位置，屏幕拔走了也不丢.

A window as large as usual leaves no room for its own title bar and for the taskbar on the screens that counters have
(1366×768, and 1093×614 where everything is drawn a quarter larger): there it is maximised.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.appearance import theme

TITLE_BAR = 32
"""Pixels that a title bar takes; asking the style would cost the first paint ten milliseconds."""

_MAXIMISED = Qt.WindowState.WindowMaximized
_LATER = Qt.ConnectionType.QueuedConnection  # the window system has its say first


def inside(wanted: QRect, available: QRect, frame: QMargins) -> QRect:
    """The inner rectangle of a window moved, and shrunk where need be, so that it lies on a screen with its frame."""
    room = available.marginsRemoved(frame)
    size = wanted.size().boundedTo(room.size())
    x = min(max(wanted.x(), room.x()), room.x() + room.width() - size.width())
    y = min(max(wanted.y(), room.y()), room.y() + room.height() - size.height())
    return QRect(x, y, size.width(), size.height())


class WindowPlace(QObject):
    """Keeps a window on the screen. `smallest` and `usual` are widths and heights at the usual size of type."""

    def __init__(self, window: QWidget, smallest: tuple[int, int], usual: tuple[int, int]) -> None:
        super().__init__(window)
        self._window = window
        self._smallest, self._usual = (QSize(theme.px(width), theme.px(height)) for width, height in (smallest, usual))
        window.setMinimumSize(self._smallest)
        window.resize(self._usual)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self.settle, _LATER)
        application.screenAdded.connect(self._watch)
        for screen in application.screens():
            self._watch(screen)
        self._placed = False

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.settle, _LATER)

    def now(self) -> str:
        """Where the window stands and whether it is maximised, as text."""
        return bytes(self._window.saveGeometry().toBase64().data()).decode()

    def restore(self, place: str) -> None:
        """Puts a window that is not shown yet where `now` says it stood; in the middle where that says nothing."""
        window = self._window
        if place and window.restoreGeometry(QByteArray.fromBase64(place.encode())):
            maximised = bool(window.windowState() & _MAXIMISED)
            wanted = window.normalGeometry() if maximised else window.geometry()
        else:
            room = window.screen().availableGeometry().marginsRemoved(self._frame())
            wanted = QRect(QPoint(), self._usual)
            wanted.moveCenter(room.center())
            maximised = self._usual.boundedTo(room.size()) != self._usual
        self._placed = True
        self._put(wanted)
        window.setWindowState(_MAXIMISED if maximised else Qt.WindowState.WindowNoState)

    def settle(self, *_: object) -> None:
        """Brings a shown window back where it sticks out of the screens that are there; one never placed is left alone."""
        window = self._window
        if (
            self._placed
            and window.isVisible()
            and not window.windowState() & (_MAXIMISED | Qt.WindowState.WindowFullScreen)
        ):
            self._put(window.geometry())

    def _put(self, wanted: QRect) -> None:
        screen = QGuiApplication.screenAt(wanted.center()) or QGuiApplication.primaryScreen()
        available, frame = screen.availableGeometry(), self._frame()
        window = self._window
        window.setMinimumSize(self._smallest.boundedTo(available.marginsRemoved(frame).size()))
        if window.geometry() != (fitting := inside(wanted, available, frame)):
            window.setGeometry(fitting)

    def _frame(self) -> QMargins:
        """What the window system draws around the window; a guess until the window is shown."""
        window = self._window
        if window.isVisible() and (handle := window.windowHandle()) is not None:
            return handle.frameMargins()
        return QMargins(0, TITLE_BAR, 0, 0)
