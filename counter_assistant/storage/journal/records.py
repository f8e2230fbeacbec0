"""写进台账和从台账读出的东西：出具的文书、档案行、核对结果."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.papers.paper_entry import DESTROYED, SEALED_AWAY, Card, Registered


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """A slip complete but for its entry, made once number and time are known.

    `slip` is what is printed, as plain JSON values, and `act` what was done for which it was issued.
    """

    card: Card
    slip: Mapping[str, Any]
    act: ActRecorded | None = None


Make = Callable[[int, datetime], IssuedRecord]


@dataclass(frozen=True, slots=True)
class IssuedEntry:
    """An issued slip's entry. `again` says that the same request had been issued before, and this is that slip."""

    entry: Entry
    registered: Registered
    again: bool = False

    @property
    def card(self) -> Card:
        """By what it is found."""
        return self.registered.card

    @property
    def number(self) -> str:
        """The number on the paper."""
        return self.registered.number

    @property
    def sequence(self) -> int:
        """Its place in its series."""
        return self.registered.sequence


class ArchiveRow(NamedTuple):
    """One slip as the archive lists it. `void_seq` is the entry that voided it. A tuple, since a search makes hundreds for each key."""

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

    @property
    def bare(self) -> bool:
        """Whether no more than number, kind and time are left, as its matter was sealed into a register or destroyed; any other has a
        day."""
        return not self.day and self.item_name in (SEALED_AWAY, DESTROYED)

    @property
    def sealed_away(self) -> bool:
        """Whether that is so because its matter was sealed into a register."""
        return self.bare and self.item_name == SEALED_AWAY

    @property
    def destroyed(self) -> bool:
        """Whether that is so because its retention had ended."""
        return self.bare and self.item_name == DESTROYED


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking the book found, in sentences a clerk can read out."""

    entries: int
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems
