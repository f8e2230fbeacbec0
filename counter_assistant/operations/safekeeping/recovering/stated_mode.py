"""程序开在哪种方式里：能写的正常开；只能读的开成只读，说明为什么；都不行的照原来的话拒绝."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode, mode_after
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.server.book_place import Shift


def open_in_mode(
    folder: Path,
    clock: Now | None = None,
    *,
    training: bool = False,
    key: BookKey | None = None,
    barred: Refusal | None = None,
    shift: Shift | None = None,
) -> Office:
    """The office of a data folder; only read where it is `barred`, or where it can be read and not written.

    Raises:
        Refusal: what `open_office` refuses of a book that cannot be read either.
    """
    try:
        return open_office(folder, clock, training=training, key=key, barred=barred, shift=shift)
    except Refusal as refusal:
        if barred or mode_after(refusal.code) is not Mode.READ_ONLY:
            raise
        try:
            return open_office(folder, clock, training=training, key=key, barred=refusal, shift=shift)
        except Refusal:
            raise refusal from None


def mode_of(office: Office) -> Mode:
    """The mode in which an open office is."""
    if office.training:
        return Mode.TRAINING
    if office.database.barred:
        return Mode.READ_ONLY
    return Mode.OFFLINE if office.database.offline else Mode.NORMAL
