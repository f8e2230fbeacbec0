"""清单：打勾、去勾，鼠标和空格都行；数字键选一行。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.quiet_list import NumberedList, QuietList
from tests.ui.counter import press, show


def box(shown: QuietList, row: int) -> QPoint:
    place = shown.visualItemRect(shown.item(row))
    return QPoint(place.x() + 16, place.center().y())


@pytest.mark.parametrize("first", [Qt.CheckState.Checked, Qt.CheckState.Unchecked])
def test_a_click_ticks_what_was_not_ticked_and_the_other_way_round(qtbot: QtBot, first: Qt.CheckState) -> None:
    shown = QuietList("清单")
    item = shown.add("一行")
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(first)
    show(qtbot, shown, (300, 200))
    other = Qt.CheckState.Unchecked if first is Qt.CheckState.Checked else Qt.CheckState.Checked
    for expected in (other, first, other):
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=box(shown, 0))
        QTest.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(290, 190))  # no double click
        qtbot.wait(450)
        assert item.checkState() is expected
    shown.setCurrentRow(0)
    press(Qt.Key.Key_Space)
    assert item.checkState() is first


def test_a_digit_marks_a_row_and_enter_goes_on(qtbot: QtBot) -> None:
    shown = NumberedList("种类", ("甲", "乙", "丙"))
    show(qtbot, shown, (300, 200))
    entered: list[bool] = []
    shown.entered.connect(lambda: entered.append(True))
    press(Qt.Key.Key_3)
    assert (shown.currentRow(), shown.item(2).text()) == (2, "3　丙")
    press(Qt.Key.Key_9)
    assert shown.currentRow() == 2
    press(Qt.Key.Key_Up)
    assert shown.currentRow() == 1
    press(Qt.Key.Key_Return)
    assert entered == [True]
