"""就用现在的这一本：备份和流水记着更新的，却哪里也没有了；照恢复的办法换上它自己，记明，照纸接着编号."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import unfinished
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.page_copy import copy_file
from counter_assistant.storage.sealing.book_key import BookKey


def keep_present(task: Restoring, opening: Callable[..., BookKey]) -> Done:
    """Restores the book of a data folder from itself, so that it is on record that heads kept outside are of entries which are lost; the
    source and the journal of the task do not count. The last numbers are asked for as ever where nothing tells them.

    Raises:
        Refusal: `restore-unsaved`; what `copy_file` and `restore` refuse.
    """
    book = task.folder / BOOK_NAME
    copy = unfinished(book, "new")
    try:
        copy_file(book, copy)
        return restore(replace(task, source=copy, journal=None, with_journal=False), opening)
    except OSError as error:
        raise Refusal(
            "restore-unsaved", "没有换上：磁盘写不进去。", "请检查磁盘空间和权限后重试；台账没有变。"
        ) from error
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
