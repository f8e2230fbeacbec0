"""把没有密封的台账换成密封的，或者换一把钥匙：旁边做好、核对过，再换上名字，最后抹掉读得懂的旧文件.

Whatever stops it, there is one book that opens: before the switch the old one, after it the new one, whose keys were
written before. What lies about of a plain one then is cleared by the next opening; one under an old key nobody can read
without that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import CHECK_FIRST
from counter_assistant.files import give_name, give_second_name, sync, unfinished, wipe
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.engines.sqlite.errors import refusal_of, unreadable
from counter_assistant.storage.engines.sqlite.file_state import file_of, is_under, is_unsealed
from counter_assistant.storage.engines.sqlite.migrations import problems_of
from counter_assistant.storage.engines.sqlite.write_lock import take_write_lock
from counter_assistant.storage.sealing.book_key import BookKey

_HEAD = 'SELECT "seq", "hash" FROM "entry" ORDER BY "seq" DESC LIMIT 1'
_BEGUN = ".wiping"
"""How a file is called as soon as nothing of it need be kept, so that what was begun is ended after a power cut."""


def sealing_steps(
    handle: Any,
    path: Path,
    key: BookKey,
    write_keys: Callable[[Path], None],
    require_same: Callable[[], None],
    *,
    old: BookKey | None = None,
) -> Generator[str, None, None]:
    """Seals the book that a handle has open, unsealed or under its `old` key, and says what is done after each step. The handle is
    of no use afterwards. `write_keys` is given the new file, once it was held against the book.

    Nobody else writes meanwhile: the write lock is held until the new file has the name, on Windows until just before. Who
    had the old one open is refused by its next act, because the name leads to another file; on Windows, where no open file
    is replaced, the switch is refused.

    Raises:
        Refusal: `copy-not-older` (a copy beside the book holds what the book does not), `seal-not-sound`, `seal-unsaved`,
            `seal-link`, `disk-error` (a copy cannot be read, for one), `disk-full`, `memory-full`; what `write_keys` refuses.
    """
    if path.is_symlink():
        raise Refusal("seal-link", f"{path.name} 是一个链接，不能密封。", "请把台账文件本身放在数据文件夹里，再密封。")
    take_write_lock(handle, path.parent)
    sealed = unfinished(path, "new")
    try:
        require_same()
        yield from _build_and_switch(handle, path, sealed, key, old, write_keys)
    except OSError as error:
        raise Refusal(
            "seal-unsaved", "密封没有做完：磁盘写不进去。", "请关闭其他窗口、检查磁盘空间，再重新打开程序看一看。"
        ) from error
    finally:
        with suppress(*driver.ERRORS):
            handle.execute_sql("ROLLBACK")
        handle.close()
        for left in (sealed, sealed.with_name(sealed.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _build_and_switch(
    handle: Any, path: Path, sealed: Path, key: BookKey, old: BookKey | None, write_keys: Callable[[Path], None]
) -> Generator[str, None, None]:
    copies = _older_copies(path, handle, old)
    yield "looked at"
    _build(handle, path, sealed, key, old)
    yield "built"
    write_keys(sealed)
    yield "keys written"
    if old is None:
        _keep_aside(path, _aside(path))
        yield "kept aside"
    if os.name == "nt":
        handle.close()  # no open file can be renamed there, which also tells whether another window has it open
    give_name(sealed, path)
    yield "switched"
    if old:
        for copy in copies:  # the new keys open none of them
            copy.unlink()


def clear_unsealed(handle: Any, path: Path, *, sealed: bool) -> None:
    """Clears what a sealing left: of a sealed book the old file and its copies, each overwritten and removed; of one that
    was not sealed after all the second name of its file. A copy that holds what the book does not stays."""
    aside = _aside(path)
    with suppress(OSError):
        if not sealed:
            if aside.exists() and file_of(aside) == file_of(path):
                aside.unlink()
            return
        left = [copy for copy in (aside, *_copies(path)) if is_unsealed(copy) and _is_older(copy, handle)]
        begun = list(path.parent.glob(f".*{_BEGUN}"))
        if left or begun:
            sync(path.parent)  # the switch is on the disk before anything of the old file goes
        for copy in left:
            begun.append(copy.with_name(f".{copy.name}{_BEGUN}"))
            give_name(copy, begun[-1])
        for copy in begun:
            wipe(copy)


def _build(handle: Any, path: Path, made: Path, key: BookKey, old: BookKey | None) -> None:
    """Makes the sealed file and holds it against the book."""
    refusal = None
    try:
        driver.sealed_copy(path, made, key, old)
    except driver.ERRORS as error:
        refusal = refusal_of(error) or _not_sound("写不出密封的台账")
    if refusal:
        raise refusal  # out here, because what SQLite says of it names the key
    with closing(driver.handle(made, key=key)) as new:
        new.connect()
        problems = problems_of(new)
        if not problems and [_counts(new), _head(new)] != [_counts(handle), _head(handle)]:
            problems = ["条数不符"]
    if problems:
        raise _not_sound(problems[0])
    sync(made)


def _not_sound(why: str) -> Refusal:
    return Refusal("seal-not-sound", f"没有密封：{why}。", f"{CHECK_FIRST}，再重试；台账没有变。")


def _counts(handle: Any) -> list[tuple[str, int]]:
    tables = handle.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [(name, handle.execute_sql(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]) for (name,) in tables]


def _head(handle: Any) -> Any:
    return handle.execute_sql(_HEAD).fetchone()


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.unsealed")


def _keep_aside(path: Path, aside: Path) -> None:
    """A second name for the old file, by which it is found and overwritten after the switch."""
    for left in _left_aside(path):
        wipe(left)
    aside.unlink(missing_ok=True)
    give_second_name(path.resolve(), aside)
    sync(path.parent)


def _copies(path: Path) -> list[Path]:
    """The copies that earlier upgrades left beside the book."""
    return sorted(path.parent.glob(f"{path.stem}-v*{path.suffix}"))


def _left_aside(path: Path) -> list[Path]:
    """The old file of a sealing that was cut off, where the book was replaced before it was opened again."""
    aside = _aside(path)
    return [aside] if aside.exists() and file_of(aside) != file_of(path) else []


def _older_copies(path: Path, handle: Any, old: BookKey | None) -> list[Path]:
    """The copies that anybody can read, or whoever has the old key; refuses one that must not go, and one of which nobody can tell."""
    for copy in _copies(path):
        if copy.is_file() and copy.stat().st_size and not driver.first_bytes(copy)[0]:
            raise unreadable(copy)
    found = [copy for copy in _copies(path) if (is_under(copy, old) if old else is_unsealed(copy))]
    for copy in (*found, *([] if old else _left_aside(path))):
        if not _is_older(copy, handle, old):
            raise Refusal(
                "copy-not-older",
                f"{copy.name} 里有台账没有的内容，密封时不能抹掉它。",
                "请先把它移到别处妥善保管，再密封。",
            )
    return found


def _is_older(copy: Path, handle: Any, old: BookKey | None = None) -> bool:
    """Whether a file is an earlier state of the book: its last entry is one of the book's."""
    try:
        with closing(driver.as_it_lies(copy, old)) as opened:
            head = opened.execute(_HEAD).fetchone()
        found = (
            handle.execute_sql('SELECT "hash" FROM "entry" WHERE "seq" = ?', (head[0],)).fetchone() if head else None
        )
        return head is None or found == (head[1],)
    except driver.ERRORS:
        return False
