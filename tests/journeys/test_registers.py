"""The registers by keys: a suggestion out of the box until it is answered, a call that is answered later, an absence, a typing error."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from tests.journeys.keys import ALT, Counter
from tests.ui.find import find

Key = Qt.Key


def newest(counter: Counter, kind: RegisterKind) -> RegisterLine:
    return lines_of(counter.office).found(RegisterQuery((kind,)))[0]


def test_a_suggestion_from_the_counter_to_its_answer(counter: Counter) -> None:
    counter.press(Key.Key_F5)
    counter.press(Key.Key_F7)
    counter.press(Key.Key_2)
    counter.write("门口台阶请装扶手")
    counter.press(Key.Key_F9)
    line = newest(counter, RegisterKind.OPINION)
    assert (line.line, line.waits) == ("意见　门口台阶请装扶手", True)
    counter.took("记一条意见")
    counter.press(Key.Key_F9)
    counter.write("已加装")
    counter.press(Key.Key_F9)
    line = newest(counter, RegisterKind.OPINION)
    assert (line.state, line.settled) == (State.DONE, line.seq + 1)
    counter.took("处理一条意见")
    counter.press(Key.Key_F8)
    counter.write("还没有装")
    counter.press(Key.Key_Return)
    assert newest(counter, RegisterKind.OPINION).waits
    counter.took("撤销登错的处理")


def test_an_action_by_its_name_leads_to_the_same_line(counter: Counter) -> None:
    counter.type("djyj")
    counter.press(Key.Key_Return)
    counter.write("谢谢")
    counter.press(Key.Key_F9)
    assert newest(counter, RegisterKind.OPINION).line == "意见　谢谢"
    counter.took("按名字登记意见")


def test_a_call_is_taken_and_answered_the_next_day(counter: Counter) -> None:
    counter.press(Key.Key_F5)
    counter.press(Key.Key_F7)
    counter.press(Key.Key_1)
    counter.write("问额度怎样算")
    counter.press(Key.Key_Return)
    counter.write("玉罕 13900002222")
    counter.press(Key.Key_Return)
    line = newest(counter, RegisterKind.INQUIRY)
    assert (line.waits, line.due) == (True, date(2026, 11, 26))
    counter.took("记一条待答复的来电")
    counter.morning(24)
    counter.press(Key.Key_F5)
    counter.press(Key.Key_1, ALT)
    counter.press(Key.Key_F9)
    counter.write("最多 3 万元，已电话答复")
    counter.press(Key.Key_Return)
    assert newest(counter, RegisterKind.INQUIRY).state is State.DONE
    counter.took("答复一条咨询")


def test_a_slip_is_typed_in_and_a_bad_one_put_right(counter: Counter) -> None:
    counter.press(Key.Key_F5)
    counter.press(Key.Key_F7)
    counter.press(Key.Key_8)
    counter.press(Key.Key_4)
    counter.write("等了一个小时")
    counter.press(Key.Key_F9)
    line = newest(counter, RegisterKind.RATING)
    assert (line.line, line.due, line.clerk) == ("不满意　等了一个小时", date(2026, 12, 14), "")
    counter.took("记一条评价")
    counter.press(Key.Key_F9)
    counter.press(Key.Key_1)
    counter.write("当天两个窗口停电")
    counter.press(Key.Key_Return)
    counter.write("添了叫号机")
    counter.press(Key.Key_F9)
    assert newest(counter, RegisterKind.RATING).state is State.DONE
    counter.took("整改一条差评")


def test_an_absence_is_noted_and_ended(counter: Counter) -> None:
    counter.press(Key.Key_F5)
    counter.press(Key.Key_F7)
    counter.press(Key.Key_6)
    counter.write("送材料到银行")
    counter.press(Key.Key_Tab)
    counter.press(Key.Key_Tab)
    counter.write("窗口留言")
    counter.press(Key.Key_Return)
    assert newest(counter, RegisterKind.ABSENCE).waits
    counter.press(Key.Key_F9)
    counter.press(Key.Key_F9)
    assert newest(counter, RegisterKind.ABSENCE).state is State.DONE
    assert find(counter.page, QTableView).isVisible()
    counter.took("离岗和返岗")
