"""Two windows of a small branch, each a process on a screen of its own, with one book on a server: a visitor goes from one to the other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.closing import find
from counter_assistant.storage.server.book_place import BookPlace
from tests import hall
from tests.make import ID_NUMBER, PHONE, text_of
from tests.printing.conftest import Captured, CupsServer, private_server
from tests.ui.hall.real_windows import EVENING, SEARCH, RealWindow, two_windows
from tests.ui.x11 import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.x11,
    pytest.mark.hall,
    pytest.mark.nightly("hall_windows"),
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]

RENTS = "1112"
"""Of those who rent: self, unmarried, lease registered, no fund loan is open."""
NAME, ANOTHER, ANOTHER_PHONE = "岩罕", "玉罕", "13800000001"


@pytest.fixture
def book(server: hall.Server) -> Iterator[str]:
    """Where the book lies."""
    yield f"{server.address}&schema=b{'4' * 16}"
    server.clear()


@pytest.fixture
def cups() -> Iterator[CupsServer]:
    with private_server() as made:
        yield made


@pytest.fixture
def printer(cups: CupsServer) -> Captured:
    """The printer of both windows, and what came out of it."""
    folder = Path(tempfile.mkdtemp(prefix="sheets-", dir=cups.folder))
    folder.chmod(0o777)
    cups.queue("counter", "窗口打印机", Captured(folder).uri)
    cups.run("lpadmin", "-d", "counter")
    return Captured(folder)


@pytest.fixture
def windows(book: str, cups: CupsServer, printer: Captured, tmp_path: Path) -> Iterator[tuple[RealWindow, RealWindow]]:
    with two_windows(tmp_path, book, cups) as opened:
        yield opened


def test_a_visitor_is_told_at_one_window_and_done_with_at_the_other(
    windows: tuple[RealWindow, RealWindow], printer: Captured, book: str, tmp_path: Path
) -> None:
    """GIVEN somebody who was told at one window WHEN they come to the other with everything THEN that one finds the paper, sees what was
    told and that they are still open there, and ends the matter; the first window shows it without a key, numbers go on over both,
    and the day is closed once for both."""
    one, two = windows
    one.take(RENTS)
    one.who(name=NAME, phone=PHONE)
    first = one.issue()
    assert first.endswith("告〔2026〕1号")
    until(printer.sheets)
    assert text_of(printer.sheets()[0]).count("一次性告知单") >= 2

    two.press("F4")
    until(lambda: two.seen("page") == "档案")
    two.write("yh")
    until(lambda: two.shows(first))
    two.press("F2")
    two.take(RENTS, "ctrl+a")
    two.who(name=NAME, phone=PHONE, id_number=ID_NUMBER)
    until(lambda: f"已经给同一人办过这件事：{first}" in two.says("earlier_words"))
    until(lambda: two.says("beside") == "别的窗口也开着这一位：综合窗口 1。")
    until(lambda: one.says("beside") == "别的窗口也开着这一位：综合窗口 2。")
    one.press("Return")
    until(lambda: one.seen("focus") == SEARCH)
    until(lambda: not two.says("beside"))

    one.press("F3")
    until(lambda: one.seen("page") == "办件")
    one.press("alt+9")
    until(lambda: not one.shows(NAME))
    two.press("F10", "f", "F9")
    until(lambda: first in two.says("decision_question"))
    two.insist("F9", "已登记办结，不出文书")
    until(lambda: one.shows(NAME))

    two.press("Return")
    two.take(RENTS)
    two.who(name=ANOTHER, phone=ANOTHER_PHONE)
    assert two.issue().endswith("告〔2026〕2号")
    two.press("Return")
    until(lambda: two.seen("focus") == SEARCH)
    two.write("rj")
    two.press("Return")
    until(lambda: two.shows("已结账，记入台账"))
    one.press("F2")
    until(lambda: one.seen("focus") == SEARCH)
    one.write("rj")
    one.press("Return")
    until(lambda: one.shows("已经结过账了"))

    with closing(open_office(tmp_path / "third", lambda: EVENING, place=BookPlace(book))) as office:
        assert [entry.payload["issue"]["sequence"] for entry in office.book.entries(EntryKind.SLIP_ISSUED)] == [1, 2]
        assert find(office, Period.DAY, "2026-11-23")
        assert office.book.check().problems == []


def test_a_window_that_lost_its_power_is_not_said_to_have_anybody_open(windows: tuple[RealWindow, RealWindow]) -> None:
    one, two = windows
    for window in windows:
        window.take(RENTS)
        window.who(name=NAME, phone=PHONE)
    until(lambda: one.says("beside") and two.says("beside"))
    one.kill()
    until(lambda: not two.says("beside"))
    assert two.issue().endswith("1号")
