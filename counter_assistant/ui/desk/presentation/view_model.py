"""受理台各卡片要显示的内容。Plain values without imports that the first paint would have to wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from counter_assistant.domain.papers.kinds import SlipKind
    from counter_assistant.domain.refusal import Refusal
    from counter_assistant.operations.intake.matter import Matter


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One line of the checklist on screen. `box` is empty, ticked, dashed, mend or none; `tone` says how it stands out.

    `also` are the ids of other materials that this document is: a mark on one of them is a mark on the line.
    """

    id: str
    name: str
    detail: str
    why: str
    counts: str
    state: str
    tone: str
    box: str
    defect: str = ""
    also: tuple[str, ...] = ()

    @property
    def tickable(self) -> bool:
        """Whether Space and E do anything here."""
        return self.box != "none"

    def spoken(self) -> str:
        """The whole line for a screen reader."""
        return "，".join(part for part in (self.name, self.counts, self.state, self.detail, self.why) if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the decision card says. `note` explains another paper than the recommended one, `sign` what is to be signed,
    `circumstances` what was set beside the usual case; `act` is what F9 does. `ours`: it is about an item of this office."""

    title: str
    reason: str
    time: str
    note: str
    sign: str
    circumstances: str
    act: str
    attention: bool
    kind: SlipKind | None
    departs: bool
    ours: bool = True


class PaperField(NamedTuple):
    """A field that the paper carries beside the usual ones: its key, label, the hint beside it, and what stands in it."""

    key: str
    label: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class PresentedMatter:
    """Everything that the cards show of one state."""

    matter: Matter
    faults: dict[str, Refusal]
    rows: tuple[MaterialRow, ...]
    broken: frozenset[str]
    relation: str
    id_hint: str
    id_needed: bool
    left_out: str
    reasons: tuple[str, ...]
    verdict: Verdict
    paper_fields: tuple[PaperField, ...]
