"""另起一本：什么拷贝都没有的时候，从空的开始；原来的文件和备份都另起名字留着."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, unfinished
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.new_file import make
from counter_assistant.storage.engines.sqlite.switching import name_to_keep, require_replaceable, switching
from counter_assistant.storage.safekeeping.backup_settings import change, load, own_place
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS


def begin_anew(folder: Path, clock: Now) -> Path | None:
    """Puts an empty book in the place of the one of a data folder that can be restored from nothing, and returns where the old file is kept;
    None where there was none. The copies of the old one are set aside under another name, and the second place is to be named again, so
    that those of the new one never take their place; a journal is of one book and stays as it is.

    The numbers begin from the first again: whoever knows how far they were says so by `start_numbers`.

    Raises:
        Refusal: `anew-unsaved`; what `require_replaceable`, `make` and `change` refuse.
    """
    book = folder / BOOK_NAME
    require_replaceable(book)
    there, kept = book.exists(), name_to_keep(book, clock())
    made = unfinished(book, "new")
    try:
        make(made)
        if load(folder).place:
            change(folder, place="", carried="", off_disk=False)
        if (copies := own_place(folder)).is_dir():
            give_name(copies, copies.with_name(f"{copies.name}-{clock():%Y%m%d-%H%M%S}"))
        for _ in switching(made, book, kept, lambda: None):
            pass
        with suppress(FileNotFoundError):
            give_name(folder / KEYS, kept.with_suffix(".keys"))
    except OSError as error:
        raise Refusal("anew-unsaved", "没有另起：磁盘写不进去。", "请检查磁盘空间和权限后重试。") from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    return kept if there else None
