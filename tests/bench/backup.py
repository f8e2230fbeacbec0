"""Issuing while a copy is being made beside it, by turns with nobody copying: milliseconds of a commit, p50 and p95.

The other process of the window makes one copy after the other, of a sealed book, into the same folder, as a backup at a busy hour would; in
the turns without it sleeps. `ratio_p95` is what a clerk who presses F9 notices.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.backup_process import command, to_bytes
from counter_assistant.storage.book import Book
from counter_assistant.storage.sealing.key_ring import new_ring
from counter_assistant.storage.sealing.ring_file import write_ring
from tests.storage.desk import KEY, issue, open_sealed

SIZE, ROUNDS, COMMITS = 3000, 10, 40
FIRST, DAYS = datetime(2026, 1, 1, tzinfo=UTC), list[int]()
PAUSE = 0.02
"""Seconds between two slips: quick for a counter, and time for the disk to settle."""


def run(size: int = SIZE) -> dict[str, float]:
    """Builds a sealed book of so many slips, and issues more by turns with and without a copy going on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = open_sealed(folder / "book.db")
        write_ring(folder, new_ring(KEY), KEY)
        for n in range(size):
            issue(book, f"{n}", item_name="租房提取" * 20)
        figures = {"book_mb": (folder / "book.db").stat().st_size / 1e6, "copy_s": copy_once(folder)}
        times: dict[bool, list[float]] = {False: [], True: []}
        for n in range(ROUNDS):
            for busy in (n % 2 == 0, n % 2 != 0):
                times[busy] += issuing(book, folder, f"{n} {busy}", busy=busy)
        book.database.close()
        figures["copies"] = len(DAYS)
    for busy, name in ((False, "alone"), (True, "beside_copy")):
        figures |= {f"p50_{name}_ms": p(times[busy], 50), f"p95_{name}_ms": p(times[busy], 95)}
    figures |= {f"ratio_p{n}": p(times[True], n) / p(times[False], n) for n in (50, 95)}
    return {name: round(value, 3) for name, value in figures.items()}


def issuing(book: Book, folder: Path, name: str, *, busy: bool) -> list[float]:
    """Milliseconds of each of some acts; while it is `busy` one copy follows the other."""
    copying, taken = None, list[float]()
    for n in range(COMMITS):
        if busy and (copying is None or copying.poll() is not None):
            copying = begin(folder)
        started = time.perf_counter()
        issue(book, f"{name} {n}", item_name="租房提取" * 20)
        taken.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSE)
    if copying:
        copying.wait()
    return taken


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """Starts a copy as the window does; each is of another day, so that what is kept does not change by the hour."""
    copying = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert copying.stdin is not None
    with copying.stdin as pipe:
        pipe.write(to_bytes(Task(folder, FIRST + timedelta(days=len(DAYS)), KEY)))
    DAYS.append(copying.pid)
    return copying


def copy_once(folder: Path) -> float:
    """Seconds of a copy and its verification, from the start of the process to its end."""
    started = time.perf_counter()
    if begin(folder).wait():
        raise SystemExit("no copy was made")
    return time.perf_counter() - started


def p(times: list[float], percent: int) -> float:
    """A percentile."""
    return quantiles(times, n=100)[percent - 1]
