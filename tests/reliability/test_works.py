"""Whatever is cut off, by a kill or by a cut of power, leaves the state before or after; and each control that must fail does."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.operations.safekeeping import backing_up, restoring
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.engines.sqlite import book_file, migrations, schema
from counter_assistant.storage.safekeeping.backup_folder import MANIFEST, Backup, describe
from tests.portion import Portion
from tests.reliability.disk import Disk, make_disk
from tests.reliability.interrupting import Power, Work, cut_off
from tests.reliability.works import Autosave, BackingUp, ClosingDays, Migrating, Restoring, Voiding
from tests.storage.desk import KEY

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks what is killed")

WORKS: dict[str, Callable[[], Work]] = {
    "autosave": Autosave,
    "autosave, sealed": lambda: Autosave(KEY),
    "void": Voiding,
    "void, sealed": lambda: Voiding(KEY),
    "migrate": Migrating,
    "backup": BackingUp,
    "backup, sealed": lambda: BackingUp(KEY),
    "restore over a whole book": lambda: Restoring(sealed=False, broken=False),
    "restore over a spoilt one": lambda: Restoring(sealed=False, broken=True),
    "restore, sealed": lambda: Restoring(sealed=True, broken=True),
    "close": ClosingDays,
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = make_disk(tmp_path)
    yield made
    made.remove()


@pytest.mark.slow
@pytest.mark.nightly("kills")
@pytest.mark.parametrize("work", WORKS)
def test_a_kill_leaves_the_state_before_or_after(tmp_path: Path, portion: Portion, work: str) -> None:
    made = cut_off(WORKS[work](), tmp_path, portion.times(130, sample=2), portion.chance)
    print(f"{work}: {made}")
    assert made.faults == []


@pytest.mark.slow
@pytest.mark.root
@pytest.mark.nightly("power")
@pytest.mark.parametrize(
    "work", ["migrate", "backup", "backup, sealed", "restore over a spoilt one", "restore, sealed", "close"]
)
def test_a_cut_of_power_leaves_the_state_before_or_after(disk: Disk, portion: Portion, work: str) -> None:
    power = Power(disk.cut, disk.power_on, is_cut=True)
    made = cut_off(WORKS[work](), disk.place, portion.times(100, sample=2), portion.chance, power)
    print(f"{work}: {made}")
    assert made.faults == []


@pytest.mark.nightly("kill_controls")
@pytest.mark.parametrize("work", [Autosave, Voiding, ClosingDays])
@pytest.mark.slow
def test_the_harness_fails_where_it_is_said_before_it_is_done(tmp_path: Path, portion: Portion, work: Any) -> None:
    fails(work(early=True), tmp_path, portion.chance)


def fails(work: Work, folder: Path, chance: random.Random) -> None:
    made = cut_off(work, folder, 600, chance, until_fault=True)
    print(f"{type(work).__name__}: {made}")
    assert made.faults


@pytest.mark.nightly("kill_controls")
def test_the_harness_fails_where_a_step_and_its_version_are_two_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_two_acts(handle: Any, path: Path, version: int, *_: Any, **__: Any) -> None:
        for n in range(version, schema.VERSION):
            migrations.STEPS[n](handle)
            handle.execute_sql("COMMIT")
            handle.execute_sql("BEGIN IMMEDIATE")
        handle.pragma("user_version", schema.VERSION)

    monkeypatch.setattr(book_file, "migrate", in_two_acts)
    fails(Migrating(), tmp_path, random.Random(1))


@pytest.mark.nightly("kill_controls")
def test_the_harness_fails_where_a_copy_has_its_name_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def under_its_name(place: Path, _: int) -> Iterator[Path]:
        earlier = next(place.iterdir(), None)
        made = place / ("20261124-104200" if earlier else "20261123-104200")
        made.mkdir()
        if earlier:
            shutil.copyfile(earlier / MANIFEST, made / MANIFEST)
        yield made

    def named(unborn: Path, copy: Any) -> Backup:
        describe(Backup(unborn, copy))
        return Backup(unborn, copy)

    monkeypatch.setattr(backing_up, "being_made", under_its_name)
    monkeypatch.setattr(backing_up, "finish", named)
    fails(BackingUp(), tmp_path, random.Random(2))


@pytest.mark.nightly("kill_controls")
def test_the_harness_fails_where_a_book_is_restored_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_its_place(made: Path, book: Path, *_: Any) -> Generator[str, None, None]:
        yield "kept"
        content = made.read_bytes()
        with book.open("wb", 0) as file:
            for start in range(0, len(content), 512):
                file.write(content[start : start + 512])
                time.sleep(0.001)
        yield "switched"

    monkeypatch.setattr(restoring, "switching", in_its_place)
    fails(Restoring(sealed=False, broken=False), tmp_path, random.Random(3))
