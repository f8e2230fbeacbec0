"""作废、更正：在页面上问原因和当事人联是否收回，不弹窗。Neither answer is preset, since both are kept for ten years."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import ENTER, EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style

RETURNED, NOT_RETURNED = "已收回", "未收回"

Void = Callable[[str, str, bool], None]
"""Voids a slip by its number, or puts it on the desk to be corrected, with the reason and whether the applicant's copy came back. May
raise Refusal."""


class VoidLine(Card):
    """The line that asks. Enter in the reason goes on to the copy, 1 or 2 answers, Enter voids, Ctrl+E corrects, Esc closes.

    A refusal stands in the line, which stays open.
    """

    voided = Signal(str, bool)
    """The number of the slip that is void now, and whether the applicant's copy came back."""

    def __init__(self, void: Void, correct: Void, parent: QWidget | None = None) -> None:
        super().__init__("作废、更正", "原因，回车，1 或 2，回车", parent)
        self._void, self._correct, self._number = void, correct, ""
        self._focus = FocusReturn()
        self.mark(attention=True)
        self.head.addWidget(LinkButton("Esc", "不作废", self.close_line))
        self.reason = EntryEdit("作废原因", "原因，例如：姓名打错")
        self.copy = CopyQuestion()
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("fault")
        self.button = ActionButton("作废", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.correct = ActionButton("更正", "Ctrl+E", self)
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(self.reason, 1)
        line.addWidget(self.copy)
        line.addWidget(self.button)
        line.addWidget(self.correct)
        self.rows.addLayout(line)
        self.rows.addWidget(self.fault)
        self.fault.hide()
        self.reason.entered.connect(self.copy.setFocus)
        self.copy.entered.connect(lambda: self._confirm(self._record))
        self.button.clicked.connect(lambda: self._confirm(self._record))
        self.correct.clicked.connect(lambda: self._confirm(self._put_on_desk))
        self.hide()

    def ask(self, number: str) -> None:
        """Opens the line for a slip. What was typed for the same slip before is still there."""
        if number != self._number:
            self.forget()
            self._number = number
        self.title.setText(f"作废、更正　{number}")
        self.fault.say("")
        if self.isHidden():
            self._focus.keep()
        self.show()
        self.reason.setFocus()

    def close_line(self) -> bool:
        """Closes the line, and gives the focus back; False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self._focus.give_back()
        return True

    def forget(self) -> None:
        """Closes the line and drops what was typed: it is nobody's any more."""
        self.close_line()
        self._number = ""
        self.reason.clear()
        self.copy.answer(None)

    def _confirm(self, act: Callable[[str, bool], None]) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.fault.say("请写明原因。")
            self.reason.setFocus()
        elif self.copy.returned is None:
            self.fault.say("请选当事人联是否收回：按 1 已收回，按 2 未收回。")
            self.copy.setFocus()
        else:
            act(reason, self.copy.returned)

    def _record(self, reason: str, copy_returned: bool) -> None:
        number = self._number
        if self._done(self._void, reason, copy_returned):
            self.voided.emit(number, copy_returned)

    def _put_on_desk(self, reason: str, copy_returned: bool) -> None:
        self._done(self._correct, reason, copy_returned)

    def _done(self, act: Void, reason: str, copy_returned: bool) -> bool:
        """Does it and closes the line; a refusal stands in the line."""
        try:
            act(self._number, reason, copy_returned)
        except Refusal as refusal:
            self.fault.say(str(refusal))
            return False
        self._number = ""
        self.close_line()
        return True


class CopyQuestion(QFrame):
    """当事人联：1 已收回 2 未收回."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.returned: bool | None = None
        self._label = PlainLabel("当事人联", "secondary")
        self.chips = {True: Chip("1", RETURNED), False: Chip("2", NOT_RETURNED)}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        line.addWidget(self._label)
        for value, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, value=value: self.answer(value))
            line.addWidget(chip)
        self.answer(None)

    def answer(self, returned: bool | None) -> None:
        """Takes an answer; None is not answered yet."""
        self.returned = returned
        for value, chip in self.chips.items():
            chip.setChecked(returned is value)
        words = {None: "未答", True: RETURNED, False: NOT_RETURNED}[returned]
        self.setAccessibleName(f"当事人联是否收回：{words}。按 1 已收回，按 2 未收回")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answers = {Qt.Key.Key_1: True, Qt.Key.Key_2: False}
        if event.key() in ENTER:
            self.entered.emit()
        elif Qt.Key(event.key()) in answers:
            self.answer(answers[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        set_style(self._label, role="title")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        set_style(self._label, role="secondary")
        super().focusOutEvent(event)
