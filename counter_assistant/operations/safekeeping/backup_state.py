"""备份现在怎样：最近一份核对过的是什么时候的、放在哪里；第二个地方由本单位指定."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_assistant import __version__
from counter_assistant.domain.entry import BookOpened, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.free_space import Room, least_free
from counter_assistant.domain.safekeeping.full_copy import FullCopy
from counter_assistant.domain.safekeeping.keeping import last_verified
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.domain.safekeeping.schedule import are_lines_due, is_due, is_overdue
from counter_assistant.domain.safekeeping.second_place import lacking
from counter_assistant.files import make_folder, real_path, reason_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.recovering.comparing import LIMIT, Watch
from counter_assistant.operations.safekeeping.restored import CONFIRM
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.safekeeping.backup_folder import (
    BOOK,
    OF_A_BOOK,
    Backup,
    backups_in,
    newest_of,
    size_beside,
)
from counter_assistant.storage.safekeeping.backup_settings import BackupSettings, change, load, own_place
from counter_assistant.storage.safekeeping.rehearsal_file import read_rehearsal
from counter_assistant.volumes import is_plugged_in

SAME_DISK = "都在这一块盘上：请另选一块盘、U 盘或者共享文件夹。"
NOT_CARRIED = "没有放到 {}：接上以后自己补上。"


@dataclass(frozen=True)
class BackupState:
    """How the copies of a book are at a time: those beside it, what is noted of the second place, the last rehearsal of a restore, and
    the room on the disk (None where the system does not say)."""

    now: datetime
    own: tuple[Backup, ...]
    settings: BackupSettings
    rehearsal: Rehearsal | None = None
    room: Room | None = None

    @property
    def last_verified(self) -> datetime | None:
        """When the newest verified copy was made; one from the future is none, since a clock was wrong."""
        found = last_verified(backup.copy for backup in self.own if backup.copy.made <= self.now)
        return found.made if found else None

    @property
    def alarm(self) -> str:
        """What the status line says, the most pressing of all; nothing while all is well."""
        if self.room and self.room.is_short:
            return f"磁盘{self.room.in_words}"
        if self.rehearsal and self.rehearsal.outcome is Outcome.FAILED:
            return self.overdue or "演练恢复没有成功，请看体检"
        return self.overdue or (lacking(plugged_in=is_plugged_in(Path(self.settings.place))) if self.lacks else "")

    @property
    def lacks(self) -> bool:
        """Whether something of the newest copy, or of what is new since, has not reached the second place, as far as that is noted."""
        newest, noted = newest_of(self.own), (self.settings.carried, self.settings.beside)
        return bool(self.settings.place and newest and noted != (newest.folder.name, size_beside(newest.folder)))

    @property
    def overdue(self) -> str:
        """That there is no verified copy, or none of the last day; nothing while there is one."""
        last = self.last_verified
        if not is_overdue(self.now, last):
            return ""
        return f"最近的备份是 {self._in_short(last)} 的" if last else "还没有核对过的备份"

    def _in_short(self, time: datetime) -> str:
        return chinese_time(time).removeprefix(f"{self.now.year}年")

    def in_words(self, *, under_way: bool = False) -> str:
        """When the last verified copy was made, and where it lies; and what is to be done. While another one is `under_way` nothing is asked
        of anybody."""
        last, place = self.last_verified, self.settings.place
        if last is None:
            return "还没有核对过的备份。"
        names = {backup.folder.name for backup in self.own if backup.copy.made == last}
        carried = bool(place) and self.settings.carried in names
        said = f"最近核对过的：{self._in_short(last)}，在本机{f'和 {place}' if carried else ''}。"
        if under_way:
            return said
        if self.lacks:
            return said + NOT_CARRIED.format(place)
        return said if carried and self.settings.off_disk else said + SAME_DISK


def backup_state(folder: Path, now: datetime) -> BackupState:
    """How the copies of the book in a data folder are."""
    own = tuple(backups_in(own_place(folder)))
    return BackupState(now, own, load(folder), read_rehearsal(folder), _room(folder, own, now))


def _room(folder: Path, own: tuple[Backup, ...], now: datetime) -> Room | None:
    copies = [
        (each.copy.made, file.size) for each in own if (file := each.copy.files.get(BOOK)) and each.copy.made <= now
    ]
    with suppress(OSError):
        return Room(shutil.disk_usage(folder).free, least_free((folder / BOOK_NAME).stat().st_size, copies, now))
    return None


def upgraded_from(office: Office, now: datetime) -> str:
    """The version of the program that made the last copy, where another is installed since: what that finds is kept whoever is served. Empty where
    it is the same, or there is no copy."""
    newest = None if rests(office) else _newest(office, now)
    return newest.program if newest and newest.program != __version__ else ""


def _newest(office: Office, now: datetime) -> FullCopy | None:
    """The last copy on this PC. While a clock was ahead some may have been made in what is the future now."""
    own = [backup for backup in backups_in(own_place(office.folder)) if backup.copy.made <= now]
    return own[-1].copy if own else None


def full_copy_is_due(office: Office, now: datetime, *, leaving: bool = False) -> bool:
    """Whether a full copy is to be made now; never while training.

    Raises:
        Refusal: what `Book.head` refuses.
    """
    if rests(office):
        return False
    newest = _newest(office, now)
    if newest and newest.key != (office.database.key.name.hex() if office.database.key else ""):
        return True  # it was sealed, or got another key: what was copied before opens otherwise
    if upgraded_from(office, now):
        return True
    restored = office.book.latest(EntryKind.RESTORED)
    if newest and restored and restored.time >= newest.made:
        return True  # what was copied before may be of entries that the restored book does not have
    held = newest.holds if newest else None
    changed = held is None or (held.seq, held.hash) != office.book.head()
    return is_due(now, newest.made if newest else None, changed=changed, leaving=leaving)


def new_lines_are_due(office: Office, now: datetime, last: datetime, head: tuple[int, str]) -> bool:
    """Whether what is new is to be put beside the last verified copy: that was done `last`, as far as the `head`.

    Raises:
        Refusal: what `Book.head` refuses.
    """
    key, now_head = office.database.key, office.book.head()
    newest = last_verified(backup.copy for backup in backups_in(own_place(office.folder)))
    if rests(office) or newest is None or newest.holds is None or newest.key != (key.name.hex() if key else ""):
        return False
    return are_lines_due(now, last, changed=now_head not in {head, (newest.holds.seq, newest.holds.hash)})


def verification_is_due(office: Office) -> bool:
    """Whether copies wait that the key which is at hand now opens."""
    key = office.database.key
    own = backups_in(own_place(office.folder))
    return not rests(office) and any(
        key and backup.copy.state == "unchecked" and backup.copy.key == key.name.hex() for backup in own
    )


def rests(office: Office) -> bool:
    """Whether no copy is made by itself: while training, of a book on a server, which whoever runs that copies, of one that is only
    read, of one that the journal parts from, and of one that nobody has said is right."""
    database, journal = office.database, office.journal
    return office.training or database.shared or bool(database.barred) or journal.parted or journal.pauses


def name_place(office: Office, place: Path) -> Path:
    """Names the second place: a folder for this book is made there, into which every copy is put from now on. Returns it.

    Raises:
        Refusal: `training-no-backup`, `no-backup-place`, `backup-place-beside` (in the data folder itself); what `Office.permit` and
            `change` refuse.
    """
    office.permit(Permission.SAFEKEEPING)
    made = folder_in(office, place)
    change(office.folder, place=str(made), carried="", off_disk=False, beside=0)
    return made


def set_cap(office: Office, gigabytes: int) -> None:
    """Says how much room the copies of one place take at most; the last verified one stays whatever it takes.

    Raises:
        Refusal: `backup-cap` (less than 1); what `Office.permit` and `change` refuse.
    """
    office.permit(Permission.SAFEKEEPING)
    if gigabytes < 1:
        raise Refusal("backup-cap", "备份的空间至少是 1 GB。", "请写一个大一些的整数。")
    change(office.folder, cap=gigabytes << 30)


def folder_in(office: Office, place: Path) -> Path:
    """The folder for the copies of this book in a place, which may hold those of other books too; made where it is missing.

    Raises:
        Refusal: `training-no-backup`, `no-backup-place`, `backup-place-beside`.
    """
    refuse_training(office.training)
    opened = office.book.latest(EntryKind.BOOK_OPENED)
    assert opened is not None
    folder = place.absolute() / f"{OF_A_BOOK}{BookOpened.from_payload(opened.payload).book[:12]}"
    if real_path(folder).is_relative_to(real_path(office.folder)):
        raise Refusal("backup-place-beside", "这个地方就在数据文件夹里，那里已经有一份。", "请另选一块盘或者 U 盘。")
    try:
        if not place.is_dir():
            raise NotADirectoryError(2, "")
        make_folder(folder, 0o700)
    except (OSError, ValueError) as error:
        raise Refusal(
            "no-backup-place", f"备份不能放在 {place}：{reason_of(error)}。", "请检查这块盘，或者另选一个地方。"
        ) from error
    return folder


def refuse_training(training: bool) -> None:
    """Asks whether there is anything that has to be kept.

    Raises:
        Refusal: `training-no-backup`.
    """
    if training:
        raise Refusal("training-no-backup", "练习用的台账不备份。", "请退出练习模式再备份。")


def refuse_on_server(shared: bool) -> None:
    """Asks whether it is this PC that copies the book and makes it again of its copies.

    Raises:
        Refusal: `hall-copies`.
    """
    if shared:
        raise Refusal(
            "hall-copies", "台账在服务器上，备份和恢复不在这台电脑上办。", "请找服务器的管理员；本机的流水照常续写。"
        )


def refuse_unconfirmed(office: Office) -> None:
    """Asks whether somebody has said that a restored book is right: before that no copy takes the place of an older one; nor does one
    of a book that is only read.

    Raises:
        Refusal: `restored-unconfirmed`; what `refuse_on_server` and `Database.require_writable` refuse.
    """
    refuse_on_server(office.database.shared)
    office.database.require_writable()
    if office.journal.pauses:
        raise Refusal(
            "restored-unconfirmed",
            "恢复以后还没有确认，备份停着。",
            f"请先查一查恢复得对不对；{CONFIRM}。",
        )


def refuse_parted(office: Office) -> None:
    """Holds the book against what is kept outside before a copy of it is put there: a copy of an older book would be the newest one, and
    that of the PC that goes on with the book would make room for it. Waits for it as long as an act does.

    Raises:
        Refusal: `backup-parted`; what reading the book refuses.
    """
    watch = Watch(office.folder)
    watch.begin()
    if found := watch.look(office, LIMIT):
        raise Refusal(
            "backup-parted",
            f"没有备份，以前的备份也没有动：{found.refusal.sentence}",
            "请照恢复向导查清以后再备份。",
        )
