"""未打印：清单下面的一行，一次全打出来，或者注明已经打出；送到第几份也在这里。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card

SURE = "这 {} 份确实都打出来了？再按一次 Ctrl+Shift+D。"
COUNT, UNSURE = "{} 份没有打出来", "，其中 {} 份可能还会打出来"


class UnprintedLine(Card):
    """What can be done about the slips that were not printed, while they are listed."""

    print_wanted = Signal()
    one_out = Signal()
    all_out = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__("未打印", "")
        self._count, self._sure = 0, False
        self.title.setObjectName("unprinted_words")
        self.print_all = ActionButton("全部打印", "F9", page)
        self.out = ActionButton("这份已打出", "Ctrl+D", page)
        self.every = ActionButton("都已打出", "Ctrl+Shift+D", page)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for button, name in ((self.print_all, "print_all"), (self.out, "one_out"), (self.every, "all_out")):
            button.setObjectName(name)
            line.addWidget(button, 1)
        self.rows.addLayout(line)
        self.print_all.clicked.connect(self.print_wanted)
        self.out.clicked.connect(self.one_out)
        self.every.clicked.connect(self._ask)
        self.show_count(0, 0)

    def show_count(self, count: int, unsure: int, *, listed: bool = False) -> None:
        """Shows the line while the slips are listed; `unsure`: how many of them may still come out."""
        self._count, self._sure = count, False
        shown = listed and count > 0
        self.title.setText(COUNT.format(count) + (UNSURE.format(unsure) if unsure else "") + "。")
        for button in (self.print_all, self.out, self.every):
            button.setEnabled(shown)
        self.setVisible(shown)

    def show_progress(self, words: str) -> None:
        """Shows how far printing all at once has come."""
        if words:
            self.title.setText(words)

    def _ask(self) -> None:
        if self._sure:
            self.all_out.emit()
        else:
            self._sure = True
            self.title.setText(SURE.format(self._count))
