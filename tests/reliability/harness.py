"""Killing a worker with SIGKILL while it serves, and looking at what is left.

The worker is forked from this process, which holds no open database then, so that a kill costs no start of an
interpreter. It says on a pipe which act it begins, and acknowledges each slip and each void when the act has returned:
that is the moment when a paper would be printed. What the worker was doing when it died is done again by the next one,
as a clerk would press the key again. When it dies is counted in acts that it has done, and in a part of the next one, so
that a busy machine changes nothing. Process death says nothing about power loss; other tests cut the power.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.archive import Archive
from tests.storage.desk import issue, open_book

Acknowledge = Callable[[str, str], None]
Act = Callable[[Book, str, Acknowledge], None]
Opening = Callable[[Path], Book]

MOST_ACTS = 6
ISSUED, VOIDED = "issued", "voided"


def serve(book: Book, uuid: str, acknowledge: Acknowledge) -> None:
    """One act of a clerk: a draft is saved, its slip issued, and now and then voided."""
    Drafts(book.database).save(uuid, {"uuid": uuid})
    issued = issue(book, uuid)
    acknowledge(ISSUED, f"{issued.number} {issued.entry.check_code}")
    if issued.sequence % 5 == 0 and not issued.again:
        book.void(issued.number, "姓名录错", "李某", copy_returned=True)
        acknowledge(VOIDED, issued.number)


@dataclass
class Tally:
    """What a run of kills has shown. `lost` are acknowledged papers without their record, `doubled` requests with two."""

    kills: int = 0
    kills_in_an_act: int = 0
    issued: dict[str, str] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.skipped or self.problems or self.faults)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({self.kills_in_an_act} within an act), {len(self.issued)} slips and {len(self.voided)} voids "
            f"acknowledged: {len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.skipped)} skipped"
        )


def kill_again_and_again(
    path: Path,
    kills: int,
    act: Act = serve,
    *,
    seed: int = 20261123,
    until: Callable[[Tally], bool] = lambda _: False,
    cut: Callable[[], object] | None = None,
    power_on: Callable[[], object] = lambda: None,
    opening: Opening = open_book,
) -> Tally:
    """Kills `kills` workers, or fewer where `until` says that enough has been seen. `opening` opens the book.

    `cut` cuts the power before they die, and `power_on` brings it back before what is left is looked at.
    """
    chance, tally, pending = random.Random(seed), Tally(), ""
    unit = time_of_an_act(path.with_name("rehearsal.db"), act, opening)
    opening(path).database.close()
    while tally.kills < kills and not until(tally):
        life = Life(chance.randrange(MOST_ACTS), unit * chance.uniform(0, 1.2), opens=tally.kills % 5 > 0)
        lines, afterwards = kill_one(path, act, f"{tally.kills}", pending, life, cut, opening)
        pending = note(lines, tally, pending)
        pending = note([line for line in afterwards if line.startswith(("begin", "end"))], tally, pending)
        tally.kills += 1
        power_on()
        tally.kills_in_an_act += bool(pending)
        inspect(path, tally, pending, opening, whole=tally.kills % 20 == 0 or tally.kills == kills)
    return tally


def time_of_an_act(path: Path, act: Act, opening: Opening) -> float:
    """Seconds, measured on another book; what is read once is read here then, and not by every worker."""
    book = opening(path)
    times = []
    for n in range(9):
        started = time.perf_counter()
        act(book, f"rehearsal {n}", lambda *_: None)
        times.append(time.perf_counter() - started)
    book.database.close()
    return sorted(times)[len(times) // 2]


@dataclass(frozen=True)
class Life:
    """How long a worker lives: `acts` that it ends, and `delay` seconds more. One that never `opens` may die opening."""

    acts: int
    delay: float
    opens: bool


def kill_one(
    path: Path, act: Act, name: str, pending: str, life: Life, cut: Callable[[], object] | None, opening: Opening
) -> tuple[list[str], list[str]]:
    """What a worker said until it was killed, or until the power was `cut`; and what it said after that."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        work(path, act, name, pending, writing, opening)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        lines = list(heard(said, life.acts)) if life.opens else []
        time.sleep(life.delay)
        if cut:
            cut()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        rest = said.read().splitlines()
    return (lines, rest) if cut else ([*lines, *rest], [])


def heard(said: TextIO, acts: int) -> Iterator[str]:
    """What a worker says until it has ended so many acts and begun another, or dies by itself."""
    begun = 0
    while begun <= acts and (line := said.readline()):
        yield line.rstrip("\n")
        begun += line.startswith("begin")


def work(path: Path, act: Act, name: str, pending: str, pipe: int, opening: Opening) -> None:
    """The worker: serves until it is killed, beginning with what its predecessor did not finish."""

    def say(*words: str) -> None:
        os.write(pipe, (" ".join(words) + "\n").encode())

    try:
        book = opening(path)
        for uuid in requests(name, pending):
            say("begin", uuid)
            act(book, uuid, say)
            say("end", uuid)
    except BaseException:
        say("fault", traceback.format_exc().replace("\n", " | "))
    finally:
        os._exit(1)


def requests(name: str, pending: str) -> Iterator[str]:
    if pending:
        yield pending
    yield from (f"{name}-{n}" for n in range(10**9))


def note(lines: list[str], tally: Tally, pending: str) -> str:
    """Notes what was acknowledged, and returns the request that the worker died in; that of before if it never began."""
    for line in lines:
        word, _, rest = line.partition(" ")
        match word:
            case "begin":
                pending = rest
            case "end":
                pending = ""
            case "issued":
                number, _, code = rest.partition(" ")
                tally.issued[number] = code
            case "voided":
                tally.voided.add(rest)
            case "fault":
                tally.faults.append(rest)
    return pending


def inspect(path: Path, tally: Tally, pending: str, opening: Opening, *, whole: bool) -> None:
    """Opens what is left and compares it with what was acknowledged. A book that cannot be read is a problem as well."""
    try:
        book = opening(path)
    except Refusal as refusal:
        tally.problems.append(str(refusal))
        return
    try:
        compare(book, tally, pending, whole=whole)
    except Refusal as refusal:
        tally.problems.append(str(refusal))
    finally:
        book.database.close()


def compare(book: Book, tally: Tally, pending: str, *, whole: bool) -> None:
    """Holds the book against what was acknowledged."""
    rows = {row.number: row for row in Archive(book.database).search(limit=10**6)}
    tally.lost |= {number for number, code in tally.issued.items() if not kept(rows.get(number), code)}
    tally.lost |= {number for number in tally.voided if number not in rows or not rows[number].void}
    sequences = [sequence_of(number) for number in rows]
    tally.skipped |= set(range(1, len(rows) + 1)) ^ set(sequences)
    tally.doubled |= {request for request, slips in Counter(requests_of(book)).items() if slips > 1}
    tally.problems += [f"draft left: {draft.uuid}" for draft in Drafts(book.database).all() if draft.uuid != pending]
    if whole:
        tally.problems += book.check().problems


def sequence_of(number: str) -> int:
    """The place of a number in its series: its last digits."""
    return int(re.findall(r"\d+", number)[-1])


def requests_of(book: Book) -> Iterator[str]:
    """The request of every slip; what follows a blank is not part of its name (see `without_its_name`)."""
    for entry in book.entries(EntryKind.SLIP_ISSUED):
        yield (entry.uuid or "").split(" ")[0]


def kept(row: ArchiveRow | None, code: str) -> bool:
    return row is not None and code in ("", row.check_code)
