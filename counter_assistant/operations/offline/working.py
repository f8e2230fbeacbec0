"""这台电脑能不能离线出具，谁可以：从前在大厅上班时备好了的就能；人照大厅的名单，选了就是谁."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.operations.book_opening import require_offline, system_clock
from counter_assistant.operations.office import Office
from counter_assistant.paths import BOOK_NAME, OFFLINE
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database


def is_ready(folder: Path) -> bool:
    """Whether the PC of a data folder may issue while its hall's server is away: the server has let it have an installation code of its own."""
    return (folder / OFFLINE / BOOK_NAME).is_file()


def clerks_offline(folder: Path) -> tuple[Clerk, ...]:
    """Who works in the hall, as this PC was told last.

    Raises:
        Refusal: `offline-not-ready`; what opening the book refuses.
    """
    require_offline(folder / OFFLINE)
    with closing(Database.open(folder / OFFLINE / BOOK_NAME, system_clock)) as database:
        latest = Book(database).latest(EntryKind.OFFICE_PROFILE)
    return OfficeProfile.from_payload(latest.payload).clerks if latest else ()


def come_in(office: Office, who: str) -> None:
    """Who was at the window in the hall, or chose themselves on the first page, is at it offline; nobody where they are no clerk here.

    Raises:
        Refusal: what `Office.make_current` refuses.
    """
    if office.database.offline and who in office.profile.clerk_names:
        office.make_current(who)
