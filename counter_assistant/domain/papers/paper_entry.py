"""文书在台账里的样子：编在哪个系列的第几号、检索卡、作废、补打、系列的起点。

A slip's entry carries a search card beside its content, so that the archive and its search terms are rebuilt from the
book alone, without knowing how any kind of slip is composed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.entry import Flat
from counter_assistant.domain.people.identity import TAIL

SEALED_AWAY = "内容已另行封存"
"""What stands in the place of the item of a slip whose matter was sealed into a register afterwards."""
DESTROYED = "保存期满已销毁"
"""The same of a slip whose matter was erased once its retention had ended."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the archive finds a slip by. `day` is the day of acceptance (受理日), YYYY-MM-DD.

    Tails are the last four characters, because whole numbers must never reach the terms. `other_names` are 曾用名, 又名
    and the agent's name; `clerk` is the clerk as shown; `qr` the digits of the QR code.

    Raises:
        ValueError: a tail is longer.
    """

    number: str
    kind: str
    applicant: str
    item: str
    item_name: str
    day: str
    clerk: str
    phone_tail: str = ""
    id_tail: str = ""
    channel: str = "window"
    qr: str = ""
    other_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.phone_tail) > TAIL or len(self.id_tail) > TAIL:
            raise ValueError("a card holds tails, not whole numbers")

    def to_payload(self) -> dict[str, Any]:
        """The card as plain JSON values."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "other_names": list(self.other_names)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Card:
        """The card that `to_payload` wrote."""
        return cls(**{**payload, "other_names": tuple(payload["other_names"])})


@dataclass(frozen=True, slots=True)
class Registered:
    """What the book itself says of a slip: the series, the number within it, and the card by which it is found."""

    series: str
    sequence: int
    card: Card

    @property
    def number(self) -> str:
        """The number on the paper."""
        return self.card.number

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {"issue": {"series": self.series, "sequence": self.sequence}, "card": self.card.to_payload()}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Registered:
        """What `to_payload` wrote, among the rest of the slip's entry."""
        issue = payload["issue"]
        return cls(issue["series"], issue["sequence"], Card.from_payload(payload["card"]))


@dataclass(frozen=True, slots=True)
class SlipErased:
    """What is kept of a slip whose retention has ended: its series and number, without anything personal."""

    series: str
    sequence: int
    number: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the erasure's entry."""
        return {"issue": {"series": self.series, "sequence": self.sequence}, "card": {"number": self.number}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> SlipErased:
        """What `to_payload` wrote."""
        issue = payload["issue"]
        return cls(issue["series"], issue["sequence"], payload["card"]["number"])


@dataclass(frozen=True, slots=True)
class SlipVoided:
    """文书作废 (`slip_voided`). `copy_returned`: the applicant gave the second copy back. `corrected_by`: the number of the slip that
    says it right, where it was not only taken back (更正)."""

    number: str
    reason: str
    clerk: str
    copy_returned: bool
    corrected_by: str = ""

    @property
    def state(self) -> str:
        """What the clerk reads of the slip."""
        return "已更正" if self.corrected_by else "作废"

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        said = {"number": self.number, "reason": self.reason, "clerk": self.clerk, "copy_returned": self.copy_returned}
        return said | ({"corrected_by": self.corrected_by} if self.corrected_by else {})

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> SlipVoided:
        """What `to_payload` wrote."""
        told = (payload["number"], payload["reason"], payload["clerk"], payload["copy_returned"])
        return cls(*told, payload.get("corrected_by", ""))


@dataclass(frozen=True, slots=True)
class SlipReprinted(Flat):
    """文书补打 (`slip_reprinted`)."""

    number: str
    reason: str
    clerk: str


@dataclass(frozen=True, slots=True)
class SeriesStarted(Flat):
    """编号系列从 `first` 接着编 (`series_started`); `last` was the last number given before."""

    series: str
    first: int
    last: int
    clerk: str
    reason: str
