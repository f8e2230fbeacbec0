"""恢复，并且给恢复的人打开：口令或者恢复单，恢复前后都用它，不另问."""

from __future__ import annotations

from counter_assistant.domain.people import recovery
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.safekeeping.recovering.keeping_present import keep_present
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.operations.sealing import Opened, by_passphrase, by_sheet
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing


def restore_and_open(
    task: Restoring, before: Opened | None, secret: str, *, by_the_sheet: bool
) -> tuple[Done, Opened | None]:
    """Restores, from the book that is there itself where that is the source, and opens the keys of what is there then for whoever did it.
    `before` is how the book was opened that was there; `secret` a passphrase, or the words of the recovery sheet.

    Raises:
        Refusal: what `keep_present`, `restore`, `by_passphrase` and `by_sheet` refuse.
    """

    def opening(ring: KeyRing) -> BookKey:
        if before and before.key.name.hex() == ring.book:
            return before.key
        if by_the_sheet:
            return ring.by_sheet(recovery.from_words(secret)).key
        return ring.by_passphrase(task.by, secret).key

    keeps = task.source == task.folder / BOOK_NAME
    done = keep_present(task, opening) if keeps else restore(task, opening)
    if not is_sealed(task.folder) or before:
        return done, before
    return done, (by_sheet if by_the_sheet else by_passphrase)(task.folder, task.by, secret)
