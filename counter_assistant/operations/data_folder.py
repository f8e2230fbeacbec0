"""网点的数据文件夹：在哪里，台账密封了没有，钥匙文件里有谁."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import make_folder, reason_of
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping import backup_settings
from counter_assistant.storage.safekeeping.backup_folder import backups_in
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.ring_file import read_ring


def office_folder(data_dir: Path | None = None, *, training: bool = False) -> Path:
    """Where an office has its book: this PC's data folder, unless another is given.

    Raises:
        Refusal: what `data_dir` refuses.
    """
    return data_dir / paths.TRAINING if data_dir and training else data_dir or paths.data_dir(training)


def ready_folder(data_dir: Path | None = None, *, training: bool = False) -> Path:
    """The folder of an office, made where it is missing.

    Raises:
        Refusal: `no-data-folder` (it cannot be created), `book-missing` (there was a book in it), `others-book` (an administrator
            who acts for somebody with a book would begin another); what `data_dir` refuses.
    """
    folder = office_folder(data_dir, training=training)
    if data_dir is None and not training and not folder.exists() and (theirs := _folder_of_caller(folder)):
        raise Refusal(
            "others-book",
            f"这是以管理员的身份运行的，会另起一本台账，号从 1 起；办件用的台账在 {theirs}。",
            "请用办件的用户运行，不要加管理员权限。",
        )
    try:
        make_folder(folder)
    except (OSError, ValueError) as error:
        raise Refusal(
            "no-data-folder", f"无法使用数据文件夹 {folder}：{reason_of(error)}。", "请换一个可以写入的文件夹。"
        ) from error
    if not os.path.lexists(folder / paths.BOOK_NAME) and _had_a_book(folder):
        raise Refusal(
            "book-missing",
            f"台账文件不见了：{folder} 里还有它的备份，或者记着它的流水放在哪里。",
            f"请找回 {paths.BOOK_NAME} 放回原处，或者恢复台账；另起一本会把用过的号再出一遍。",
        )
    return folder


def _folder_of_caller(folder: Path) -> Path | None:
    """The data folder of the user who became the administrator through sudo or pkexec to run this, if there is one."""
    caller = os.environ.get("SUDO_UID") or os.environ.get("PKEXEC_UID") or ""
    if os.name == "nt" or os.geteuid() or not caller.isdecimal() or not folder.is_relative_to(Path.home()):
        return None
    import pwd  # there is none on Windows

    with suppress(KeyError, OSError):
        theirs = Path(pwd.getpwuid(int(caller)).pw_dir) / folder.relative_to(Path.home())
        return theirs if theirs != folder and theirs.is_dir() else None
    return None


def _had_a_book(folder: Path) -> bool:
    """Whether what stands in a folder without a book says that there was one: copies, or where they and the journal are put."""
    places = (backup_settings.own_place(folder), Path(backup_settings.load(folder).place or folder / "none"))
    return bool(read_place(folder)) or any(backups_in(place) for place in places)


def keys_of(folder: Path) -> KeyRing:
    """The keys of the sealed book in a folder.

    Raises:
        Refusal: what `read_ring` refuses.
    """
    return read_ring(folder, Database.name_of(folder / paths.BOOK_NAME))


def is_sealed(folder: Path) -> bool:
    """Whether the book of a folder opens with a key only."""
    return Database.needs_key(folder / paths.BOOK_NAME)
