"""典型来访的一行：选中的事项，哪些对，哪些不对，少了什么、多了什么；点一个就能重记、删去."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.styling import set_style

KEY, LONG = "Alt+V", 26
"""The key of a new one; how many characters a visit takes at most, the rest of which its line at the foot says."""


class VisitsRow(Card):
    """Every typical visit of an item with ✓ or ✗, and of one that fails what it is told otherwise than it must be."""

    wanted = Signal(object)
    """A `VisitRun` that was clicked; None for a new one."""

    def __init__(self) -> None:
        super().__init__("典型来访")
        self.hint.hide()
        self.rows.removeItem(self.head)
        self._flow = FlowLayout(theme.px(2), theme.px(12))
        self.rows.addLayout(self._flow)
        self.new = LinkButton(KEY, "记一个", lambda: self.wanted.emit(None))
        self.new.setAccessibleName(f"记一个典型来访，{KEY}")
        self._runs: Sequence[VisitRun] | None = None
        self.show_runs(())

    def show_runs(self, runs: Sequence[VisitRun]) -> None:
        """Shows how the visits of another item, or of another text, go."""
        if runs == self._runs:
            return
        self._runs = runs
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget not in (None, self.title, self.new):
                widget.hide()
                widget.deleteLater()
        shown: list[QWidget] = [self.title, *map(self._button, runs), self.new]
        for each in shown:
            self._flow.addWidget(each)
            each.show()

    def _button(self, run: VisitRun) -> LinkButton:
        words = run.in_words()
        text = words if len(words) <= LONG else f"{words[: LONG - 1]}…"
        button = LinkButton("✓" if run.passed else "✗", text, lambda: self.wanted.emit(run))
        button.setAccessibleName(f"{run.visit.name}，{'对' if run.passed else '不对'}")
        button.setToolTip(words)
        set_style(button, fits=run.passed, fails=not run.passed)
        return button
