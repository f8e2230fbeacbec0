"""本月一次告知情况：第一次就告知清楚的有多少，漏告、缺告、错告在哪些事项，哪些是目录文本的（守则 一(五)4）.

By item only: people are not counted. The clerk at the window sees their own matters beneath and may answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.cases.own_list import AnswerLine, OwnList
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.operations.notification.monthly import Month, MonthRow
    from counter_assistant.operations.notification.own_matters import MonthForClerk, OwnMatter

EMPTY = "这个月还没有再次来办或者办结的事。再次来办、受理、退回的，与第一次告知对照以后列在这里。"
HEADS = ("件数", "一次告知清楚", "漏告", "缺告", "错告", "目录文本", "没有明细")
_FAULTS, _TEXT = range(2, 5), 5


class MonthlyOverlay(QFrame):
    """The figures of one month over the page. Left and right go from month to month, not beyond this one; Esc closes.

    `figures` gives those of a year and month, and may raise Refusal; `explain` records what the clerk says of an own matter;
    `load_font` is given every name before it is drawn, as its characters may be rare ones.
    """

    def __init__(
        self, parent: QWidget, figures: Callable[[int, int], MonthForClerk], today: Callable[[], date],
        explain: Callable[[OwnMatter, str], object], load_font: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.answer, self.own = AnswerLine(explain), OwnList(())
        self._page, self._figures, self._today, self._load_font = parent, figures, today, load_font
        self._year, self._month = 0, 0
        self._focus = FocusReturn()
        self.setObjectName("layer")
        self.setAccessibleName("本月一次告知情况")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(10))
        inside.setSpacing(theme.px(6))
        self.title, self.sentence = PlainLabel("", "title"), PlainLabel("", "loud", wrap=True)
        self.advice = PlainLabel("", "secondary", wrap=True)
        self.sentence.setObjectName("sentence")
        self.advice.setObjectName("advice")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.addLayout(self._head())
        inside.addWidget(self.sentence)
        inside.addWidget(self.advice)
        inside.addWidget(self.area, 1)
        inside.addWidget(self.answer)
        self.answer.closed.connect(self.setFocus)
        self.answer.done.connect(self._answered)
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        self.before, self.after = QPushButton("←"), QPushButton("→")
        for button, name, step in ((self.before, "上个月", -1), (self.after, "下个月", 1)):
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, by=step: self.turn(by))
        head.addWidget(self.before)
        head.addWidget(self.title)
        head.addWidget(self.after)
        head.addStretch(1)
        head.addWidget(PlainLabel("← → 换月", "hint"))
        head.addWidget(LinkButton("Esc", "关上", self.close_overlay))
        return head

    @property
    def shown(self) -> tuple[int, int]:
        """Year and month on view."""
        return self._year, self._month

    def open(self) -> None:
        """Opens it over the page with this month."""
        today = self._today()
        if self.isHidden():
            self._focus.keep()
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()
        self.show_month(today.year, today.month)

    def fit(self) -> None:
        """Makes it as large as the page has room for, and no wider than reads well."""
        margin = theme.px(12)
        width = min(self._page.width() - 2 * margin, theme.px(860))
        self.setGeometry((self._page.width() - width) // 2, margin, width, self._page.height() - 2 * margin)

    def close_overlay(self) -> bool:
        """Closes it; False where it was not open."""
        if self.isHidden():
            return False
        if self.answer.close_line():
            return True
        self.hide()
        self._focus.give_back()
        return True

    @property
    def asking(self) -> bool:
        """Whether an answer to one of the matters is being written."""
        return not self.isHidden() and not self.answer.isHidden()

    def turn(self, step: int) -> None:
        """Turns so many months on or back; what lies ahead has no figures yet."""
        months = self._year * 12 + self._month - 1 + step
        year, month = months // 12, months % 12 + 1
        today = self._today()
        if (year, month) <= (today.year, today.month):
            self.show_month(year, month)

    def show_month(self, year: int, month: int) -> None:
        """Shows the figures of a month."""
        today = self._today()
        self._year, self._month = year, month
        self.title.setText(f"{year}年{month}月一次告知情况")
        self.after.setEnabled((year, month) < (today.year, today.month))
        try:
            figures = self._figures(year, month)
        except Refusal as refusal:
            self.sentence.say(str(refusal), "error")
            self.advice.say("")
            self.own = OwnList(())
            self.area.setWidget(QWidget())
            return
        self.sentence.say(in_one_sentence(figures.month.total), "loud")
        self.advice.say(advice(figures.month))
        self._load_font("".join([*(matter.applicant for matter in figures.own), *(look.by for look in figures.looks)]))
        self.own = OwnList(figures.own, figures.looks)
        self.own.chosen.connect(self.answer.ask)
        self.area.setWidget(_tables(figures.month, self.own))

    def _answered(self, words: str) -> None:
        self.show_month(self._year, self._month)
        self.sentence.say(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.close_overlay,
            Qt.Key.Key_Left: lambda: self.turn(-1),
            Qt.Key.Key_Right: lambda: self.turn(1),
            Qt.Key.Key_Up: lambda: self._scroll(-theme.px(48)),
            Qt.Key.Key_Down: lambda: self._scroll(theme.px(48)),
        }
        digit = event.text() if event.text().isdecimal() and event.text().isascii() else ""
        if event.key() in keys:
            keys[event.key()]()
        elif not (digit and self.own.choose(int(digit))):
            super().keyPressEvent(event)

    def _scroll(self, by: int) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + by)


def in_one_sentence(total: MonthRow) -> str:
    """再次来办或者办结的 12 件中，10 件第一次就告知清楚（83%）."""
    if not total.matters:
        return EMPTY
    share = total.right * 100 // total.matters
    return f"再次来办或者办结的 {total.matters} 件中，{total.right} 件第一次就告知清楚（{share}%）。"


def advice(month: Month) -> str:
    """What to mend: the materials that were most often named only at the second visit."""
    return "".join(filter(None, (_often(month), _texts(month))))


def _often(month: Month) -> str:
    if not month.often:
        return ""
    named = "、".join(f"“{name}”（{n} 件）" for name, n in month.often)
    return f"第二次才说到的材料，最多的是{named}。请核对目录里它们的条件和填报要求，第一次来就把情形问清。"


def _texts(month: Month) -> str:
    named = "、".join(f"{row.id}（{row.text} 件）" for row in month.items if row.text)
    return f"照目录原文告知、后来目录改了的：{named}，是目录文本的差错，请报中心更正。" if named else ""


def _tables(month: Month, own: OwnList) -> QWidget:
    inside = QWidget()
    inside.setObjectName("inside")
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, theme.px(8), 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(0, 1)
    place = 0
    if month.total.matters:
        place = _table(grid, "按事项", month.items, place)
        place = _row(grid, month.total, place, "title")
    if own.matters or own.looks:
        grid.addWidget(own, place, 0, 1, len(HEADS) + 1)
    grid.setRowStretch(place + 1, 1)
    return inside


def _table(grid: QGridLayout, title: str, rows: Sequence[MonthRow], place: int) -> int:
    heading = PlainLabel(title, "title")
    heading.setContentsMargins(0, theme.px(8) if place else 0, 0, 0)
    grid.addWidget(heading, place, 0)
    for column, head in enumerate(HEADS, 1):
        grid.addWidget(PlainLabel(head, "hint"), place, column, _HEAD)
    for row in rows:
        place = _row(grid, row, place + 1, "dense") - 1
    return place + 1


def _row(grid: QGridLayout, row: MonthRow, place: int, role: str) -> int:
    """Puts one row down and returns the place of the next. A fault stands out; a nought is quiet."""
    name = PlainLabel(f"{row.id}　{row.name}".strip(), role, wrap=True)
    counts = (row.matters, row.right, row.missed, row.partial, row.wrong, row.text, row.unknown)
    name.setAccessibleName("，".join((name.text(), *(f"{head} {n}" for head, n in zip(HEADS, counts, strict=True)))))
    grid.addWidget(name, place, 0)
    for column, n in enumerate(counts):
        stands_out = "error" if column in _FAULTS else "attention" if column == _TEXT else role
        grid.addWidget(PlainLabel(str(n), stands_out if n else "hint"), place, column + 1, _RIGHT)
    return place + 1


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEAD = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
