"""下拉选择：与输入框一样高、一样安静；滚轮不会误改。"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import is_enter


def name_choice(box: QComboBox, name: str) -> None:
    """Says what is chosen in a box. On Linux a screen reader calls it by what is chosen, and what for is its description."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)


class Choice(QComboBox):
    """A combo box. The wheel passes by, because a page that is scrolled must not change who answers for a post."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setStyleSheet(
            f"QComboBox {{ min-height: {theme.px(32)}px; }} QComboBox:focus {{ min-height: {theme.px(30)}px; }}"
            "QComboBox::drop-down { border: 0; width: 24px; } QComboBox::down-arrow { image: none; }"
        )

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        super().setAccessibleDescription(name)

    def setAccessibleDescription(self, words: str) -> None:
        """What is to be said of it, such as what is wrong, comes after what it is for."""
        super().setAccessibleDescription("：".join(filter(None, (self.accessibleName(), words))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(theme.colour(theme.palette().secondary), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        x, y, reach = self.width() - theme.px(16), self.height() / 2 - 2, theme.px(4)
        painter.drawPolyline([QPointF(x - reach, y), QPointF(x, y + reach), QPointF(x + reach, y)])


class FormChoice(Choice):
    """A choice in a form: it tells when Enter was pressed, as a text field does."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class NumberedChoice(FormChoice):
    """A choice of few, each with its digit before it: the digit chooses it and goes on. `before`: so many come first and have none."""

    def __init__(self, label: str, before: int = 0) -> None:
        super().__init__(label)
        self._before = before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = int(event.text()) if event.text() in tuple("123456789") else 0
        place = digit - 1 + self._before
        if digit and place < self.count():
            self.setCurrentIndex(place)
            self.entered.emit()
        else:
            super().keyPressEvent(event)
