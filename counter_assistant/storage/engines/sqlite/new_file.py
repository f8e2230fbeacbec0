"""新的台账文件：先用别的名字整个做好，再换上名字。"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import sync, unfinished
from counter_assistant.storage.engines.sqlite import driver, schema
from counter_assistant.storage.engines.sqlite.connection import set_pragmas, transaction
from counter_assistant.storage.engines.sqlite.errors import told


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
            _name_without_replacing(unborn, path)
        sync(path.parent)
    except OSError as error:
        raise Refusal("disk-error", f"无法建立台账文件：{path}。", "请检查磁盘空间和文件夹权限后重试。") from error
    finally:
        for left in (unborn, unborn.with_name(unborn.name + "-journal")):
            left.unlink(missing_ok=True)


def _write_new(path: Path) -> None:
    handle = driver.handle(path, driver.MAKE)
    handle.connect()
    try:
        set_pragmas(handle, handle.timeout)
        with transaction(handle, path.parent):
            schema.create(handle)
            handle.pragma("application_id", schema.APPLICATION_ID)
            handle.pragma("user_version", schema.VERSION)
    finally:
        handle.close()


def _name_without_replacing(old: Path, new: Path) -> None:
    if os.name == "nt":
        old.rename(new)  # refuses an existing name there, unlike elsewhere
    else:
        os.link(old, new)
