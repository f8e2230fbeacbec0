"""新的台账文件：先用别的名字整个做好，再换上名字。"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_free_name, sync, sync_names, unfinished
from counter_assistant.storage.engines.sqlite import driver, schema
from counter_assistant.storage.engines.sqlite.connection import set_pragmas, transaction
from counter_assistant.storage.engines.sqlite.errors import damaged, refusal_of, told
from counter_assistant.storage.sealing.book_key import BookKey


def make(path: Path) -> None:
    """Makes a new book file whole under another name, then gives it its name unless another process was faster.

    Raises:
        Refusal: `disk-error`.
    """
    unborn = unfinished(path, "new")
    try:
        with told():
            _write_new(unborn)
        with suppress(FileExistsError):
            give_free_name(unborn, path)
        sync(path.parent)
        sync_names(path.parent.parent)  # its folder may be as new
    except OSError as error:
        raise Refusal("disk-error", f"无法建立台账文件：{path}。", "请检查磁盘空间和文件夹权限后重试。") from error
    finally:
        for left in (unborn, unborn.with_name(unborn.name + "-journal")):
            left.unlink(missing_ok=True)


def _write_new(path: Path) -> None:
    handle = driver.handle(path, driver.MAKE)
    handle.connect()
    try:
        _create(handle, path)
    finally:
        handle.close()


def _create(handle: Any, path: Path) -> None:
    set_pragmas(handle, handle.timeout)
    with transaction(handle, path.parent):
        schema.create(handle)
        handle.pragma("application_id", schema.APPLICATION_ID)
        handle.pragma("user_version", schema.VERSION)


def make_from(copy: Path | None, path: Path, old: BookKey | None, key: BookKey | None) -> None:
    """Makes a book file of the committed state of another one, which is unsealed or under its `old` key, under a `key`; of none, an
    empty one. It is not durable yet.

    Raises:
        Refusal: `disk-error` (the copy cannot be read), `disk-full`, `book-damaged`.
    """
    refusal = None
    try:
        if copy is None or old == key:
            with closing(driver.handle(path, driver.MAKE, key=key)) as new:
                new.connect()
                _create(new, path) if copy is None else driver.copy(copy, new, key)
        elif key:
            driver.sealed_copy(copy, path, key, old)
        else:
            raise ValueError("a sealed copy is not unsealed")
    except driver.ERRORS as error:
        refusal = refusal_of(error) or damaged(copy or path, "读不出")
    if refusal:
        raise refusal  # out here, because what SQLite says of a key names it
