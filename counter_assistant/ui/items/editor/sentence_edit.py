"""就地写字：框落在原来的字上，写多高就多高。Enter takes what is written, Esc leaves it, Tab takes it and goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import is_enter

ROOM = 6
"""Pixels that the frame takes above and below."""


def is_removal(event: QKeyEvent) -> bool:
    """Whether a key is that which takes a row away, Ctrl+Delete."""
    return event.key() == Qt.Key.Key_Delete and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class SentenceEdit(QPlainTextEdit):
    """A plain text on as many lines as it needs, in the place of the words that it changes."""

    changed = Signal(object)
    done = Signal(object, int)
    """What is written, and how many places to go on: 0 where it stays, 1 or -1 after Tab."""
    escaped = Signal()
    row_removed = Signal()
    """Ctrl+Delete while the words are as they were, and `in_row`: what goes is the row."""

    def __init__(self, name: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._begun, self.in_row = text, False
        self.setObjectName("inline")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(theme.px(2))
        self._composing = False
        self.setPlainText(text)
        self.selectAll()
        self.textChanged.connect(self._tell)

    @property
    def value(self) -> str:
        """What is written."""
        return self.toPlainText()

    def fit(self, width: int) -> None:
        """Takes so much width, and the height that the text then needs."""
        self.setFixedWidth(width)
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.px(2 * ROOM))

    def _tell(self) -> None:
        self.fit(self.width())
        self.changed.emit(self.value)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape or is_enter(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing and self._own(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif is_enter(event):
            self.done.emit(self.value, 0)
        elif self.in_row and is_removal(event) and self.value == self._begun:
            self.row_removed.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab takes what is written and goes on, Shift+Tab goes back."""
        self.done.emit(self.value, 1 if on else -1)
        return True
