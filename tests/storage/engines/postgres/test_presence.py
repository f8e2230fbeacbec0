"""What windows of one book know of each other: what is open at which, by marks, as long as it is true, and nothing that holds anybody up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from counter_assistant.storage.engines.engine import Beside
from tests import hall
from tests.places import ROOT
from tests.ui.x11 import until

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]

ONE, ANOTHER = frozenset((-5, 2**62)), frozenset((7,))
MINE, THEIRS = "综合窗口 1", "综合窗口 2"
HOLDING = """
import sys, time
from counter_assistant.storage.engines.postgres.database import Database
from counter_assistant.storage.engines.postgres.server import Address
database = Database.open(Address.read(sys.argv[1]), None)
database.attend(frozenset(map(int, sys.argv[3:])), sys.argv[2])
time.sleep(600)
"""


@pytest.fixture
def place(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema=b{'7' * 16}"
    server.clear()


@pytest.fixture
def windows(place: str) -> Iterator[list[Any]]:
    with ExitStack() as opened:
        yield [opened.enter_context(closing(a_window(place))) for _ in range(2)]


def a_window(place: str) -> Any:
    from counter_assistant.storage.engines.postgres.database import Database
    from counter_assistant.storage.engines.postgres.server import Address

    return Database.open(Address.read(place), None)


def rows(server: hall.Server) -> list[tuple[Any, ...]]:
    """All that stands in the tables of the book."""
    whole = "query_to_xml(format('TABLE %I.%I', nspname, relname), true, false, '')::text"
    of_book = "relnamespace = pg_namespace.oid AND nspname = 'b{}' AND relkind = 'r'".format("7" * 16)
    return server.tell(f"SELECT relname, {whole} FROM pg_class JOIN pg_namespace ON {of_book} ORDER BY 1")


def test_each_sees_the_other_as_long_as_both_have_it_open(windows: list[Any]) -> None:
    first, second = windows
    first.attend(ONE, MINE)
    second.attend(frozenset((-5, 9)), THEIRS)
    until(lambda: first.beside == (Beside(THEIRS),))
    until(lambda: second.beside == (Beside(MINE),))
    second.attend(ANOTHER, THEIRS)
    assert second.beside == (), "of another one nothing is known yet"
    until(lambda: first.beside == ())
    second.attend(ONE, THEIRS)
    until(lambda: first.beside == (Beside(THEIRS),))
    first.attend(frozenset(), MINE)
    assert first.beside == ()
    until(lambda: second.beside == ())


def test_it_is_told_at_once_and_not_when_it_is_next_looked(
    windows: list[Any], server: hall.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a thread that would listen for an hour WHEN somebody comes to the window THEN the others can know."""
    from counter_assistant.storage.engines.postgres import listening

    monkeypatch.setattr(listening, "LOOK_S", 3600.0)
    until(lambda: windows[0].heard == 0 and windows[0]._listening._handle)
    windows[0].attend(ONE, MINE)
    until(lambda: held(server) == 2)
    windows[0].attend(frozenset(), MINE)
    until(lambda: held(server) == 0)


def held(server: hall.Server) -> int:
    return len(server.tell("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"))


def test_the_trace_of_a_killed_window_goes_by_itself(windows: list[Any], place: str) -> None:
    first, _ = windows
    first.attend(ONE, MINE)
    other = subprocess.Popen([sys.executable, "-c", HOLDING, place, THEIRS, *map(str, ONE)], cwd=ROOT)
    try:
        until(lambda: first.beside == (Beside(THEIRS),))
    finally:
        other.kill()
        other.wait()
    until(lambda: first.beside == ())


def test_a_window_whose_line_broke_is_seen_again_once_it_is_back(windows: list[Any], server: hall.Server) -> None:
    first, second = windows
    first.attend(ONE, MINE)
    second.attend(ONE, THEIRS)
    until(lambda: first.beside and second.beside)
    listens = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    server.tell(listens)
    until(lambda: first.beside == () or second.beside == ())
    until(lambda: first.beside == (Beside(THEIRS),) and second.beside == (Beside(MINE),))


def test_nobody_is_kept_from_anything_and_nothing_is_written(windows: list[Any], server: hall.Server) -> None:
    first, second = windows
    assert (before := rows(server))
    for window, name in zip(windows, (MINE, THEIRS), strict=True):
        window.attend(ONE, name)
    until(lambda: first.beside and second.beside)
    for window in windows:
        with window.writing() as handle:
            assert handle.execute_sql("SELECT seq FROM chain_head").fetchall() == [(0,)]
    assert rows(server) == before


def test_a_name_of_a_window_is_whole_or_is_none(place: str) -> None:
    from counter_assistant.storage.engines.postgres import presence

    for window in (MINE, "3", "Window 4", "二楼大厅业务受理窗口"):
        assert presence.window_of(presence.named(window)) == window
        assert len(presence.named(window)) <= presence.LONGEST
        assert presence.named(window).isascii()
    for window in ("综合服务大厅二楼东侧业务受理及咨询引导窗口一百二十三", "a\nb", ""):
        assert presence.window_of(presence.named(window)) == "", window
    for name in ("psql", "counter-assistant", "counter-assistant \x7f-\x7f", "counter-assistant \udc80", "other -ss"):
        assert presence.window_of(name) == "", name


def test_a_server_that_knows_no_such_locks_shows_nobody_and_is_heard_all_the_same(
    windows: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_assistant.storage.engines.postgres import presence

    first, second = windows
    monkeypatch.setattr(presence, "_OTHERS", "SELECT no_such_function(%s)")
    first.attend(ONE, MINE)
    second.attend(ONE, THEIRS)
    server_says = "UPDATE chain_head SET seq = 5"  # as the owner, whom no guard stops
    with first.query() as handle:
        handle.execute_sql(server_says)
    until(lambda: first.heard == 5)
    assert not first.silent
    assert first.beside == ()
