"""光标在哪里看得见：清单、表格、长文字有光标的时候，四周有一道框.

A field and a button show by their own frame that they have the focus. A list, a table or a text to read would show it by nothing, and in
high contrast a chosen row looks the same wherever the keys go.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QWidget
from shiboken6 import isValid

from counter_assistant.ui.appearance import theme

WIDTH = 2


class FocusFrame(QWidget):
    """The frame. It lies over what it frames, takes no room there and lets the mouse through."""

    def __init__(self, framed: QWidget) -> None:
        super().__init__(framed)
        self.setObjectName("qt_focus_frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        framed.installEventFilter(self)
        self.setGeometry(framed.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour(theme.palette().focus), WIDTH))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class _Following(QObject):
    """Puts the frame around what has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: FocusFrame | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        before, self._frame = self._frame, None
        if before is not None and isValid(before):
            before.hide()
            before.deleteLater()
        if now is not None and _shows_nothing_itself(now):
            self._frame = FocusFrame(now)


def _shows_nothing_itself(widget: QWidget) -> bool:
    popup = widget.window().windowType() is Qt.WindowType.Popup
    return isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QPlainTextEdit) and not popup


def install(app: QApplication) -> None:
    """Shows from now on where the focus is. A second time changes nothing."""
    if app.findChild(_Following) is None:
        _Following(app)
