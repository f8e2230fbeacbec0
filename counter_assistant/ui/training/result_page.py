"""一轮练完：十题各对不对，错在哪里；只在这里看，关上就没有了，不留记录，不排名次。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.operations.training.exercising import Done
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.scrolled_grid import ScrolledGrid

TITLE, RIGHT = "上岗练习　这一轮", "全对"
KEPT_NOWHERE = "只给练习的人看，关上就没有了：不记台账，不留成绩，不排名次。"
ALL_RIGHT, MOST = "{} 题全对。", "{} 题，全对 {} 题。"


class ResultPage(CardPage):
    """What came of each situation of a run."""

    again = Signal()
    KEYS = (("F9", "再练一轮"), ("Esc", "返回"))
    """The keys of this page, for F1."""

    def __init__(self, done: Sequence[Done], parent: QWidget | None = None) -> None:
        super().__init__(TITLE, 860, parent)
        right = sum(not one.remarks for one in done)
        all_right = right == len(done)
        self.card.hint.setText(ALL_RIGHT.format(right) if all_right else MOST.format(len(done), right))
        self.list = Results()
        self.list.show_done(done)
        self.list.setFixedHeight(theme.px(300))
        self.once_more = ActionButton("再练一轮", "F9", self, loud=True)
        self.leave = ActionButton("返回", "Esc", self)
        self.card.rows.addWidget(self.list)
        self.card.rows.addWidget(PlainLabel(KEPT_NOWHERE, "secondary", wrap=True))
        self.card.rows.addLayout(in_line(self.leave, None, self.once_more))
        self.leave.clicked.connect(self.finished)
        self.once_more.clicked.connect(self.again)
        self.setFocusProxy(self.once_more)


class Results(ScrolledGrid):
    """A situation to a row: what it was, and what was said of it."""

    GAPS = (16, 8)

    def __init__(self) -> None:
        super().__init__("每一题")

    def show_done(self, done: Sequence[Done]) -> None:
        """Shows all of them."""
        grid = self.new_grid()
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(0, 1)
        for place, one in enumerate(done):
            what = PlainLabel(f"{place + 1}　{one.exercise.text.name}\n{one.exercise.visit.name}", "dense", wrap=True)
            said = PlainLabel("\n".join(one.remarks) or RIGHT, "dense" if one.remarks else "done", wrap=True)
            grid.addWidget(what, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, place, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(done), 1)
