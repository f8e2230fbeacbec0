"""打不开的时候：一句话说清楚，再一句话说怎么办。Never a traceback."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page


class TroublePage(Page):
    """What is shown in place of the desk when the office cannot be opened."""

    retry = Signal()
    leave = Signal()

    def __init__(self, refusal: Refusal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName("无法打开")
        card = Card("现在不能办理")
        card.setFixedWidth(theme.px(560))
        card.rows.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(20))
        card.rows.setSpacing(theme.px(12))
        self.sentence = PlainLabel("", "loud", wrap=True, aloud=True)
        self.remedy = PlainLabel("", wrap=True, aloud=True)
        for label, words in ((self.sentence, refusal.sentence), (self.remedy, refusal.remedy)):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.rows.addWidget(label)
            label.say(words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for text, signal, loud in (("退出", self.leave, False), ("再试一次", self.retry, True)):
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setProperty("loud", loud)
            button.setAutoDefault(True)  # Enter presses it
            button.clicked.connect(signal)
            buttons.addWidget(button)
        self.setFocusProxy(button)
        card.rows.addLayout(buttons)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
