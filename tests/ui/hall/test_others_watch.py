"""What other windows record is followed at little cost: few questions, none for what is not seen, and not for each act of a hall."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.engines.postgres.sending import Connection
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from counter_assistant.ui.application import Desk
from counter_assistant.ui.desk.search.results import RowList
from counter_assistant.ui.hall import others_watch
from counter_assistant.ui.hall.shift_page import ShiftPage
from tests import hall
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find
from tests.ui.hall.conftest import OURS, THEIRS, a_desk, issued

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path, place: BookPlace) -> Iterator[Desk]:
    """A window in which a shift has begun."""
    folder = tmp_path / "pc"
    folder.mkdir()
    note_book_place(folder, place)
    made = a_desk(qtbot, folder)
    qtbot.waitUntil(lambda: isinstance(made.window.page, ShiftPage))
    page = made.window.page
    assert isinstance(page, ShiftPage)
    page.who.edit.setText("0001")
    page.secret.edit.setText(OURS)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.page.attached)
    yield made
    made.window.close()
    made.opening.close()


@pytest.fixture
def other(tmp_path: Path, place: BookPlace) -> Iterator[Office]:
    with closing(open_office(tmp_path / "other", place=place, shift=Shift("0002", THEIRS))) as made:
        yield made


class Asked:
    """How often this window waited for its server, and how often it read again what others had recorded."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.followed = 0, 0
        wait, here = Connection.wait, threading.get_ident()
        handle = desk.opening.office().database.handle.connection()

        def counting(connection: Connection, *given: Any, **named: Any) -> Any:
            self.times += connection is handle and threading.get_ident() == here
            return wait(connection, *given, **named)

        monkeypatch.setattr(Connection, "wait", counting)
        desk.context.recorded.connect(self._count)

    def _count(self) -> None:
        self.followed += 1


def somebody(desk: Desk) -> None:
    find(desk.page, QLineEdit, "item_search").setFocus()
    type_("zl")
    press(Qt.Key.Key_Return)
    find(desk.page, QLineEdit, "name").setFocus()
    commit("岩罕")


def test_beside_a_visitor_it_takes_few_questions(
    qtbot: Any, desk: Desk, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody(desk)
    qtbot.wait(others_watch.AGAIN_MS)
    asked = Asked(desk, monkeypatch)
    issued(other)
    qtbot.waitUntil(lambda: asked.followed == 1)
    assert 0 < asked.times <= 4


def test_on_an_empty_desk_the_new_slip_is_seen(
    qtbot: Any, desk: Desk, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.wait(others_watch.AGAIN_MS)
    done = find(desk.page, RowList, "just_done").results
    asked = Asked(desk, monkeypatch)
    number = issued(other).rpartition("〕")[2]
    qtbot.waitUntil(lambda: any(number in row.detail for row in done.rows[:1]))
    assert 0 < asked.times <= 21


def test_another_page_asks_nothing_for_the_desk_that_it_hides(
    qtbot: Any, desk: Desk, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.window.show_page("settings")
    qtbot.wait(others_watch.AGAIN_MS)
    asked = Asked(desk, monkeypatch)
    issued(other)
    qtbot.waitUntil(lambda: asked.followed == 1)
    assert 0 < asked.times <= 4


def test_many_acts_of_others_are_read_once(
    qtbot: Any, desk: Desk, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others_watch, "AGAIN_MS", 3_600_000)
    asked = Asked(desk, monkeypatch)
    issued(other)
    qtbot.waitUntil(lambda: asked.followed == 1)
    for _ in range(2):
        issued(other)
        qtbot.wait(others_watch.LOOK_MS)
    assert asked.followed == 1
