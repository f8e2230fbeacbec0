"""左边一栏：要您看的，一行一样，回车打开；今天到现在为止."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.operations.report.standing import WaitingLine, Waits
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList

NOTHING = "没有要您看的。\n等复核的、超期的、要延期告知的、意见、没打印和没归档的，都会在这里。"
INKS = {Waits.REVIEW: "attention", Waits.OVERDUE: "overdue", Waits.DELAY: "attention"}


class WaitingCard(Card):
    """What waits; `chosen` is the line that is opened."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("要您看的", "回车打开", parent)
        self.list = PickedList("要您看的", 36, whole_hints=True)
        self.nothing = PlainLabel(NOTHING, "secondary", wrap=True)
        self.nothing.setObjectName("nothing")
        self.lines: tuple[WaitingLine, ...] = ()
        self.rows.addWidget(self.nothing)
        self.rows.addWidget(self.list, 1)
        self.list.entered.connect(self._enter)
        self.list.itemClicked.connect(lambda _item: self._enter())

    def show_lines(self, lines: Sequence[WaitingLine]) -> None:
        """Shows the lines; the marked one stays marked where it is still there."""
        marked = self.lines[self.list.currentRow()].what if 0 <= self.list.currentRow() < len(self.lines) else None
        self.lines = tuple(lines)
        self.list.clear()
        for line in self.lines:
            row = self.list.add(listed((f"{line.what.value} {line.count}", line.first), "　"), line.more)
            if line.what in INKS:
                self.list.press(row, INKS[line.what])
        kept = [at for at, line in enumerate(self.lines) if line.what is marked]
        self.list.setCurrentRow(kept[0] if kept else 0)
        self.list.setFixedHeight(theme.px(36) * max(len(self.lines), 1) + theme.px(4))
        self.list.setVisible(bool(self.lines))
        self.nothing.setVisible(not self.lines)

    def _enter(self) -> None:
        if 0 <= self.list.currentRow() < len(self.lines):
            self.chosen.emit(self.lines[self.list.currentRow()])


class TodayCard(Card):
    """Today in numbers, a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("今天", "", parent)
        self.words = PlainLabel("", "secondary", wrap=True)
        self.words.setObjectName("today_words")
        self.rows.addWidget(self.words)
        self.rows.addStretch(1)

    def show_lines(self, lines: Sequence[str], day: str) -> None:
        """Shows the lines of a day."""
        self.hint.setText(day)
        self.words.setText("\n".join(lines))
