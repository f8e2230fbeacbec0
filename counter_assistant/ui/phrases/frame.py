"""面板的架子：顶条、查找框、清单、填空、来电的一半、脚下的一行。What they do is the panel's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.announcing import announce_choice
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.phrases.blanks import BlanksForm
from counter_assistant.ui.phrases.call import CallSide
from counter_assistant.ui.phrases.header import PanelHeader
from counter_assistant.ui.phrases.listing import PhraseList
from counter_assistant.ui.phrases.search import PhraseField
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

SIDE_BY_SIDE = 640
"""From this width on the checklist of a call stands beside the phrases, else under them."""
KEYS = "回车 复制　Tab 填空　Ctrl+P 置顶"


class PanelFrame(QFrame):
    """The parts of the panel in their places."""

    def __init__(self, take_tab: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phrases")
        self.setAccessibleName("文明用语")
        self.header, self.list, self.form, self.call = PanelHeader(), PhraseList(), BlanksForm(), CallSide()
        self.field = PhraseField(take_tab)
        self.status = ShrinkingLabel("", "hint")
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list.chosen_changed.connect(partial(announce_choice, self.field))
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setContentsMargins(*(theme.px(n) for n in (12, 0, 12, 6)))
        self.fault.hide()
        self.status.setObjectName("status")
        self.fault.setObjectName("fault")
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(0)
        self._halves.addLayout(self._speaking(), 1)
        self._halves.addWidget(self.call, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addLayout(self._halves, 1)
        rows.addWidget(self._foot())
        self.call.hide()

    def _speaking(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(6))
        search, blanks = QHBoxLayout(), QHBoxLayout()
        search.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), 0)
        search.addWidget(self.field)
        blanks.setContentsMargins(theme.px(6), 0, theme.px(6), theme.px(6))
        blanks.addWidget(self.form)
        rows.addLayout(search)
        rows.addWidget(self.list, 1)
        rows.addLayout(blanks)
        rows.addWidget(self.fault)
        return rows

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        line = self.foot = QHBoxLayout(foot)
        line.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        line.addWidget(PlainLabel(KEYS, "hint"))
        line.addWidget(self.status, 1)
        return foot

    def say(self, words: str, *, fault: str = "") -> None:
        """Says what was done, at the right of the foot; a `fault` over it."""
        self.status.say(words or " ")
        self.fault.say(fault)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._halves.direction():
            self._halves.setDirection(direction)
