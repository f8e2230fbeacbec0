"""不对的典型来访：有一个就不能送核；一个一个列出来，回车或者点一下就到那里。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import plain_tip
from counter_assistant.ui.widgets.quiet_list import PickedList

ROW, MOST = 26, 5


class FailingLine(Card):
    """Every typical visit that is told otherwise than it must be, and what of it."""

    closed = Signal()
    wanted = Signal(object)
    """A `VisitRun` that is to be looked at."""
    removed = Signal(object)
    """A `VisitRun` whose visit is no longer to be gone through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.mark(attention=True)
        self.list = PickedList("不对的典型来访", ROW)
        self.list.setObjectName("failing_visits")
        self._focus = FocusReturn()
        self._runs: Sequence[VisitRun] = ()
        self.head.addWidget(LinkButton("回车", "去看这一个", self._go))
        self.head.addWidget(LinkButton("Delete", "删去这一个", self._remove))
        self.head.addWidget(LinkButton("Esc", "回来", self.close_line))
        self.rows.addWidget(self.list)
        self.list.entered.connect(self._go)
        self.list.removed.connect(self._remove)
        self.list.itemDoubleClicked.connect(lambda _row: self._go())

    def show_runs(self, runs: Sequence[VisitRun]) -> None:
        """Shows the visits that fail."""
        self._focus.keep()
        self.fill(runs)

    def fill(self, runs: Sequence[VisitRun]) -> None:
        """Shows other ones; the mark stays where it was."""
        self._runs, row = runs, max(self.list.currentRow(), 0)
        self.title.say(f"{len(runs)} 个典型来访不对，不能送核", "title")
        self.list.clear()
        for run in runs:
            text = f"✗ {run.visit.item} {run.visit.name}：{listed(run.failings, '；')}"
            self.list.add(text).setToolTip(plain_tip(text))
        self.list.setCurrentRow(min(row, len(runs) - 1))
        self.list.setFixedHeight(theme.px(ROW) * min(max(len(runs), 1), MOST) + theme.px(2))

    def close_line(self) -> None:
        """Back to what stood there."""
        self.closed.emit()
        self._focus.give_back()

    def _go(self) -> None:
        if 0 <= (n := self.list.currentRow()) < len(self._runs):
            self._focus.forget()
            self.wanted.emit(self._runs[n])

    def _remove(self) -> None:
        if 0 <= (n := self.list.currentRow()) < len(self._runs):
            self.removed.emit(self._runs[n])
