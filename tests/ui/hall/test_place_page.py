"""数据在哪里: asked for by name and from the settings, tried before it is taken, said in a sentence, and a way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.moved_entry import BookMoved, MovedAct
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.server.book_place import BookPlace, note_book_place, read_book_place
from counter_assistant.ui.hall.place_page import PlacePage
from counter_assistant.ui.widgets.labels import PlainLabel
from tests import hall
from tests.ui.counter import press
from tests.ui.hall.conftest import BOOK, OURS

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    made = open_office(data_dir)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: Any, office: Office) -> PlacePage:
    made = PlacePage(office)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.address.edit.hasFocus)
    return made


def type_in(page: PlacePage, address: str, who: str = "0001", password: str = OURS) -> None:
    page.address.edit.setText(address)
    page.window_name.edit.setText("综合窗口 2")
    page.who.edit.setText(who)
    page.secret.edit.setText(password)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)


def test_it_is_tried_and_then_taken_from_the_next_opening_on(
    qtbot: Any, page: PlacePage, office: Office, place: BookPlace
) -> None:
    type_in(page, place.address)
    qtbot.waitUntil(lambda: "试通了" in page.message.text())
    assert read_book_place(office.folder) == place
    assert not office.database.shared, "what is open stays open"
    assert page.again.hasFocus()
    assert not page.unsaved
    with qtbot.waitSignal(page.restart_wanted):
        press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("address", "password", "said"),
    [
        ("http://10.0.0.5/centre", OURS, "地址不对"),
        ("postgresql://x:secret@10.0.0.5/centre", OURS, "不能有密码"),
        ("postgresql://10.0.0.5/centre?sslmode=disable", OURS, "没有加密"),
        ("postgresql:///centre?host=/nowhere", OURS, "连不上台账服务器"),
        ("{place}", "不是这个密码", "不认这个用户或密码"),
        ("{other}", OURS, "没有叫“another”的台账"),
    ],
)
def test_what_does_not_answer_is_said_and_nothing_is_changed(
    qtbot: Any, page: PlacePage, office: Office, place: BookPlace, address: str, password: str, said: str
) -> None:
    type_in(page, address.format(place=place.address, other=place.address.replace(BOOK, "another")), password=password)
    qtbot.waitUntil(lambda: said in page.message.text())
    assert not read_book_place(office.folder).on_server
    assert page.address.edit.hasFocus()


def test_fields_that_are_empty_are_named(page: PlacePage) -> None:
    type_in(page, "", who="")
    assert page.address.edit.hasFocus()
    assert page.message.text() == " "


def test_there_is_a_way_back(qtbot: Any, office: Office, place: BookPlace) -> None:
    note_book_place(office.folder, place)
    page = PlacePage(office)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.address.edit.hasFocus)
    assert page.address.edit.text() == place.address
    press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert "改回来了" in page.message.text()
    assert read_book_place(office.folder) == BookPlace()


def test_who_may_not_is_refused(qtbot: Any, page: PlacePage, office: Office, place: BookPlace) -> None:
    from counter_assistant.domain.refusal import Refusal

    def refuse(*_: object) -> None:
        raise Refusal("no-permission", "没有这项权限。", "请找管理员。")

    office.permit = refuse  # type: ignore[method-assign, assignment]
    type_in(page, place.address)
    qtbot.waitUntil(lambda: "没有这项权限" in page.message.text())
    assert not read_book_place(office.folder).on_server


@pytest.mark.parametrize("on_server", [True, False])
def test_of_a_book_that_moved_it_says_where_it_is_and_asks_for_the_password_alone(
    qtbot: Any, data_dir: Path, place: BookPlace, on_server: bool
) -> None:
    to = place.address if on_server else "耿马-02 上的 D:\\柜台助手\\book.db"
    with closing(open_office(data_dir)) as office:
        office.book.append(EntryKind.BOOK_MOVED, BookMoved(MovedAct.LEFT, to, "0001").to_payload())
    with closing(open_office(data_dir)) as office:
        page = PlacePage(office)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        assert any(to in label.text() for label in page.findChildren(PlainLabel))
        if not on_server:
            assert page.address.edit.text() == ""
            return
        qtbot.waitUntil(page.secret.edit.hasFocus)
        page.secret.edit.setText(OURS)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "试通了" in page.message.text())
        assert read_book_place(data_dir).address == place.address
