"""登记一步要填的几栏：日期、理由、说明……一步要哪几栏就出哪几栏。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.cases.case import Case, Step
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day, read_time
from counter_assistant.operations.cases.choices import Choice as CaseChoice
from counter_assistant.operations.cases.choices import Further
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.fields.guarded import REASON_PROMPT, Guarded
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused

LABELS = {
    "on": "办理日期", "due": "新的期限", "follow_up": "哪天跟进", "told_at": "几点打的", "spoken_to": "接听人", "note": "说明",
    "quoted": "保留原话的理由",
}  # fmt: skip
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
"""The field that a refusal is about, by its code."""
ONE_ROW = 3
"""So many narrow fields leave room for the note beside them; with more it has a row of its own."""
_NARROW = ("due", "follow_up", "told_at", "spoken_to")
_LATER = (Step.DELAY_TOLD, Further.DELAY)


class StepForm(QWidget):
    """The fields of one choice. Enter goes from field to field; Ctrl+U in the note keeps what is quoted there."""

    finished = Signal()
    """Enter was pressed in the last field."""
    fault_changed = Signal(str)
    """What is wrong with what is typed now, in one sentence; empty where nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: CaseChoice | None = None
        self._today = date.min
        self.fields = {key: LabelledField(key, label) for key, label in LABELS.items()}
        self.fields["spoken_to"].edit.setPlaceholderText("如：本人")
        self.fields["quoted"].edit.setPlaceholderText(REASON_PROMPT)
        self.reason, self.owner = Choice("为什么中止"), Choice("交给谁")
        for reason in PauseReason:
            self.reason.addItem(reason.label, reason)
        self.guarded = Guarded(self.fields["note"].edit)
        self._lay_out()
        self.guarded.sentence_changed.connect(self._show_forbidden)
        self.guarded.keep_wanted.connect(self._turn_quotation)
        for labelled in self.fields.values():
            labelled.changed.connect(self._clear_fault)
        for key in ("note", "quoted"):
            self.fields[key].edit.entered.connect(self.finished)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
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

    def _place_note(self, fields: int) -> None:
        """Puts the note beside the narrow fields, or beneath them where they are many."""
        row = self._first_row if fields <= ONE_ROW else self._second_row
        for key, stretch in (("note", 3), ("quoted", 2)):
            self._first_row.removeWidget(self.fields[key])
            self._second_row.removeWidget(self.fields[key])
            row.addWidget(self.fields[key], stretch, Qt.AlignmentFlag.AlignBottom)

    def open_for(
        self, choice: CaseChoice, case: Case, clerks: Sequence[Clerk], now: datetime, follow_up: date, *, again: bool
    ) -> None:
        """Shows the fields of a choice, with what is proposed for each. `follow_up` is when to look at the case again; what
        was typed stays where the same is asked `again`."""
        self._choice, self._today = choice, now.date()
        self.guarded.keep(again and self.guarded.kept)
        values = {
            "on": now.date().isoformat(), "follow_up": follow_up.isoformat(), "told_at": f"{now:%H:%M}",
            "due": case.computed_due.isoformat() if case.computed_due and choice in _LATER else "",
        }  # fmt: skip
        for key, labelled in self.fields.items():
            if not (again and labelled.edit.isModified()):
                labelled.edit.setText(values.get(key, ""))
            labelled.show_fault("")
        label, prompt = NOTES.get(choice, ("说明", "可以不填"))
        self.fields["note"].rename(label)
        self.fields["note"].edit.setPlaceholderText(prompt)
        self.owner.clear()
        for clerk in clerks:
            self.owner.addItem(f"{clerk.name}（{clerk.staff_number}）", clerk.staff_number)
        self._show_fields()

    def _show_fields(self) -> None:
        shown = (*self._asked, "note")
        self._place_note(len(shown) - 1)
        for key, labelled in self.fields.items():
            labelled.setVisible(key in shown)
        self.reason.setVisible("reason" in shown)
        self.owner.setVisible("owner" in shown)
        self.fields["quoted"].setVisible(self.guarded.kept)

    @property
    def _asked(self) -> tuple[str, ...]:
        """The fields of the choice beside its note: a step is dated, what goes to the desk or is taken back is of now."""
        dated = ("on",) if isinstance(self._choice, Step) else ()
        return (*dated, *FIELDS.get(self._choice, ())) if self._choice else ()

    @property
    def typed(self) -> bool:
        """Whether anything stands there that was typed."""
        return any(
            one.edit.isModified() and one.edit.text().strip() for one in self.fields.values() if not one.isHidden()
        )

    @property
    def first(self) -> QWidget:
        """The first field in which something has to be chosen or typed, else the note."""
        chosen: dict[str, QWidget] = {"reason": self.reason, "owner": self.owner}
        for key in FIELDS.get(self._choice, ()) if self._choice else ():
            if key in chosen:
                return chosen[key]
            if not self.fields[key].edit.text():
                return self.fields[key].edit
        return self.fields["note"].edit

    def read(self) -> dict[str, Any]:
        """What is filled in, by the names of the fields. The field that cannot be read is marked.

        Raises:
            Refusal: `bad-date`, `bad-time`.
        """
        particulars: dict[str, Any] = {"note": self.fields["note"].edit.text()}
        if self.guarded.kept:
            particulars["quoted"] = self.fields["quoted"].edit.text()
        for key in self._asked:
            try:
                particulars[key] = self._value(key)
            except Refusal:
                mark_refused(self.fields, key)
                raise
        return particulars

    def mark(self, refusal: Refusal) -> None:
        """Goes to the field that a refusal is about."""
        mark_refused(self.fields, WRONG_FIELD.get(refusal.code, ""))

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

    def _show_forbidden(self, sentence: str) -> None:
        """Says which words are forbidden as they are typed, and marks the note."""
        self.fault_changed.emit(sentence)
        self.fields["note"].edit.mark_wrong(bool(sentence))
        self.fields["note"].edit.setAccessibleDescription(sentence)

    def _turn_quotation(self) -> None:
        """Ctrl+U: asks why the note quotes somebody; once more takes that back."""
        self.guarded.keep(not self.guarded.kept)
        self.fields["quoted"].setVisible(self.guarded.kept)
        if self.guarded.kept:
            self.fields["quoted"].edit.setFocus()

    def _clear_fault(self) -> None:
        """Unmarks what was refused, as it is being mended; forbidden words stay marked as long as they are there."""
        mark_refused(self.fields, "")
        self._show_forbidden(self.guarded.sentence)
