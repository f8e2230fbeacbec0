"""列表下面的一行：按数字选一步，填日期和说明，回车登记。Beneath the list, never a dialog: the case stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.cases.case import Case, Step
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.choices import Choice as CaseChoice
from counter_assistant.operations.cases.choices import Further, label_of, offered, registers
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.cases.step_choices import StepChoices
from counter_assistant.ui.days import read_day, read_time
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.choice import Choice
from counter_assistant.ui.widgets.entry_edit import ENTER
from counter_assistant.ui.widgets.guarded import REASON_PROMPT, Guarded
from counter_assistant.ui.widgets.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.labels import PlainLabel

FIELDS: dict[CaseChoice, tuple[str, ...]] = {
    Step.SENT_UP: ("follow_up",), Step.HANDED_ON: ("owner", "follow_up"), Step.FOLLOW_UP: ("follow_up",),
    Step.PAUSED: ("reason",), Step.DUE_CHANGED: ("due",), Step.DELAY_TOLD: ("due", "told_at", "spoken_to"),
    Further.DELAY: ("due",),
}  # fmt: skip
"""What a choice is asked beside the date of a step and a note, in the order of the line."""
NOTES: dict[CaseChoice, tuple[str, str]] = {
    Step.CONTACT: ("联系情况", "几点、怎样联系、结果"), Step.DELAY_TOLD: ("延期的理由", "对当事人说的理由"),
    Step.ANSWERED: ("答复", "答复的内容和方式"), Step.WITHDRAWN: ("撤回的原因", "当事人说的原因"),
    Step.RETURNED: ("退回的原因", "不符合哪一条"), Step.DUE_CHANGED: ("理由", "改期限的理由"),
    Step.HANDED_ON: ("说明", "转交的事由"), Further.DELAY: ("延期的理由", "印在单上"), Further.TAKE_BACK: ("撤销的理由", "如：点错了件"),
}  # fmt: skip
"""What the note of a choice is called, and what belongs in it."""
WRONG_FIELD = {
    "future-day": "on", "before-opening": "on", "bad-due": "due", "delay-untold": "due", "follow-up-needed": "follow_up",
    "reason-missing": "note", "forbidden-wording": "note", "keep-reason-missing": "quoted", "delay-not-later": "due",
    "past-statutory": "due", "call-incomplete": "spoken_to",
}  # fmt: skip
ONE_ROW = 3
"""So many narrow fields leave room for the note beside them; with more it has a row of its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice as the clerk filled it in; `request_id` names the act, so that a key pressed twice is one act."""

    choice: CaseChoice
    particulars: dict[str, Any] = field(default_factory=dict)
    request_id: str = ""


class StepLine(Card):
    """Chooses what to register by a digit, then asks what it needs. Enter goes on and in the end records; Esc closes."""

    chosen = Signal(object)
    confirmed = Signal(object)
    """A `Wanted`."""
    turned = Signal()
    """It opened, asks for something else, or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("下一步", "", parent)
        self.mark(attention=True)
        self._choice: CaseChoice | None = None
        self._words, self._request_id = "", ""
        self._today = date.min
        self.choices = StepChoices()
        self.fields = {key: LabelledField(key, label) for key, label in _LABELS.items()}
        self.fields["spoken_to"].edit.setPlaceholderText("如：本人")
        self.reason, self.owner = Choice("为什么中止"), Choice("交给谁")
        for reason in PauseReason:
            self.reason.addItem(reason.label, reason)
        self.button = ActionButton("登记", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.head.addWidget(self.button)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("fault")
        self.form = self._form()
        self.rows.addWidget(self.choices)
        self.rows.addWidget(self.form)
        self.rows.addWidget(self.fault)
        self.choices.chosen.connect(self.chosen)
        self.guarded = Guarded(self.fields["note"].edit)
        self.guarded.told.connect(self._show_forbidden)
        self.guarded.keep_wanted.connect(self._turn_quotation)
        self.fields["quoted"].edit.setPlaceholderText(REASON_PROMPT)
        for labelled in self.fields.values():
            labelled.changed.connect(self._clear_fault)
        for key in ("note", "quoted"):
            self.fields[key].edit.entered.connect(self.confirm)
        self.button.clicked.connect(self.confirm)
        self.close_line()

    def _form(self) -> QWidget:
        form = QWidget()
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        self._first_row, self._second_row = QHBoxLayout(), QHBoxLayout()
        for line in (self._first_row, self._second_row):
            line.setSpacing(theme.px(10))
            rows.addLayout(line)
        order = (self.fields["on"], self.reason, self.owner, *(self.fields[key] for key in _NARROW))
        for widget in order:
            widget.setFixedWidth(theme.px(124))
            self._first_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        self._first_row.addStretch()
        self._place_note(0)
        return form

    def _place_note(self, fields: int) -> None:
        """The note beside the narrow fields, or beneath them where they are many."""
        row = self._first_row if fields <= ONE_ROW else self._second_row
        for key, stretch in (("note", 3), ("quoted", 2)):
            self._first_row.removeWidget(self.fields[key])
            self._second_row.removeWidget(self.fields[key])
            row.addWidget(self.fields[key], stretch, Qt.AlignmentFlag.AlignBottom)

    @property
    def choice(self) -> CaseChoice | None:
        """What is asked about; None while it is being chosen."""
        return self._choice

    @property
    def registers(self) -> str:
        """What confirming does, in words; empty while nothing is chosen."""
        return self._words

    def choose(self, case: Case) -> None:
        """Offers what can be registered of the case."""
        self._choice, self._words = None, ""
        self.title.setText("登记一步")
        self.hint.setText("按数字或字母选；Esc 关上")
        self.choices.offer([(choice, label_of(choice, case)) for choice in offered(case)])
        self._show(choosing=True)
        self.take_focus()

    def ask(self, choice: CaseChoice, case: Case, clerks: Sequence[Clerk], now: datetime, follow_up: date) -> None:
        """Asks what a choice needs. `follow_up` stands there as the day on which to look again, `now` as that of the act."""
        self._choice, self._today, self._request_id = choice, now.date(), str(uuid4())
        self._words = registers(choice, case)
        self.guarded.keep(False)
        self.title.setText(f"{label_of(choice, case)}　{case.applicant}".strip())
        self.hint.setText("Esc 不登记")
        self.button.rename(self._words)
        values = {
            "on": now.date().isoformat(), "follow_up": follow_up.isoformat(), "told_at": f"{now:%H:%M}",
            "due": case.computed_due.isoformat() if case.computed_due and choice in _LATER else "",
        }  # fmt: skip
        for key, labelled in self.fields.items():
            labelled.edit.setText(values.get(key, ""))
            labelled.show_fault("")
        label, prompt = NOTES.get(choice, ("说明", "可以不填"))
        self.fields["note"].rename(label)
        self.fields["note"].edit.setPlaceholderText(prompt)
        self.owner.clear()
        for clerk in clerks:
            self.owner.addItem(f"{clerk.name}（{clerk.staff_number}）", clerk.staff_number)
        self._show(choosing=False)
        self.take_focus()

    def take_focus(self) -> None:
        """Puts the cursor where the next key belongs."""
        target = self._first_field() if self._choice else self.choices
        self.setFocusProxy(target)
        target.setFocus()

    def _first_field(self) -> QWidget:
        wanted = FIELDS.get(self._choice, ()) if self._choice else ()
        named: dict[str, QWidget] = {"reason": self.reason, "owner": self.owner}
        keys = [key for key in wanted if key in named or not self.fields[key].edit.text()]
        return named.get(keys[0]) or self.fields[keys[0]].edit if keys else self.fields["note"].edit

    @property
    def _wanted(self) -> tuple[str, ...]:
        """The fields of the choice beside its note: a step is dated, what goes to the desk or is taken back is of now."""
        dated = ("on",) if isinstance(self._choice, Step) else ()
        return (*dated, *FIELDS.get(self._choice, ())) if self._choice else ()

    def _show(self, *, choosing: bool) -> None:
        wanted = (*self._wanted, "note") if self._choice else ()
        self._place_note(len(wanted) - 1)
        for key, labelled in self.fields.items():
            labelled.setVisible(key in wanted or (key == "quoted" and self.guarded.kept))
        self.reason.setVisible("reason" in wanted)
        self.owner.setVisible("owner" in wanted)
        self.choices.setVisible(choosing)
        self.form.setVisible(not choosing)
        self.button.setVisible(not choosing)
        self.fault.say("")
        self.show()
        self.turned.emit()

    def close_line(self) -> None:
        """Closes the line and forgets what was typed."""
        self._choice, self._words = None, ""
        self.fault.say("")
        self.hide()
        self.turned.emit()

    def confirm(self) -> None:
        """Reads the fields and hands them on; what cannot be read is said beside its field."""
        if self._choice is None:
            return
        particulars: dict[str, Any] = {"note": self.fields["note"].edit.text()}
        if self.guarded.kept:
            particulars["quoted"] = self.fields["quoted"].edit.text()
        for key in self._wanted:
            try:
                particulars[key] = self._value(key)
            except Refusal as refusal:
                self.show_refusal(refusal, key)
                return
        self.confirmed.emit(Wanted(self._choice, particulars, self._request_id))

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
        if key == "spoken_to":
            return text
        if key == "told_at":
            return read_time(text) if text else None
        return read_day(text, self._today, ahead=key != "on") if text else None

    def show_refusal(self, refusal: Refusal, key: str = "") -> None:
        """Says why it was not recorded, and goes to the field that it is about."""
        self.fault.say(str(refusal))
        mark_refused(self.fields, key or WRONG_FIELD.get(refusal.code, ""))

    def _clear_fault(self) -> None:
        """What was refused is being mended; forbidden words stay marked as long as they stand there."""
        mark_refused(self.fields, "")
        self._show_forbidden(self.guarded.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self._choice is not None:
            self.focusNextChild()  # Enter in a choice goes on to the next field
        else:
            super().keyPressEvent(event)


_LABELS = {
    "on": "办理日期", "due": "新的期限", "follow_up": "哪天跟进", "told_at": "几点打的", "spoken_to": "接听人", "note": "说明",
    "quoted": "保留原话的理由",
}  # fmt: skip
_NARROW = ("due", "follow_up", "told_at", "spoken_to")
_LATER = (Step.DELAY_TOLD, Further.DELAY)
