"""列表下面的一行：按数字选一步，填日期和说明，回车登记。Beneath the list, never a dialog: the case stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.case import Case, Step
from counter_assistant.domain.clock import PauseReason
from counter_assistant.domain.office import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import theme
from counter_assistant.ui.cases.days import read_day
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.choice import Choice
from counter_assistant.ui.widgets.entry_edit import ENTER
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.guarded import REASON_PROMPT, Guarded
from counter_assistant.ui.widgets.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

FIELDS: dict[Step, tuple[str, ...]] = {
    Step.SENT_UP: ("follow_up",), Step.HANDED_ON: ("owner", "follow_up"), Step.FOLLOW_UP: ("follow_up",),
    Step.PAUSED: ("reason",), Step.DUE_CHANGED: ("due",), Step.DELAY_TOLD: ("due",),
}  # fmt: skip
"""What a step is asked beside its date and a note, in the order of the line."""
PROMPTS = {
    Step.CONTACT: "几点、怎样联系、结果", Step.DELAY_TOLD: "几点致电、接听人、结果", Step.ANSWERED: "答复的内容和方式",
    Step.WITHDRAWN: "撤回的原因", Step.RETURNED: "退回的原因", Step.DUE_CHANGED: "改期限的理由", Step.HANDED_ON: "转交的事由",
}  # fmt: skip
WRONG_FIELD = {
    "future-day": "on", "before-opening": "on", "bad-due": "due", "delay-untold": "due", "follow-up-needed": "follow_up",
    "reason-missing": "note", "forbidden-wording": "note", "keep-reason-missing": "quoted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step as the clerk filled it in: what `casework.take_step` is given."""

    step: Step
    particulars: dict[str, Any] = field(default_factory=dict)


class StepLine(Card):
    """Chooses a step by a digit, then asks what it needs. Enter goes on and in the end records; Esc closes."""

    chosen = Signal(object)
    confirmed = Signal(object)
    """A `Wanted`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("下一步", "", parent)
        self.mark(attention=True)
        self._step: Step | None = None
        self._today = date.min
        self.choices = StepChoices()
        self.fields = {key: LabelledField(key, label) for key, label in _LABELS.items()}
        self.reason, self.owner = Choice("为什么中止"), Choice("交给谁")
        for reason in PauseReason:
            self.reason.addItem(reason.label, reason)
        self.button = ActionButton("登记", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.head.addWidget(self.button)
        self.fault = PlainLabel("", "error", wrap=True)
        self.form = self._form()
        self.rows.addWidget(self.choices)
        self.rows.addWidget(self.form)
        self.rows.addWidget(self.fault)
        self.choices.chosen.connect(self.chosen)
        self.guarded = Guarded(self.fields["note"].edit)
        self.guarded.told.connect(self._show_forbidden)
        self.guarded.keep_wanted.connect(self._turn_quotation)
        self.fields["quoted"].edit.setPlaceholderText(REASON_PROMPT)
        for key in ("note", "quoted"):
            self.fields[key].edit.entered.connect(self.confirm)
        self.button.clicked.connect(self.confirm)
        self.close_line()

    def _form(self) -> QWidget:
        form = QWidget()
        line = QHBoxLayout(form)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(10))
        order = (self.fields["on"], self.reason, self.owner, self.fields["due"], self.fields["follow_up"])
        for widget in order:
            widget.setFixedWidth(theme.px(124))
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.fields["note"], 3, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.fields["quoted"], 2, Qt.AlignmentFlag.AlignBottom)
        return form

    @property
    def step(self) -> Step | None:
        """The step that is asked about; None while it is being chosen."""
        return self._step

    def choose(self, steps: Sequence[Step]) -> None:
        """Offers the steps that the case can take."""
        self._step = None
        self.title.setText("登记一步")
        self.hint.setText("按数字选；Esc 关上")
        self.choices.offer(steps)
        self._show(choosing=True)
        self.choices.setFocus()

    def ask(self, step: Step, case: Case, clerks: Sequence[Clerk], today: date, follow_up: date) -> None:
        """Asks what a step needs. `follow_up` stands there as the day on which to look again."""
        self._step, self._today = step, today
        self.guarded.keep(False)
        self.title.setText(f"{step.label}　{case.applicant}".strip())
        self.hint.setText("回车登记，Esc 不登记")
        values = {"on": today.isoformat(), "note": "", "quoted": "", "follow_up": follow_up.isoformat(), "due": ""}
        if step is Step.DELAY_TOLD and case.computed_due:
            values["due"] = case.computed_due.isoformat()
        for key, value in values.items():
            self.fields[key].edit.setText(value)
            self.fields[key].show_fault("")
        self.fields["note"].edit.setPlaceholderText(PROMPTS.get(step, "可以不填"))
        self.owner.clear()
        for clerk in clerks:
            self.owner.addItem(f"{clerk.name}（{clerk.staff_number}）", clerk.staff_number)
        self._show(choosing=False)
        self._first_field().setFocus()

    def _first_field(self) -> QWidget:
        wanted = FIELDS.get(self._step, ()) if self._step else ()
        named: dict[str, QWidget] = {"reason": self.reason, "owner": self.owner}
        keys = [key for key in wanted if key in named or not self.fields[key].edit.text()]
        return named.get(keys[0]) or self.fields[keys[0]].edit if keys else self.fields["note"].edit

    def _show(self, *, choosing: bool) -> None:
        wanted = ("on", "note", *FIELDS.get(self._step, ())) if self._step else ()
        for key, labelled in self.fields.items():
            labelled.setVisible(key in wanted or (key == "quoted" and self.guarded.kept))
        self.reason.setVisible("reason" in wanted)
        self.owner.setVisible("owner" in wanted)
        self.choices.setVisible(choosing)
        self.form.setVisible(not choosing)
        self.button.setVisible(not choosing)
        self.fault.say("")
        self.show()

    def close_line(self) -> None:
        """Closes the line and forgets what was typed."""
        self._step = None
        self.fault.say("")
        self.hide()

    def confirm(self) -> None:
        """Reads the fields and hands them on; what cannot be read is said beside its field."""
        if self._step is None:
            return
        particulars: dict[str, Any] = {"note": self.fields["note"].edit.text()}
        if self.guarded.kept:
            particulars["quoted"] = self.fields["quoted"].edit.text()
        for key in ("on", *FIELDS.get(self._step, ())):
            try:
                particulars[key] = self._value(key)
            except Refusal as refusal:
                self.show_refusal(refusal, key)
                return
        self.confirmed.emit(Wanted(self._step, particulars))

    def _show_forbidden(self, sentence: str) -> None:
        """Says beneath the line which words are forbidden, as they are typed."""
        self.fault.say(sentence)
        self.fields["note"].edit.mark_wrong(bool(sentence))
        self.fields["note"].edit.setAccessibleDescription(sentence)

    def _turn_quotation(self) -> None:
        """Ctrl+U: the note quotes somebody, and its reason is asked for; once more takes that back."""
        self.guarded.keep(not self.guarded.kept)
        self.fields["quoted"].setVisible(self.guarded.kept)
        if self.guarded.kept:
            self.fields["quoted"].edit.setFocus()

    def _value(self, key: str) -> Any:
        if key == "owner":
            return self.owner.currentData()
        if key == "reason":
            return PauseReason(self.reason.currentData())
        text = self.fields[key].edit.text().strip()
        return read_day(text, self._today, ahead=key != "on") if text else None

    def show_refusal(self, refusal: Refusal, key: str = "") -> None:
        """Says why it was not recorded, and goes to the field that it is about."""
        self.fault.say(str(refusal))
        wrong = key or WRONG_FIELD.get(refusal.code, "")
        for name, labelled in self.fields.items():
            labelled.edit.mark_wrong(name == wrong)
        if wrong in self.fields:
            self.fields[wrong].edit.setFocus()
            self.fields[wrong].edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self._step is not None:
            self.focusNextChild()  # Enter in a choice goes on to the next field
        else:
            super().keyPressEvent(event)


_LABELS = {"on": "办理日期", "due": "新的期限", "follow_up": "哪天跟进", "note": "说明", "quoted": "保留原话的理由"}


class StepChoices(QWidget):
    """The steps as chips; a digit takes one, the tenth and on have letters."""

    chosen = Signal(object)
    KEYS = "123456789ABC"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._steps: tuple[Step, ...] = ()
        self._line = FlowLayout(theme.px(6), theme.px(6), self)

    def offer(self, steps: Sequence[Step]) -> None:
        """Shows these steps."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._steps = tuple(steps)
        for key, step in zip(self.KEYS, steps, strict=False):
            chip = Chip(key, step.label, parent=self)
            chip.clicked.connect(lambda _=False, step=step: self.chosen.emit(step))
            self._line.addWidget(chip)
            chip.show()
        named = "，".join(f"{key} {step.label}" for key, step in zip(self.KEYS, steps, strict=False))
        self.setAccessibleName(f"登记哪一步：{named}")
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.KEYS.find(event.text().upper()) if event.text() else -1
        if 0 <= place < len(self._steps):
            self.chosen.emit(self._steps[place])
        else:
            super().keyPressEvent(event)
