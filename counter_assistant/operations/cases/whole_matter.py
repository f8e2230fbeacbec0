"""一件事在台账里的全部：它的每一条记录，和别的记录里说到它的话。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, act_in
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipReprinted, SlipVoided
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.number_entry import NumberConfirmed, NumberRevealed
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled
from counter_assistant.operations.office import Office
from counter_assistant.storage.erasing.book_erasure import SAYING_WHY
from counter_assistant.storage.journal.entry_readers import content_of

SETTLING = (EntryKind.REGISTER_ANSWERED, EntryKind.RESULT_FILED, EntryKind.REGISTER_WITHDRAWN)


class Said(NamedTuple):
    """An entry of a matter and what it says."""

    entry: Entry
    content: Any


@dataclass(frozen=True, slots=True, repr=False)
class WholeMatter:
    """Everything that the book says openly of one matter: its entries in the order of the book, and the case that they fold into; None for a
    call, and for what is older than cases."""

    id: str
    said: tuple[Said, ...]
    case: Case | None

    @property
    def acts(self) -> list[ActRecorded]:
        """What was done at the window, the oldest first."""
        return [act for one in self.said if (act := act_in(one.content))]

    @property
    def papers(self) -> list[str]:
        """The numbers of its papers."""
        return [one.content.registered.number for one in self.said if isinstance(one.content, SlipIssued)]

    @property
    def names(self) -> Iterator[tuple[type, object]]:
        """By what other entries speak of it: the number of a paper, of an entry, an act, or a person's whole number that was held against its
        document, minutes before."""
        for one in self.said:
            yield Answered, one.entry.seq
            yield Review, one.entry.uuid
        for number in self.papers:
            yield SlipVoided, number
        for act in self.acts:
            for who in (act.applicant, act.applicant.agent):
                if who.id_number:
                    yield NumberConfirmed, who.id_number


def said_about(office: Office, matters: Iterable[WholeMatter]) -> dict[str, list[Said]]:
    """What other entries say about these matters, by the id of each: why a paper was voided, reprinted or looked at, what came of a line of a
    register, what a reviewer said, or that a number was held against its document."""
    matters = list(matters)
    found: dict[str, list[Said]] = {matter.id: [] for matter in matters}
    named: dict[tuple[type, object], list[str]] = {}
    for matter in matters:
        for name in dict.fromkeys(matter.names):
            named.setdefault(name, []).append(matter.id)
    for kind in (*SAYING_WHY, *SETTLING, EntryKind.REVIEW, EntryKind.NUMBER_CONFIRMED):
        for entry in office.book.entries(kind):
            content = None if entry.erased else content_of(entry)
            for matter_id in named.get(_speaks_of(content), ()):
                found[matter_id].append(Said(entry, content))
    return found


def _speaks_of(content: Any) -> tuple[type, object]:
    match content:
        case NumberConfirmed():
            return NumberConfirmed, content.whole or None
        case Answered() | ResultFiled() | RegisterWithdrawn():
            return Answered, content.of
        case Review():
            return Review, content.act
        case SlipVoided() | SlipReprinted() | NumberRevealed():
            return SlipVoided, content.number if content.reason else None
        case _:
            return type(None), None
