"""好差评：办事的人自愿作的评价，写进台账的样子（国办发〔2019〕51号、云政办发〔2020〕6号）.

A rating belongs to an item and a day, and to a paper where who rates gives its number. It names no clerk, neither who served nor who typed
it: what a clerk's ratings come to is nobody's business here. A text is one line; a day is written YYYY-MM-DD.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_entries import Typed

MENDED_WITHIN = 15
"""Working days in which what was rated badly is put right (云政办发〔2020〕6号)."""


class RatingLevel(StrEnum):
    """评价等级，five of them (国办发〔2019〕51号)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"

    @property
    def label(self) -> str:
        """What is read on the slip and on the screen."""
        return _LEVELS[self]

    @property
    def is_bad(self) -> bool:
        """差评: somebody looks into it, puts it right or says why not, and tells who rated where they want to hear."""
        return self in (RatingLevel.DISSATISFIED, RatingLevel.VERY_DISSATISFIED)


_LEVELS = {
    RatingLevel.VERY_SATISFIED: "非常满意", RatingLevel.SATISFIED: "满意", RatingLevel.FAIR: "基本满意",
    RatingLevel.DISSATISFIED: "不满意", RatingLevel.VERY_DISSATISFIED: "非常不满意",
}  # fmt: skip


class RatingChannel(StrEnum):
    """评价渠道 that are here: a slip of paper that a clerk types in, and the screen that is turned to the visitor."""

    PAPER = "paper"
    SCREEN = "screen"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"paper": "评价条", "screen": "窗口屏幕"}[self.value]


class RatingOutcome(StrEnum):
    """What came of a bad one (难以整改的，说明理由和期限)."""

    MENDED = "mended"
    NOT_POSSIBLE = "not_possible"
    UNFOUNDED = "unfounded"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"mended": "已整改", "not_possible": "难以整改", "unfounded": "核实不属实"}[self.value]


@dataclass(frozen=True, slots=True)
class Rating(Typed):
    """评价 (`rating`). `item_name` is what the item `item` was called; both are empty where nobody said what was done. `number` is that of a
    paper, `contact` how an answer reaches who wants one. `due` is the last day for what a bad one asks for, `provisional` where it depends
    on holidays not published yet.
    """

    day: str
    level: str
    channel: str
    item: str
    item_name: str
    number: str
    text: str
    contact: str
    due: str = ""
    provisional: bool = False

    @classmethod
    def flags(cls) -> frozenset[str]:
        return frozenset(("provisional",))


@dataclass(frozen=True, slots=True)
class RatingSettled(Typed):
    """评价办结 (`rating_settled`): what came of the bad rating `of`, given by number. `verified`: what was found; `text`: how it was put
    right, or why not; `told`: how who rated was told."""

    of: int
    outcome: str
    verified: str
    text: str
    told: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("of",))

    def checked(self, contact: str) -> RatingSettled:
        """The same, of a rating that left this contact.

        Raises:
            Refusal: `register-field-missing`, `telling-missing` (who rated wants to hear).
        """
        for said, label in ((self.verified, "核实的情况"), (self.text, "怎样整改的")):
            if not said:
                raise Refusal("register-field-missing", f"还没有填“{label}”。", "请补上；难以整改的，写理由和期限。")
        if contact and not self.told:
            raise Refusal(
                "telling-missing",
                "对方留了联系方式，要把结果告诉他。",
                "请写怎样告知的；联系不上的，写哪天、怎样联系过。",
            )
        return self


def is_bad(level: str) -> bool:
    """Whether a level, by its value, is a bad one; one of a later version is none."""
    return level in set(RatingLevel) and RatingLevel(level).is_bad
