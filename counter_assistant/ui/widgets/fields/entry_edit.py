"""输入框：输入法还在组字时，回车不作数。

Enter that commits a pinyin choice must never act on the page as well.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.ui.announcing import begin_act
from counter_assistant.ui.widgets.styling import set_style

BREATH = " "
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
THE_PAGES = (Qt.Key.Key_E, Qt.Key.Key_K)
COMING_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The field is not left: another program is in front for a while, or a menu of its own is open."""


def is_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter by itself. With Control it is the page's, wherever the focus is."""
    return event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier


def _of_the_page(event: QKeyEvent) -> bool:
    return event.key() in THE_PAGES and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class EntryEdit(QLineEdit):
    """A line edit that tells when Enter was meant for the page, and when it was left."""

    entered = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder or name)
        self.marks_all = False
        """Whether what stands in it is marked when it is come to, so that it is typed over."""
        self._preedit = ""
        self._clicked_into = False
        self._left_at: int | None = None
        """Where the cursor was when the field was left."""

    def setPlaceholderText(self, text: str) -> None:
        """A hint begins a little after the cursor, which would else stand on its first character."""
        super().setPlaceholderText(f"{BREATH}{text}" if text else "")

    def placeholderText(self) -> str:
        return super().placeholderText().removeprefix(BREATH)

    @property
    def composing(self) -> bool:
        """Whether the input method holds text that is not committed yet."""
        return bool(self._preedit)

    def mark_wrong(self, wrong: bool) -> None:
        """Shows by the frame that the sentence beside it is about this field."""
        set_style(self, wrong=wrong)

    def event(self, event: QEvent) -> bool:
        """Ctrl+E and Ctrl+K are the page's: on Linux a line edit takes them for the end of its line, and no shortcut hears of it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _of_the_page(event):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.composing and event.key() in (*ENTER, Qt.Key.Key_Escape):
            event.accept()
        elif event.key() in ENTER and control:
            event.ignore()  # the page's
        elif event.key() in ENTER:
            begin_act()
            self.entered.emit()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and event.text():
            event.ignore()  # a key of some page, such as Alt+8 of the settings: Qt would write the 8
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()  # nothing to undo here: the page brings a draft back
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._left_at is not None and event.reason() is Qt.FocusReason.OtherFocusReason:
            self.setCursorPosition(self._left_at)
        self._left_at = None
        if self.marks_all and event.reason() not in COMING_BACK:
            self._clicked_into = event.reason() is Qt.FocusReason.MouseFocusReason
            self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._clicked_into:
            self.selectAll()
        self._clicked_into = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._preedit = ""
        super().focusOutEvent(event)
        self.left.emit()
        if not self.hasSelectedText() and event.reason() not in COMING_BACK:
            self._left_at = self.cursorPosition()
            self.setCursorPosition(0)  # of a long text its beginning is seen, not its end
