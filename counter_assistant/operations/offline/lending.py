"""离线出具用的台账随大厅的走：单位和人员、放假日历、目录和核定、用语；只是安装点是这台电脑自己的."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.entry import LENT_OF, Entry, EntryKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.safekeeping.stored_lines import book_name

LENT = (
    EntryKind.CALENDAR, EntryKind.ITEM_APPROVED, EntryKind.APPROVAL_WITHDRAWN, EntryKind.CONTENT_TAKEN, EntryKind.PHRASES, EntryKind.OWN_FORM,
)  # fmt: skip
"""What an office decided that its papers say; not its people, who stand in the profile, nor anything of a visitor."""


def lend(hall: Book, here: Book, code: str, name: str) -> None:
    """Records in the book in which a PC issues offline what the hall has decided since it was last asked; `code` and `name` are those of the
    PC's own installation. Done again, after whatever cut it off, it is done once.

    Raises:
        Refusal: what reading the one and writing the other refuses.
    """
    book = book_of(hall.database)
    named = {f"{LENT_OF}{book}:{entry.seq}": entry for entry in _decided(hall)}
    done = here.done(tuple(named))
    for uuid, entry in named.items():
        if uuid not in done:
            here.append(entry.kind, _without_cases(content_of(entry)).to_payload(), uuid=uuid)
    profile = lent_profile(hall, code, name)
    latest = here.latest(EntryKind.OFFICE_PROFILE)
    before = OfficeProfile.from_payload(latest.payload) if latest else None
    if profile and (before is None or replace(profile, current_clerk=before.current_clerk) != before):
        here.append(EntryKind.OFFICE_PROFILE, profile.to_payload())


def lent_profile(hall: Book, code: str, name: str) -> OfficeProfile | None:
    """The profile of a hall as a PC has it offline; None where the hall has confirmed none yet."""
    latest = hall.latest(EntryKind.OFFICE_PROFILE)
    profile = OfficeProfile.from_payload(latest.payload) if latest else None
    return replace(profile, installation_code=code, installation_name=name) if profile and profile.confirmed else None


def book_of(database: Engine) -> str:
    """The unique name of a book."""
    with database.query() as handle:
        return book_name(handle)


def _decided(hall: Book) -> Iterator[Entry]:
    found = [entry for kind in LENT for entry in hall.entries(kind) if not entry.erased]
    yield from sorted(found, key=lambda entry: entry.seq)


def _without_cases(content: Any) -> Any:
    """A calendar moved the days of the hall's cases, which are not here."""
    return replace(content, moved=()) if isinstance(content, CalendarTaken) else content
