"""The power goes, and the book's disk does not come back: a backup and the journal, on another disk, are all that is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.restored import confirm_restored
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.safekeeping import book_journal
from counter_assistant.storage.safekeeping.backup_settings import change
from tests.make import NOW
from tests.operations.safekeeping.test_restoring import Branch, a_branch, number_of
from tests.portion import Portion
from tests.reliability.disk import Disk, make_disk

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="forks who works at the counter"),
    pytest.mark.slow,
    pytest.mark.root,
]
CUTS_OF_ONE_BOOK = 12


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = make_disk(tmp_path)
    yield made
    made.remove()


@dataclass
class Told:
    """What came of it: cuts, the papers that were acknowledged with their check codes, those lost and the numbers that came twice."""

    cuts: int = 0
    papers: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.cuts} cuts, {self.papers} papers acknowledged: {len(self.lost)} lost, {len(self.twice)} numbers twice"


def lose_the_disk(
    folder: Path,
    disk: Disk,
    cuts: int,
    chance: random.Random,
    *,
    sealed: bool,
    waits: bool = True,
    until: Callable[[Told], bool] = lambda _: False,
) -> Told:
    """Cuts the power while slips are issued, loses the folder of the book, and restores it of what lies on the other disk."""
    told, branch, printed = Told(), None, dict[str, str]()
    while told.cuts < cuts and not until(told):
        if branch is None or told.cuts % CUTS_OF_ONE_BOOK == 0:
            branch, printed = _begun(folder, disk, sealed=sealed), {}
        acknowledged = _served(branch, disk, chance.randrange(4), chance.uniform(0, 0.06), f"{told.cuts}", waits)
        told.twice += [number for number in acknowledged if number in printed]
        printed |= acknowledged
        told.cuts += 1
        told.papers += len(acknowledged)
        shutil.rmtree(branch.folder)
        _restore(branch, disk, told, printed)
    return told


def _begun(folder: Path, disk: Disk, *, sealed: bool) -> Branch:
    for name in ("stick", "copies"):
        shutil.rmtree(disk.place / name, ignore_errors=True)
    shutil.rmtree(folder / "branch", ignore_errors=True)
    (folder / "branch").mkdir()
    made = a_branch(folder / "branch", sealed=sealed)
    branch = made._replace(stick=disk.place / "stick")
    branch.stick.mkdir()
    (disk.place / "copies").mkdir()
    branch.journal()
    change(branch.folder, place=str(disk.place / "copies"))
    branch.backup()
    return branch


def _served(branch: Branch, disk: Disk, acts: int, delay: float, name: str, waits: bool) -> dict[str, str]:
    """Issues slips in another process until the power goes: number and check code of each that was acknowledged before."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _serve(branch, writing, name, waits)
    os.close(writing)
    with os.fdopen(reading, "rb", 0) as pipe:
        heard = b""
        while heard.count(b"\n") <= acts and (more := pipe.read(4096)):
            heard += more
        time.sleep(delay)
        os.set_blocking(reading, False)
        heard += pipe.read() or b""
        disk.cut()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    disk.power_on()
    return dict(line.split(" ", 1) for line in heard.decode().splitlines() if line != "open")


def _serve(branch: Branch, pipe: int, name: str, waits: bool) -> None:
    """Issues slips, each printed once the journal has it; if not `waits`, at once."""
    try:
        office = branch.open()
        os.write(pipe, b"open\n")
        book_journal.LIMIT = 20.0 if waits else 0.0
        for n in range(10**6):
            number = number_of(office, f"{name}-{n}")
            assert not (waits and office.journal.warning), office.journal.warning
            os.write(pipe, f"{number} {office.archive.show(number).row.check_code}\n".encode())
    finally:
        os._exit(1)


def _restore(branch: Branch, disk: Disk, told: Told, printed: dict[str, str]) -> None:
    (journal,) = branch.stick.glob("journal-*.jsonl")
    branch.restore(disk.place / "copies", journal=journal, over=True)
    with closing(branch.open()) as office:
        rows = {row.number: row.check_code for row in office.archive.search(limit=10**6)}
        told.lost += [number for number, code in printed.items() if rows.get(number) != code]
        told.problems += office.book.check().problems
        confirm_restored(office)
    branch.journal()
    change(branch.folder, place=str(disk.place / "copies"), carried="")
    if told.cuts % 3 == 0:
        with closing(branch.open()) as office:
            back_up(Task(branch.folder, NOW + timedelta(days=told.cuts), office.database.key))


@pytest.mark.nightly("power")
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_a_backup_and_the_journal_hold_all_that_was_acknowledged(
    tmp_path: Path, disk: Disk, portion: Portion, sealed: bool
) -> None:
    told = lose_the_disk(tmp_path, disk, portion.times(200, sample=2), portion.chance, sealed=sealed)
    print(told)
    assert (told.lost, told.twice, told.problems) == ([], [], [])


@pytest.mark.nightly("power_controls")
def test_the_harness_fails_where_the_paper_comes_before_the_journal(
    tmp_path: Path, disk: Disk, portion: Portion
) -> None:
    told = lose_the_disk(
        tmp_path, disk, 60, portion.chance, sealed=False, waits=False, until=lambda told: bool(told.lost or told.twice)
    )
    print(told)
    assert told.lost or told.twice
