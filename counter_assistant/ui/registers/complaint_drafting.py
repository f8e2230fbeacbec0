"""打到一半的投诉：每秒至多存一次，封给登记保管人；停电以后保管人在投诉清单里看得到，回车接着登记（守则 一(九)5）."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint_forms import COMPLAINT_FORM, STEP_FORMS, SUPPLEMENT_FORM
from counter_assistant.domain.registers.complaint_steps import ComplaintStep
from counter_assistant.domain.registers.hand_forms import FormField
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaint_drafts
from counter_assistant.operations.registers.complaint_drafts import ASKED_OF, ASKED_STEP
from counter_assistant.operations.registers.complaint_lines import UnfinishedLine
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.registers.entry_line import EntryLine

AT_MOST_EVERY = 1000
"""Milliseconds between two saves of what is being typed."""
ONCE_MORE = "再按一次 F8 就丢弃这份没有登记完的投诉，丢了找不回来。"
DROPPED = "已丢弃没有登记完的投诉。"


class ComplaintAsked(NamedTuple):
    """What the line asks about a complaint: a new one, one `step` of the one that has a `number`, or something to add."""

    step: ComplaintStep | None = None
    number: str = ""
    adds: bool = False

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields that are asked for."""
        return SUPPLEMENT_FORM if self.adds else STEP_FORMS[self.step] if self.step else COMPLAINT_FORM

    @property
    def words(self) -> str:
        """What confirming does."""
        return "密封补充" if self.adds else self.step.label if self.step else "密封登记"

    @property
    def title(self) -> str:
        """What stands over the line."""
        return f"{'补充投诉' if self.adds else self.words if self.step else '登记投诉'}　{self.number}".rstrip("　")

    @classmethod
    def of_draft(cls, typed: Mapping[str, str]) -> ComplaintAsked:
        """What a draft was typed for."""
        step, number = typed.get(ASKED_STEP, ""), typed.get(ASKED_OF, "")
        if step in set(ComplaintStep):
            return cls(ComplaintStep(step), number)
        return cls(adds=not typed.keys().isdisjoint(field.name for field in SUPPLEMENT_FORM))


class ComplaintDrafting(QObject):
    """Keeps what is typed of complaints into the line, as a draft that only keepers open; takes one up again, or throws it away."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    changed = Signal()
    """A draft is there no more."""

    def __init__(self, office: Office, line: EntryLine) -> None:
        super().__init__(line)
        self._office, self._line, self._to_drop = office, line, ""
        self._saved: tuple[str, dict[str, str]] | None = None
        self._wait = QTimer(self, singleShot=True, interval=AT_MOST_EVERY)
        self._wait.timeout.connect(self.save)
        line.form.changed.connect(self._typed)
        line.left.connect(self.save)

    def save(self) -> None:
        """Saves what stands in the line, where anything was typed of a complaint that is not saved yet."""
        self._wait.stop()
        line, asked = self._line, self._line.asked
        if not isinstance(asked, ComplaintAsked):
            return
        about = {ASKED_STEP: asked.step.value if asked.step else "", ASKED_OF: asked.number}
        now = line.sealed_act, {name: said for name, said in {**line.form.values, **about}.items() if said}
        before = self._saved if self._saved and self._saved[0] == line.sealed_act else None
        if now == before or not (before or line.form.typed):
            return
        try:
            complaint_drafts.save_draft(self._office, register_key(self._office), *now)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "attention")
            return
        self._saved = now

    def take_up(self, line: UnfinishedLine) -> dict[str, str]:
        """What was typed into the draft of a line. It is saved anew, as who goes on with it, only when something else is typed.

        Raises:
            Refusal: what `find_draft` and `register_key` refuse.
        """
        typed = complaint_drafts.find_draft(self._office, register_key(self._office), line.act).texts
        self._saved = line.act, typed
        return typed

    def drop(self, line: UnfinishedLine) -> None:
        """Throws a draft away, when asked twice for the same one."""
        if self._to_drop != line.act:
            self._to_drop = line.act
            self.reported.emit(ONCE_MORE, "attention")
            return
        self._to_drop = ""
        try:
            complaint_drafts.drop_draft(self._office, register_key(self._office), line.act)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self.changed.emit()
        self.reported.emit(DROPPED, "done")

    def _typed(self) -> None:
        if isinstance(self._line.asked, ComplaintAsked) and not self._wait.isActive():
            self._wait.start()
