"""登记页上的工作交接：离岗一天以上的交接单、返岗的交回单，登记了就打印，一式三份（守则 一(八)3）."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import FormField
from counter_assistant.domain.registers.handover.entries import THINGS
from counter_assistant.domain.registers.handover.handover_forms import (
    HANDOVER,
    HANDOVER_FORM,
    RETURN,
    RETURN_FORM,
)
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.handover import recording
from counter_assistant.operations.registers.handover.sheets import sheet_pdf
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from counter_assistant.ui.registers.actions import UNFINISHED
from counter_assistant.ui.registers.book_making import BookMaking
from counter_assistant.ui.registers.entry_line import EntryLine

SHEET, RETURN_SHEET = "AB 角工作交接单", "AB 角返岗交回单"
BY_ITSELF = "未结办件、待答咨询、备用单自己列在单上"
AGAIN = "交接已经登记；要再打，选中它，按 F7 再按 D。"
NOT_MARKED = "先在“离岗”里选中一次工作交接，再打印交接单。"


class HandoverAsked(NamedTuple):
    """What the line asks: a handover, or the return from the one that is the entry `of`, which `said` so."""

    of: int = 0
    said: str = ""

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields that are asked for."""
        return RETURN_FORM if self.of else HANDOVER_FORM

    @property
    def words(self) -> str:
        """What confirming does."""
        return f"登记{RETURN if self.of else HANDOVER}"

    @property
    def title(self) -> str:
        """What stands over the line."""
        return f"{self.words}　{self.said[:40] if self.of else BY_ITSELF}"


class HandoverActions(QObject):
    """What the keys of the page do with absences of a day or more. `marked` says which line is meant."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    recorded = Signal(object, int)
    """The register and the number of the line of which something was recorded."""

    def __init__(
        self, office: Office, line: EntryLine, making: BookMaking, marked: Callable[[], RegisterLine | None]
    ) -> None:
        super().__init__(line)
        self._office, self._line, self._making, self._marked = office, line, making, marked
        self._for = ""
        line.named.connect(self._named)
        line.confirmed.connect(self._confirmed)
        line.form.changed.connect(self._propose_for)

    def begin(self) -> None:
        """Asks for a handover."""
        if self._line.asked is not None:
            self.reported.emit(UNFINISHED, "attention")
            return
        self._for = ""
        self._line.ask(HandoverAsked(), self._office.profile.clerks, recording.proposed(self._office))

    def hand_back(self, marked: RegisterLine) -> bool:
        """Asks for the return from the marked handover; False where the line is none."""
        away = recording.open_handover(self._office, marked.seq) if marked.kind is RegisterKind.ABSENCE else None
        if away is None:
            return False
        values = recording.proposed_return(self._office, away.said)
        self._line.ask(HandoverAsked(marked.seq, marked.line), self._office.profile.clerks, values)
        return True

    def print_sheet(self) -> None:
        """Prints the sheets of the marked handover again: that of the return once there is one."""
        if self._line.asked is None:
            self._line.close_line()
        marked = self._marked()
        seq = self._sheet_of(marked) if marked and marked.kind is RegisterKind.ABSENCE else 0
        if seq:
            self._print(seq, returned=marked is not None and seq == marked.settled)
        else:
            self.reported.emit(NOT_MARKED, "attention")

    def _sheet_of(self, marked: RegisterLine) -> int:
        """The entry whose sheet is meant; 0 where the line is no handover."""
        return recording.newest_sheet(self._office, marked.seq, marked.settled)

    def _named(self, act: str) -> None:
        if act == "handover":
            self.begin()
        elif act == "sheet":
            self.print_sheet()

    def _propose_for(self) -> None:
        """Whoever is chosen to leave has seals of their own: what nobody has typed follows."""
        if not isinstance(self._line.asked, HandoverAsked) or self._line.asked.of:
            return
        form = self._line.form
        who = form.choices["who"].value
        if who == self._for:
            return
        self._for = who
        values = recording.proposed(self._office, who)
        for name in THINGS:
            if not form.fields[name].edit.isModified():
                form.fields[name].edit.setText(values.get(name, ""))

    def _confirmed(self, asked: object, values: dict[str, str]) -> None:
        if not isinstance(asked, HandoverAsked):
            return
        office, key = self._office, self._line.act
        try:
            if asked.of:
                seq = recording.hand_back(office, asked.of, values, key=key).seq
            else:
                seq = recording.hand_over(office, values, key=key).seq
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(recorded=True)
        self.recorded.emit(RegisterKind.ABSENCE, asked.of or seq)
        self._print(seq, returned=bool(asked.of))

    def _print(self, seq: int, *, returned: bool) -> None:
        title = RETURN_SHEET if returned else SHEET
        self._making.print_paper(title, lambda: sheet_pdf(self._office, seq), AGAIN)
