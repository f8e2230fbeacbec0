"""写进台账和从台账读出的东西：检索卡、出具结果、核对结果.

A slip's entry carries a search card next to its content, so that the archive and its search terms are rebuilt from the
book alone, without knowing how any kind of slip is composed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from counter_assistant.domain.entry import Entry

TAIL = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What the archive finds a slip by. `day` is the day of acceptance (受理日), YYYY-MM-DD.

    Tails are the last four characters; more raises ValueError, because whole numbers must never reach the terms.
    `other_names` are 曾用名, 又名 and the agent's name; `clerk` is the clerk as shown; `qr` the digits of the QR code.
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
        return {**asdict(self), "other_names": list(self.other_names)}

    @staticmethod
    def from_payload(payload: dict[str, Any]) -> Card:
        """The card that `to_payload` wrote."""
        return Card(**{**payload, "other_names": tuple(payload["other_names"])})


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """A slip complete but for its entry, made once number and time are known.

    `payload` is `{applicant, slip, facts}`; the keys schema, request, issue and card are the book's own.
    """

    card: Card
    payload: dict[str, Any]


Make = Callable[[int, datetime], IssuedRecord]


@dataclass(frozen=True, slots=True)
class IssuedEntry:
    """An issued slip's entry. `again` says that the same request had been issued before, and this is that slip."""

    entry: Entry
    series: str
    sequence: int
    card: Card
    again: bool = False

    @property
    def number(self) -> str:
        """The number on the paper."""
        return self.card.number


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One slip as the archive lists it. `void_seq` is the entry that voided it."""

    seq: int
    number: str
    kind: str
    applicant: str
    other_names: tuple[str, ...]
    item: str
    item_name: str
    issued_at: datetime
    day: str
    clerk: str
    phone_tail: str
    id_tail: str
    channel: str
    qr: str
    check_code: str
    void_seq: int | None = None
    reprints: int = 0

    @property
    def void(self) -> bool:
        """Whether the slip has been voided. Its number stays visible."""
        return self.void_seq is not None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking the book found, in sentences a clerk can read out."""

    entries: int
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems
