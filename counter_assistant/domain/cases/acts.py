"""办件的每一次经办：到窗口、走一步、放假通知、作废、撤销。What a case is folded from, one class for each kind of act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import Clock, PauseReason
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.papers.kinds import SlipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """Where an act is in the book: number and time of its entry; 0 and None for an act without an entry."""

    seq: int = 0
    recorded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit(_Recorded):
    """An act at the window: a paper, an oral notice, or a registration. `rule` is the decision's rule that it followed.

    `stated`: the clerk named the day, no clock gave it. `owner`: the staff number of whoever is responsible for a held
    matter; `verify`: what is to be found out about it. Acts recorded before these were asked for have neither.
    """

    case: str
    on: date
    clerk: str
    rule: Rule
    kind: SlipKind | None
    number: str = ""
    oral: bool = False
    due: date | None = None
    provisional: bool = False
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    item: str = ""
    item_name: str = ""
    applicant: str = ""
    phone_tail: str = ""
    id_tail: str = ""
    stated: bool = False
    owner: str = ""
    verify: str = ""


@dataclass(frozen=True, slots=True)
class StepTaken(_Recorded):
    """办件的一步 (`case_step`), without a paper. `due` is the day that follows from it.

    `owner` is the staff number of who is responsible. `told_at` and `spoken_to`: the time of a call and who answered
    it. `quoted`: the reason why forbidden words are kept in the note.
    """

    case: str
    step: Step
    on: date
    clerk: str
    note: str = ""
    due: date | None = None
    provisional: bool = False
    reason: PauseReason | None = None
    owner: str = ""
    follow_up: date | None = None
    told_at: str = ""
    spoken_to: str = ""
    quoted: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book, without the number and time of the entry, which the book itself knows."""
        due = {"due": self.due.isoformat(), "provisional": self.provisional} if self.due else {}
        particulars = {
            "reason": self.reason.value if self.reason else "", "owner": self.owner,
            "follow_up": self.follow_up.isoformat() if self.follow_up else "", "told_at": self.told_at,
            "spoken_to": self.spoken_to, "quoted": self.quoted,
        }  # fmt: skip
        return {
            "case": self.case, "step": self.step.value, "on": self.on.isoformat(), "clerk": self.clerk, "note": self.note,
            **due, **{name: text for name, text in particulars.items() if text},
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> StepTaken:
        """What `to_payload` wrote."""
        reason = payload.get("reason")
        return cls(
            payload["case"], Step(payload["step"]), date.fromisoformat(payload["on"]), payload["clerk"],
            payload.get("note", ""), _day(payload.get("due")), payload.get("provisional", False),
            PauseReason(reason) if reason else None, payload.get("owner", ""), _day(payload.get("follow_up")),
            payload.get("told_at", ""), payload.get("spoken_to", ""), payload.get("quoted", ""),
        )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Moved(_Recorded):
    """A holiday notice moved the day that follows from a case's clock."""

    case: str
    on: date
    due: date
    provisional: bool
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Voided(_Recorded):
    """A paper of the case was voided; `corrected_by` is the number of the one that says it right, if one does."""

    case: str
    on: date
    number: str
    clerk: str = ""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn(_Recorded):
    """A step was withdrawn by a counter-entry. `step` is the `seq` of the step's own entry."""

    case: str
    on: date
    clerk: str
    step: int
    reason: str


Act = Visit | StepTaken | Moved | Voided
"""What a case is folded from. `Withdrawn` is not among them: the case is folded anew without the step that it names."""
