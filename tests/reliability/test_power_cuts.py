"""The plug is pulled while slips are issued: whatever was acknowledged is there; and the harness that shows it can fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.storage.engines.sqlite import connection
from tests.portion import Portion
from tests.reliability.disk import Disk, make_disk
from tests.reliability.harness import Opening, Tally, kill_again_and_again
from tests.storage.desk import open_book, open_sealed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its workers")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = make_disk(tmp_path)
    yield made
    made.remove()


class PowerCuts:
    """Cuts of one disk; the harness looks at the book between two of them."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def run(self, cuts: int, *, stop_when_lost: bool = False, opening: Opening = open_book) -> Tally:
        until = (lambda tally: not tally.clean) if stop_when_lost else (lambda _: False)
        return kill_again_and_again(
            self._disk.place / "book.db",
            cuts,
            cut=self._disk.cut,
            power_on=self._disk.power_on,
            until=until,
            opening=opening,
        )


@pytest.mark.nightly("power")
@pytest.mark.parametrize("opening", [open_book, open_sealed])
def test_no_power_cut_loses_what_was_acknowledged(disk: Disk, portion: Portion, opening: Opening) -> None:
    cuts = portion.times(1000, sample=4)
    tally = PowerCuts(disk).run(cuts, opening=opening)
    print(tally)
    assert tally.clean, (str(tally), tally.lost, tally.doubled, tally.skipped, tally.problems, tally.faults)
    assert len(tally.issued) > cuts // 2


@pytest.mark.nightly("power_controls")
@pytest.mark.parametrize("setting", [("journal_mode", "DELETE", "delete"), ("synchronous", "OFF", 0)])
def test_the_harness_fails_with_settings_that_lose(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, setting: tuple[str, str, object]
) -> None:
    name, value, read = setting
    monkeypatch.setattr(connection, "PRAGMAS", {**connection.PRAGMAS, name: (value, read)})
    tally = PowerCuts(disk).run(400, stop_when_lost=True)
    print(setting, tally, tally.problems)
    assert not tally.clean
