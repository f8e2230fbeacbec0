"""设置页的架子：左边各组，右边一组，上面的提醒，脚下的一行和按钮。What they do is the page's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.places import HINTS, NAMES, UNIT
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.flow import ActRow
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.quiet_list import QuietList


class SettingsFrame(Page):
    """The parts of the settings page in their places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QuietList("设置分组")
        for n, name in enumerate(NAMES, 1):
            self.list.add(name, f"Alt+{n % 10}")
        self.checkup = ActionButton("体检", "Ctrl+I", self)
        self.place = SinglePress("数据在哪里", self)
        self.exchange, self.about = SinglePress("交换包", self), SinglePress("关于", self)
        for quiet, name in ((self.place, "数据在哪里"), (self.exchange, "交换包"), (self.about, "关于")):
            quiet.setAccessibleName(name)
            quiet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.groups, self.card = Card("设置"), Card(NAMES[UNIT], HINTS[UNIT])
        self.stack, self.area = QStackedWidget(), QScrollArea()
        self.gives_way = False
        self.banner = Card("")
        self.banner.mark(attention=True)
        self.warning = PlainLabel("", "secondary", wrap=True)
        self.banner.rows.addWidget(self.warning)
        self.state = PlainLabel("", "secondary", wrap=True)
        self.warning.setObjectName("warning")
        self.state.setObjectName("state")
        self.revert = ActionButton("还原", "Ctrl+R", self)
        self.confirm = ActionButton("核对并确认", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.save = ActionButton("保存", "Ctrl+S", self, loud=True)
        self.save.setMinimumSize(theme.px(200), theme.px(38))
        self._lay_out()

    def _lay_out(self) -> None:
        self.card.rows.setSpacing(theme.px(12))
        self.stack.setObjectName("inside")
        self.area.setWidget(self.stack)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card.rows.addWidget(self.area, 1)
        self.groups.setFixedWidth(theme.px(176))
        self.groups.rows.addWidget(self.list, 1)
        self.groups.rows.addWidget(self.checkup)
        self.groups.rows.addWidget(self.place)
        beside = QHBoxLayout()
        for button in (self.exchange, self.about):
            beside.addWidget(button)
        self.groups.rows.addLayout(beside)
        foot = ActRow(theme.px(10), self.state, theme.px(176))
        for part in (self.state, self.revert, self.confirm, self.save):
            foot.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        right.addWidget(self.banner)
        right.addWidget(self.card, 1)
        right.addLayout(foot)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        line.setSpacing(theme.px(10))
        line.addWidget(self.groups)
        line.addLayout(right, 1)

    def show_part(self, part: QWidget, title: str, hint: str) -> None:
        """Shows a section, or the review, under its title."""
        for other in (self.stack.widget(n) for n in range(self.stack.count())):  # those behind ask for no room
            policy = QSizePolicy.Policy.Preferred if other is part else QSizePolicy.Policy.Ignored
            other.setSizePolicy(policy, policy)
        self.stack.setCurrentWidget(part)
        self.card.title.setText(title)
        self.card.hint.setText(hint)
        self.card.setAccessibleName(title)

    def show_banner(self, title: str, words: str) -> None:
        """Shows a warning over the sections, or none where there are no words."""
        self.banner.title.setText(title)
        self.banner.setAccessibleName(title)
        self.warning.setText(words)
        self.banner.setVisible(bool(words) and not self.gives_way)

    def say(self, text: str, role: str) -> None:
        """Says what came of a key, here and in the status line."""
        self.show_words(text, role)
        self.status_message.emit(text)

    def show_words(self, text: str, role: str) -> None:
        """Says something beside the buttons."""
        self.state.say(text, role)
