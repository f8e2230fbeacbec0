"""办理决定：出哪种文书、依据哪一条、时限从何时起算；能不能出具，差什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import is_enter
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import FlowingLabel, PlainLabel

if TYPE_CHECKING:
    from counter_assistant.ui.desk.presentation.view_model import Verdict

NO_ITEM = "尚未选定事项"
NO_ACT = "出具并打印一式二份"
NO_ITEM_YET = "选好事项、答完情形，这里写明出哪种文书、依据哪一条。"
NOT_OURS = "不属于本单位的事：按 F10，再按 3。"


class DecisionCard(Card):
    """The card at the top of the right column. After a refused F9 it takes the keys: Enter goes to what is missing."""

    purpose_toggled = Signal()
    circumstances_wanted = Signal()
    go_to_missing = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setAccessibleName("办理决定")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title.setProperty("role", "loud")
        self.hint.hide()
        self.inquire, self.apply = Chip("", "咨询"), Chip("", "申请 F8")
        self.more = Chip("", "情况 F10")
        for chip, name, act in (
            (self.inquire, "咨询", self.purpose_toggled),
            (self.apply, "申请，F8 切换", self.purpose_toggled),
            (self.more, "情况，F10", self.circumstances_wanted),
        ):
            chip.setAccessibleName(name)
            chip.clicked.connect(act)
            self.head.addWidget(chip)
        self.circumstances, self.sign = FlowingLabel("", "secondary"), PlainLabel("", "secondary", wrap=True)
        self.reason, self.time = FlowingLabel("", "secondary"), FlowingLabel("", "body")
        flow = FlowLayout(theme.px(2), theme.px(24))
        flow.addWidget(self.reason)
        flow.addWidget(self.time)
        flow.addWidget(self.circumstances)
        self.note = PlainLabel("", "attention", wrap=True)
        self.question, self.refusal = PlainLabel("", "attention", wrap=True), PlainLabel("", "error", wrap=True)
        self.rows.setSpacing(theme.px(2))
        self.rows.addLayout(flow)
        for label in (self.note, self.sign, self.question, self.refusal):
            self.rows.addWidget(label)
        self.rows.addStretch(1)
        self._name_parts()
        self.show_verdict(None, applying=False)

    def _name_parts(self) -> None:
        for name, label in (
            ("decision_title", self.title), ("decision_reason", self.reason), ("decision_time", self.time),
            ("decision_circumstances", self.circumstances), ("decision_note", self.note), ("decision_sign", self.sign),
            ("decision_question", self.question), ("decision_refusal", self.refusal),
        ):  # fmt: skip
            label.setObjectName(name)

    def show_verdict(self, verdict: Verdict | None, *, applying: bool) -> None:
        """Shows a decision; None where no item is chosen."""
        title = verdict.title if verdict else NO_ITEM
        if title != self.title.text() and verdict:
            announce(self.title, f"{self.accessibleName()}：{title}")
        self.title.setText(title)
        self.reason.say(verdict.reason if verdict else NO_ITEM_YET)
        self.time.say(verdict.time if verdict else "")
        self.note.say(verdict.note if verdict else "")
        self.sign.say(verdict.sign if verdict else "")
        said = f"情况：{verdict.circumstances}" if verdict and verdict.circumstances else ""
        self.circumstances.say(said if verdict else NOT_OURS)
        self.mark(attention=bool(verdict and verdict.attention))
        self.inquire.setChecked(not applying)
        self.apply.setChecked(applying)
        self.more.setChecked(bool(verdict and verdict.circumstances))
        for chip in (self.inquire, self.apply):
            chip.setVisible(verdict is not None and verdict.ours)

    def refuse(self, sentence: str) -> None:
        """Says why nothing was issued; empty takes it back."""
        self._say(refusal=sentence)
        announce(self.refusal, sentence, urgent=True)  # the same one too, when the key is pressed again

    def ask(self, sentence: str) -> None:
        """Says what must be read first. The focus stays where it is, so that the same key goes on and a typed one mends."""
        self._say(question=sentence)

    def _say(self, *, question: str = "", refusal: str = "") -> None:
        before = self.question.text(), self.refusal.text()
        self.question.say(question)
        self.refusal.say(refusal)
        if before != (question, refusal):
            self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.go_to_missing.emit()
        else:
            super().keyPressEvent(event)


class ActButtons(QWidget):
    """What can be done now: the one loud button, and the quiet ones."""

    issue = Signal()
    oral = Signal()
    other = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("出具")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.primary = QPushButton()
        self.primary.setProperty("loud", True)
        self.quiet = QPushButton("口头告知  Ctrl+F9")
        self.alternative = QPushButton("换一种文书  F7")
        for button, name, stretch in (
            (self.primary, "issue", 1), (self.alternative, "other_kind", 0), (self.quiet, "issue_orally", 0)
        ):  # fmt: skip
            button.setObjectName(name)
            button.setFixedHeight(theme.px(38))
            row.addWidget(button, stretch)
        self.primary.clicked.connect(self.issue)
        self.quiet.clicked.connect(self.oral)
        self.alternative.clicked.connect(self.other)
        self.show_verdict(None, busy=False)

    def show_verdict(self, verdict: Verdict | None, *, busy: bool) -> None:
        """Names the act that F9 stands for. A notice may be spoken; any other paper may be changed for another."""
        spoken = verdict is None or verdict.kind == "notification_slip"
        ours = verdict is None or verdict.ours
        self.primary.setText("正在办理……" if busy else f"{verdict.act if verdict else NO_ACT}　F9")
        for button in (self.primary, self.quiet, self.alternative):
            button.setEnabled(verdict is not None)  # while busy too: one that is disabled hands its focus to the next
        self.quiet.setVisible(spoken)
        self.alternative.setVisible(ours and not spoken)
        for button in (self.primary, self.quiet, self.alternative):
            button.setAccessibleName(button.text())
