"""A step made by mistake is taken back by keys: a wrong 办结, one of another list, what was registered as done on the spot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from counter_assistant.domain.cases.case import Stage
from counter_assistant.storage.views.cases import CaseList
from tests.journeys.keys import ALT, Counter
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window


def test_a_closing_by_mistake_is_taken_back_at_once(counter: Counter) -> None:
    """GIVEN two promises WHEN the wrong one is closed THEN F7 and a reason open it again, and the history says all of it."""
    wrong, right = counter.begin("11-promise"), counter.begin("10-referral")
    counter.press(Qt.Key.Key_F3)
    assert counter.page.case.id == wrong.id
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_F9)
    assert counter.case(wrong.id).stage is Stage.DONE
    assert find(counter.page, QPushButton, "next_step").accessibleName() == "办结，没有下一步"
    before = counter.pressed
    counter.press(Qt.Key.Key_F7)
    counter.write("点错了件")
    counter.press(Qt.Key.Key_Return)
    assert counter.pressed - before == 2
    counter.took("办错一件，当场撤销")
    case = counter.case(wrong.id)
    assert (case.stage, case.due, case.overrun) == (Stage.RECEIVED, wrong.due, False)
    assert [line.withdrawn for line in case.history] == [False, True, False]
    assert [line.words for line in case.history[1:]] == ["办结", "撤销“办结”，点错了件"]
    assert all(line.recorded and line.clerk for line in case.history)
    assert find(counter.page, QPushButton, "next_step").accessibleName() == "登记办结"
    assert counter.case(right.id) == right
    assert counter.sound()


def test_a_closing_is_taken_back_days_later(counter: Counter) -> None:
    """GIVEN a case closed by mistake on its day WHEN that is found two days later THEN it is open again, and overdue."""
    case = counter.begin("11-promise")
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_F9)
    counter.morning(26)
    counter.start()
    counter.press(Qt.Key.Key_F2)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_9, ALT)
    assert counter.page.case.id == case.id
    counter.press(Qt.Key.Key_F7)
    counter.write("款没有转成")
    counter.press(Qt.Key.Key_F9)
    counter.took("几天后撤销办结")
    assert counter.lists(case.id) == {CaseList.OVERDUE, CaseList.OPEN}
    assert find(counter.page, QLabel, "due").text() == "11-24 超期2天"


def test_what_was_done_on_the_spot_by_mistake_gets_its_receipt(counter: Counter) -> None:
    """GIVEN 当场办结 registered though the system is down WHEN it is taken back THEN the case goes on at the 受理台."""
    case = counter.begin("12-on-the-spot")
    assert not case.open
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_9, ALT)
    counter.press(Qt.Key.Key_F7)
    counter.write("系统停机，没有办成")
    counter.press(Qt.Key.Key_Return)
    again = counter.case(case.id)
    assert (again.open, again.stage) == (True, Stage.RECEIVED)
    assert find(counter.page, QPushButton, "next_step").accessibleName() == "重新办理，到受理台"
    counter.press(Qt.Key.Key_F9)
    counter.took("撤销当场办结，回到受理台")
    desk = counter.desk.page
    assert counter.page is desk
    assert (desk.model.state.case, desk.model.state.item) == (case.id, "B08")
    assert counter.sound()
