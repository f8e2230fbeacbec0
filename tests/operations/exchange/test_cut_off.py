"""A merge that is cut off leaves all of a bundle or nothing of it, and the same bundle again ends it; so does a bundle that is cut off."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merging import bring
from counter_assistant.storage.exchange import taking_in
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, Branch
from tests.portion import Portion
from tests.storage.desk import PROCESSES

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")


def books_at(folder: Path) -> BranchBooks:
    return BranchBooks(folder, None, lambda: NOW)


def merge(folder: Path, path: Path) -> None:
    bring(books_at(folder), read_bundle(path), OPENING)


def there(folder: Path, first: list[Line] | None = None) -> list[list[Line]]:
    """What each strand has; that which has `first` stands first."""
    found, books = [], books_at(folder)
    for name in books.names():
        with books.opened(name) as book:
            assert book.check().problems == []
            found.append(lines_after(book.database.handle, 0, 100_000))
    return sorted(found, key=lambda lines: lines != first)


def killed_after(folder: Path, path: Path, seconds: float) -> bool:
    """Merges in another process, which is killed after so many seconds; False where it was done before."""
    worker = PROCESSES.Process(target=merge, args=(folder, path))
    worker.start()
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    return worker.exitcode == -signal.SIGKILL


@POSIX
@pytest.mark.nightly("exchange-kills")
def test_a_merge_that_is_killed_left_all_or_nothing(portion: Portion, tmp_path: Path) -> None:
    """GIVEN a first bundle, one that goes on from it and one of a clone WHEN the process that merges is killed at any moment THEN each strand is as
    before or as after, and sound, and the same bundle again gives what it gives anybody."""
    killed = 0
    for n in range(portion.times(300, sample=6)):
        place, chance = tmp_path / f"{n}", portion.chance
        place.mkdir()
        branch = Branch(chance)
        branch.go_on(60)
        first, states = branch.send(place / "0.bundle"), [[], [list(branch.lines)]]
        clone, end = branch.copied(), branch.end
        branch.go_on(40)
        second, one = branch.send(place / "1.bundle", end), list(branch.lines)
        clone.go_on(40)
        third, other = clone.send(place / "2.bundle", end), list(clone.lines)
        states += [[one], [one, other]]
        for step, path in enumerate((first, second, third)):
            killed += killed_after(place / "centre", path, chance.random() * 0.4)
            left = there(place / "centre", one)
            assert left in (states[step], states[step + 1]), (n, step)
            merge(place / "centre", path)
            assert there(place / "centre", one) == states[step + 1], (
                n,
                step,
            )
        shutil.rmtree(place)
    assert killed, "nothing was cut off"


@pytest.mark.parametrize("begun", [False, True], ids=["first", "further"])
def test_what_fails_within_leaves_nothing(begun: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a disk that fails once everything was put in WHEN a bundle is merged THEN nothing of it is there, and no file that is half made."""
    branch, folder = Branch(random.Random(1)), tmp_path / "centre"
    branch.go_on(5)
    if begun:
        merge(folder, branch.send(tmp_path / "0.bundle"))
    before = there(folder)
    branch.go_on(5)
    path = branch.send(tmp_path / "1.bundle")

    def fails(*_: object) -> None:
        raise Refusal("disk-full", "磁盘已满。", "请清理磁盘。")

    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "_follow", fails)
        with pytest.raises(Refusal):
            merge(folder, path)
    assert there(folder) == before
    left = [
        each.name
        for each in books_at(folder).folder.rglob("*")
        if each.is_file() and each.suffix not in (".db", ".db-journal")
    ]
    assert [name for name in left if not name.endswith("-journal")] == []
    assert bring(books_at(folder), read_bundle(path), OPENING).outcome is Outcome.TAKEN
    assert there(folder) == [branch.lines]
