"""选项：一个数字和一个词，按数字键或点一下。Painted by hand: a page has dozens, and they change on every key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from counter_assistant.ui.appearance import theme


class Chip(QAbstractButton):
    """An answer. Checked it is filled with the accent; `open_` draws the dashed frame of 不确定."""

    def __init__(self, key: str, label: str, *, open_: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._open = key, open_
        self._say(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{key} {label}".strip())
        self._key_font, self._font = theme.type_(theme.SMALL - 1), theme.type_(theme.DENSE)
        self._key_width = QFontMetrics(self._key_font).horizontalAdvance(key) if key else 0
        self._text_width = QFontMetrics(self._font).horizontalAdvance(label)

    @property
    def key(self) -> str:
        """The key that stands before the word."""
        return self._key

    def rename(self, label: str) -> None:
        """Shows another word, such as one with a count."""
        if label != self.text():
            self._say(label)
            self.setAccessibleName(f"{self._key} {label}".strip())
            self._text_width = QFontMetrics(self._font).horizontalAdvance(label)
            self.updateGeometry()

    def _say(self, label: str) -> None:
        """An ampersand in a label, which may be a name, gives it no key."""
        self.setText(label)
        self.setShortcut(QKeySequence())

    def sizeHint(self) -> QSize:
        gap = theme.px(5) if self._key_width else 0
        return QSize(self._key_width + gap + self._text_width + theme.px(20), theme.px(26))

    def nextCheckState(self) -> None:
        """Does nothing: whether it is checked follows from what is chosen, not from the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        filled = self.isChecked() and not self._open
        if not self.isEnabled() and not self.isChecked():
            painter.setPen(theme.colour(colours.line))
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
            return self._write(painter, colours.hint, colours.hint)
        edge = colours.accent if filled else colours.focus if self.isChecked() else colours.field_line
        edge = colours.focus if self.hasFocus() else edge
        pen = QPen(theme.colour(edge), 2 if self.hasFocus() or (self.isChecked() and self._open) else 1)
        pen.setStyle(Qt.PenStyle.DashLine if self._open and not self.isChecked() else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(
            theme.colour(colours.accent if filled else colours.chosen if self.isChecked() else colours.card)
        )
        painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        ink = colours.on_accent if filled else colours.secondary if self._open else colours.text
        return self._write(painter, ink, colours.on_accent if filled else colours.hint)

    def _write(self, painter: QPainter, ink: str, key_ink: str) -> None:
        gap, height = theme.px(5) if self._key_width else 0, self.height()
        x = (self.width() - self._key_width - gap - self._text_width) // 2
        self._put(painter, self._key_font, key_ink, QRectF(x, theme.px(1), self._key_width + 1, height), self._key)
        x += self._key_width + gap
        self._put(painter, self._font, ink, QRectF(x, 0, self._text_width + 2, height), self.text())

    @staticmethod
    def _put(painter: QPainter, font: QFont, ink: str, place: QRectF, text: str) -> None:
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
