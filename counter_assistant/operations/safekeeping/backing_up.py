"""做一份备份：拷贝、核对、换上名字，再放一份到第二个地方；过了期的删去.

A second process does it for the window, so that nobody at a counter waits (`backup_process`).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from counter_assistant import __version__, paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.domain.safekeeping.checkup import CHECK_FIRST
from counter_assistant.domain.safekeeping.full_copy import FullCopy, State
from counter_assistant.domain.safekeeping.keeping import RESTORE_TRIED, to_drop
from counter_assistant.domain.safekeeping.second_place import Reach
from counter_assistant.files import make_folder, reason_of
from counter_assistant.operations.safekeeping.second_place.carrying import carry_newest
from counter_assistant.storage.engines.sqlite.errors import unreadable
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.branch_copies import Copied, copy_branches
from counter_assistant.storage.safekeeping.backup_folder import (
    BOOK,
    Backup,
    backups_in,
    being_made,
    carry,
    clear_left,
    describe,
    drop,
    drop_beside,
    files_of,
    finish,
    put_beside,
)
from counter_assistant.storage.safekeeping.backup_settings import BackupSettings, load, own_place
from counter_assistant.storage.safekeeping.book_copy import check_copy, copy_book, line_of, lines_since
from counter_assistant.storage.sealing.book_key import BookKey


@dataclass(frozen=True)
class Task:
    """What is to be done for the book of a data folder, with the `key` that it is under where that is at hand: a full copy, or without
    `make` what is new put beside the last one. What was not verified yet is, in either case. `also` is one more place to put the copy
    in, this time only."""

    folder: Path
    now: datetime
    key: BookKey | None = field(default=None, repr=False)
    make: bool = True
    also: Path | None = None


@dataclass(frozen=True)
class Done:
    """What came of it: the copy that was `made`, where else it lies, how many older ones were verified now, how many entries stand beside
    the last one, and in sentences what did not succeed; at a centre, how many strands of branches' books were copied. `only_here`: it did not
    reach the second place that the office named."""

    made: Backup | None
    elsewhere: tuple[Path, ...]
    verified: int
    warnings: tuple[str, ...]
    new_lines: int = 0
    branches: int = 0
    only_here: bool = False


def back_up(task: Task) -> Done:
    """Does a task.

    Raises:
        Refusal: what `making` and `lines_since` refuse; there is no new copy then. What goes wrong after it was made is a warning.
    """
    settings, own = load(task.folder), own_place(task.folder)
    places = [own, *([Path(settings.place)] if settings.place else [])]
    for place in places:
        clear_left(place)
    verified, warnings = verify_waiting(task, places)
    made = run_through(making(task)) if task.make else None
    new = 0 if made else _put_new_beside(task, own, warnings)
    carried = carry_newest(task.folder, made)
    if carried.warning and (made or carried.reach is Reach.BEHIND):
        warnings.append(carried.warning)
    elsewhere = [carried.folder] if (made or carried.late) and carried.folder else []
    elsewhere += _carry_also(task, made, warnings) if made else []
    copied = made or carried.late
    branches = _branches(task, copied, elsewhere) if copied else Copied(0, ())
    warnings += branches.warnings
    newest = made or next((each for each in reversed(backups_in(own)) if each.copy.state is State.VERIFIED), None)
    warnings += _clear(task, settings, places, newest)
    only_here = bool(made and carried.warning)
    return Done(made, tuple(elsewhere), verified, tuple(warnings), new, branches.strands, only_here)


def _carry_also(task: Task, made: Backup, warnings: list[str]) -> list[Path]:
    """Puts the copy into the one more place, if there is one, and says where it lies there."""
    try:
        return [carry(made, task.also).folder] if task.also else []
    except Refusal as refusal:
        warnings.append(str(refusal))
        return []


def _clear(task: Task, settings: BackupSettings, places: list[Path], newest: Backup | None) -> list[str]:
    """Drops what is not kept any more, and says what could not be dropped."""
    cut, warnings = settings.cut(task.now.date()), list[str]()
    for place in places:
        warnings += _tidy(place, settings.cap, cut, newest, task) if newest else []
    if cut:
        try:
            drop_beside(task.folder, cut)
        except OSError as error:
            warnings.append(f"{task.folder} 里以前的台账文件没有删掉：{reason_of(error)}。")
    return warnings


def _branches(task: Task, made: Backup, elsewhere: list[Path]) -> Copied:
    """Copies what a centre has of its branches to where the copy of its own book lies. Without the key nobody can have taken anything since."""
    books = BranchBooks(task.folder, task.key, lambda: task.now)
    places = [folder.parent for folder in (made.folder, *elsewhere)]
    try:
        if not books.names() or made.copy.state is State.UNCHECKED:
            return Copied(0, ())
        return copy_branches(books, [BranchBooks(place, task.key, lambda: task.now) for place in places])
    except Refusal as refusal:
        return Copied(0, (f"网点的台账没有备份：{refusal}",))


def _put_new_beside(task: Task, own: Path, warnings: list[str]) -> int:
    """Puts what is new since the last verified copy beside it. Returns how many entries these are."""
    newest = max(
        (backup for backup in backups_in(own) if backup.copy.state is State.VERIFIED),
        key=lambda backup: backup.copy.made,
        default=None,
    )
    if newest is None or newest.copy.holds is None or newest.copy.key != (task.key.name.hex() if task.key else ""):
        return 0
    lines, count = lines_since(task.folder / paths.BOOK_NAME, task.key, newest.copy.holds, newest.copy.made)
    if lines:
        try:
            put_beside(newest, lines)
        except Refusal as refusal:
            warnings.append(str(refusal))
    return count


def making(task: Task) -> Generator[str, None, Backup]:
    """Makes a full copy in the data folder's own place and says what is done after each step; the copy is there with the last.

    Raises:
        Refusal: `no-book`, `disk-error`, `backup-not-sound` (what was copied is not a whole book), `backup-not-same` (the disk gives back something
            else); what `being_made` and `copy_book` refuse.
    """
    book, place = task.folder / paths.BOOK_NAME, own_place(task.folder)
    try:
        size = book.stat().st_size if book.is_file() else None
    except OSError as error:
        raise unreadable(book, error) from error
    if size is None:
        raise Refusal("no-book", f"{task.folder} 里没有台账。", "请核对数据文件夹。")
    with suppress(OSError):
        make_folder(place, 0o700)
    with being_made(place, size) as unborn:
        yield "begun"
        under = copy_book(book, unborn)
        yield "copied"
        copy = FullCopy(task.now, under, __version__, files_of(unborn))
        yield "described"
        copy = _checked(copy, unborn, task.key)
        if copy.state is State.VERIFIED and files_of(unborn) != copy.files:
            raise Refusal("backup-not-same", "备份刚写下就变了，没有留。", "请检查磁盘。")
        yield "verified"
        backup = finish(unborn, copy)
    yield "named"
    return backup


def verify_waiting(task: Task, places: list[Path]) -> tuple[int, list[str]]:
    """Verifies the copies that were made without the key, now that it is at hand: how many were found whole, and in sentences which
    were not. The same copy in another place is taken to be as this one, if its bytes are."""
    sound, warnings = 0, list[str]()
    for backup in backups_in(places[0]):
        if not task.key or backup.copy.state is not State.UNCHECKED or backup.copy.key != task.key.name.hex():
            continue
        try:
            found = _as_described(backup, task.key)
            describe(Backup(backup.folder, found))
            for place in places[1:]:
                for same in backups_in(place):
                    if same.copy == backup.copy and files_of(same.folder) == found.files:
                        describe(Backup(same.folder, found))
        except OSError as error:
            warnings.append(f"{backup.folder.name} 的备份没有核对：{reason_of(error)}。")
            continue
        sound += found.state is State.VERIFIED
        if found.state is State.UNSOUND:
            warnings.append(f"{backup.folder.name} 的备份核对没有通过，不能用。")
    return sound, warnings


def _as_described(backup: Backup, key: BookKey) -> FullCopy:
    if files_of(backup.folder) != backup.copy.files:
        return replace(backup.copy, state=State.UNSOUND)
    try:
        return _checked(backup.copy, backup.folder, key)
    except Refusal:
        return replace(backup.copy, state=State.UNSOUND)


def _checked(copy: FullCopy, folder: Path, key: BookKey | None) -> FullCopy:
    """The same copy as verified; as it is where the key to it is not at hand."""
    if copy.key != (key.name.hex() if key else ""):
        return copy
    found = check_copy(folder / BOOK, key)
    (folder / f"{BOOK}-journal").unlink(missing_ok=True)
    if found.problems or found.holds is None:
        raise Refusal(
            "backup-not-sound",
            f"备份核对没有通过，没有留：{found.problems[0]}",
            f"以前的备份都还在。{CHECK_FIRST}。",
        )
    return replace(copy, state=State.VERIFIED, holds=found.holds)


def _tidy(place: Path, cap: int, cut: datetime | None, newest: Backup, task: Task) -> list[str]:
    """Drops what is not kept any more, as far as the newest copy tells that nothing is lost with it: without its key nothing goes, until
    somebody opens the book. A copy whose last entry the newest one has not is of another line of the book, such as that of another PC."""
    backups = backups_in(place)
    seqs = [backup.copy.holds.seq for backup in backups if backup.copy.holds]
    line = line_of(newest.folder / BOOK, task.key, seqs, task.now - RESTORE_TRIED)
    if line is None:
        return []

    def holds(copy: FullCopy) -> bool:
        has = copy.holds
        if copy.state is State.UNSOUND:
            return False
        if has is None:
            return True
        return line.hashes.get(has.seq) != has.hash or f"{has.seq}:{has.hash}" in line.restored_from

    going = {id(copy) for copy in to_drop([backup.copy for backup in backups], cap, cut, holds)}
    try:
        for backup in backups:
            if id(backup.copy) in going:
                drop(backup)
    except OSError as error:
        return [f"{place} 里过期的备份没有删掉：{reason_of(error)}。"]
    return []
