"""判断的根据和结果在台账里的样子：后来的人看得出当时凭什么、得出什么。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from counter_assistant.domain.assessment.decision import Clarity, Duty, Eligibility, Hold, Purpose, Rule
from counter_assistant.domain.calendar.time_limit import Clock
from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.domain.papers.kinds import SlipKind


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an act. `kind` is None where no paper is issued; `due` is None while no clock runs."""

    kind: SlipKind | None
    clause: str
    due: date | None
    due_if_completed: date | None
    provisional: bool

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "kind": self.kind.value if self.kind else None, "clause": self.clause, "due": _plain(self.due),
            "due_if_completed": _plain(self.due_if_completed), "provisional": self.provisional,
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Result:
        """What `to_payload` wrote."""
        kind = SlipKind(payload["kind"]) if payload["kind"] else None
        due, if_completed = _day(payload["due"]), _day(payload.get("due_if_completed"))
        return cls(kind, payload["clause"], due, if_completed, payload["provisional"])


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision rested on. Early entries hold less than later ones: what they lack has its default.

    `day` is the day of acceptance, `clerk` a staff number, `case` the id of the case that the act belongs to, empty in
    entries recorded before cases existed. `rule` is the rule of the decision that it followed. `clocks` run from this
    act on. `told` is what the applicant was told, as domain/notification/told_content.py writes it; None where that was
    not kept. `confirmed`: which of the applicant's numbers the clerk confirmed although an entry has it with another
    name. `compared`: which doubtful fields of the person are as the document has them.
    """

    item: str
    item_name: str = ""
    catalogue: str = ""
    approval: str = ""
    day: date = date.min
    purpose: Purpose = Purpose.APPLY
    answers: Mapping[str, str] = field(default_factory=dict)
    defects: Mapping[str, str] = field(default_factory=dict)
    received: tuple[str, ...] = ()
    eligible: Eligibility = Eligibility.UNCHECKED
    duty: Duty = Duty.OURS
    clarity: Clarity = Clarity.CLEAR
    hold: Hold | None = None
    on_the_spot: bool = True
    channel: str = "window"
    delivery: str = "written"
    reason: str = ""
    rule: Rule | None = None
    clause: str = ""
    recommended: SlipKind | None = None
    clerk: str = ""
    handling: Handling | None = None
    situation: str = ""
    case: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    told: Mapping[str, Any] | None = None
    confirmed: Mapping[str, int] = field(default_factory=dict)
    compared: tuple[str, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "item": self.item, "item_name": self.item_name, "catalogue": self.catalogue, "approval": self.approval,
            "day": self.day.isoformat(), "purpose": self.purpose.value, "answers": dict(self.answers),
            "defects": dict(self.defects), "received": list(self.received), "eligible": self.eligible.value,
            "duty": self.duty.value, "clarity": self.clarity.value, "hold": self.hold.value if self.hold else None,
            "on_the_spot": self.on_the_spot, "channel": self.channel, "delivery": self.delivery, "reason": self.reason,
            "row": self.rule.value if self.rule else None, "clause": self.clause,
            "recommended": self.recommended.value if self.recommended else None, "clerk": self.clerk,
            "handling": self.handling.value if self.handling else None, "situation": self.situation, "case": self.case,
            "details": dict(self.details), "clocks": {name: clock.to_payload() for name, clock in self.clocks.items()},
            **({} if self.told is None else {"told": dict(self.told)}),
            **({"confirmed": dict(self.confirmed)} if self.confirmed else {}),
            **({"compared": list(self.compared)} if self.compared else {}),
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Facts:
        """What `to_payload` wrote."""
        values = {name: payload[name] for name in _PLAIN if name in payload}
        for key, (name, make) in _MADE.items():
            if (found := payload.get(key)) is not None:
                values[name] = make(found)
        return cls(**values)


_PLAIN = (
    "item", "item_name", "catalogue", "approval", "answers", "defects", "on_the_spot", "channel", "delivery", "reason",
    "clause", "clerk", "situation", "case", "details", "told", "confirmed",
)  # fmt: skip


def _clocks(payload: Mapping[str, Any]) -> dict[str, Clock]:
    return {name: Clock.from_payload(clock) for name, clock in payload.items()}


def _one_of(kind: type[Enum]) -> Callable[[Any], Any]:
    """What makes a member from its value. A table, because a rebuild reads every act of the book."""
    return {member.value: member for member in kind}.__getitem__


_MADE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "day": ("day", date.fromisoformat), "received": ("received", tuple), "compared": ("compared", tuple), "clocks": ("clocks", _clocks),
    "purpose": ("purpose", _one_of(Purpose)), "eligible": ("eligible", _one_of(Eligibility)),
    "duty": ("duty", _one_of(Duty)), "clarity": ("clarity", _one_of(Clarity)), "hold": ("hold", _one_of(Hold)),
    "row": ("rule", _one_of(Rule)), "recommended": ("recommended", _one_of(SlipKind)),
    "handling": ("handling", _one_of(Handling)),
}  # fmt: skip
"""What makes a field that is more than plain JSON from the value under its key."""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None
