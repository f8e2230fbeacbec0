"""顶栏：哪个单位、哪个窗口，现在几点，谁在办。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.formatting import WEEKDAYS
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

if TYPE_CHECKING:
    from datetime import datetime

    from counter_assistant.domain.people.office_profile import OfficeProfile


class TopBar(QWidget):
    """The bar over the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(44))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(20))
        self.where, self.when, self.who = ShrinkingLabel(), PlainLabel(), PlainLabel()
        row.addWidget(PlainLabel("柜台助手", "title"))
        row.addWidget(self.where, 1)
        row.addWidget(self.when)
        row.addWidget(self.who)
        self._clock: Callable[[], datetime] | None = None
        self._timer = QTimer(self, interval=10_000)
        self._timer.timeout.connect(self._tick)

    def show_office(self, profile: OfficeProfile, clock: Callable[[], datetime]) -> None:
        """Shows whose desk this is."""
        example = "" if profile.confirmed else "（示例单位，尚未确认）"
        self.where.say(f"{profile.unit} · {profile.branch} · {profile.window}{example}")
        clerk = profile.clerk("")
        self.who.setText(f"经办人 {clerk.name}（{clerk.corner}角）")
        self._clock = clock
        self._timer.start()
        self._tick()

    def add_act(self, text: str, key: str, act: Callable[[], object]) -> None:
        """Offers to the mouse what a key does in the whole window; the keyboard stays where it is."""
        button = QPushButton(f"{text}　{key}")
        button.setAccessibleName(f"{text}，{key}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        self._row.insertWidget(self._row.indexOf(self.when), button)

    def seat(self, switch: QWidget) -> None:
        """Puts what changes the clerk in the place of the clerk's name."""
        self._row.replaceWidget(self.who, switch)
        self.who.hide()

    def mark(self, mark: QWidget) -> None:
        """Puts a mark before the time, such as that of training."""
        self._row.insertWidget(self._row.indexOf(self.when), mark)

    def _tick(self) -> None:
        if self._clock:
            now = self._clock()
            self.when.setText(f"{now.month}月{now.day}日 周{WEEKDAYS[now.weekday()]} {now:%H:%M}")
