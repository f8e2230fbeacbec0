"""演练恢复：由最近的备份、续写的记录和流水在旁边做出一本，打开、核对、与现在的台账比过，就扔掉；台账和备份都不动."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from counter_assistant import paths
from counter_assistant.domain.closing.outside_head import Compared, OutsideHead, Result, compare
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.keeping import last_verified
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal, is_due, kept
from counter_assistant.files import unfinished
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.book_held_against import lost_at
from counter_assistant.operations.safekeeping.replaying import Replayed, replay
from counter_assistant.operations.safekeeping.restore_sources import Keys, Lines, lines_for, places_of_keys, rebuild
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping.backup_folder import BOOK, Backup, backups_in, being_made, files_of
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.safekeeping.rehearsal_file import read_rehearsal, write_rehearsal
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing

NO_COPY = "还没有备份。"
NO_KEY = "没有打开它的钥匙，只看了备份的文件，与写下时一样。"
NO_JOURNAL = "流水不在，没有算上。"
_NO_KEY = frozenset(("rehearsal-no-key", "book-sealed"))
_NOT_TRIED = frozenset(("backup-no-room", LOCKED))


def rehearsal_is_due(office: Office, now: datetime) -> bool:
    """Whether a restore is to be rehearsed now; never while training, nor of a book on a server, nor before somebody has said that a restored book is right, nor
    from a copy of before a restore that let entries go.

    Raises:
        Refusal: what reading the book refuses.
    """
    if office.training or office.database.shared or office.database.barred or office.journal.pauses:
        return False
    folder = office.folder
    newest = last_verified(backup.copy for backup in backups_in(own_place(folder)))
    lost = lost_at(office)
    usable = newest if newest and (lost is None or newest.made > lost) else None
    return is_due(now, read_rehearsal(folder), usable.made if usable else None)


def rehearse(task: Task) -> Rehearsal:
    """Rehearses a restore of the book of a data folder, and keeps what came of it beside the book. Nothing is raised: whatever goes
    wrong is what it was done to find out."""
    result = _tried(task)
    with suppress(OSError):
        write_rehearsal(task.folder, kept(read_rehearsal(task.folder), result))
    return result


def _tried(task: Task) -> Rehearsal:
    own = backups_in(own_place(task.folder))
    newest = last_verified(backup.copy for backup in own)
    backup = next((each for each in own if each.copy == newest), own[-1] if own else None)
    if backup is None:
        return Rehearsal(task.now, Outcome.NOT_TRIED, said=NO_COPY)
    made, outcome = backup.copy.made, Outcome.FAILED
    try:
        return _rehearsed(task, backup)
    except Refusal as refusal:
        if refusal.code in _NO_KEY:
            return Rehearsal(task.now, Outcome.NOT_TRIED, made, said=NO_KEY)
        outcome = Outcome.NOT_TRIED if refusal.code in _NOT_TRIED else outcome
        said = refusal.sentence
    except Exception as error:  # a restore in earnest would have ended here too
        said = f"意外错误 {type(error).__name__}。"
    return Rehearsal(task.now, outcome, made, said=said)


def _rehearsed(task: Task, backup: Backup) -> Rehearsal:
    if files_of(backup.folder) != backup.copy.files:
        raise Refusal("backup-not-same", "备份的文件与写下时不一样。", "请另做一份备份。")
    with closing(Database.open(task.folder / paths.BOOK_NAME, lambda: task.now, key=task.key)) as present:
        with present.query() as handle:
            name = book_name(handle)
        lines, left_out = _lines(task.folder, backup.folder / BOOK, name)
        entries, head = _built(task, backup, lines)
        end = Book(present).head()[0]
        compared: Compared = compare([OutsideHead(entries, head)], partial(hash_at, present), end)[0]
    held = compared.result is Result.SAME
    outcome, said = (Outcome.HELD, left_out) if held else (Outcome.FAILED, compared.sentence)
    return Rehearsal(task.now, outcome, backup.copy.made, entries, end, said)


def _lines(folder: Path, copy: Path, book: str) -> tuple[list[Lines], str]:
    """What goes on from the copy of a book, and what is left out of it, in words: somebody may have the stick at home."""
    place = read_place(folder)
    journal = place.file_of(book) if place else None
    there = journal is not None and journal.is_file()
    lines = list(lines_for(copy, folder, journal, with_journal=there))
    return lines, NO_JOURNAL if journal and not there else ""


def _built(task: Task, backup: Backup, lines: list[Lines]) -> tuple[int, str]:
    """Number and hash of the last entry of the book that comes of it, which is gone when this returns."""
    copy = backup.folder / BOOK
    keys = Keys(partial(_at_hand, task.key), places_of_keys(task.folder, copy, lines))
    room = 2 * (backup.copy.size + sum(each.path.stat().st_size for each in lines))
    with being_made(own_place(task.folder), room) as aside:
        built = rebuild(copy, lines, keys, task.key, partial(_step, task, aside))
        with closing(Database.open(built.last.file, lambda: task.now, key=built.key)) as made:
            return Book(made).head()


def _at_hand(key: BookKey | None, ring: KeyRing) -> BookKey:
    if key and ring.book == key.name.hex():
        return key
    raise Refusal("rehearsal-no-key", "没有打开这份备份的钥匙。", "请做一份新的备份。")


def _step(
    task: Task, aside: Path, copy: Path | None, lines: Path | None, old: BookKey | None, key: BookKey | None
) -> Replayed:
    """Makes the next file in a folder, and lets go of the one before it: two at most take room."""
    made = unfinished(aside / BOOK, "new")
    done = replay(copy, lines, made, lambda: task.now, copy_key=old, key=key)
    if copy and copy.parent == aside:
        copy.unlink()
    return done
