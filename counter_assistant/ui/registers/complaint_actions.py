"""登记页上的投诉：谁都可以记一件、补充一件；保管人看全部、一步一步往下办（守则 一(九)）。

What was recorded is sealed: whoever typed it is shown the number, and not the text again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import ComplaintChannel
from counter_assistant.domain.registers.complaint_forms import (
    VOLUME_FORM,
    read_complaint,
    read_step,
    read_year,
)
from counter_assistant.domain.registers.complaint_steps import ComplaintStep
from counter_assistant.domain.registers.hand_forms import FormField
from counter_assistant.operations.keys.keepers import who_keeps
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_lines import ComplaintLine, SealedLine, UnfinishedLine
from counter_assistant.operations.registers.complaint_paper import RECEIPT, TITLE, receipt, register_sheet
from counter_assistant.operations.registers.complaint_volume import volume_of, volume_of_year
from counter_assistant.operations.registers.complaint_words import Rows, whole_in_words
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.registers.actions import UNFINISHED
from counter_assistant.ui.registers.book_making import BookMaking
from counter_assistant.ui.registers.complaint_drafting import ComplaintAsked, ComplaintDrafting
from counter_assistant.ui.registers.entry_line import EntryLine

SEALED = "已密封登记，编号 {}。请把编号告诉投诉人，补充情况时要用；要回执的，按 F7 再按 R。内容只有登记保管人看得到。"
ADDED = "已密封记下补充，只有登记保管人看得到。"
FILED = "这件投诉已经立卷归档。有新情况的，按 F7 再按 Z 补充。"
OWNED = "这件投诉由工号 {} 承办，由其本人往下办；换人办的，按 F8 转办。"
NO_RECEIPT = "这里刚才没有登记投诉，没有回执可打。"
NO_FILE = "投诉登记不存成文件。要纸的，选中一件按 Ctrl+P 打印《投诉来访登记表》。"
VOLUME = "投诉案卷"
NO_VOLUME = "先在投诉清单里选中一件，再打印它的案卷；一年合成一卷的，打“年度投诉案卷”。"
NOT_ACCEPTED = "这件投诉还没有受理，谁受理谁核实；不用转办。"


@dataclass(frozen=True)
class VolumeAsked:
    """What the line asks of a keeper who binds the complaints of a year."""

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields that are asked for."""
        return VOLUME_FORM

    @property
    def words(self) -> str:
        """What confirming does."""
        return "打印案卷"

    @property
    def title(self) -> str:
        """What stands over the line."""
        return "一年归档的投诉立成一卷"


class ComplaintActions(QObject):
    """What the keys of the page do with complaints."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    recorded = Signal(str)
    """The number of the complaint of which something was recorded."""

    def __init__(self, office: Office, line: EntryLine, making: BookMaking) -> None:
        super().__init__(line)
        self._office, self._line, self._making = office, line, making
        self._last: tuple[str, ComplaintChannel] | None = None
        self.drafting = ComplaintDrafting(office, line)
        line.named.connect(self._begin)
        line.confirmed.connect(self._confirmed)

    def primary(self, marked: SealedLine) -> tuple[str, bool]:
        """What F9 does with the marked complaint, and whether whoever acts can do it."""
        if isinstance(marked, UnfinishedLine):
            return "接着登记", True
        if marked.next is None:
            return "已归档", False
        return marked.next.label, self._is_mine(marked)

    def back(self, marked: SealedLine) -> tuple[str, bool]:
        """What F8 does with the marked complaint, and whether it can: a complaint is given to somebody else, a draft thrown away."""
        if isinstance(marked, UnfinishedLine):
            return "丢弃", True
        return "转办", bool(marked.owner) and marked.next is not None

    def begin(self, category: str = "") -> None:
        """Asks for a complaint, of a category where that is known."""
        self._ask(ComplaintAsked(), category=category, day=self._office.today().isoformat())

    def add(self, number: str = "") -> None:
        """Asks for something to add to a complaint."""
        self._ask(ComplaintAsked(adds=True), number=number)

    def next(self, marked: SealedLine) -> None:
        """Asks for the step that is due; of a draft for what was typed into it, which stands there."""
        if isinstance(marked, UnfinishedLine):
            self._take_up(marked)
        elif marked.next is not None and self._is_mine(marked):
            self._ask(ComplaintAsked(marked.next, marked.number))
        else:
            self.explain(marked)

    def transfer(self, marked: SealedLine) -> None:
        """Asks to whom the marked complaint is given; throws a draft away."""
        if isinstance(marked, UnfinishedLine):
            self.drafting.drop(marked)
        elif self.back(marked)[1]:
            self._ask(ComplaintAsked(ComplaintStep.TRANSFER, marked.number))
        else:
            self.explain(marked)

    def explain(self, marked: SealedLine) -> None:
        """Says why a key has nothing to do."""
        if isinstance(marked, UnfinishedLine):
            return
        why = FILED if marked.next is None else NOT_ACCEPTED if self._is_mine(marked) else OWNED.format(marked.owner)
        self.reported.emit(why, "attention")

    def whole(self, marked: ComplaintLine) -> Rows:
        """Everything that stands in the register about the marked complaint.

        Raises:
            Refusal: what `complaints.find` and `register_key` refuse.
        """
        return whole_in_words(complaints.find(self._office, register_key(self._office), marked.number))

    def print_sheet(self, marked: ComplaintLine) -> None:
        """Prints 《投诉来访登记表》 of the marked complaint."""
        self._making.print_paper(TITLE, lambda: register_sheet(self._office, register_key(self._office), marked.number))

    def print_volume(self, marked: SealedLine | None) -> None:
        """Prints cover, catalogue and remarks for the file of the marked complaint."""
        if not isinstance(marked, ComplaintLine):
            self.reported.emit(NO_VOLUME, "attention")
            return
        self._making.print_paper(VOLUME, lambda: volume_of(self._office, register_key(self._office), marked.number))

    def ask_volume(self) -> None:
        """Asks of which year the filed complaints are bound."""
        self._ask(VolumeAsked(), year=str(self._office.today().year))

    def print_receipt(self) -> None:
        """Prints the receipt of the complaint that was recorded last at this window, by who is there still."""
        if self._line.asked is None:
            self._line.close_line()
        if self._last is None:
            self.reported.emit(NO_RECEIPT, "attention")
            return
        number, channel = self._last
        self._making.print_paper(RECEIPT, lambda: receipt(self._office, number, channel))

    def forget(self) -> None:
        """Somebody else comes to the window: what stands half typed in the line is kept for the keepers."""
        self.drafting.save()
        self._last = None

    def _is_mine(self, marked: ComplaintLine) -> bool:
        return marked.owner in ("", self._office.profile.current_clerk)

    def _take_up(self, line: UnfinishedLine) -> None:
        try:
            typed = self.drafting.take_up(line)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self._ask(ComplaintAsked.of_draft(typed), line.act, **typed)

    def _begin(self, act: str) -> None:
        begins: dict[str, Callable[[], None]] = {
            "complaint": self.begin, "supplement": self.add, "receipt": self.print_receipt,
        }  # fmt: skip
        if act in begins:
            begins[act]()

    def _ask(self, asked: ComplaintAsked | VolumeAsked, sealed_act: str = "", **values: str) -> None:
        """Opens the line, where there is a register to which it can be sealed."""
        if self._line.asked is not None:
            self.reported.emit(UNFINISHED, "attention")
            return
        try:
            register_key(self._office)
            is_for_all = isinstance(asked, ComplaintAsked) and asked.step is None
            self._office.foresee(Permission.RECORD_SEALED if is_for_all else Permission.READ_SEALED)
        except Refusal as refusal:
            self._line.close_line()
            self.reported.emit(str(refusal), "error")
            return
        self._line.ask(asked, who_keeps(self._office), values, sealed_act)

    def _confirmed(self, asked: object, values: dict[str, str]) -> None:
        if isinstance(asked, VolumeAsked):
            self._print_year(values["year"])
        if not isinstance(asked, ComplaintAsked):
            return
        try:
            number, said = self._record(asked, values)
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(recorded=True)
        self.recorded.emit(number)
        self.reported.emit(said, "done")

    def _print_year(self, typed: str) -> None:
        office = self._office
        try:
            year = read_year(typed)
            volume_of_year(office, register_key(office), year)
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(recorded=True)
        self._making.print_paper(VOLUME, lambda: volume_of_year(office, register_key(office), year))

    def _record(self, asked: ComplaintAsked, values: dict[str, str]) -> tuple[str, str]:
        office, key, act = self._office, register_key(self._office), self._line.sealed_act
        if asked.adds:
            complaints.supplement(office, key, values["number"], values["text"], act=act)
            return "", ADDED
        if asked.step:
            complaints.take_step(office, key, read_step(asked.number, asked.step, values), act=act)
            return asked.number, f"已记{asked.step.label}，{asked.number}。"
        told = read_complaint(values, office.today())
        number = complaints.record(office, key, told, act=act).number
        self._last = number, told.channel
        return number, SEALED.format(number)
