"""收存档联：一天的第一联扫一遍，还有几份没有归卷，归了的排成卷内文件目录."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.copies import CopiesFiled, Filed, Signature, filed_copies
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.closing import closings
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.safekeeping.heads import slips_between

DAYS_BACK = 30
"""Over so many closings a copy that did not come back is still asked for."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The first copies of a closed day: in their order those that lie in its volume, and those that are missing, of days before too.
    What was sealed into a register is kept with that."""

    closed: Closed
    filed: Mapping[str, tuple[ArchiveRow, Filed]]
    missing: Mapping[str, ArchiveRow]


def copies_of(office: Office, closed: Closed) -> Copies:
    """How the first copies of a closed day stand.

    Raises:
        Refusal: `book-damaged`.
    """
    before = [one for one, _ in closings(office) if one.last <= closed.last][-DAYS_BACK:]
    first = before[0].first if before else closed.first
    slips = {row.number: row for row in slips_between(office.database, first, closed.last)}
    filings = (
        CopiesFiled.from_payload(entry.payload) for entry in office.book.entries(EntryKind.COPY_FILED, after=first)
    )
    everywhere = filed_copies(filings)
    mine = {
        number: (slips[number], filed)
        for number, filed in everywhere.items()
        if number in slips and filed.volume == closed.name
    }
    missing = {number: row for number, row in slips.items() if number not in everywhere and not row.bare}
    return Copies(closed, mine, missing)


def refuse_foreign(copies: Copies, number: str) -> None:
    """Asks whether a copy belongs to a day's stack.

    Raises:
        Refusal: `copy-elsewhere` (it lies in another volume, or was issued after the day was closed).
    """
    if number not in copies.missing and number not in copies.filed:
        raise Refusal(
            "copy-elsewhere", f"{number} 不在这一天待归的各份里。", "已经归在别的卷里，或者是结账以后出的；请单独放。"
        )


def file_copies(office: Office, closed: Closed, signatures: Mapping[str, Signature], clerk: str = "") -> Entry:
    """Records that first copies lie in the volume of a closed day, and how each is signed.

    Raises:
        Refusal: `nothing-scanned`, `clock-doubtful`; what `refuse_foreign` and `Office.permit` refuse.
    """
    who = office.permit(Permission.CLOSE, clerk)
    if not signatures:
        raise Refusal("nothing-scanned", "还没有扫存档联。", "请把当天的第一联一份一份扫一遍。")
    copies = copies_of(office, closed)
    for number in signatures:
        refuse_foreign(copies, number)
    filed = CopiesFiled(closed.name, signatures, who.staff_number)
    return office.book.append(EntryKind.COPY_FILED, filed.to_payload())
