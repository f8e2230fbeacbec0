"""上次告知 on the desk: the line comes with the applicant, Ctrl+L opens the comparison, Esc closes only that."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.desk.cards.bars import EarlierBar
from counter_assistant.ui.desk.controllers.earlier import NOTHING_EARLIER
from counter_assistant.ui.desk.overlays.earlier import EarlierOverlay
from counter_assistant.ui.widgets.card import Card
from tests.make import ID_NUMBER, PHONE, a_request
from tests.ui.desk_hand import CONTROL, Bench, commit, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

SAID = "今天 10:42 李某已经给同一人办过这件事：临公积金示一告〔2026〕1号；"


def serve(qtbot: Any, desk: Bench, name: str = "罗某") -> str:
    """Takes the item, types name and phone, and gives what the line says then."""
    desk.take("zlsc")
    desk.field("name").setFocus()
    commit(name)
    desk.field("phone").setFocus()
    type_(PHONE)
    qtbot.waitUntil(lambda: not desk.earlier.waiting)
    return desk.says("earlier_words")


def told(desk: Bench) -> None:
    issue_slip(desk.office, a_request("B08", applicant={"name": "罗某", "phone": PHONE}))


def test_who_was_told_before_is_said_in_a_line_over_the_desk(qtbot: Any, desk: Bench) -> None:
    told(desk)
    assert serve(qtbot, desk).startswith(SAID)
    line, search = desk.find(EarlierBar, "上次告知"), desk.find(Card, "事项")
    assert line.geometry().bottom() < search.geometry().top()


def test_who_comes_first_sees_no_line(qtbot: Any, desk: Bench) -> None:
    assert serve(qtbot, desk) == ""
    press(Qt.Key.Key_L, CONTROL)
    assert desk.page.focusWidget() is desk.field("phone")
    assert desk.messages[-1] == NOTHING_EARLIER


def test_the_comparison_waits_for_no_pause(qtbot: Any, desk: Bench) -> None:
    """GIVEN an applicant told before WHEN Ctrl+L is the next key after the phone THEN it is open, though the line is not there yet."""
    told(desk)
    serve(qtbot, desk, "岩某")
    desk.field("phone").clear()
    type_("13900000001")
    press(Qt.Key.Key_L, CONTROL)
    assert desk.messages[-1] == NOTHING_EARLIER
    desk.field("phone").clear()
    type_(PHONE)
    desk.field("name").setFocus()
    desk.field("name").clear()
    commit("罗某")
    assert desk.earlier.waiting
    press(Qt.Key.Key_L, CONTROL)
    assert not desk.find(EarlierOverlay, "与上次告知对照").isHidden()
    assert desk.messages[-1] == "", "nothing says any more that there is none"


def test_a_question_is_not_answered_by_the_key_that_asked_it(qtbot: Any, qapp: Any, desk: Bench) -> None:
    """GIVEN the same number under another name WHEN F9 is pressed twice within a double click THEN it still is only asked."""
    issue_slip(desk.office, a_request("B08", applicant={"name": "钱某", "phone": PHONE, "id_number": ID_NUMBER}))
    serve(qtbot, desk)
    desk.field("id_number").setFocus()
    type_(ID_NUMBER)
    qapp.setDoubleClickInterval(60_000)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert "钱某" in desk.says("decision_question")
    assert desk.printing.papers == []
    qapp.setDoubleClickInterval(0)
    press(Qt.Key.Key_F9)
    assert len(desk.printing.papers) == 1


def test_the_second_half_of_a_double_click_does_nothing(qtbot: Any, desk: Bench) -> None:
    """出具 and 下一位 lie in the same place: two clicks would show nobody the number."""
    for name in ("issue", "next_applicant", "print_again"):
        button = desk.find(QPushButton, name)
        pressed: list[bool] = []
        button.pressed.connect(lambda pressed=pressed: pressed.append(True))
        place = QPointF(5, 5)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        second = QMouseEvent(QEvent.Type.MouseButtonDblClick, place, button.mapToGlobal(place), left, left, none)
        QApplication.sendEvent(button, second)
        assert pressed == []


def test_esc_closes_the_comparison_and_keeps_the_applicant(qtbot: Any, desk: Bench) -> None:
    told(desk)
    serve(qtbot, desk)
    press(Qt.Key.Key_L, CONTROL)
    layer = desk.find(EarlierOverlay, "与上次告知对照")
    qtbot.waitUntil(layer.hasFocus)
    assert desk.page.rect().contains(layer.geometry())
    press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), desk.state.name) == (True, "罗某")
    assert desk.field("phone").hasFocus()


def test_esc_from_the_desk_closes_it_too_and_a_resize_keeps_it_on_the_page(qtbot: Any, desk: Bench) -> None:
    told(desk)
    serve(qtbot, desk)
    press(Qt.Key.Key_L, CONTROL)
    layer = desk.find(EarlierOverlay, "与上次告知对照")
    desk.page.resize(1000, 520)
    assert desk.page.rect().contains(layer.geometry())
    desk.field("name").setFocus()
    press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), desk.state.name) == (True, "罗某")


def test_the_next_applicant_takes_the_line_away(qtbot: Any, desk: Bench) -> None:
    told(desk)
    serve(qtbot, desk)
    press(Qt.Key.Key_Escape)
    assert desk.state.name == ""
    assert desk.says("earlier_words") == ""
