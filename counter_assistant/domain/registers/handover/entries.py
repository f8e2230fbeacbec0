"""AB 角交接写进台账的两条：离岗时的工作交接，返岗时的交回（守则 一(八)2、3）.

What the book knows is listed as it stood then and printed from here, so that a sheet printed again says the same. A day is written
YYYY-MM-DD, a person of the office by staff number, a visitor by a masked name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.registers.hand_entries import Typed


class Reason(StrEnum):
    """Why somebody is away, as little as the sheet needs: what ails anybody is nobody's business."""

    JOURNEY = "journey"
    TRAINING = "training"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"journey": "出差", "training": "培训", "holiday": "休假", "leave": "请假", "other": "其他"}[self.value]


@dataclass(frozen=True, slots=True)
class HandedCase(Typed):
    """A case as it stood: `number` of its newest paper, `person` masked, `due` the day that binds, with a word where that was promised
    on paper; empty where there is none. `promised` is 承诺 or empty."""

    case: str
    number: str
    item: str
    person: str
    state: str
    next: str
    due: str
    promised: str


@dataclass(frozen=True, slots=True)
class HandedLine(Typed):
    """What waits beside the cases: a question to be answered, another line of a register, a visitor put aside. `sort` says which."""

    sort: str
    text: str
    due: str


@dataclass(frozen=True, slots=True)
class Handover(Typed):
    """工作交接 (`handover`): `who` is away from `since` to `until`, both days counted, and expected `back` on a working day; `receiver`
    acts in their place, `witness` sees it (监交); `reason` is a word of `Reason`. `blanks` are the numbers of slips for when the power is out; `seals` one after the other
    as `seals.py` writes them, `keys`, `slips`, `papers` and `remarks` what was typed. `clerk` recorded it.
    """

    who: str
    receiver: str
    witness: str
    since: str
    until: str
    back: str
    reason: str
    cases: tuple[HandedCase, ...]
    lines: tuple[HandedLine, ...]
    blanks: str
    seals: str
    keys: str
    slips: str
    papers: str
    remarks: str
    clerk: str

    @classmethod
    def lists(cls) -> Mapping[str, type[Typed]]:
        return {"cases": HandedCase, "lines": HandedLine}


@dataclass(frozen=True, slots=True)
class HandedBack(Typed):
    """返岗交回 (`handed_back`): ends the handover that is the entry `of`, on a `day`. `cases` are those that were handed over and those
    that came since, as they stand now; `came` and `odd` what was typed of what came new and was out of the ordinary."""

    of: int
    day: str
    witness: str
    cases: tuple[HandedCase, ...]
    lines: tuple[HandedLine, ...]
    blanks: str
    seals: str
    keys: str
    slips: str
    papers: str
    came: str
    odd: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("of",))

    @classmethod
    def lists(cls) -> Mapping[str, type[Typed]]:
        return {"cases": HandedCase, "lines": HandedLine}


THINGS = ("seals", "keys", "slips", "papers")
"""What is given from hand to hand, and given back."""
