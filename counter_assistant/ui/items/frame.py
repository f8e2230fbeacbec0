"""事项页的架子：左边查找、清单和日期，右边指南、核定的一行和按钮。What they do is the page's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_assistant.ui.announcing import announce_choice, words_of_line
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import tab_through
from counter_assistant.ui.items.approval_line import ApprovalLine
from counter_assistant.ui.items.guide_view import GuideView
from counter_assistant.ui.items.item_list import ItemList
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.flow import ActRow
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.records.search_field import SearchField

NO_GUIDE = "左边选一个事项，这里是它的办事指南：要什么材料、怎么办、几天办结、找谁。"
DAY_HINT, REVIEW, DISPLAYS = "看哪一天的规定", "核定目录", "牌证和公示"


class ItemsFrame(Page):
    """The parts of the items page in their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.browse = QWidget()
        self.modes = QStackedLayout(self)
        self.modes.addWidget(self.browse)
        self.search = SearchField("查找事项", "例如 gmxj、租房、B08")
        self.list = ItemList()
        self.nothing = PlainLabel("", "secondary", wrap=True, aloud=True)
        self.day = LabelledField("guide_day", "适用日期", DAY_HINT)
        self.view = GuideView("办事指南")
        self.empty = PlainLabel(NO_GUIDE, "secondary", wrap=True)
        self.line, self.approval = ApprovalLine(), ShrinkingLabel("", "hint")
        self.edit = ActionButton("改这个事项", "Ctrl+E", self.browse)
        self.approve = ActionButton("登记核定", "F9", self.browse)
        self.review = SinglePress(REVIEW)
        self.review.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.displays = ActionButton(DISPLAYS, "Ctrl+B", self.browse)
        self.message = PlainLabel("", "secondary", wrap=True)
        self.print = ActionButton("打印办事指南", "Ctrl+P", self.browse)
        self.save = ActionButton("存为 PDF", "Ctrl+S", self.browse)
        self.handle = ActionButton("到受理台办这个事项", "Ctrl+Return", self.browse, loud=True, shown_key="Ctrl+回车")
        self.left, self.card = Card("事项", "首字母、名称、编码"), Card("办事指南")
        names = {"nothing": self.nothing, "empty": self.empty, "approval": self.approval, "message": self.message}
        for name, label in names.items():
            label.setObjectName(name)
        self.list.chosen.connect(lambda: announce_choice(self.search, words_of_line(self.list)))
        self._fill_cards()
        self._lay_out()
        self.message.hide()
        self.show_unsent(0)

    def _fill_cards(self) -> None:
        for widget in (self.search, self.list, self.nothing):
            self.left.rows.addWidget(widget, 1 if widget is self.list else 0)
        self.left.rows.addStretch(0)
        self.card.head.insertWidget(self.card.head.count() - 1, self.approval, 100)
        self.card.head.addWidget(self.edit)
        self.card.head.addWidget(self.approve)
        self.approval.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.card.rows.addWidget(self.view, 1)
        self.card.rows.addWidget(self.empty, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _lay_out(self) -> None:
        foot = ActRow(theme.px(8))
        for button in (self.save, self.print, self.handle):
            button.setMinimumHeight(theme.px(36))
            foot.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        right.addWidget(self.card, 1)
        right.addWidget(self.line)
        right.addWidget(self.message)
        right.addLayout(foot)
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(self.left, 1)
        left.addWidget(self.day)
        left.addWidget(self.review)
        left.addWidget(self.displays)
        line = QHBoxLayout(self.browse)
        line.setContentsMargins(*(theme.px(12),) * 4)
        line.setSpacing(theme.px(10))
        line.addLayout(left)
        line.addLayout(right, 1)
        tab_through(
            (self.left, self.day, self.review, self.displays, self.card, self.line, self.save, self.print, self.handle)
        )

    def say(self, text: str, role: str) -> None:
        """Says what came of a key, under the guide and in the status line."""
        self.message.say(text, role)
        self.status_message.emit(text)

    def show_unsent(self, acts: int) -> None:
        """Says on its button how much of a revision waits."""
        words = f"{REVIEW}（{acts} 处未送核）" if acts else REVIEW
        self.review.setText(words)
        self.review.setAccessibleName(words)

    def to_search(self) -> None:
        """Puts the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def to_day(self) -> None:
        """Puts the cursor into the day whose text is shown."""
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for widget in (self.left, self.day, self.review, self.displays):
            widget.setFixedWidth(min(max(theme.px(280), round(self.width() * 0.27)), theme.px(420)))
