"""右边一栏：一件办件到了哪里，哪天到期，谁在办，办过哪些步，出过哪些文书。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.cases.case import Case, Trace
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.cases.words import CaseInWords, Limits, Sentence, when_in_words
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.records.record_page import RecordPanel
from counter_assistant.ui.widgets.records.scrolled_grid import ScrolledGrid

EMPTY = "清单里选中的那一件，\n这里是它的经过、期限和文书。"
COUNT, HISTORY = "逐日计算", "看经过"
BOTH = 760
"""A panel of this height has room for the steps and for the count."""


class CasePanel(RecordPanel):
    """One case. The page connects the buttons."""

    paper_wanted = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__("办件", owner)
        self._limits: Limits | None = None
        self.item, self.people = ShrinkingLabel("", "dense"), ShrinkingLabel("", "secondary")
        self.due, self.limits = PlainLabel("", "loud"), PlainLabel("", "secondary", wrap=True)
        self.warning = PlainLabel("", "attention", wrap=True)
        labels = {
            "item": self.item,
            "due": self.due,
            "limits": self.limits,
            "warning": self.warning,
            "people": self.people,
        }
        for name, label in labels.items():
            label.setObjectName(name)
            self.card.rows.addWidget(label)
        self.card.rows.addWidget(self.message)
        self.steps, self.counts = Steps(), Steps()
        self.counts.setAccessibleName(COUNT)
        self.steps.paper_wanted.connect(self.paper_wanted)
        self.next = ActionButton("下一步", "F9", owner, loud=True)
        self.next.setMinimumHeight(theme.px(38))
        self.other = ActionButton("登记一步", "F7", owner)
        self.desk = ActionButton("到受理台", "F8", owner)
        self.count = ActionButton(COUNT, "Ctrl+D", owner)
        self.paper = ActionButton("看文书", "Ctrl+O", owner)
        self.next.setObjectName("next_step")
        self.other.setObjectName("other_step")
        self.put_together((self.steps, self.counts), self.next, (self.other, self.desk), (self.count, self.paper))
        self.clear()

    def show_case(self, case: Case, words: CaseInWords, today: date) -> None:
        """Shows a case."""
        self.card.title.setText(case.applicant or "未留姓名")
        self.card.hint.setText(case.stage.label)
        self.card.mark(attention=bool(words.warning.text))
        self.item.say(f"{case.item} {case.item_name}".strip())
        _say(self.due, words.due)
        self.limits.say(words.limits.in_words)
        _say(self.warning, words.warning)
        self.people.say(words.people)
        self.message.say("")
        self.count.rename(COUNT)
        self.steps.show_history(case.history, words.clerks, today)
        self._limits = words.limits
        self._show_both()

    def name_primary(self, label: str, *, enabled: bool) -> None:
        """Says what F9 does now. Nothing else says so."""
        self.next.rename(label)
        self.next.setEnabled(enabled)

    def enable(self, *, other: bool, desk: bool, counted: bool, paper: bool) -> None:
        """Which buttons have something to do beside the primary one: other steps, the 受理台, the count, a paper."""
        self.other.setEnabled(other)
        self.desk.setEnabled(desk)
        self.count.setEnabled(counted)
        self.paper.setEnabled(paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_both()

    def _show_both(self) -> None:
        """Where there is room for both, the count stands beneath the steps without being asked for."""
        both = self._limits is not None and bool(self._limits.day_by_day) and self.height() >= theme.px(BOTH)
        self.counts.setVisible(both and not self.counting)
        if both and self._limits:
            self.counts.show_count(self._limits)

    @property
    def counting(self) -> bool:
        """Whether the count stands in the place of the steps."""
        return self.count.accessibleName() == HISTORY

    def show_count(self, limits: Limits) -> None:
        """Shows the count day by day in the place of the steps."""
        self.count.rename(HISTORY)
        self.steps.show_count(limits)
        self._show_both()

    def clear(self) -> None:
        """Shows that no case is marked, as the list is empty."""
        self.card.title.setText("办件")
        self.card.hint.setText("")
        self.card.mark(attention=False)
        for label in (self.item, self.due, self.limits, self.warning, self.people, self.message):
            label.say("")
        self.count.rename(COUNT)
        self.steps.show_nothing(EMPTY)
        self._limits = None
        self._show_both()
        self.enable(other=False, desk=False, counted=False, paper=False)


def _say(label: PlainLabel, sentence: Sentence) -> None:
    loud = label.property("role") == "loud"
    if loud:
        colours = theme.palette()
        ink = {"error": colours.overdue, "attention": colours.attention}.get(sentence.role, colours.text)
        label.setStyleSheet(f"color: {ink};")
    label.say(sentence.text, "" if loud else sentence.role)


class Steps(ScrolledGrid):
    """The steps of a case, the newest first, or its count."""

    COLUMNS = 3
    paper_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("经过", parent)

    def show_history(self, history: Sequence[Trace], clerks: Sequence[str], today: date) -> None:
        """Shows every step with its time and who took it; a paper's number opens it, what was taken back is struck out."""
        self.title.setText("经过")
        self.hint.setText(f"{len(history)} 步，新的在上")
        grid = self.new_grid()
        place = 0
        for trace, clerk in reversed(list(zip(history, clerks, strict=True))):
            grid.addWidget(PlainLabel(when_in_words(trace, today), "secondary"), place, 0, _TOP)
            grid.addWidget(_words_of(trace), place, 1, _TOP)
            grid.addWidget(PlainLabel(clerk, "hint"), place, 2, _TOP)
            if trace.number:
                place += 1
                grid.addWidget(self._link(trace.number), place, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
            place += 1
        grid.setRowStretch(place, 1)

    def show_count(self, limits: Limits) -> None:
        """Shows both limits counted day by day."""
        self.title.setText(COUNT)
        self.hint.setText("受理当日不计　Ctrl+P 打印")
        grid, place = self.new_grid(), 0
        for name, lines in limits.day_by_day:
            grid.addWidget(PlainLabel(name, "title"), place, 0, 1, 3)
            for place, line in enumerate(lines, place + 1):  # noqa: B020 - goes on from where the title stands
                role = "dense" if "到期" in line else "hint" if "不计" in line else "secondary"
                grid.addWidget(PlainLabel(line, role), place, 0, 1, 3)
            place += 1
        grid.setRowStretch(place, 1)

    def show_nothing(self, text: str) -> None:
        """Shows one sentence in the middle."""
        self.title.setText("经过")
        self.hint.setText("")
        self.say_in_the_middle(text)

    def _link(self, number: str) -> SinglePress:
        link = SinglePress(number)
        link.setAccessibleName(f"看文书 {number}")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.setStyleSheet(f"min-height: {theme.px(22)}px; padding: 0 {theme.px(8)}px; font-size: {theme.px(12)}px;")
        link.clicked.connect(lambda: self.paper_wanted.emit(number))
        return link


def _words_of(trace: Trace) -> PlainLabel:
    """What was done, as a label; what was taken back is struck out and says so."""
    label = PlainLabel(f"{trace.words}（已撤销）" if trace.withdrawn else trace.words, "dense", wrap=True)
    if trace.withdrawn:
        label.setProperty("role", "hint")
        font = label.font()
        font.setStrikeOut(True)
        label.setFont(font)
    return label


_TOP = Qt.AlignmentFlag.AlignTop
