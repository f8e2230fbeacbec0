"""选中的一句：写了什么、出自哪里、用于哪些事项，和改它的一行。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.statements import Part
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.presentation import Row, titled
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.fields.guarded import Guarded
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip
from counter_assistant.ui.widgets.styling import set_style

DIGITS, CARRIED = 9, 170
BEGUN = "改到一半，按 E 接着改"
NAMED = 4
"""Up to so many items are named in their chips; more are given by their codes."""


class SentenceBox(QFrame):
    """The marked sentence, framed where it stands. The line opens with E; Enter takes it and Esc leaves it, both told."""

    toggled = Signal(str)
    taken = Signal(str)
    left = Signal()
    grown = Signal()
    """It needs another height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sentence")
        self.setAccessibleName("选中的一句")
        self.words, self.carried = PlainLabel("", "body", wrap=True), PlainLabel("", "hint", wrap=True)
        self.serves, self.fault = PlainLabel("", "hint", wrap=True), PlainLabel("", "error", wrap=True)
        self.edit = EntryEdit("改成", "写出改后的一整句")
        names = {"words": self.words, "carried": self.carried, "serves": self.serves, "answer_fault": self.fault}
        for name, label in names.items():
            label.setObjectName(name)
        self.edit.setObjectName("new_words")
        self.chips: list[Chip] = []
        self._items: tuple[str, ...] = ()
        self._flow = FlowLayout(theme.px(4), theme.px(4))
        self._chips = QWidget()
        self._chips.setLayout(self._flow)
        self._lay_out()
        self.edit.entered.connect(lambda: self.taken.emit(self.edit.text()))
        self.edit.installEventFilter(self)
        self.guard = Guarded(self.edit, quotable=False)
        self.guard.sentence_changed.connect(self.say)
        self.edit.hide()
        self.fault.hide()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        rows.setSpacing(theme.px(4))
        head = self._head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self.words, 1)
        head.addWidget(self.carried)
        self.carried.setFixedWidth(theme.px(CARRIED))
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.carried.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        rows.addWidget(self.serves)
        rows.addWidget(self._chips)
        rows.addWidget(self.edit)
        rows.addWidget(self.fault)

    def show_row(self, row: Row, served: Sequence[str], names: Mapping[str, str], *, begun: bool) -> None:
        """Shows another sentence, with the names of the items that it serves by their codes; whether a line was `begun`."""
        self.words.say(row.words)
        self.carried.say(_carried(row), "hint" if row.open else "done")
        several = len(served) > 1
        single = f"只用于 {titled(served[0], names)}" if served else ""
        what = "种文书" if row.statement.part is Part.FORM else "个事项"
        serves = f"用于 {len(served)} {what}，答一次就都定了：" if several else single
        self.serves.say(listed((serves, BEGUN if begun else ""), "　"))
        self._name_chips(served if several else (), names)
        self.fault.say("")
        self.edit.hide()

    def show_excluded(self, served: Sequence[str], excluded: frozenset[str]) -> None:
        """Shows which of the items are left out of the answer."""
        for item, chip in zip(served, self.chips, strict=False):
            chip.setChecked(item not in excluded)

    def begin(self, words: str) -> None:
        """Opens the line with these words."""
        self.edit.setText(words)
        self.edit.show()
        self.edit.setFocus()
        self.edit.end(False)
        self.grown.emit()

    def close_line(self) -> None:
        """Closes the line."""
        self.edit.hide()
        self.fault.say("")
        self.grown.emit()

    @property
    def editing(self) -> bool:
        """Whether the line is open."""
        return not self.edit.isHidden()

    def say(self, fault: str) -> None:
        """Says beneath the line why an answer was not taken."""
        if fault != self.fault.text():
            self.fault.say(fault)
            self.grown.emit()

    def show_focus(self, *, here: bool) -> None:
        """Shows whether keys go to this sentence."""
        set_style(self, here=here)

    def height_for(self, width: int) -> int:
        """The height that it needs in a width."""
        layout = self.layout()
        assert layout is not None
        for each in (self._head, layout):
            each.invalidate()  # what a label says is another now, and its layout is told of it later
        return layout.totalHeightForWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the line is its own; while a word is composed it is the input method's."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and not self.edit.composing:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _name_chips(self, items: Sequence[str], names: Mapping[str, str]) -> None:
        while len(self.chips) < len(items):
            place = len(self.chips)
            chip = Chip(str(place + 1) if place < DIGITS else "", "")
            chip.clicked.connect(lambda _=False, place=place: self.toggled.emit(self._items[place]))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        self._items = tuple(items)
        for place, chip in enumerate(self.chips):
            shown = place < len(items)
            if shown:
                item = items[place]
                title = titled(item, names)
                chip.rename(title if len(items) <= NAMED else item)
                chip.setToolTip(plain_tip(names.get(item, "")))
                chip.setAccessibleName(title)
            chip.setVisible(shown)
        self._chips.setVisible(bool(items))


def _carried(row: Row) -> str:
    if row.open:
        return row.carried
    return f"{row.carried} ✓" if row.carried else "✓"
