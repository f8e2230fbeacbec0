"""带班页的样子：左边要您看的和今天，右边一行期次和四幅图."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_assistant.domain.report.pictures import Subject
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.lead.picture_card import PictureCard
from counter_assistant.ui.lead.standing_cards import TodayCard, WaitingCard
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.flow import ActRow
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.page import Page

LEFT, NARROW_LEFT, WIDE = 380, 280, 1180
"""The widths of the left side, and from which width of the page on it is the wider one."""


class LeadFrame(Page):
    """The widgets of the page in their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting, self.today = WaitingCard(), TodayCard()
        self.cards = {subject: PictureCard(subject) for subject in Subject}
        self.close_day = ActionButton("日结并打印日结单", "F9", self, loud=True)
        self.close_day.setObjectName("close_day")
        self.close_day.setMinimumHeight(theme.px(38))
        self.before, self.after = QPushButton("←"), QPushButton("→")
        for button, name in ((self.before, "上一期，PgUp"), (self.after, "下一期，PgDn")):
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.span_title = PlainLabel("", "title")
        self.span_title.setObjectName("span_title")
        self.whole_year = ActionButton("全年", "Ctrl+Y", self)
        self.paper = ActionButton("打印报告", "Ctrl+P", self)
        self.file = ActionButton("存 PDF、Excel", "Ctrl+S", self)
        for button in (self.whole_year, self.paper, self.file):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.message = ShrinkingLabel("", "secondary")
        self.message.setObjectName("message")
        self._left = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        gap = theme.px(10)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        for widget, stretch in ((self.waiting, 0), (self.today, 1), (self.close_day, 0)):
            column.addWidget(widget, stretch)
        line = ActRow(theme.px(8), self.message, theme.px(40))
        parts = (self.before, self.span_title, self.after, self.whole_year, self.message, self.paper, self.file)
        for part in parts:
            line.addWidget(part)
        grid = QGridLayout()
        grid.setSpacing(gap)
        for at, card in enumerate(self.cards.values()):
            grid.addWidget(card, at // 2, at % 2)
        for at in range(2):
            grid.setRowStretch(at, 1)
            grid.setColumnStretch(at, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        right.addLayout(line)
        right.addLayout(grid, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        row.setSpacing(gap)
        row.addWidget(self._left)
        row.addLayout(right, 1)

    def arrange(self) -> None:
        """Gives the left side what there is room for."""
        self._left.setFixedWidth(theme.px(LEFT if self.width() >= theme.px(WIDE) else NARROW_LEFT))
