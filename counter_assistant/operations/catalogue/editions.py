"""台账里的各版目录：哪一版在施行，往后才起的一版起之前照哪一版告知."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.revision.content_entry import TakenEdition

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition that the book holds, in the entry `seq`."""

    seq: int
    taken: TakenEdition


def editions(office: Office) -> list[KeptEdition]:
    """The editions that were taken, newest first: the first of them is the one in force."""
    found = office.book.entries(EntryKind.CONTENT_TAKEN)
    return sorted(
        (KeptEdition(entry.seq, TakenEdition.from_payload(entry.payload)) for entry in found),
        key=lambda kept: -kept.seq,
    )


def told_until_then(office: Office) -> str:
    """The version that is told today, while the edition that was taken last begins on a later day; else nothing."""
    taken, today = office.content.edition, office.today()
    if taken is None or taken.approval.since <= today:
        return ""
    begun = (kept.taken.version for kept in editions(office)[1:] if kept.taken.approval.since <= today)
    return next(begun, office.program.catalogue.version)
