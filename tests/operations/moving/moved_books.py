"""Books to be moved, the PC that they lie on, and moving them in a process that may be killed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.moving.moving import Moved, Moving, move
from counter_assistant.operations.moving.places import InFile, OnServer
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.server_books import let_clerk_in
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after, numbers_of
from counter_assistant.storage.server.book_place import BookPlace, Shift, read_book_place
from tests.bench.told_once import some_people
from tests.busy_book import NOW, OPENING, build
from tests.storage.desk import PROCESSES

PASSWORD = "八个字以上的密码"
BEGAN, OF_THE_MOVE = time.monotonic(), NOW + timedelta(hours=16)
Heard = Callable[[str, int, int], object]


def clock() -> datetime:
    """One that goes on, for the PC and the server alike, in every process: later than any entry of a book that is moved."""
    return OF_THE_MOVE + timedelta(seconds=time.monotonic() - BEGAN)


def unheard(_doing: str, _done: int, _of: int) -> None:
    """Nobody hears how far it is."""


def there(folder: Path, address: str, heard: Heard = unheard, opened: BookPlace | None = None) -> Moved:
    """Moves the book of a PC to a server, by whoever looks after that, and lets a clerk in."""
    place = opened or read_book_place(folder)
    if place.on_server:
        let_clerk_in(address, "0001", PASSWORD)
    shift = Shift("0001", PASSWORD) if place.on_server else None
    with closing(open_office(folder, clock, place=place, shift=shift)) as office:
        done = move(Moving(office, place, OnServer(office, address, clock), heard))
    let_clerk_in(address, "0001", PASSWORD)
    return done


def back(folder: Path, heard: Heard = unheard) -> Moved:
    """Moves the book of a PC from the server into its own file."""
    with closing(on_server(folder)) as office:
        return move(Moving(office, read_book_place(folder), InFile(office, folder / BOOK_NAME, clock), heard))


def on_server(folder: Path, who: str = "0001") -> Office:
    """The office of a PC that notes a server, opened by a clerk with their password."""
    return open_office(folder, clock, shift=Shift(who, PASSWORD) if read_book_place(folder).on_server else None)


def lines_of(office: Office) -> list[Line]:
    """The entries of a book to the letter, with their contents."""
    return list(every_line(office, 2**53))


def every_line(office: Office, last: int) -> Iterator[Line]:
    """The entries up to one, without holding them all."""
    seq = 0
    while seq < last:
        with office.database.query() as handle:
            batch = lines_after(handle, seq, min(1000, last - seq))
        if not batch:
            return
        yield from batch
        seq = batch[-1].seq


def numbers_in(office: Office) -> dict[str, int]:
    """How far each series of numbers is."""
    with office.database.query() as handle:
        return numbers_of(handle)


def filled(folder: Path, acts: int) -> None:
    """A PC with a book of so many acts of ten years; ten of thirteen are slips."""
    chance = random.Random(20261129)
    with closing(open_office(folder, lambda: OPENING)) as office:
        build(office, chance, some_people(chance, max(50, acts // 4)), acts)
        office.book.rebuild()


def cut_off(work: Callable[..., object], *given: object, after: float, by: Callable[[], object] | None = None) -> str:
    """Does it in another process, which is killed after so many seconds, or in which something else happens then. How it ended: `killed`,
    `done`, or the code of the refusal."""
    reading, writing = PROCESSES.Pipe(duplex=False)
    worker = PROCESSES.Process(target=_do, args=(writing, work, given))
    worker.start()
    writing.close()
    worker.join(after)
    if by:
        by()
    else:
        with suppress(ProcessLookupError):
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    with suppress(EOFError):
        return str(reading.recv())
    return "killed"


def measured(work: Callable[..., object], *given: object) -> tuple[float, int]:
    """How many seconds it takes in a process of its own, and how many MB of memory that had at most."""
    reading, writing = PROCESSES.Pipe(duplex=False)
    worker = PROCESSES.Process(target=_measure, args=(writing, work, given))
    worker.start()
    seconds, most = reading.recv()
    worker.join()
    return seconds, most


def _measure(writing: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    import resource

    began = time.monotonic()
    work(*given)
    writing.send((time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10))


def _do(writing: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    try:
        work(*given)
        writing.send("done")
    except Refusal as refusal:
        writing.send(refusal.code)
