"""A hall in which windows die, servers stop, and a server is lost: what was told is there once, and the windows go on."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import hall
from tests.portion import Portion
from tests.reliability.hall.standbys import Standbys, three_servers
from tests.reliability.hall.windows import Run, Windows

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its windows"),
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]
COUNT = 3
LONGEST_LIFE = 0.4
"""In seconds: an act takes some hundredths of one, and opening a few tenths."""


@contextmanager
def working(folder: Path, address: str, spoil: Callable[[], None] = lambda: None) -> Iterator[Windows]:
    """Windows each of which was told of a slip. `spoil` is done in each before it opens the book."""
    windows = Windows(folder, address, COUNT, spoil)
    try:
        windows.start()
        windows.first_slip_after("opening")
        yield windows
    finally:
        windows.end()


def assert_sound(windows: Windows) -> Run:
    """Nothing lost, doubled or skipped, and nothing wrong with the book; what was measured is printed."""
    tally = windows.compared()
    print(tally)
    assert tally.clean, (str(tally), tally.lost, tally.doubled, tally.skipped, tally.problems[:5], tally.faults[:3])
    return tally


@pytest.mark.nightly("hall_kills")
def test_windows_that_are_killed_lose_double_and_skip_nothing(tmp_path: Path, portion: Portion) -> None:
    """GIVEN windows at work WHEN one is killed at a random moment, again and again THEN what somebody was told is in the book once, and the others
    are held up by none that is gone: no act is refused."""
    kills, chance = portion.times(2000, sample=8), random.Random(portion.chance.random())
    with hall.running() as server, working(tmp_path, f"{server.address}&schema=lc01") as windows:
        while windows.tally.events["kills of windows"] < kills and not windows.tally.faults:
            windows.go_on(chance.uniform(0, LONGEST_LIFE))
            killed = chance.choice(windows.all)
            windows.kill(killed)
            others = [one for one in windows.all if one is not killed]
            windows.start()
            windows.first_slip_after(
                "at another window", others if windows.tally.events["kills of windows"] % 5 else windows.all
            )
        tally = assert_sound(windows)
    assert (len(tally.issued) > kills, tally.refused) == (True, {})


@pytest.mark.nightly("hall_kills")
def test_windows_that_stand_still_hold_up_nobody(tmp_path: Path, portion: Portion) -> None:
    """GIVEN windows at work WHEN one stands still at a random moment THEN the others go on, no act of theirs is refused, and it goes on itself
    once it may."""
    chance = random.Random(portion.chance.random())
    with hall.running() as server, working(tmp_path, f"{server.address}&schema=lc01") as windows:
        for _ in range(portion.times(100, sample=1)):
            windows.go_on(chance.uniform(0, LONGEST_LIFE))
            still = chance.choice(windows.all)
            others = [one for one in windows.all if one is not still]
            windows.go_on(0.01)  # what they said before is heard
            before = [dict(one.refused) for one in others]
            os.kill(still.process, signal.SIGSTOP)
            windows.tally.events["windows that stood still"] += 1
            windows.first_slip_after("at another window", others)
            assert [dict(one.refused) for one in others] == before
            os.kill(still.process, signal.SIGCONT)
            windows.first_slip_after("at that window", [still])
        assert_sound(windows)


@pytest.mark.nightly("hall_kills")
def test_a_server_that_stops_loses_doubles_and_skips_nothing(tmp_path: Path, portion: Portion) -> None:
    chance = random.Random(portion.chance.random())
    with hall.running() as server, working(tmp_path, f"{server.address}&schema=lc01") as windows:
        for _ in range(portion.times(100, sample=1)):
            windows.go_on(chance.uniform(0, LONGEST_LIFE))
            server.stop("immediate")
            windows.tally.events["stops of the server"] += 1
            windows.go_on(chance.uniform(0, LONGEST_LIFE))
            server.start()
            windows.first_slip_after("after it was back")
        assert_sound(windows)


def lose_the_primary(servers: Standbys, windows: Windows, chance: random.Random) -> None:
    """The server that is written to dies; a standby takes its place; the old one comes back as one that follows."""
    lost = servers.primary
    windows.go_on(chance.uniform(0, LONGEST_LIFE))
    servers.written.kill()
    windows.tally.events["primaries killed"] += 1
    servers.take_over()
    windows.first_slip_after("after another was promoted")
    servers.follow(lost)
    servers.wait_for(2)


@pytest.mark.nightly("hall_kills")
def test_a_lost_primary_loses_doubles_and_skips_nothing(tmp_path: Path, portion: Portion) -> None:
    """GIVEN two standbys of which one must have each act WHEN the primary dies, and the standby that has most is promoted, again and again
    THEN what somebody was told is there once."""
    chance = random.Random(portion.chance.random())
    with three_servers() as servers, working(tmp_path, f"{servers.address}&schema=lc01") as windows:
        for _ in range(portion.times(50, sample=1)):
            lose_the_primary(servers, windows, chance)
        assert_sound(windows)


def test_without_any_standby_nothing_is_told_but_a_sentence(tmp_path: Path) -> None:
    """GIVEN standbys that are asked for WHEN both are gone THEN no window is told of a slip, each is refused with a sentence, and once one is back
    each act is there once."""
    with three_servers() as servers, working(tmp_path, f"{servers.address}&schema=lc01") as windows:
        for name in servers.others:
            servers.servers[name].kill()
        told = len(windows.tally.issued)
        waited = windows.go_on_until(lambda: windows.tally.refused["hall-unsure"] > 0)
        windows.go_on_until(lambda: all(window.refused for window in windows.all))
        assert len(windows.tally.issued) <= told + COUNT, "what the standbys had when they died"
        told = len(windows.tally.issued)
        windows.go_on(5)
        assert len(windows.tally.issued) == told
        servers.servers[servers.others[0]].start()
        windows.first_slip_after("after a standby was back")
        windows.tally.longest["the sentence"] = waited
        assert_sound(windows)


def test_an_old_primary_that_comes_back_by_itself_tells_nobody_anything(tmp_path: Path) -> None:
    """GIVEN a primary that died and was replaced WHEN its machine starts it again as it was THEN a window that finds it first is told of no slip
    there, since nobody follows it; taken off, all is there once."""
    with three_servers() as servers, working(tmp_path, f"{servers.address}&schema=lc01") as windows:
        old = servers.written
        old.kill()
        servers.take_over()
        windows.first_slip_after("after another was promoted")
        old.start()
        windows.kill(windows.all[0])
        windows.start()
        told = windows.all[0].slips
        windows.go_on_until(lambda: windows.all[0].refused["hall-unsure"] > 0)
        assert windows.all[0].slips == told
        old.kill()
        windows.first_slip_after("after the old one was taken off")
        assert_sound(windows)
