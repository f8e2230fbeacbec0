"""Complaints on the page 登记: their keepers see how each stands, and nobody else that there are any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold, TellingWay
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_lines import complaint_lines
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.registers.finder import NO_COMPLAINTS
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.widgets.records.list_chips import ListChip, ListChips
from tests.make import NOW, an_office
from tests.ui.counter import screen_texts
from tests.ui.desk_hand import commit, press
from tests.ui.find import find

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
NAME, PHONE, TEXT, ABOUT = "龘靐齉", "13987654321", "等了一个小时没有人理", "综合窗口金丝雀"
TOLD = Complaint(
    ComplaintChannel.PHONE, Category.ATTITUDE, TEXT, NOW.date(), NameKept.WITHHELD, NAME, phone=PHONE, about=ABOUT
)


def page_of(qtbot: QtBot, office: Office) -> RegisterPage:
    made = RegisterPage(office)
    made.resize(1290, 690)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(find(made, QLineEdit, "查找登记").hasFocus)
    return made


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Office]:
    """In training everybody keeps the register."""
    with closing(an_office(tmp_path, training=True)) as made:
        yield made


def test_a_keeper_sees_how_each_stands_and_nothing_of_what_it_says(qtbot: QtBot, training: Office) -> None:
    key = register_key(training)
    numbers = [complaints.record(training, key, TOLD).number for _ in range(2)]
    complaints.take_step(training, key, StepTold(numbers[0], ComplaintStep.ACCEPT, way=TellingWay.PHONE))
    page = page_of(qtbot, training)
    chip = find(page, ListChip, RegisterList.COMPLAINT.value)
    assert (chip.isVisible(), chip.text()) == (True, "投诉 1")
    press(Key.Key_T, ALT)
    model = find(page, QTableView).model()
    cells = [[str(model.index(row, column).data()) for column in range(6)] for row in range(model.rowCount())]
    assert [row[2] for row in cells] == [f"{number}　电话·态度" for number in reversed(numbers)]
    assert [row[3] for row in cells] == ["待受理", "待核实"]
    press(Key.Key_Down)
    shown = "\n".join(screen_texts(page))
    assert numbers[0] in shown
    assert not [secret for secret in (NAME, PHONE, TEXT, ABOUT) if secret in shown]
    press(Key.Key_F9)
    press(Key.Key_F8)
    assert page.marked is None
    commit(TEXT)
    assert model.rowCount() == 2, "complaints are searched by nothing"


def test_an_empty_register_says_so_and_left_and_right_pass_over_it_only_for_others(
    qtbot: QtBot, training: Office
) -> None:
    page = page_of(qtbot, training)
    press(Key.Key_Left)
    assert find(page, ListChips).current is RegisterList.COMPLAINT
    assert NO_COMPLAINTS in screen_texts(page)


def test_nobody_else_is_shown_that_there_are_any(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        page = page_of(qtbot, office)
        assert complaint_lines(office) is None
        assert not find(page, ListChip, RegisterList.COMPLAINT.value).isVisible()
        press(Key.Key_Left)
        assert find(page, ListChips).current is RegisterList.RESULT_FILED
        press(Key.Key_T, ALT)
        assert find(page, ListChips).current is RegisterList.RESULT_FILED
        page.close()


def test_who_is_no_keeper_any_more_is_led_away(qtbot: QtBot, training: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(qtbot, training)
    press(Key.Key_T, ALT)
    monkeypatch.setattr("counter_assistant.ui.registers.finder.complaint_lines", lambda _office: None)
    page.refresh()
    assert find(page, ListChips).current is RegisterList.WAITING
    assert not find(page, ListChip, RegisterList.COMPLAINT.value).isVisible()
