"""A book of 1,000,000 slips, or of `--size N` acts, as busy_book.py loads it: start, search, month, check, rebuild, what is new, F9.

Ratios are of CPU times in one run: `alone_ratio` is the check of chain, contents and numbers, `views_ratio` that of everything that
follows from the entries, beside a loop that reads and hashes the same bytes (`peer_s`). `_mb` is the most memory that a process of its
own took. Growth is told by running it with 12000, 100000 and 1000000 acts. A place with room is named by TMPDIR: 4 GB for a million.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from counter_assistant.domain.safekeeping.full_copy import BookState
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import chain, entries, tables
from counter_assistant.storage.journal.body_codec import unpacked
from counter_assistant.storage.safekeeping.book_copy import lines_since
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.view_check import EntryCheck, ViewCheck
from tests.bench.archive import GIVEN, SURNAMES, timed
from tests.bench.backup import DAYS, begin
from tests.bench.told_once import both, some_people
from tests.busy_book import NOW, OPENING, build
from tests.make import a_request

SIZE = 1_290_000
"""So many acts hold a million slips."""
SEARCHES, ISSUES, DAY = 200, 60, 1000
ANSWERS = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}


def run(size: int = SIZE) -> dict[str, float]:
    """Builds the book in a folder of its own and measures."""
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = open_office(folder, lambda: OPENING)
        office.clock = lambda: NOW
        built = timed(partial(build, office, chance, some_people(chance, size // 4), size)) / 1000
        office.close()
        figures: dict[str, float] = {"build_s": built} | in_its_own_process("rebuild", folder)
        figures["size_gb"] = (folder / "book.db").stat().st_size / 1e9
        figures |= in_its_own_process("check", folder)
        office = open_office(folder, lambda: NOW)
        try:
            figures |= {
                "slips": tables.Archive.select().count(office.database.handle),
                **measure(office, chance, folder),
            }
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def measure(office: Office, chance: random.Random, folder: Path) -> dict[str, float]:
    starts = [timed(lambda: open_office(folder, lambda: NOW).close()) for _ in range(20)]
    figures = {"start_ms": median(starts)} | searches(office, chance) | on_screen(office, chance)
    office.catalogue.items  # noqa: B018 - read at the first visitor of a day
    figures["month_ms"], figures["month_cpu_ms"] = both(lambda: month_for_clerk(office, 2026, 11))
    with office.database.query() as handle:
        last = entries.head(handle)[0]
        since = BookState(book_name(handle), last - DAY, last - DAY, entries.hash_of(handle, last - DAY).hex())
    figures["new_since_ms"], figures["new_since_cpu_ms"] = both(
        lambda: lines_since(folder / "book.db", None, since, NOW)
    )
    return figures | beside_a_backup(office, folder)


def searches(office: Office, chance: random.Random) -> dict[str, float]:
    """Two characters of a name, two letters, the end of a phone: milliseconds of a page."""
    from counter_assistant.ui.archive.model import PAGE

    kinds: dict[str, Callable[[], str]] = {
        "two": lambda: chance.choice(SURNAMES) + chance.choice(GIVEN), "given": lambda: "".join(chance.choices(GIVEN, k=2)),
        "initials": lambda: "".join(chance.choices("ywlzhg", k=2)), "tail": lambda: f"{chance.randrange(10_000):04}",
    }  # fmt: skip
    office.archive.search("重庆")  # the table of initials is read once
    figures: dict[str, float] = {}
    for name, query in kinds.items():
        figures |= percentiles(
            name, [both(partial(office.archive.search, query(), limit=PAGE)) for _ in range(SEARCHES)]
        )
    return figures


def percentiles(name: str, took: list[tuple[float, float]]) -> dict[str, float]:
    """By the clock, and of this thread's own work: on a shared machine the clock counts the others' too."""
    clock, cpu = zip(*took, strict=True)
    return {
        f"{name}_p50_ms": median(clock),
        f"{name}_p95_ms": quantiles(clock, n=20)[-1],
        f"{name}_cpu_p95_ms": quantiles(cpu, n=20)[-1],
    }


def on_screen(office: Office, chance: random.Random) -> dict[str, float]:
    """From two characters in the field to the painted list, which is painted once."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest

    from counter_assistant.ui.archive.finder import SlipFinder
    from counter_assistant.ui.start import make_application

    app, finder = make_application(), SlipFinder(office)
    finder.resize(1290, 690)
    finder.show()
    QTest.qWait(50)

    class Paints(QObject):
        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.count += event.type() is QEvent.Type.Paint
            return False

    paints = Paints()
    for shown in (finder.table.viewport(), finder.empty):
        shown.installEventFilter(paints)

    def type_in(text: str) -> None:
        before = paints.count
        finder.search.setText(text)
        app.processEvents()
        if finder.found and paints.count == before:
            raise SystemExit("what was found has not been painted")

    took = [both(partial(type_in, chance.choice(SURNAMES) + chance.choice(GIVEN))) for _ in range(SEARCHES)]
    finder.close()
    return percentiles("screen", took)


def beside_a_backup(office: Office, folder: Path) -> dict[str, float]:
    """F9 while the other process copies and verifies the book, by turns with nobody copying."""
    from counter_assistant.operations.issuing.issue import issue_slip

    took: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(6):
        busy = turn % 2 == 0
        copying = begin(folder) if busy else None
        for n in range(ISSUES):
            request = a_request(answers=ANSWERS, request_id=f"F9 {turn} {n}")
            took[busy].append(timed(partial(issue_slip, office, request)))
            time.sleep(0.05)
        if copying and copying.poll() is None:
            copying.kill()
        DAYS.append(turn)
    p95 = {busy: quantiles(times, n=20)[-1] for busy, times in took.items()}
    return {"f9_p95_ms": p95[False], "f9_beside_copy_p95_ms": p95[True], "f9_ratio": p95[True] / p95[False]}


def in_its_own_process(what: str, folder: Path) -> dict[str, float]:
    """Figures of a part that is measured by the memory of a whole process."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.million", what, folder], check=True, capture_output=True, text=True
    )
    return {name: float(value) for name, value in (line.split() for line in said.stdout.splitlines())}


def part(what: str, folder: Path) -> None:
    """Does a part, and prints its figures."""
    database = Database.open(folder / "book.db", lambda: NOW)
    if what == "rebuild":
        from counter_assistant.storage.book import Book

        print("rebuild_s", worked(Book(database).rebuild)[1])
    else:
        (_, peer), alone = worked(partial(read_and_hash, database)), EntryCheck(database, alone=True)
        _, chain_s = worked(lambda: list(alone.problems()))
        whole = EntryCheck(database)
        found, all_s = worked(
            lambda: [*whole.problems(), *whole.catch_up(database.handle), *ViewCheck(database, whole).differences()]
        )
        if found or alone.faults or whole.faults:
            raise SystemExit(f"the book is not whole: {found or alone.faults or whole.faults}")
        print(
            "peer_s",
            peer,
            "\nalone_ratio",
            chain_s / peer,
            "\nviews_ratio",
            (all_s - chain_s) / peer,
            "\nall_ratio",
            all_s / peer,
        )
    print(f"{what}_mb", most_memory())
    database.close()


def most_memory() -> float:
    """MB that this process took at most. What `getrusage` gives begins at what the one took that started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def read_and_hash(database: Any) -> None:
    """The least that any check must do: each entry read, its content unpacked and hashed, and its link."""
    after, previous = 0, chain.START
    query = 'SELECT e."seq", "inner", "hash", "salt", "body" FROM "entry" e LEFT JOIN "payload" p ON p."seq" = e."seq" WHERE e."seq" > ? LIMIT 1000'
    while rows := database.handle.execute_sql(query, (after,)).fetchall():
        for after, inner, made, salt, body in rows:  # noqa: B007 - the last is where to go on
            if body is not None:
                hashlib.sha256(salt + unpacked(body).encode()).digest()
            hashlib.sha256(previous + inner).digest()
            previous = made


def worked(act: Callable[[], Any]) -> tuple[Any, float]:
    """What an act gives, and the seconds of CPU that it takes: on a shared machine the clock counts the others' too."""
    started = time.process_time()
    given = act()
    return given, time.process_time() - started


if __name__ == "__main__":
    part(sys.argv[1], Path(sys.argv[2]))
