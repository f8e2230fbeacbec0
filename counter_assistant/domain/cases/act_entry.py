"""经办行为在台账里的样子：出具的文书、口头告知和登记、办件的一步、一次通话、撤销。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.papers.paper_entry import Registered
from counter_assistant.domain.papers.slip import Slip
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.registers.calls import CallNoted


@dataclass(frozen=True, slots=True)
class ActRecorded:
    """口头告知、咨询登记、当场办结: what was done with a visitor's matter, and what a paper was issued for.

    The earliest entries hold the facts alone: `result` is then None, and the applicant is empty.
    """

    result: Result | None
    applicant: Applicant
    facts: Facts

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        result = {} if self.result is None else {"result": self.result.to_payload()}
        return {**result, "applicant": self.applicant.to_payload(), "facts": self.facts.to_payload()}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ActRecorded:
        """What `to_payload` wrote."""
        result = Result.from_payload(payload["result"]) if "result" in payload else None
        applicant = Applicant.from_payload(payload["applicant"]) if "applicant" in payload else Applicant()
        return cls(result, applicant, Facts.from_payload(payload["facts"]))


@dataclass(frozen=True, slots=True)
class SlipIssued:
    """出具文书 (`slip_issued`). `slip` is what is printed, as `Slip.to_payload` writes it, read when it is drawn."""

    registered: Registered
    slip: Mapping[str, Any]
    act: ActRecorded | None

    def drawn(self, check_code: str) -> Slip:
        """The slip, with the check code that its entry's hash gives."""
        return Slip.from_payload(self.slip, check_code)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        act = self.act.to_payload() if self.act else {}
        return {**self.registered.to_payload(), "slip": dict(self.slip), **act}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> SlipIssued:
        """What `to_payload` wrote."""
        act = ActRecorded.from_payload(payload) if payload.get("facts") else None
        return cls(Registered.from_payload(payload), payload["slip"], act)


def act_in(content: object) -> ActRecorded | None:
    """What was done with a visitor's matter, with or without a paper; None where an entry says nothing of the kind."""
    return content.act if isinstance(content, SlipIssued) else content if isinstance(content, ActRecorded) else None


@dataclass(frozen=True, slots=True)
class StepWithdrawn:
    """撤销一步 (`step_withdrawn`). `step` is the number of the step's own entry."""

    case: str
    step: int
    reason: str
    clerk: str
    quoted: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        quoted = {"quoted": self.quoted} if self.quoted else {}
        return {"case": self.case, "withdrawn": self.step, "reason": self.reason, "clerk": self.clerk, **quoted}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> StepWithdrawn:
        """What `to_payload` wrote."""
        return cls(
            payload["case"], payload["withdrawn"], payload["reason"], payload["clerk"], payload.get("quoted", "")
        )


def act_from_payload(payload: Mapping[str, Any]) -> ActRecorded | StepTaken | CallNoted | None:
    """What an entry of an act without a paper says: an act at the window, a step of a case, or a call.

    They share kinds of entry: an inquiry is made at the window or by telephone, 办件进展 is a step or what was settled
    on the spot. None where it is none of these.
    """
    if "step" in payload:
        return StepTaken.from_payload(payload)
    if payload.get("facts"):
        return ActRecorded.from_payload(payload)
    return CallNoted.from_payload(payload) if "note" in payload else None
