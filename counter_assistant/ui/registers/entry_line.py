"""列表下面的一行：先按数字选登记哪一本，再填几栏；办结和撤销也在这里填。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.registers.hand_forms import ANSWERS, FORMS, REASON, FormField
from counter_assistant.domain.registers.register_kind import BY_HAND, RegisterKind
from counter_assistant.operations.registers.complaint_drafts import new_act
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from counter_assistant.ui.registers.entry_form import EntryForm
from counter_assistant.ui.widgets.records.asking_line import AskingLine
from counter_assistant.ui.widgets.records.key_choices import KeyChoices

CHOICES: Mapping[str, tuple[RegisterKind | str, str]] = {
    **{str(n): (kind, kind.typed_as) for n, kind in enumerate(BY_HAND, 1)},
    "D": ("sheet", "打印交接单"),
    "J": ("handover", "工作交接（一天以上）"),
    "R": ("receipt", "投诉回执"),
    "T": ("complaint", "登记投诉"),
    "Z": ("supplement", "补充投诉"),
}
"""What is done, by its key: a register is typed, a handover, or what is sealed to the keepers of complaints; a paper is printed."""


class Asks(Protocol):
    """What the line asks about."""

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields that are asked for."""

    @property
    def words(self) -> str:
        """What confirming does."""

    @property
    def title(self) -> str:
        """What stands over the line."""


class Asked(NamedTuple):
    """What the line asks about: a new entry of a register, or what came of a line, or why it is taken `back`."""

    kind: RegisterKind
    line: RegisterLine | None = None
    back: bool = False

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields that are asked for."""
        return REASON if self.back else ANSWERS[self.kind] if self.line else FORMS[self.kind]

    @property
    def words(self) -> str:
        """What confirming does."""
        return "撤销" if self.back else self.kind.settles if self.line else self.kind.typed_as

    @property
    def title(self) -> str:
        """What stands over the line."""
        return f"{self.words}　{self.line.line[:40] if self.line else ''}".rstrip("　")


class Typed(NamedTuple):
    """What was typed for something and not recorded, and the name of its act if it is sealed."""

    asked: Asks
    values: dict[str, str]
    sealed_act: str


class EntryLine(AskingLine):
    """Chooses what to register by a digit, then asks what it needs."""

    chosen = Signal(object)
    """The register that is to be typed."""
    named = Signal(str)
    """Something else is to be done: a `complaint` typed, or a `supplement` of one, the `receipt` of the last one printed; a `handover` typed, or
    its `sheet` printed."""
    left = Signal()
    """The line is about to close over something that was typed and not recorded, which still stands there."""
    confirmed = Signal(object, object)
    """What was asked, and the values by the names of the fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("登记", KeyChoices("登记哪一本"), EntryForm(), parent)
        self.asked: Asks | None = None
        self.act = ""
        """The name of the act that is being typed, under which it is one; `sealed_act` is that of one that is sealed."""
        self.sealed_act = ""
        self._typed_for: Typed | None = None
        self.choices.show_choices(CHOICES)
        self.choices.chosen.connect(self._chosen)
        self.form.changed.connect(lambda: self.fault.say(""))

    @property
    def asking(self) -> bool:
        return self.asked is not None

    def choose(self) -> None:
        """Offers the registers that are typed."""
        self.asked = None
        self.offer("登记一条", "按数字选；首问、转办自己记，不用填")

    def ask(self, asked: Asks, clerks: Sequence[Clerk], values: Mapping[str, str], sealed_act: str = "") -> None:
        """Asks what is needed; `values` stand there at first. What was typed for the same and not recorded still stands there, under the name that
        its act had; with a `sealed_act` it is what was typed under that one."""
        kept = self._typed_for if self._typed_for and self._typed_for.asked == asked and not sealed_act else None
        kept = kept or (Typed(asked, dict(values), sealed_act) if sealed_act else None)
        self.asked, self.act, self.sealed_act = asked, str(uuid4()), kept.sealed_act if kept else new_act()
        self.form.open_for(asked.form, clerks, kept.values if kept else values, typed=kept is not None)
        self.ask_for(asked.title, asked.words)

    def forget_choice(self, *, recorded: bool = False) -> None:
        if self.asked and not recorded and self.form.typed:
            self.left.emit()
            self._typed_for = Typed(self.asked, self.form.values, self.sealed_act)
        elif recorded:
            self._typed_for = None
        self.asked = None

    def confirm(self) -> None:
        """Emits what is filled in."""
        if self.asked is not None:
            self.confirmed.emit(self.asked, self.form.values)

    def _chosen(self, what: RegisterKind | str) -> None:
        (self.chosen if isinstance(what, RegisterKind) else self.named).emit(what)
