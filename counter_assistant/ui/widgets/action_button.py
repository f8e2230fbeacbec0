"""按钮：做什么，按哪个键。The key is part of the label, so that the keyboard is learnt by looking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from counter_assistant.ui.announcing import begin_act


class SinglePress(QPushButton):
    """A button for which a double click is one press: its second half may fall on what the first has put in this place. Its text is text:
    an ampersand in it gives it no key."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.clicked.connect(begin_act)

    def setText(self, text: str) -> None:
        super().setText(text.replace("&", "&&"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class LinkButton(SinglePress):
    """A quiet word, with its key where it has one, in the head of a card, for the mouse: the keyboard stays where it is."""

    def __init__(self, key: str, text: str, act: Callable[[], object]) -> None:
        super().__init__()
        self._key = key
        self.rename(text)
        self.clicked.connect(lambda _=False: act())
        self.setProperty("link", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def rename(self, text: str) -> None:
        """Renames the word: it does something else now."""
        self.setText(f"{self._key} {text}".strip())
        self.setAccessibleName(f"{text}，{self._key}" if self._key else text)


class ActionButton(SinglePress):
    """A button with its key. `owner` is the page: there the key works wherever the focus is, and nowhere else."""

    unavailable = Signal()
    """The key was pressed while there is nothing to do; the page may say why."""

    def __init__(self, text: str, key: str, owner: QWidget, *, loud: bool = False, shown_key: str = "") -> None:
        super().__init__(f"{text}　{shown_key or key}", owner)
        self.setProperty("loud", loud)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._pressed)
        self._key = shown_key or key

    def _pressed(self) -> None:
        if self.isEnabled():
            self.clicked.emit()
        else:
            self.unavailable.emit()

    def rename(self, text: str) -> None:
        """Renames the button: its key does something else now."""
        self.setText(f"{text}　{self._key}")
        self.setAccessibleName(text)
