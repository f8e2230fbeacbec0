"""登记的办结、备案和撤销：一条登记等着，有了结果，或者点错了.

An entry of a register never changes. What came of it is another entry that names it, and so is taking back: first what came of it,
then the entry itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_entries import Typed
from counter_assistant.domain.registers.handover.entries import HandedBack
from counter_assistant.domain.registers.rating import RatingSettled


@dataclass(frozen=True, slots=True)
class Answered(Typed):
    """登记办结 (`register_answered`): what came of the entry `of`, given by number. `to`: the department that it went to, or the body
    that the leader named; `posted`: the day on which the answer was put up."""

    of: int
    text: str
    to: str
    posted: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("of",))


@dataclass(frozen=True, slots=True)
class ResultFiled(Typed):
    """办理结果备案 (`result_filed`): what came of the case whose referral notice is the entry `of`, and by which document (守则 一(七)3)."""

    of: int
    text: str
    document: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("of",))


@dataclass(frozen=True, slots=True)
class RegisterWithdrawn(Typed):
    """撤销登记 (`register_withdrawn`): takes back what came last of the entry `of`, or where nothing has, the entry itself."""

    of: int
    reason: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("of",))


Settling = Answered | ResultFiled | RatingSettled | RegisterWithdrawn | HandedBack


class State(StrEnum):
    """How an entry of a register stands by itself. One that waits for a case is `open` as long as the case is where it waits."""

    NOTED = "noted"
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"noted": "已登记", "open": "待办", "done": "已办结", "withdrawn": "已撤销"}[self.value]


class Standing(NamedTuple):
    """How an entry stands, and the number of the entry that made it so; 0 for the entry itself."""

    state: State
    settled: int = 0

    def after(self, said: Settling, seq: int, *, by_hand: bool) -> Standing:
        """How it stands after the entry of number `seq`. Only what was typed can be taken back itself.

        Raises:
            Refusal: `register-settled` (nothing waits there), `register-not-withdrawn` (nothing can be taken back).
        """
        if not isinstance(said, RegisterWithdrawn):
            if self.state is not State.OPEN:
                raise Refusal("register-settled", f"这一条{self.state.label}，不等办结。", "请核对是不是选错了一条。")
            return Standing(State.DONE, seq)
        if self.state is State.DONE:
            return Standing(State.OPEN)
        if self.state is State.WITHDRAWN or not by_hand:
            raise not_withdrawn()
        return Standing(State.WITHDRAWN, seq)


def not_withdrawn() -> Refusal:
    """That nothing of a line can be taken back in its register: it arose by itself, or is gone already."""
    return Refusal(
        "register-not-withdrawn", "这一条没有可以撤销的登记。", "办件的一步请在办件页撤销，文书请在档案页作废。"
    )
