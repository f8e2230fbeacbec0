"""`./dev hall` where there is no display: a server from nothing, and one book of which two processes issue at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.paths import TRAINING
from counter_assistant.storage.server.book_place import NAME
from tests import hall
from tests.places import ROOT
from tests.ui.x11 import PATIENCE, until

WITHOUT_DISPLAY = {"DISPLAY", "WAYLAND_DISPLAY"}

WAITING = """
import time
from tests import two_windows
two_windows._windows = lambda _folder: time.sleep(600)
two_windows._has_display = lambda: True
raise SystemExit(two_windows.main())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with hall.open_folder() as made:
        yield made


@pytest.mark.hall
@pytest.mark.slow
@pytest.mark.skipif(bool(hall.missing()) or sys.platform != "linux", reason=hall.missing() or "needs Linux")
def test_two_processes_issue_one_after_the_other_and_again_the_next_time(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in WITHOUT_DISPLAY}
    for entries, numbers in ((3, {1, 2}), (5, {3, 4})):
        done = subprocess.run(
            [sys.executable, "-m", "tests.two_windows", folder / "hall"],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        issued = [line.rpartition("〕")[2] for line in lines if line.startswith("综合窗口")]
        assert set(issued) == {f"{number}号" for number in numbers}
        assert any(f"共 {entries} 条记录，全部完好。" in line for line in lines)


@pytest.mark.hall
@pytest.mark.slow
@pytest.mark.skipif(bool(hall.missing()) or sys.platform != "linux", reason=hall.missing() or "needs Linux")
def test_one_that_is_told_to_end_leaves_no_server_behind(folder: Path) -> None:
    """GIVEN windows that never close WHEN the command is ended THEN its server has ended as well, and the next time it starts."""
    running = subprocess.Popen([sys.executable, "-c", WAITING, folder / "hall"], cwd=ROOT, stdout=subprocess.DEVNULL)
    until((folder / "hall" / "window-2" / TRAINING / NAME).exists)
    assert (folder / "hall" / "server" / "postmaster.pid").exists()
    running.terminate()
    assert running.wait(PATIENCE) == 1
    assert not (folder / "hall" / "server" / "postmaster.pid").exists()
