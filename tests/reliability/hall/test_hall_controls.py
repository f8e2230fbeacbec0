"""What must fail: a hall whose server says that a slip is kept before it is, and one whose standby is late and not waited for."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.hall.standbys import QUORUM, three_servers
from tests.reliability.hall.test_hall_kills import lose_the_primary, working
from tests.reliability.hall.test_hall_kills import pytestmark as _marks
from tests.reliability.hall.windows import Run, Windows

pytestmark = _marks


def commits_at_once() -> None:
    """Has the connection not wait for the disk, which the program itself never does."""
    from counter_assistant.storage.engines.postgres import connection, driver
    from counter_assistant.storage.engines.postgres.server import require_fit

    def unfit(handle: Any) -> None:
        require_fit(handle)
        driver.several(handle, "SET synchronous_commit TO off")

    vars(connection)["require_fit"] = unfit


def lost_something(windows: Windows) -> Run:
    tally = windows.compared()
    print(tally)
    return tally


@pytest.mark.nightly("hall_controls")
def test_told_before_it_is_kept_slips_are_lost_with_the_primary(tmp_path: Path) -> None:
    """GIVEN standbys that are asked for, and windows that wait neither for them nor for the disk WHEN the primary dies and one is promoted THEN slips
    are gone."""
    with three_servers({**QUORUM, "wal_writer_delay": "10s"}) as servers:
        with working(tmp_path, f"{servers.address}&schema=lc01", commits_at_once) as windows:
            lose_the_primary(servers, windows, random.Random(0))
            tally = lost_something(windows)
        assert tally.lost


@pytest.mark.nightly("hall_controls")
def test_told_before_a_late_standby_has_it_slips_are_lost_with_the_primary(tmp_path: Path) -> None:
    """GIVEN standbys that are not waited for, and hear of all a second late WHEN the primary dies and one is promoted THEN the slips of that second
    are gone, and their numbers are given out again."""
    with three_servers({}, late=1.0) as servers:
        with working(tmp_path, f"{servers.address}&schema=lc01") as windows:
            windows.go_on(2)
            servers.written.kill()
            servers.take_over()
            windows.first_slip_after("after another was promoted")
            tally = lost_something(windows)
        assert tally.lost


@pytest.mark.nightly("hall_controls")
def test_waited_for_a_late_standby_loses_nothing(tmp_path: Path) -> None:
    """The same line, with standbys that are waited for: what is told late is not lost."""
    with three_servers(late=1.0) as servers:
        with working(tmp_path, f"{servers.address}&schema=lc01") as windows:
            windows.go_on(2)
            servers.written.kill()
            servers.take_over()
            windows.first_slip_after("after another was promoted")
            tally = lost_something(windows)
        assert tally.clean, (tally, tally.problems, tally.faults)
