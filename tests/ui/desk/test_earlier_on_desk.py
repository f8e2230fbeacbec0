"""上次告知 on the desk: the line comes with the applicant, Ctrl+L opens the comparison, Esc closes only that."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from counter_assistant.operations.issuing.issue import issue_slip
from tests.make import ID_NUMBER, PHONE, a_request
from tests.ui.desk_hand import CONTROL, Bench, commit, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

SAID = "今天 10:42 李某已经给同一人办过这件事：临公积金示一告〔2026〕1号；"


def serve(qtbot: Any, desk: Bench, name: str = "罗某") -> str:
    """Takes the item, types name and phone, and gives what the line says then."""
    desk.take("zlsc")
    fields = desk.page._cards.applicant.fields
    fields["name"].setFocus()
    commit(name)
    fields["phone"].setFocus()
    type_(PHONE)
    earlier = desk.page._overlays.earlier
    qtbot.waitUntil(lambda: not earlier.waiting)
    bar = desk.page._cards.earlier_bar
    return "" if bar.isHidden() else bar.text.accessibleName()


def told(desk: Bench) -> None:
    issue_slip(desk.office, a_request("B08", applicant={"name": "罗某", "phone": PHONE}))


def test_who_was_told_before_is_said_in_a_line_over_the_desk(qtbot: Any, desk: Bench) -> None:
    told(desk)
    assert serve(qtbot, desk).startswith(SAID)
    cards = desk.page._cards
    assert cards.earlier_bar.geometry().bottom() < cards.search.geometry().top()


def test_who_comes_first_sees_no_line(qtbot: Any, desk: Bench) -> None:
    assert serve(qtbot, desk) == ""
    press(Qt.Key.Key_L, CONTROL)
    assert desk.page.focusWidget() is desk.page._cards.applicant.fields["phone"]


def test_a_question_is_not_answered_by_the_key_that_asked_it(qtbot: Any, qapp: Any, desk: Bench) -> None:
    """GIVEN the same number under another name WHEN F9 is pressed twice within a double click THEN it still is only asked."""
    issue_slip(desk.office, a_request("B08", applicant={"name": "钱某", "phone": PHONE, "id_number": ID_NUMBER}))
    serve(qtbot, desk)
    desk.page._cards.applicant.fields["id_number"].setFocus()
    type_(ID_NUMBER)
    qapp.setDoubleClickInterval(60_000)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert "钱某" in desk.page._cards.decision.question.text()
    assert desk.printing.papers == []
    qapp.setDoubleClickInterval(0)
    press(Qt.Key.Key_F9)
    assert len(desk.printing.papers) == 1


def test_the_second_half_of_a_double_click_does_nothing(qtbot: Any, desk: Bench) -> None:
    """出具 and 下一位 lie in the same place: two clicks would show nobody the number."""
    for button in (desk.page._cards.buttons.primary, desk.page._cards.issued.next, desk.page._cards.issued.again):
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
    layer = desk.page._overlays.earlier.overlay
    qtbot.waitUntil(layer.hasFocus)
    assert desk.page.rect().contains(layer.geometry())
    press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), desk.state.name) == (True, "罗某")
    assert desk.page._cards.applicant.fields["phone"].hasFocus()


def test_esc_from_the_desk_closes_it_too_and_a_resize_keeps_it_on_the_page(qtbot: Any, desk: Bench) -> None:
    told(desk)
    serve(qtbot, desk)
    press(Qt.Key.Key_L, CONTROL)
    layer = desk.page._overlays.earlier.overlay
    desk.page.resize(1000, 520)
    assert desk.page.rect().contains(layer.geometry())
    desk.page._cards.applicant.fields["name"].setFocus()
    press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), desk.state.name) == (True, "罗某")


def test_the_next_applicant_takes_the_line_away(qtbot: Any, desk: Bench) -> None:
    told(desk)
    serve(qtbot, desk)
    press(Qt.Key.Key_Escape)
    assert desk.state.name == ""
    assert desk.page._cards.earlier_bar.isHidden()
