"""查看整个号码：在页面上问一句理由，记入台账，给看三十秒。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import revealing
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TITLE = "查看整个号码"
ASKS, SHOWS = "写明理由，回车；记入台账", "已记入台账；30 秒后遮上"
SHOWN_MS = 30_000


class RevealLine(Card):
    """The line that asks for a reason and then shows the numbers. Enter shows, Esc covers.

    A refusal stands in the line, which stays open.
    """

    opened = Signal()
    refused = Signal(str)
    """There is nothing to show, and why."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, ASKS, parent)
        self._office, self._number = office, ""
        self._focus = FocusReturn()
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.close_line)
        self.mark(attention=True)
        self.head.addWidget(LinkButton("Esc", "遮上", self.close_line))
        self.reason = EntryEdit("查看理由", "查看理由，例如：与银行核对同名的人")
        self.numbers = PlainLabel("", "title", wrap=True)
        self.numbers.setObjectName("numbers")
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("reveal_fault")
        for part in (self.reason, self.numbers, self.fault):
            self.rows.addWidget(part)
        self.reason.entered.connect(self._confirm)
        self._cover()
        self.hide()

    @property
    def number(self) -> str:
        """The slip that it is open for; empty while it is closed."""
        return "" if self.isHidden() else self._number

    def ask(self, number: str) -> None:
        """Opens the line for a slip that has whole numbers."""
        try:
            revealing.refuse_without(self._office, number)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return
        self.opened.emit()
        self._cover()
        self._number = number
        self.title.setText(f"{TITLE}　{number}")
        if self.isHidden():
            self._focus.keep()
        self.show()
        self.reason.setFocus()

    def close_line(self) -> bool:
        """Covers the numbers and gives the focus back; False where the line was not open."""
        self._cover()
        if self.isHidden():
            return False
        typing = self.reason.hasFocus()
        self.hide()
        if typing:
            self._focus.give_back()
        else:
            self._focus.forget()
        return True

    def _cover(self) -> None:
        self._timer.stop()
        self.hint.setText(ASKS)
        self.reason.clear()
        self.reason.show()
        self.numbers.say("")
        self.fault.say("")

    def _confirm(self) -> None:
        try:
            shown = revealing.reveal(self._office, self._number, self.reason.text()).whole_in_words
        except Refusal as refusal:
            self.fault.say(str(refusal))
            return
        self._cover()
        self._focus.give_back()
        self.reason.hide()
        self.hint.setText(SHOWS)
        self.numbers.say("\n".join(shown))
        self._timer.start()
