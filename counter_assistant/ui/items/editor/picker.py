"""就地挑选：列出能选的，一个或者几个；多了可以打字找。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.lines.slots import Choice
from counter_assistant.ui.items.editor.sentence_edit import is_removal
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit, is_enter
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

MANY_TO_READ = 9
"""Choices beyond which one looks for them by typing."""
ROW, MOST_ROWS, LEAST_ROWS = 28, 8, 3
AROUND_LIST, SEARCH = 48, 40
"""Pixels that its head and its frame take, and the field to look for a choice."""
CODE = Qt.ItemDataRole.UserRole + 7


class Picker(QFrame):
    """One of the choices, or with `several` any of them. Arrows and Enter, digits, or a click; Space ticks.

    The keyboard stays in the field where there is one, else in the list.
    """

    changed = Signal(object)
    done = Signal(object, int)
    """The code, or the codes, that are picked; and how many places to go on after Tab."""
    escaped = Signal()
    row_removed = Signal()
    """Ctrl+Delete while nothing is picked otherwise, and `in_row`: what goes is the row."""

    def __init__(
        self, name: str, choices: tuple[Choice, ...], picked: tuple[str, ...], parent: QWidget, *, several: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("layer")
        self._room = parent
        self._choices, self._picked, self._several = choices, list(picked), several
        self._begun, self.in_row = list(picked), False
        self.list = QuietList(name, ROW, self)
        self.list.setObjectName("choices")
        self.search = EntryEdit(f"查找{name}", "打字查找", self)
        self.search.setVisible(len(choices) > MANY_TO_READ)
        keys = "空格勾选，回车确定" if several else "回车选定"
        rows = QVBoxLayout(self)
        rows.setContentsMargins(*(theme.px(6),) * 4)
        rows.setSpacing(theme.px(4))
        rows.addWidget(PlainLabel(f"{name}　{keys}，Esc 不改", "hint"))
        rows.addWidget(self.search)
        rows.addWidget(self.list)
        typing = self.search if len(choices) > MANY_TO_READ else self.list
        self.setFocusProxy(typing)
        for widget in (self.search, self.list):
            widget.installEventFilter(self)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list.itemClicked.connect(self._clicked)
        self._fill()
        self.setFixedSize(theme.px(380), self.sizeHint().height())

    @property
    def value(self) -> str | tuple[str, ...]:
        """What is picked: of one the code, of several the codes in the order of the choices."""
        if self._several:
            return tuple(choice.code for choice in self._choices if choice.code in self._picked)
        return self._picked[0] if self._picked else ""

    def _fill(self) -> None:
        self.list.clear()
        sought = self.search.text().strip()
        shown = [c for c in self._choices if not sought or sought in c.label or sought in c.hint or sought in c.code]
        for choice in shown:
            row = self.list.add(choice.label, choice.hint)
            row.setData(CODE, choice.code)
            if self._several:
                self._tick(row)
            if choice.code in self._picked[:1]:
                self.list.setCurrentItem(row)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        room = self._room.height() - theme.px(AROUND_LIST + (SEARCH if self.search.isVisibleTo(self) else 0))
        most = min(max(room // theme.px(ROW), LEAST_ROWS), MOST_ROWS)
        self.list.setFixedHeight(theme.px(ROW) * min(max(len(shown), 1), most) + theme.px(4))
        self.list.scrollToItem(self.list.currentItem(), QuietList.ScrollHint.PositionAtCenter)

    def _tick(self, row: QListWidgetItem) -> None:
        on = row.data(CODE) in self._picked
        row.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _clicked(self, row: QListWidgetItem) -> None:
        if self._several:
            self._toggle(row)
        else:
            self._choose(row)

    def _toggle(self, row: QListWidgetItem) -> None:
        code = row.data(CODE)
        self._picked = [c for c in self._picked if c != code] if code in self._picked else [*self._picked, code]
        self._tick(row)
        self.changed.emit(self.value)

    def _choose(self, row: QListWidgetItem | None, on: int = 0) -> None:
        if row is not None and not self._several:
            self._picked = [row.data(CODE)]
        self.done.emit(self.value, on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape or is_enter(event):
                event.accept()
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key was the picker's."""
        row, digit = self.list.currentItem(), event.text()
        if self.search.isVisible() and self.search.composing:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif is_enter(event):
            self._choose(row)
        elif self.in_row and is_removal(event) and not self.search.text() and self._picked == self._begun:
            self.row_removed.emit()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._choose(row, 1 if event.key() == Qt.Key.Key_Tab else -1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
        elif event.key() == Qt.Key.Key_Space and self._several and row:
            self._toggle(row)
        elif digit in "123456789" and digit and self.search.isHidden() and int(digit) <= self.list.count():
            self.list.setCurrentRow(int(digit) - 1)
            self._clicked(self.list.item(int(digit) - 1))
        else:
            return False
        return True
