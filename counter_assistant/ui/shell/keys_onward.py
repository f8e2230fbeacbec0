"""键递给当前页：光标在侧栏、顶栏时，它们自己不用的键仍然归当前页。

What writes or moves (characters, Enter, the arrows) belongs to what has the focus, and stays there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from counter_assistant.ui.shell.page_stack import PageStack
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.page import Page

WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MOVING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
STAYING = frozenset((*ENTER, *MOVING, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace))
HOLDING = frozenset((Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta))
"""What is only held while another key is pressed."""
FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


class KeysOnward(QObject):
    """Hands a key that a part of the window beside the pages did not take to the page in view, once.

    The focus stays where it is, unless what the page does moves it. No part that is listened to lies around the pages: what
    the page does not take either comes by here no second time.
    """

    def __init__(self, stack: PageStack, *beside: QWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        for part in beside:
            self.listen(part)

    def listen(self, part: QWidget) -> None:
        """From now on keys are handed on from a part, too."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or _stays(event):
            return super().eventFilter(watched, event)
        _press(event, self._stack.page)
        return True


def _stays(event: QKeyEvent) -> bool:
    """Whether a key is of what has the focus alone."""
    writes = bool(event.text()) and event.text().isprintable()
    return event.key() in HOLDING or (not event.modifiers() & WITH and (writes or event.key() in STAYING))


def _press(event: QKeyEvent, page: Page) -> None:
    """Presses a key in a page in Qt's order: whoever wants it before any shortcut, the shortcuts, then as a key."""
    place = _place(page)
    key, modifiers, repeated = Qt.Key(event.key()), event.modifiers(), event.isAutoRepeat()
    wanted = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, event.text(), repeated)
    wanted.ignore()
    QApplication.sendEvent(place, wanted)
    pressed = QKeySequence(QKeyCombination(modifiers & ~Qt.KeyboardModifier.KeypadModifier, key))
    shortcut = None if wanted.isAccepted() else _shortcut(pressed, place, page)
    if shortcut is None:
        QApplication.sendEvent(place, event)
    elif shortcut.autoRepeat() or not repeated:
        shortcut.activated.emit()


def _place(page: Page) -> QWidget:
    """Where the focus was in a page, be it a layer over it; around a field, which would take the key for what is typed in it."""
    place: QWidget = page.focusWidget() or page
    while place is not page and (isinstance(place, FIELDS) or not place.isVisible() or not place.isEnabled()):
        place = place.parentWidget() or page
    return place


def _shortcut(pressed: QKeySequence, place: QWidget, page: Page) -> QShortcut | None:
    """The innermost shortcut of what lies around a place of a page; one of the whole window has been asked before."""
    around = place
    while True:
        for shortcut in around.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            inside = shortcut.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut
            if inside and shortcut.isEnabled() and around.isEnabled() and shortcut.key() == pressed:
                return shortcut
        if around is page:
            return None
        around = around.parentWidget() or page
