"""登记页上的投诉：谁都可以记一件、补充一件；保管人看全部、一步一步往下办（守则 一(九)）。

What was recorded is sealed: whoever typed it is shown the number, and not the text again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import ComplaintChannel
from counter_assistant.domain.registers.complaint_forms import (
    COMPLAINT_FORM,
    STEP_FORMS,
    SUPPLEMENT_FORM,
    read_complaint,
    read_step,
)
from counter_assistant.domain.registers.complaint_steps import ComplaintStep
from counter_assistant.domain.registers.hand_forms import FormField
from counter_assistant.operations.keys.keepers import keepers
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_lines import ComplaintLine
from counter_assistant.operations.registers.complaint_paper import RECEIPT, TITLE, receipt, register_sheet
from counter_assistant.operations.registers.complaint_words import Rows, whole_in_words
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.registers.actions import UNFINISHED
from counter_assistant.ui.registers.book_making import BookMaking
from counter_assistant.ui.registers.entry_line import EntryLine

SEALED = "已密封登记，编号 {}。请把编号告诉投诉人，补充情况时要用；要回执的，按 F7 再按 R。内容只有登记保管人看得到。"
ADDED = "已密封记下补充，只有登记保管人看得到。"
FILED = "这件投诉已经立卷归档。有新情况的，按 F7 再按 Z 补充。"
OWNED = "这件投诉由工号 {} 承办，由其本人往下办；换人办的，按 F8 转办。"
NO_RECEIPT = "这里刚才没有登记投诉，没有回执可打。"
NO_FILE = "投诉登记不存成文件。要纸的，选中一件按 Ctrl+P 打印《投诉来访登记表》。"
NOT_ACCEPTED = "这件投诉还没有受理，谁受理谁核实；不用转办。"


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
        line.named.connect(self._begin)
        line.confirmed.connect(self._confirmed)

    def primary(self, marked: ComplaintLine) -> tuple[str, bool]:
        """What F9 does with the marked complaint, and whether whoever acts can do it."""
        if marked.next is None:
            return "已归档", False
        return marked.next.label, self._is_mine(marked)

    def can_transfer(self, marked: ComplaintLine) -> bool:
        """Whether the marked complaint can be given to somebody else."""
        return bool(marked.owner) and marked.next is not None

    def begin(self, category: str = "") -> None:
        """Asks for a complaint, of a category where that is known."""
        self._ask(ComplaintAsked(), category=category, day=self._office.today().isoformat())

    def add(self, number: str = "") -> None:
        """Asks for something to add to a complaint."""
        self._ask(ComplaintAsked(adds=True), number=number)

    def next(self, marked: ComplaintLine) -> None:
        """Asks for the step that is due."""
        if marked.next is not None and self._is_mine(marked):
            self._ask(ComplaintAsked(marked.next, marked.number))
        else:
            self.explain(marked)

    def transfer(self, marked: ComplaintLine) -> None:
        """Asks to whom the marked complaint is given."""
        if self.can_transfer(marked):
            self._ask(ComplaintAsked(ComplaintStep.TRANSFER, marked.number))
        else:
            self.explain(marked)

    def explain(self, marked: ComplaintLine) -> None:
        """Says why a key has nothing to do."""
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
        """Somebody else comes to the window."""
        self._last = None

    def _is_mine(self, marked: ComplaintLine) -> bool:
        return marked.owner in ("", self._office.profile.current_clerk)

    def _begin(self, act: str) -> None:
        begins: dict[str, Callable[[], None]] = {
            "complaint": self.begin, "supplement": self.add, "receipt": self.print_receipt,
        }  # fmt: skip
        if act in begins:
            begins[act]()

    def _ask(self, asked: ComplaintAsked, **values: str) -> None:
        """Opens the line, where there is a register to which it can be sealed."""
        if self._line.asked is not None:
            self.reported.emit(UNFINISHED, "attention")
            return
        try:
            register_key(self._office)
            self._office.foresee(Permission.READ_SEALED if asked.step else Permission.RECORD_SEALED)
        except Refusal as refusal:
            self._line.close_line()
            self.reported.emit(str(refusal), "error")
            return
        clerks = self._office.profile.clerks
        if self._office.sealed:
            clerks = tuple(clerk for clerk in clerks if clerk.staff_number in keepers(self._office))
        self._line.ask(asked, clerks, values)

    def _confirmed(self, asked: object, values: dict[str, str]) -> None:
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
