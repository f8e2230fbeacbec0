"""The applicant's fields: how what was typed stands there, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.make import ID_NUMBER
from tests.ui.desk_hand import CONTROL, NOON, Bench, FakePrinting, commit, press, search, type_
from tests.ui.find import find

LONG = "阿卜杜热合曼·阿卜杜如苏力"


def test_a_phone_is_grouped_once_its_field_is_left_and_typed_on_as_it_was(desk: Bench) -> None:
    phone = desk.field("phone")
    phone.setFocus()
    type_("13800000461")
    assert phone.text() == "13800000461"
    press(Qt.Key.Key_Return)
    assert (phone.text(), desk.state.phone) == ("138 0000 0461", "13800000461")
    phone.setFocus()
    assert phone.text() == "13800000461"


def test_a_small_x_stands_as_it_is_printed(desk: Bench) -> None:
    number = desk.field("id_number")
    number.setFocus()
    type_(ID_NUMBER[:-1] + "x")
    desk.field("name").setFocus()
    assert number.text().endswith(ID_NUMBER[-4:-1] + "X")


def test_a_long_name_has_a_line_of_its_own_and_a_short_one_not(desk: Bench) -> None:
    name, phone = desk.field("name"), desk.field("phone")
    name.setFocus()
    commit(LONG)
    QApplication.processEvents()
    assert name.y() < phone.y()
    assert name.fontMetrics().horizontalAdvance(LONG) < name.width()
    assert name.hasFocus()
    press(Qt.Key.Key_A, CONTROL)
    commit("岩罕")
    QApplication.processEvents()
    assert name.y() == phone.y()


def test_of_what_does_not_fit_the_beginning_is_seen(desk: Bench) -> None:
    name = desk.field("name")
    name.setFocus()
    commit(LONG * 3)
    press(Qt.Key.Key_Return)
    assert name.cursorPosition() == 0


def test_a_menu_of_its_own_leaves_the_cursor_where_it_is(desk: Bench) -> None:
    name = desk.field("name")
    name.setFocus()
    commit("欧阳雪")
    QApplication.sendEvent(name, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert name.cursorPosition() == 3


@pytest.fixture
def waiting(qtbot: Any, data_dir: Path) -> Iterator[tuple[DeskPage, Office]]:
    """A desk whose office is still being opened."""
    office = open_office(data_dir, lambda: NOON)
    page = DeskPage(search(), lambda: office, FakePrinting())
    page.resize(1290, 694)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(find(page, EntryEdit, "item_search").hasFocus)
    yield page, office
    page.close_down()
    page.close()
    office.close()


def test_what_is_typed_while_the_office_is_opened_stays_and_is_kept(waiting: tuple[DeskPage, Office]) -> None:
    page, office = waiting
    typed = {"name": "罗𠅤克", "phone": "13800000461", "id_number": ID_NUMBER}
    for key, text in typed.items():
        find(page, EntryEdit, key).setFocus()
        commit(text)
    field = find(page, EntryEdit, "id_number")
    field.setCursorPosition(3)
    page.attach(office)
    state = page.model.state
    assert {key: getattr(state, key) for key in typed} == typed
    assert (field.text(), field.hasFocus(), field.cursorPosition()) == (ID_NUMBER, True, 3)
    press(Qt.Key.Key_Escape)
    assert [draft.body["name"] for draft in office.drafts.all()] == ["罗𠅤克"]


def test_half_a_search_stays_too(waiting: tuple[DeskPage, Office]) -> None:
    page, office = waiting
    type_("gm")
    page.attach(office)
    type_("xj")
    press(Qt.Key.Key_Return)
    assert page.model.state.item == "B01"


def test_a_key_that_needs_the_office_waits_for_it(waiting: tuple[DeskPage, Office]) -> None:
    page, _ = waiting
    find(page, EntryEdit, "name").setFocus()
    commit("岩罕")
    press(Qt.Key.Key_F10)
    assert find(page, KeyOverlay).isVisible()
    assert page.model.state.name == "岩罕"


def test_a_draft_is_brought_back_before_the_office_was_open(waiting: tuple[DeskPage, Office]) -> None:
    page, office = waiting
    office.drafts.save("1" * 32, {"name": "岩罕"})
    press(Qt.Key.Key_Z, CONTROL)
    assert page.model.state.name == "岩罕"
