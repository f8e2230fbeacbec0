"""The page 登记 by keys and by mouse: registers, search, a line that asks, what is done to the marked line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from counter_assistant.ui.registers.entry_line import EntryLine
from counter_assistant.ui.registers.finder import BY_HAND, BY_ITSELF, NOT_FOUND, NOTHING_WAITS
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.widgets.records.list_chips import ListChip, ListChips
from tests.decision_rows import ROWS
from tests.hand_entries import TYPED
from tests.make import a_request, an_office
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
K = RegisterKind


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[RegisterPage]:
    made = RegisterPage(office)
    made.resize(1290, 690)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(find(made, QLineEdit, "查找登记").hasFocus)
    yield made
    made.close()


def fill(office: Office) -> None:
    """A visit of each sort, and a line of each register that is typed."""
    for name in ("4-unclear", "10-referral", "11-promise"):
        issue_slip(office, a_request(**ROWS[name][0], request_id=name))
    for kind, typed in TYPED.items():
        keeping.record(office, kind, typed)


def shown(page: RegisterPage) -> list[str]:
    model = find(page, QTableView).model()
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def newest(office: Office, kind: RegisterKind) -> RegisterLine:
    return keeping.lines_of(office).found(RegisterQuery((kind,)))[0]


def is_said(page: RegisterPage, part: str) -> bool:
    """Whether the panel shows a text, once all has its room."""
    return part in texts(page.panel)


def texts(widget: QWidget) -> str:
    from tests.ui.counter import screen_texts

    return "\n".join(screen_texts(widget))


def test_what_waits_comes_first_and_each_register_by_its_digit(page: RegisterPage, office: Office) -> None:
    fill(office)
    page.refresh()
    assert [line.split("　")[0] for line in shown(page)] == [
        "罗𠅤克",
        "玉罕 139****2222",
        "不满意",
        "建议",
        "离开岗位",
        "省平台停了，办不了转移",
    ]
    assert find(page, ListChip, "waiting").text() == "待办 6"
    assert find(page, ListChip, "first_contact").text() == "首问"
    for which in list(RegisterList)[:-1]:
        press(Key[f"Key_{which.key}"], ALT)
        assert find(page, ListChips).current is which
        assert find(page, ListChip, which.value).isChecked()
        labels = {page.finder.model.line(n).label for n in range(page.finder.found)}
        assert labels <= {kind.label for kind in which.kinds}
    press(Key.Key_Right)
    assert find(page, ListChips).current is RegisterList.WAITING
    press(Key.Key_Left)
    assert find(page, ListChips).current is RegisterList.RATING


def test_what_is_typed_is_looked_for_in_the_register_or_in_all_of_them(page: RegisterPage, office: Office) -> None:
    fill(office)
    page.refresh()
    commit("扶手")
    assert shown(page) == ["建议　门口台阶请装扶手"]
    assert not find(page, ListChip, "waiting").isChecked()
    press(Key.Key_6, ALT)
    assert (shown(page), find(page, QWidget, "empty").isVisible()) == ([], True)
    assert NOT_FOUND in texts(page)
    press(Key.Key_Escape)
    assert shown(page) == ["以为提取要收费　向归集科汇报"]
    press(Key.Key_1, ALT)
    commit("今天")
    assert len(shown(page)) == 14
    press(Key.Key_Escape)
    commit("上月")
    assert shown(page) == []


def test_an_empty_register_says_where_its_lines_come_from(page: RegisterPage) -> None:
    assert NOTHING_WAITS in texts(page)
    press(Key.Key_2, ALT)
    assert BY_ITSELF in texts(page)
    press(Key.Key_7, ALT)
    assert BY_HAND in texts(page)


def test_a_line_shows_every_column_of_its_book(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    fill(office)
    press(Key.Key_5, ALT)
    press(Key.Key_Down)
    press(Key.Key_Up)
    said = texts(page.panel)
    assert "意见箱开箱登记簿" in said
    press(Key.Key_Down)
    for part in ("意见建议登记簿", "守则 一(二)2⑺", "门口台阶请装扶手", "岩温", "意见箱", "待办"):
        qtbot.waitUntil(partial(is_said, page, part))


def test_what_is_wrong_is_said_in_the_line_and_what_was_typed_stays(page: RegisterPage, office: Office) -> None:
    press(Key.Key_F7)
    press(Key.Key_6)
    line = find(page, EntryLine)
    commit("送材料到银行")
    press(Key.Key_F9)
    assert "要有人值班" in texts(line)
    assert page.unsaved
    press(Key.Key_Escape)
    assert (line.isVisible(), office.book.head()[0]) == (False, 1)
    press(Key.Key_F7)
    press(Key.Key_6)
    assert find(line, QLineEdit, "reason").text() == "送材料到银行"
    assert page.unsaved
    find(line, QLineEdit, "notice").setFocus()
    commit("窗口留言")
    press(Key.Key_Return)
    assert (newest(office, K.ABSENCE).waits, line.isVisible()) == (True, False)
    assert find(page, ListChips).current is RegisterList.ABSENCE
    press(Key.Key_F7)
    press(Key.Key_6)
    assert find(line, QLineEdit, "reason").text() == ""


def test_a_key_that_is_no_register_records_nothing(page: RegisterPage, office: Office) -> None:
    press(Key.Key_F7)
    press(Key.Key_9)
    assert (find(page, EntryLine).isVisible(), office.book.head()[0]) == (False, 1)
    assert "没有这一本" in texts(page.panel)


def test_another_line_is_not_begun_over_one_that_is_being_typed(page: RegisterPage) -> None:
    page.begin(K.OPINION)
    commit("请装扶手")
    page.begin(K.ABSENCE)
    assert "还没有登记" in texts(page.panel)
    assert find(page, QLineEdit, "text").text() == "请装扶手"
    page.leave_to_another()
    page.begin(K.OPINION)
    assert find(page, QLineEdit, "text").text() == ""


def test_by_mouse_a_line_is_written_ended_and_taken_back(page: RegisterPage, office: Office) -> None:
    def click(text: str) -> None:
        button = next(b for b in page.findChildren(QAbstractButton) if b.isVisible() and b.text().startswith(text))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    click("登记一条")
    click("登记意见")
    commit("请装扶手")
    click("登记意见")
    assert newest(office, K.OPINION).waits
    click("登记处理")
    commit("已加装")
    click("登记处理")
    assert newest(office, K.OPINION).state is State.DONE
    click("撤销")
    commit("还没有装")
    click("撤销")
    assert newest(office, K.OPINION).waits


def test_what_waits_for_a_case_is_ended_here_and_its_case_can_be_seen(page: RegisterPage, office: Office) -> None:
    fill(office)
    take_step(office, "10-referral", Step.DONE)
    page.refresh()
    wanted: list[str] = []
    page.case_wanted.connect(wanted.append)
    press(Key.Key_3, ALT)
    press(Key.Key_Down)
    assert page.marked is not None
    assert page.marked.case == "4-unclear"
    press(Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert wanted == ["4-unclear"]
    press(Key.Key_F9)
    commit("可以提两次")
    press(Key.Key_Return)
    assert newest(office, K.FIRST_CONTACT).seq != page.marked.seq
    assert page.marked.in_words == "已答复"
    press(Key.Key_F9)
    assert "没有要办的" in texts(page.panel)
    back = next(b for b in page.findChildren(QPushButton) if b.text().startswith("撤销"))
    assert not back.isEnabled()
    press(Key.Key_0, ALT)
    press(Key.Key_F9)
    commit("同意降低")
    press(Key.Key_F9)
    assert newest(office, K.RESULT_FILED).state is State.DONE


def test_in_a_narrow_window_enter_unfolds_and_esc_folds(page: RegisterPage, office: Office) -> None:
    fill(office)
    page.resize(1000, 560)
    page.refresh()
    assert not page.panel.isVisible()
    press(Key.Key_Return)
    assert page.panel.isVisible()
    type_("x")
    assert find(page, QLineEdit, "查找登记").text() == "x"
    press(Key.Key_Escape)
    assert not page.panel.isVisible()


def test_in_a_narrow_window_with_nothing_listed_the_mouse_registers_something(page: RegisterPage) -> None:
    assert not page.new.isVisible(), "the panel has its button"
    page.resize(1000, 560)
    assert not page.panel.isVisible()
    assert page.new.isVisible()
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert page.line.isVisible()


def test_another_page_of_a_long_register_is_fetched_when_it_is_reached(page: RegisterPage, office: Office) -> None:
    for n in range(130):
        keeping.record(office, K.OPINION, {"text": f"第{n}条", "day": "2026-11-20"})
    press(Key.Key_5, ALT)
    assert len(shown(page)) == 100
    press(Key.Key_End)
    model = find(page, QTableView).model()
    model.fetchMore(find(page, QTableView).rootIndex())
    assert (len(shown(page)), shown(page)[-1]) == (130, "意见　第0条")


def test_no_level_of_a_rating_is_chosen_before_somebody_chooses_it(page: RegisterPage, office: Office) -> None:
    press(Key.Key_F7)
    press(Key.Key_8)
    press(Key.Key_F9)
    assert "还没有填“评价”" in texts(find(page, EntryLine))
    assert keeping.lines_of(office).count(RegisterQuery((K.RATING,))) == 0
    press(Key.Key_2)
    press(Key.Key_F9)
    line = newest(office, K.RATING)
    assert (line.line, line.state) == ("满意", State.NOTED)
    assert "由带班领导撤销" in texts(page.panel)
    assert "国办发〔2019〕51号" in texts(page.panel)


def test_who_left_a_contact_is_told_before_a_bad_one_ends(page: RegisterPage, office: Office) -> None:
    keeping.record(office, K.RATING, TYPED[K.RATING])
    page.refresh()
    press(Key.Key_P, ALT)
    press(Key.Key_F9)
    press(Key.Key_1)
    for words in ("当天停电", "添了叫号机"):
        commit(words)
        press(Key.Key_Return)
    press(Key.Key_F9)
    assert "要把结果告诉他" in texts(find(page, EntryLine))
    assert find(page, QLineEdit, "told").hasFocus()
    commit("已电话告知")
    press(Key.Key_F9)
    assert newest(office, K.RATING).state is State.DONE
