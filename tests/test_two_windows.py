"""`./dev hall` where there is no display: a server from nothing, and one book of which two processes issue at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hall
from tests.places import ROOT

WITHOUT_DISPLAY = {"DISPLAY", "WAYLAND_DISPLAY"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the user of the server may go into, as those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="hall-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


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
