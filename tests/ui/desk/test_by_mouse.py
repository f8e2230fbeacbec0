"""The whole way from the item to the paper with the mouse alone; only what the visitor says is typed."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.ui.desk.cards.questions import QuestionRow
from counter_assistant.ui.widgets.chip import Chip
from tests.ui.desk_hand import Bench, commit, focused, press, type_
from tests.ui.find import find

LEFT = Qt.MouseButton.LeftButton


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, pos=at or widget.rect().center())


def click_row(view: QListView, row: int, x: int | None = None) -> None:
    place = view.visualRect(view.model().index(row, 0))
    click(view.viewport(), QPoint(x if x is not None else place.center().x(), place.center().y()))


def head(desk: Bench, name: str) -> QAbstractButton:
    return desk.find(QPushButton, name)


def _stands_still(row: QuestionRow) -> bool:
    return not row.moved.running


@pytest.fixture
def rented(desk: Bench, qtbot: QtBot) -> Bench:
    """An item taken and its questions answered, by clicks."""
    commit("租赁市场")
    click_row(desk.find(QListView, "items_found"), 0)
    for question, code in (("who", "self"), ("marital", "married"), ("lease", "registered")):
        row = find(desk.questions, QuestionRow, question)
        qtbot.waitUntil(partial(_stands_still, row))
        click(row.chips[code])
    return desk


def test_a_click_meant_for_what_stood_there_before_answers_nothing(
    desk: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an answer that takes a question away WHEN the next click comes before anybody can have seen that the rest moved up THEN it answers nothing, nor does it
    tick a condition; a digit does at once."""
    monkeypatch.setattr(QApplication, "doubleClickInterval", staticmethod(lambda: 60_000))
    desk.take("zlsc")
    type_("1")
    state = dict(desk.state.answers)
    for row in desk.questions.question_rows.values():
        if row.isVisible():
            click(next(chip for code, chip in row.chips.items() if code and not chip.isChecked()))
    for box in desk.questions.boxes.values():
        click(box)
    assert (dict(desk.state.answers), desk.state.checked) == (state, set())
    type_("1")
    assert len(desk.state.answers) == len(state) + 1


def test_a_document_is_marked_for_mending_by_a_click(rented: Bench) -> None:
    click_row(rented.materials, 1)
    click(head(rented, "须改，E"))
    assert focused() is rented.materials.editor
    commit("照片不清")
    press(Qt.Key.Key_Return)
    assert list(rented.state.defects.values()) == ["照片不清"]


def test_marks_all_and_reasons_go_by_clicks(rented: Bench) -> None:
    rented.field("name").setFocus()
    click_row(rented.materials, 0, x=16)
    assert len(rented.state.received) == 1
    click(head(rented, "已交，空格"))
    assert rented.state.received == set()
    click(head(rented, "全部，Ctrl+A"))
    assert len(rented.state.received) > 3
    click(head(rented, "理由，?"))
    assert rented.materials.model_.reasons
    click(head(rented, "理由，?"))
    assert not rented.materials.model_.reasons


def test_from_the_item_to_the_paper(rented: Bench) -> None:
    click(rented.find(Chip, "申请，F8 切换"))
    click(rented.find(Chip, "申请，F8 切换"))
    click(rented.field("name"))
    commit("岩罕")
    click(rented.find(QPushButton, "issue"))
    assert rented.says("issued_number")
    click(rented.find(QPushButton, "next_applicant"))
    assert rented.state.pristine


def test_the_button_that_was_pressed_leaves_the_focus_to_no_other(rented: Bench) -> None:
    """GIVEN the cursor on the primary button WHEN the act is refused THEN Enter does not record an oral notice."""
    rented.find(QPushButton, "issue").setFocus()
    press(Qt.Key.Key_F9)
    assert focused() is not find(rented.page, QPushButton, "issue_orally")
    press(Qt.Key.Key_Return)
    assert rented.field("name").hasFocus()
    assert rented.office.book.latest(EntryKind.ORAL_NOTICE) is None
