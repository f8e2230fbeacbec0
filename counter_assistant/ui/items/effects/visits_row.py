"""典型来访的一行：选中的事项，哪些对，哪些不对，少了什么、多了什么；点一个就能重记、删去."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import plain_tip
from counter_assistant.ui.widgets.styling import set_style

KEY, LONG, MOST = "Alt+V", 26, 3
"""The key of a new one; how many characters a visit takes at most, the rest of which its line at the foot says; and how many
that fail are told in a low window before it is unfolded.
"""


class VisitsRow(Card):
    """Every typical visit of an item with ✓ or ✗, and of one that fails what it is told otherwise than it must be.

    In a low window those that pass are one word, 12 个都对 ▸, until it is clicked; those that fail stay open.
    """

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
        self.passing, self.more = LinkButton("", "都对的", self._unfold), LinkButton("", "不对的", self._unfold)
        for link, name in ((self.passing, "passing_visits"), (self.more, "more_failing")):
            link.setParent(self)
            link.hide()  # else the first time that the row is shown, both would lie over it
            link.setObjectName(name)
            set_style(link, fits=link is self.passing, fails=link is self.more)
        self._runs: Sequence[VisitRun] = ()
        self._low, self._unfolded = False, False
        self._show()

    def show_runs(self, runs: Sequence[VisitRun]) -> None:
        """Shows how the visits of another item, or of another text, go."""
        if runs != self._runs:
            self._runs = runs
            self._show()

    def fold(self, *, low: bool) -> None:
        """There is little room, or there is enough again."""
        if low is not self._low:
            self._low, self._unfolded = low, False
            self._show()

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._show()

    def _show(self) -> None:
        kept = (self.title, self.new, self.passing, self.more)
        while item := self._flow.takeAt(0):
            widget = item.widget()
            widget.hide()
            if widget not in kept:
                widget.deleteLater()
        failing, fine = ([run for run in self._runs if run.passed is passed] for passed in (False, True))
        folded = self._low and not self._unfolded
        shown = [self._button(run) for run in (failing[:MOST] if folded else failing)]
        if self._low and len(failing) > MOST:
            self.more.rename(f"✗ 另有 {len(failing) - MOST} 个不对 ▸" if folded else "收起 ▾")
            shown.append(self.more)
        if self._low and len(fine) > 1:
            self.passing.rename(f"✓ {len(fine)} 个都对 {'▸' if folded else '▾'}")
            shown.append(self.passing)
        if not (self._low and len(fine) > 1 and folded):
            shown += map(self._button, fine)
        for each in (self.title, *shown, self.new):
            self._flow.addWidget(each)
            each.show()

    def _button(self, run: VisitRun) -> LinkButton:
        words = run.in_words()
        text = words if len(words) <= LONG else f"{words[: LONG - 1]}…"
        button = LinkButton("✓" if run.passed else "✗", text, lambda: self.wanted.emit(run))
        button.setAccessibleName(f"{run.visit.name}，{'对' if run.passed else '不对'}")
        button.setToolTip(plain_tip(words))
        set_style(button, fits=run.passed, fails=not run.passed)
        return button
