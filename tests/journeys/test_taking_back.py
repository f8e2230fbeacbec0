"""A step made by mistake is taken back by keys: a wrong 办结, one of another list, what was registered as done on the spot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.case import Stage
from counter_assistant.storage.cases import CaseList
from tests.journeys.case_hand import Hand, counter, hand  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow  # each opens the whole window

ALT = Qt.KeyboardModifier.AltModifier


def test_a_closing_by_mistake_is_taken_back_at_once(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """GIVEN two promises WHEN the wrong one is closed THEN F7 and a reason open it again, and the history says all of it."""
    wrong, right = hand.begin("11-promise"), hand.begin("10-referral")
    hand.key(Qt.Key.Key_F3)
    assert hand.page.case.id == wrong.id
    hand.key(Qt.Key.Key_F9)
    hand.key(Qt.Key.Key_F9)
    assert hand.case(wrong.id).stage is Stage.DONE
    assert hand.page.panel.next.accessibleName() == "办结，没有下一步"
    before = hand.keys
    hand.key(Qt.Key.Key_F7)
    hand.write("点错了件")
    hand.key(Qt.Key.Key_Return)
    assert hand.keys - before == 2
    hand.said(capsys, "办错一件，当场撤销", most=5)
    case = hand.case(wrong.id)
    assert (case.stage, case.due, case.overrun) == (Stage.RECEIVED, wrong.due, False)
    assert [line.withdrawn for line in case.history] == [False, True, False]
    assert [line.words for line in case.history[1:]] == ["办结", "撤销“办结”，点错了件"]
    assert all(line.recorded and line.clerk for line in case.history)
    assert hand.page.panel.next.accessibleName() == "登记办结"
    assert hand.case(right.id) == right
    assert hand.counter.office.book.check().problems == []


def test_a_closing_is_taken_back_days_later(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """GIVEN a case closed by mistake on its day WHEN that is found two days later THEN it is open again, and overdue."""
    case = hand.begin("11-promise")
    hand.key(Qt.Key.Key_F3)
    hand.key(Qt.Key.Key_F9)
    hand.key(Qt.Key.Key_F9)
    hand.day(26)
    hand.keys = 0
    hand.key(Qt.Key.Key_F2)
    hand.key(Qt.Key.Key_F3)
    hand.key(Qt.Key.Key_9, ALT)
    assert hand.page.case.id == case.id
    hand.key(Qt.Key.Key_F7)
    hand.write("款没有转成")
    hand.key(Qt.Key.Key_F9)
    hand.said(capsys, "几天后撤销办结", most=5)
    assert hand.lists(case.id) == {CaseList.OVERDUE, CaseList.OPEN}
    assert hand.page.panel.due.text() == "11-24 超期2天"


def test_what_was_done_on_the_spot_by_mistake_gets_its_receipt(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """GIVEN 当场办结 registered though the system is down WHEN it is taken back THEN the case goes on at the 受理台."""
    case = hand.begin("12-on-the-spot")
    assert not case.open
    hand.key(Qt.Key.Key_F3)
    hand.key(Qt.Key.Key_9, ALT)
    hand.key(Qt.Key.Key_F7)
    hand.write("系统停机，没有办成")
    hand.key(Qt.Key.Key_Return)
    again = hand.case(case.id)
    assert (again.open, again.stage) == (True, Stage.RECEIVED)
    assert hand.page.panel.next.accessibleName() == "重新办理，到受理台"
    hand.key(Qt.Key.Key_F9)
    hand.said(capsys, "撤销当场办结，回到受理台", most=5)
    desk = hand.counter.desk.page
    assert hand.page is desk
    assert (desk.state.case, desk.state.item) == (case.id, "B08")
    assert hand.counter.office.book.check().problems == []
