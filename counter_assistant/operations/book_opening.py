"""打开台账：在本机的文件里，或在服务器上；在服务器上时，草稿仍在本机。"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from counter_assistant import paths
from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.moved_entry import moved_away
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal.entries import left_for
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.server.book_place import BookPlace, Shift, read_book_place


def system_clock() -> datetime:
    """The PC's time with its offset."""
    return datetime.now().astimezone()


def open_book(
    folder: Path, place: BookPlace, shift: Shift | None, clock: Now | None, key: BookKey | None, barred: Refusal | None
) -> Engine:
    """The book of a data folder that is ready, where its place says; on a server it is opened by whoever's `shift` it is. `clock` dates
    its entries; without one that of the server does, and of a file that of the PC. One that has left for another place is only read.

    Raises:
        Refusal: `hall-driver` (what a server needs is not installed); what `Address.read`, either engine and `left_for` refuse.
    """
    clock_here = clock or system_clock
    if is_for_offline(folder):
        return _offline(folder, clock_here, barred)
    desk = Database.open(folder / paths.BOOK_NAME, clock_here, key=key, barred=barred)
    opened: Engine = desk
    try:
        opened = _on_server(place, shift, desk, clock) if place.on_server else desk
        with opened.query() as handle:
            left = left_for(handle)
    except BaseException:
        opened.close()
        raise
    if left:
        opened.barred = opened.barred or moved_away(left.place)
    return opened


def is_for_offline(folder: Path) -> bool:
    """Whether the book of a folder is the one in which a PC issues while the server of its hall is away.

    Raises:
        Refusal: what `read_book_place` refuses.
    """
    return folder.name == paths.OFFLINE and read_book_place(folder.parent).on_server


def require_offline(folder: Path) -> None:
    """Asks for the book in which a PC issues offline; none is made where it is missing, since its numbers could be another PC's.

    Raises:
        Refusal: `offline-not-ready`.
    """
    if not (folder / paths.BOOK_NAME).is_file():
        raise Refusal(
            "offline-not-ready", "这台电脑还不能离线出具。",
            "请服务器的管理员给它留一个地方（server offline），在大厅上一次班就备好了。",
        )  # fmt: skip


def _offline(folder: Path, clock: Now, barred: Refusal | None) -> Engine:
    """The book in which is issued offline; its drafts are those of the hall, on this PC."""
    require_offline(folder)
    opened = Database.open(folder / paths.BOOK_NAME, clock, barred=barred)
    try:
        return opened.with_desk(Database.open(folder.parent / paths.BOOK_NAME, clock, barred=barred))
    except BaseException:
        opened.close()
        raise


def _on_server(place: BookPlace, shift: Shift | None, desk: Database, clock: Now | None) -> Engine:
    try:
        from counter_assistant.storage.engines.postgres.database import Database as Hall
    except ImportError as error:
        raise hall_driver_missing() from error
    from counter_assistant.storage.engines.postgres.server import Address

    return Hall.open(Address.read(place.address).for_shift(shift), desk, clock)


def hall_driver_missing() -> Refusal:
    """The refusal for a PC without what speaks to a server."""
    return Refusal(
        "hall-driver", "本机没有装连接台账服务器的部件。",
        "请管理员装上系统的软件包 libpq5（U 盘上有），再打开程序；由源码运行的，装上 counter-assistant[hall]。",
    )  # fmt: skip
