"""The plug is pulled while papers are saved: what was said to be saved is there, whole; and the harness that shows it can fail."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest

from counter_assistant import files
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from tests.make import a_request, an_office
from tests.portion import Portion
from tests.reliability.disk import Disk, make_disk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its workers")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = make_disk(tmp_path)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A paper as the desk saves it."""
    office = an_office(tmp_path_factory.mktemp("office"))
    issued = issue_slip(office, a_request())
    assert issued.slip
    made = reprint_and_void.pdf_of(office, reprint_and_void.show(office, issued.slip.number))
    office.close()
    return made


@dataclass
class Tally:
    """What a run of cuts has shown."""

    cuts: int = 0
    saved: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = f"{self.cuts} cuts, {self.saved} files acknowledged"
        return f"{said}: {len(self.lost)} missing or short, {len(self.half)} half ones under a name"


def cut_again_and_again(disk: Disk, pdf: bytes, cuts: int, *, stop_when_lost: bool = False) -> Tally:
    """Saves papers in a folder of their own for each cut, and looks after it for those that were acknowledged."""
    chance, tally = random.Random(20261129), Tally()
    while tally.cuts < cuts and not (stop_when_lost and tally.lost):
        folder = disk.place / "给当事人" / f"{tally.cuts}"
        saved = _cut_one(disk, folder, pdf, chance.randrange(1, 12), chance.uniform(0, 0.02))
        tally.cuts += 1
        tally.saved += len(saved)
        disk.power_on()
        tally.lost += [name for name in saved if not _is_whole(folder / name, pdf)]
        there = list(folder.glob("*.pdf")) if folder.is_dir() else []
        tally.half += [path.name for path in there if not _is_whole(path, pdf)]
        shutil.rmtree(folder, ignore_errors=True)  # the disk is small
    return tally


def _is_whole(path: Path, pdf: bytes) -> bool:
    return path.is_file() and path.read_bytes() == pdf


def _cut_one(disk: Disk, folder: Path, pdf: bytes, papers: int, delay: float) -> list[str]:
    """What was said to be saved before the power was cut, some papers and a moment later."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _save_on_and_on(folder, pdf, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        saved = [line.strip() for line in islice(said, papers)]
        assert len(saved) == papers, "the worker has died by itself"
        time.sleep(delay)
        disk.cut()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    return saved


def _save_on_and_on(folder: Path, pdf: bytes, pipe: int) -> None:
    try:
        for n in range(10**6):
            path = reprint_and_void.save_paper(
                pdf, reprint_and_void.paper_folder(folder), f"临公积金示一告〔2026〕{n}号"
            )
            os.write(pipe, f"{path.name}\n".encode())
    finally:
        os._exit(1)


@pytest.mark.root
@pytest.mark.slow
@pytest.mark.nightly("power_papers")
def test_no_power_cut_loses_a_paper_that_was_said_to_be_saved(disk: Disk, pdf: bytes, portion: Portion) -> None:
    tally = cut_again_and_again(disk, pdf, portion.times(100, sample=4))
    print(tally)
    assert [*tally.lost, *tally.half] == [], str(tally)
    assert tally.saved >= tally.cuts


@pytest.mark.root
@pytest.mark.slow
@pytest.mark.nightly("power_controls")
def test_the_harness_fails_without_syncing_the_content(disk: Disk, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "make_durable", lambda file: file.flush())
    monkeypatch.setattr(files, "sync_names", lambda _: None)
    tally = cut_again_and_again(disk, pdf, 100, stop_when_lost=True)
    print(tally)
    assert tally.lost
