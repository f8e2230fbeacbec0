"""诊断：从电脑、台账和数据文件夹里读出要报给管理员的，只读数目、版本和程序自己的词."""

from __future__ import annotations

import locale
import platform
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from counter_assistant.domain.about.diagnosis import BookFacts, Diagnosis, Printers, Screen, System
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode, mode_after
from counter_assistant.operations.about.versions import versions
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backup_state import backup_state
from counter_assistant.paths import BOOK_NAME
from counter_assistant.printing.jobs import Printer
from counter_assistant.storage.error_log import last_error


def of_office(office: Office, screens: Sequence[Screen] | None = None, printers: Printers | None = None) -> Diagnosis:
    """The diagnosis of an open office. `screens` and `printers` are what the window saw of them.

    Raises:
        Refusal: what reading the book refuses.
    """
    folder, barred = office.folder, office.database.barred
    mode = Mode.TRAINING if office.training else Mode.READ_ONLY if barred else Mode.NORMAL
    now = office.database.now()
    return Diagnosis(
        now,
        versions(office),
        _system(now),
        mode,
        barred.code if barred else "",
        BookFacts(None if office.database.shared else _size(folder / BOOK_NAME), office.book.head()[0], office.sealed),
        backup_state(folder, now).last_verified,
        last_error(folder),
        tuple(screens) if screens is not None else None,
        printers,
    )


def of_folder(folder: Path, now: datetime, refusal: Refusal | None, printers: Printers | None = None) -> Diagnosis:
    """The diagnosis where no office is open: its book was refused, or there is none yet. Nothing is made or changed in the folder."""
    code = refusal.code if refusal else ""
    return Diagnosis(
        now,
        versions(None),
        _system(now),
        mode_after(code),
        code,
        BookFacts(_size(folder / BOOK_NAME)),
        backup_state(folder, now).last_verified,
        last_error(folder),
        printers=printers,
    )


def printers_told(
    printers: Sequence[Printer], sizes: Collection[str] = (), moved: int = 0, office: Office | None = None
) -> Printers:
    """What is told of the printers of this PC; `sizes` and `moved` are of the window's settings, the formats of the office's."""
    chosen = set(office.profile.paper_formats.values()) if office else set()
    return Printers(
        len(printers),
        any(each.is_default for each in printers),
        tuple(each.trouble for each in printers if each.trouble),
        tuple(sizes),
        tuple(each for each in PaperFormat if each is not PaperFormat.A4 and each.value in chosen),
        moved,
    )


def _system(now: datetime) -> System:
    name, version = platform.system(), platform.version()
    if name == "Linux":
        version = ""
        with suppress(OSError):  # a system without that file is still Linux
            told = platform.freedesktop_os_release()
            name, version = told.get("ID", name), told.get("VERSION_ID", "")
    language = locale.getlocale()[0] or ""
    return System(
        name, version, platform.release(), platform.machine(), platform.libc_ver()[1], language, now.utcoffset()
    )


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
