"""Who else has this visitor open: a line under their name, as long as it is true, and nothing to press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people.at_other_windows import also_open_at, attend
from counter_assistant.storage.server.book_place import BookPlace, note_book_place
from tests import hall
from tests.make import ID_NUMBER, PHONE
from tests.ui.desk_hand import Bench, bench, commit, press, type_

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]

BOOK = f"b{'7' * 16}"
SAME = Applicant("岩罕", PHONE)


@pytest.fixture
def place(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema={BOOK}"
    server.tell(f"DROP SCHEMA {BOOK} CASCADE")


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, place: str) -> Iterator[Bench]:
    data_dir.mkdir()
    note_book_place(data_dir, BookPlace(place, "综合窗口 1"))
    with bench(qtbot, data_dir) as made:
        yield made


@pytest.fixture
def other(tmp_path: Path, place: str, desk: Bench) -> Iterator[Office]:
    with closing(open_office(tmp_path / "other", place=BookPlace(place, "综合窗口 2"))) as made:
        yield made


def somebody(desk: Bench, name: str = "岩罕") -> None:
    desk.take("zl")
    desk.field("name").setFocus()
    commit(name)
    press(Qt.Key.Key_Return)
    type_(PHONE)


def test_it_is_said_under_their_name_as_long_as_it_is_true(qtbot: Any, desk: Bench, other: Office) -> None:
    somebody(desk)
    attend(other, SAME, "")
    qtbot.waitUntil(lambda: desk.says("beside") == "别的窗口也开着这一位：综合窗口 2。")
    qtbot.waitUntil(lambda: also_open_at(other) == ("综合窗口 1",))
    attend(other, Applicant("", id_number=ID_NUMBER), "")
    qtbot.waitUntil(lambda: desk.says("beside") == "")


def test_the_next_visitor_is_not_said_to_be_open_elsewhere(qtbot: Any, desk: Bench, other: Office) -> None:
    """GIVEN a visitor who is open at another window too WHEN they are put aside THEN nothing is said of whoever comes next, and the other
    window hears that they have left here."""
    attend(other, SAME, "")
    somebody(desk)
    qtbot.waitUntil(lambda: bool(desk.says("beside")))
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert desk.says("beside") == ""
    qtbot.waitUntil(lambda: also_open_at(other) == ())


def test_whoever_closes_a_window_has_nobody_open(qtbot: Any, desk: Bench, other: Office) -> None:
    somebody(desk)
    attend(other, SAME, "")
    qtbot.waitUntil(lambda: also_open_at(other) == ("综合窗口 1",))
    desk.office.close()
    qtbot.waitUntil(lambda: also_open_at(other) == ())


def test_a_server_that_is_away_is_no_word_about_others(
    qtbot: Any, desk: Bench, other: Office, server: hall.Server
) -> None:
    somebody(desk)
    attend(other, SAME, "")
    qtbot.waitUntil(lambda: bool(desk.says("beside")))
    server.stop("immediate")
    try:
        qtbot.waitUntil(lambda: desk.says("beside") == "")
    finally:
        server.start()
    qtbot.waitUntil(lambda: bool(desk.says("beside")), timeout=30_000)
