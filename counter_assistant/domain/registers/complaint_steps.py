"""投诉的步骤：受理、转办、核实、处理、反馈、立卷归档，各写些什么（守则 一(九)3、4）."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from counter_assistant.domain.registers.complaint import Complaint, texts_in


class ComplaintStep(StrEnum):
    """What a keeper does about a complaint."""

    ACCEPT = "accept"
    TRANSFER = "transfer"
    VERIFY = "verify"
    DECIDE = "decide"
    FEED_BACK = "feed_back"
    FILE = "file"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return _STEPS[self][0]

    @property
    def asks(self) -> Mapping[str, str]:
        """The fields that it cannot do without, with what each is called."""
        return _STEPS[self][1]

    @property
    def may_say(self) -> frozenset[str]:
        """The fields that it may have besides its text."""
        return _STEPS[self][2]


_STEPS: dict[ComplaintStep, tuple[str, dict[str, str], frozenset[str]]] = {
    ComplaintStep.ACCEPT: ("受理", {}, frozenset({"way"})),
    ComplaintStep.TRANSFER: ("转办", {"to": "转给谁", "text": "转办的理由"}, frozenset({"to"})),
    ComplaintStep.VERIFY: ("核实", {"text": "核实情况"}, frozenset()),
    ComplaintStep.DECIDE: ("处理", {"text": "处理意见"}, frozenset({"handling"})),
    ComplaintStep.FEED_BACK: ("反馈", {"way": "反馈方式"}, frozenset({"way", "satisfaction"})),
    ComplaintStep.FILE: ("立卷归档", {"volume": "立卷号"}, frozenset({"volume"})),
}
FURTHER = ("to", "way", "handling", "satisfaction", "volume")
"""What some steps have besides a text."""
ORDER = (
    ComplaintStep.ACCEPT, ComplaintStep.VERIFY, ComplaintStep.DECIDE, ComplaintStep.FEED_BACK, ComplaintStep.FILE,
)  # fmt: skip


class TellingWay(StrEnum):
    """How the complainant was told, that it is accepted or what came of it; `NONE` where nobody can be reached."""

    WINDOW = "window"
    PHONE = "phone"
    ONLINE = "online"
    LETTER = "letter"
    NONE = "none"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return {"window": "当面", "phone": "电话", "online": "网上", "letter": "信函", "none": "无法联系"}[self.value]


class ComplaintHandling(StrEnum):
    """处理方式."""

    INVESTIGATED = "investigated"
    MEDIATED = "mediated"
    PASSED_ON = "passed_on"
    NOTED = "noted"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return {"investigated": "查处", "mediated": "当场调解", "passed_on": "转有关单位", "noted": "只记意见"}[
            self.value
        ]


class Satisfaction(StrEnum):
    """回访满意度；`UNKNOWN`: nobody said."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return {"satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意", "unknown": "未表态"}[self.value]


@dataclass(frozen=True, slots=True, repr=False)
class StepTold:
    """A step as a keeper says it: `of` is the number of the complaint, `to` the staff number of who gets a transferred one."""

    of: str
    step: ComplaintStep
    text: str = ""
    to: str = ""
    way: TellingWay | None = None
    handling: ComplaintHandling | None = None
    satisfaction: Satisfaction | None = None
    volume: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ComplaintStepTaken:
    """投诉的一步 (`complaint`): what a keeper said, with the staff number of who it was, and when.

    `due` is the last day of the promised limit, on the acceptance; None where the centre promises none, and `provisional` where it
    depends on holidays not published yet.
    """

    told: StepTold
    author: str
    at: datetime
    due: date | None = None
    provisional: bool = False

    @property
    def of(self) -> str:
        """The number of the complaint."""
        return self.told.of

    @property
    def step(self) -> ComplaintStep:
        """Which step."""
        return self.told.step

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values, to be sealed."""
        values = {name: getattr(self.told, name) or "" for name in StepTold.__slots__}
        when = {"at": self.at.isoformat(), "due": self.due.isoformat() if self.due else ""}
        return {"step": values | when | {"author": self.author, "provisional": "yes" if self.provisional else ""}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ComplaintStepTaken:
        """What `to_payload` wrote; KeyError or ValueError for anything else."""
        said = texts_in(payload["step"], (*StepTold.__slots__, "author", "at", "due", "provisional"))
        told = StepTold(
            said["of"],
            ComplaintStep(said["step"]),
            said["text"],
            said["to"],
            TellingWay(said["way"]) if said["way"] else None,
            ComplaintHandling(said["handling"]) if said["handling"] else None,
            Satisfaction(said["satisfaction"]) if said["satisfaction"] else None,
            said["volume"],
        )
        due = date.fromisoformat(said["due"]) if said["due"] else None
        return cls(told, said["author"], datetime.fromisoformat(said["at"]), due, bool(said["provisional"]))


@dataclass(frozen=True, slots=True, repr=False)
class Supplement:
    """投诉的补充 (`complaint`): what somebody who knows the number adds to it, a keeper or not."""

    of: str
    text: str
    author: str
    at: datetime

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values, to be sealed."""
        return {"supplement": {"of": self.of, "text": self.text, "author": self.author, "at": self.at.isoformat()}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Supplement:
        """What `to_payload` wrote; KeyError or ValueError for anything else."""
        said = texts_in(payload["supplement"], cls.__slots__)
        return cls(**{**said, "at": datetime.fromisoformat(said["at"])})


Said = Complaint | ComplaintStepTaken | Supplement


def said_in(payload: Mapping[str, Any]) -> Said:
    """What an entry of the register says, once it is opened; KeyError or ValueError where it says nothing known."""
    for name, read in (("complaint", Complaint), ("step", ComplaintStepTaken), ("supplement", Supplement)):
        if payload.keys() == {name} and isinstance(payload[name], Mapping):
            return read.from_payload(payload)
    raise ValueError("it says nothing known")
