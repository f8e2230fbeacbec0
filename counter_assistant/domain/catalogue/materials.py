"""材料：要什么、怎样交、什么时候要，以及不得要求什么。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.catalogue.conditions import Condition
from counter_assistant.domain.catalogue.sources import Source

NOTHING_BROUGHT = "—"
"""The counts of a material of which nothing is brought."""


class Submit(StrEnum):
    """How a material is submitted."""

    HAND_IN = "hand_in"
    SHOW = "show"
    AT_COUNTER = "at_counter"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Material:
    """材料：原件、复印件份数，出具单位，填报要求，提交方式，以及留下哪些。"""

    id: str
    name: str
    issuer: str
    requirement: str
    originals: int
    copies: int
    submit: Submit
    keep_originals: int
    keep_copies: int
    source: Source
    covers: tuple[str, ...] = ()
    """Materials that are the same document: where both are asked for, this one is named on their line and brought once.
    """
    one_of: tuple[str, ...] = ()
    """Materials any one of which may be brought as this one: where it is asked for, they are never listed as 不需要."""

    @property
    def counts(self) -> str:
        """原件1 复印件1, or — where nothing is brought."""
        parts = [f"{name}{n}" for name, n in (("原件", self.originals), ("复印件", self.copies)) if n]
        return " ".join(parts) if parts and self.submit is not Submit.EXEMPT else NOTHING_BROUGHT

    @property
    def text(self) -> tuple[object, ...]:
        """Everything an applicant is told about it: rules of one material whose texts differ are variants of it."""
        counts = (self.originals, self.copies, self.keep_originals, self.keep_copies)
        return (self.name, self.issuer, self.requirement, self.submit, *counts)


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """A material of an item and the condition under which it is asked for.

    That it is needed and what is required of it are confirmed apart. Once the centre has answered for one of the two, its
    source waits in `need` or `wording`; with the other it becomes the material's own, and both are empty again.
    """

    material: Material
    when: Condition
    need: Source | None = None
    wording: Source | None = None


@dataclass(frozen=True, slots=True)
class NeverAsk:
    """What must not be asked for, and why; asking for it would be 错告."""

    id: str
    name: str
    why: str
    source: Source
