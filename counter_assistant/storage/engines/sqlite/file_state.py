"""打开之前先看清：这个文件是不是本程序的台账，能不能用。

Every state that cannot be used is refused with a sentence and a way out, and the file's bytes stay as they are: whatever
is wrong with it, it may be the only copy.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import closing
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import make_folder, plain_file
from counter_assistant.storage.engines.sqlite import driver, schema
from counter_assistant.storage.engines.sqlite.errors import damaged, error_class, unreadable
from counter_assistant.storage.engines.sqlite.places import require_fixed_disk
from counter_assistant.storage.sealing.book_key import BookKey, nearly
from counter_assistant.storage.sealing.key_refusals import OPEN_SEALED
from counter_assistant.storage.sealing.ring_file import has_keys

_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_FIRST_PAGE = re.compile(
    rb"\x00\x00\x00\x01(" + re.escape(driver.PLAIN) + rb".{56}|.{16}" + re.escape(driver.SEALED) + rb".{48})", re.DOTALL
)
_APPLICATION = slice(68, 72)


def require_usable(path: Path, key: BookKey | None = None) -> bool:
    """Whether there is a book at `path` to open, with the `key` that it is under; False where a new one may be made.

    Raises:
        Refusal: `book-place`, `book-is-folder`, `book-folder-read-only`, `book-not-plain`, `book-missing`,
            `folder-of-another`, `book-read-only`, `book-empty`, `book-not-ours`, `book-newer`, `disk-error`,
            `book-sealed` (it opens with a key only, and there is none), `book-of-another-key`, `book-damaged` (under its key).
    """
    require_fixed_disk(path)
    if path.is_dir():
        raise Refusal("book-is-folder", f"{path.name} 是文件夹，不是台账文件。", "请检查数据文件夹的设置。")
    _require_writable_folder(path.parent)
    _require_plain(path)
    unfinished = _has_journal(path)  # looked at first: another process may be making the book and writing to it
    if not path.exists():
        if unfinished or key or has_keys(path.parent):
            raise _missing(path)
        _require_own_folder(path.parent)
        return False
    if not _writable(path):
        raise Refusal("book-read-only", f"台账文件只能读，不能写：{path}。", "请管理员去掉只读属性后重新打开。")
    _require_opens(path, key)
    return True


def require_readable(path: Path, key: BookKey | None = None) -> None:
    """Asks whether there is a book at `path` that can be read, with the `key` that it is under, if nothing is written.

    Raises:
        Refusal: what `require_usable` refuses, but for a place that cannot be written.
    """
    _require_plain(path)
    if not path.is_file():
        raise _missing(path)
    _require_opens(path, key)


def _require_opens(path: Path, key: BookKey | None) -> None:
    if path.stat().st_size == 0:
        raise Refusal(
            "book-empty", f"台账文件是空的：{path}。", "请从最近的备份恢复；确认从未使用过，才可删去这个空文件。"
        )
    if key:
        _require_key(path, key)
    elif needs_key(path):
        raise Refusal(
            "book-sealed",
            "台账是密封的。",
            OPEN_SEALED,
        )
    else:
        _require_ours(path)


def _writable(path: Path) -> bool:
    # The mode is asked as well, because the administrator's account may write to what is marked read-only.
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & _WRITE_BITS)


def _require_writable_folder(folder: Path) -> None:
    try:
        make_folder(folder)
        writable = _writable(folder)
    except OSError:
        writable = False
    if not writable:
        # SQLite writes its journal beside the book.
        raise Refusal(
            "book-folder-read-only", f"数据文件夹不能写：{folder}。", "请管理员给出写入权限，或另设数据文件夹。"
        )


def _require_plain(path: Path) -> None:
    """Refuses what only has the name of a book or its journal: SQLite would wait for a pipe without end, and play a
    journal that is a link into the file to which it leads."""
    real = Path(os.path.realpath(path))
    for seen in (real, real.with_name(real.name + "-journal"), real.with_name(real.name + "-wal")):
        shown = path if seen is real else seen
        mode = _mode(seen)
        if seen is real and path.is_symlink() and (mode is None or stat.S_ISLNK(mode)):
            raise _not_plain(shown, "是一个失效的链接")
        if mode is not None and not stat.S_ISREG(mode):
            raise _not_plain(shown, "不是普通文件")


def _mode(path: Path) -> int | None:
    """What kind of file it is, a link not followed; None where there is none. Asked once: another process may remove it."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _not_plain(path: Path, what: str) -> Refusal:
    return Refusal("book-not-plain", f"{path.name} {what}：{path.parent}。", "请管理员查明后移走它，再重新打开。")


def _require_own_folder(folder: Path) -> None:
    """No new book is begun in a folder of another user in which everybody may write: they could put theirs in its place.

    An administrator may have set such a folder up on purpose, and a book that lies in one already is opened.
    """
    found = folder.stat()
    if os.name != "nt" and found.st_mode & stat.S_IWOTH and found.st_uid not in (os.geteuid(), 0):
        raise Refusal(
            "folder-of-another",
            f"数据文件夹是另一个用户的，而且谁都可以改：{folder}。",
            "请换一个自己的文件夹，或请管理员收回别人的写入权限。",
        )


def _has_journal(path: Path) -> bool:
    try:
        return _journal_of(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _missing(path: Path) -> Refusal:
    """A journal without its book means that the book was moved away: a new file would be played back into ruin."""
    left = f"未完成的日志：{_journal_of(path).name}" if _has_journal(path) else "打开它的钥匙"
    return Refusal(
        "book-missing",
        f"台账文件不见了，只剩下{left}。",
        f"请找回 {path.name} 放回原处，或从备份恢复。",
    )


def _require_ours(path: Path) -> None:
    """Looks at the header through SQLite, read-only and without locks or recovery.

    Not by reading the file: closing any other descriptor of it would drop the locks that this process holds on it
    (https://www.sqlite.org/howtocorrupt.html 2.2). A file that seems cut short may be in the middle of another
    process's commit, or wait for its journal to be played back, so that verdict is left to the real opening.
    """
    try:
        with closing(driver.as_it_lies(path)) as connection:
            application = connection.pragma("application_id")
            version = connection.pragma("user_version")
    except driver.ERRORS as error:
        if error_class(error) == "CORRUPT" or _was_ours(path):
            return
        if error_class(error) in {"IOERR", "CANTOPEN"}:
            raise unreadable(path) from error
        raise not_ours(path) from error
    if application != schema.APPLICATION_ID:
        raise not_ours(path)
    require_version(version)


def needs_key(path: Path) -> bool:
    """Whether the file at `path` opens with a key only: its first page has the layout of a sealed book and no name, or
    keys lie beside it and nobody can read it without."""
    try:
        if not path.is_file():
            return False
        name, layout = _first_bytes(path)
        return name != driver.PLAIN and (layout or has_keys(path.parent))
    except OSError:  # the folder cannot be looked into, which opening refuses in its own words
        return False


def is_under(path: Path, key: BookKey) -> bool:
    """Whether there is a file at `path` that begins as those under a key do."""
    return name_of(path) == key.name


def name_of(path: Path) -> bytes:
    """The first bytes of a file, which name the key that it is under; empty where there is none that can be read."""
    try:
        return _first_bytes(path)[0] if path.is_file() else b""
    except OSError:
        return b""


def is_unsealed(path: Path) -> bool:
    """Whether there is a file at `path` that anybody can read, whatever it is; what cannot be read at all is none."""
    return path.is_file() and driver.first_bytes(path)[0] == driver.PLAIN


def _first_bytes(path: Path) -> tuple[bytes, bool]:
    """As `driver.first_bytes`, but where they are no book's: those that a commit left in the journal which a cut of power ended."""
    name, layout = driver.first_bytes(path)
    if name == driver.PLAIN or layout or not (before := _header_before(path)):
        return name, layout
    return before[: len(name)], before.startswith(driver.SEALED, len(name))


def _was_ours(path: Path) -> bool:
    """Whether a first page that is spoilt is the book's in the journal, from which opening puts it right."""
    before = _header_before(path)
    return before.startswith(driver.PLAIN) and int.from_bytes(before[_APPLICATION]) == schema.APPLICATION_ID


def _header_before(path: Path) -> bytes:
    """How the first page began before the commit that the journal beside a book would undo; empty where there is none."""
    try:
        with plain_file(_journal_of(path)) as journal:
            pages = journal.read() if journal.read(len(_JOURNAL)) == _JOURNAL else b""
    except OSError:  # there is none
        return b""
    found = _FIRST_PAGE.search(pages)
    return found[1] if found else b""


def file_of(path: Path) -> tuple[int, int] | None:
    """Which file a name leads to; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _require_key(path: Path, key: BookKey) -> None:
    name, _ = _first_bytes(path)
    if not name:
        raise unreadable(path)
    if name == key.name:
        return
    if len(name) < len(key.name) or nearly(key.name, name):
        raise damaged(path, "文件开头")
    raise Refusal(
        "book-of-another-key", "这把钥匙不是这本台账的。", f"请把同一天备份的 {path.name} 和钥匙文件放在一起，再打开。"
    )


def not_ours(path: Path) -> Refusal:
    """The refusal for a file that is something else."""
    remedy = "请检查数据文件夹的设置，或从备份恢复；原文件未改动。"
    return Refusal("book-not-ours", f"这不是本程序的台账文件：{path}。", remedy)


def require_version(version: int) -> None:
    """Asks whether this program knows the version of a file.

    Raises:
        Refusal: `book-newer`: a newer program has written the file.
    """
    if version > schema.VERSION:
        raise Refusal("book-newer", "台账文件由更新版本的程序写成。", "请安装新版程序后再打开；原文件未改动。")
