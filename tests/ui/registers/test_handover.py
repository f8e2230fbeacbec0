"""The handover on the page 登记, by keys and by mouse: who is meant, what is proposed, what comes of it on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.handover.handover_book import HandedOver, handovers_listed
from counter_assistant.operations.registers.handover.recording import hand_over
from counter_assistant.printing.jobs import service_down
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.registers.handover_actions import AGAIN, BY_ITSELF, NOT_MARKED, RETURN_SHEET, SHEET
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.widgets.chip import Chip
from tests.hand_entries import TYPED
from tests.make import an_office, text_of
from tests.ui.counter import PrinterInMemory, screen_texts
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find, says

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LEAVING = {"until": "+1", "reason": "培训", "witness": "0003", "seals": "受理章 1"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> Iterator[RegisterPage]:
    made = RegisterPage(office, PrintService(office.folder, printer))
    made.resize(1290, 690)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(find(made, QLineEdit, "查找登记").hasFocus)
    yield made
    made.close()


def one(office: Office) -> HandedOver:
    (made,) = handovers_listed(office)
    return made


def sent(qtbot: QtBot, printer: PrinterInMemory, count: int) -> tuple[str, str]:
    """The title of the last paper and what it says, once so many were sent."""
    qtbot.waitUntil(lambda: len(printer.sent) == count)
    pdf, title, _ = printer.sent[-1]
    return title, text_of(pdf)


def test_by_mouse_and_printed_at_once(
    qtbot: QtBot, page: RegisterPage, office: Office, printer: PrinterInMemory
) -> None:
    QTest.mouseClick(page.panel.new, Qt.MouseButton.LeftButton)
    chip = next(one for one in page.findChildren(Chip) if one.text().endswith("工作交接（一天以上）"))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert any(BY_ITSELF in text for text in screen_texts(page))
    find(page, QLineEdit, "until").setText("11-24")
    find(page, QComboBox, "reason").setCurrentIndex(1)
    find(page, QComboBox, "witness").setCurrentIndex(3)
    QTest.mouseClick(page.panel.next, Qt.MouseButton.LeftButton)
    assert (one(office).said.receiver, one(office).said.witness) == ("0002", "0003")
    title, text = sent(qtbot, printer, 1)
    assert title == SHEET
    assert text.count("AB角工作交接单") == 3


def test_who_leaves_is_chosen_by_a_digit_and_brings_their_own_seals(page: RegisterPage, office: Office) -> None:
    hand_over(
        office, {**LEAVING, "who": "0003", "receiver": "0004", "witness": "0005", "since": "12-7", "until": "12-8"}
    )
    hand_over(office, {**LEAVING, "seals": "公章 1", "since": "12-7", "until": "12-8"})
    press(Key.Key_F7)
    press(Key.Key_J)
    seals, keys = find(page, QLineEdit, "seals"), find(page, QLineEdit, "keys")
    assert seals.text() == "公章 1 枚"
    keys.setFocus()
    type_("2")
    find(page, QComboBox, "who").setFocus()
    press(Key.Key_3)
    assert (seals.text(), keys.text()) == ("受理章 1 枚", "2")
    press(Key.Key_2, Qt.KeyboardModifier.NoModifier)
    find(page, QComboBox, "who").setFocus()
    press(Key.Key_4)
    assert (seals.text(), keys.text()) == ("", "2")


def test_a_digit_beyond_the_last_person_chooses_nobody(page: RegisterPage) -> None:
    press(Key.Key_F7)
    press(Key.Key_J)
    who = find(page, QComboBox, "who")
    who.setFocus()
    press(Key.Key_9)
    press(Key.Key_0)
    assert (who.currentText(), who.hasFocus()) == ("本人", True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": "11-20"}, "until"), ({"receiver": 1}, "receiver"), ({"seals": "章"}, "seals"), ({"witness": 2}, "witness"),
        ({"who": 4}, "receiver"),
    ],
)  # fmt: skip
def test_what_is_refused_is_shown_at_its_field_and_stays(
    page: RegisterPage, office: Office, printer: PrinterInMemory, changes: dict[str, str | int], field: str
) -> None:
    press(Key.Key_F7)
    press(Key.Key_J)
    for name, value in {"until": "11-24", "remarks": "岩某周三来", "witness": 3, **changes}.items():
        if isinstance(value, int):
            find(page, QComboBox, name).setCurrentIndex(value)
        else:
            find(page, QLineEdit, name).setText(value)
    press(Key.Key_F9)
    assert handovers_listed(office) == []
    assert printer.sent == []
    assert says(page, "fault")
    focused = page.focusWidget()
    assert focused is not None
    assert focused.objectName() == field
    assert find(page, QLineEdit, "remarks").text() == "岩某周三来"


def test_the_return_ends_it_and_is_printed(
    qtbot: QtBot, page: RegisterPage, office: Office, printer: PrinterInMemory
) -> None:
    seq = hand_over(office, LEAVING).seq
    page.refresh()
    press(Key.Key_8, ALT)
    press(Key.Key_F9)
    assert find(page, QLineEdit, "seals").text() == "受理章 1 枚"
    find(page, QLineEdit, "odd").setFocus()
    commit("打印机坏了")
    press(Key.Key_F9)
    made = one(office)
    assert (made.seq, made.state, made.back.odd if made.back else "") == (seq, State.DONE, "打印机坏了")
    title, text = sent(qtbot, printer, 1)
    assert title == RETURN_SHEET
    assert text.count("打印机坏了") == 3
    press(Key.Key_F8)
    commit("还没有回来")
    press(Key.Key_F9)
    assert one(office).state is State.OPEN


def test_a_short_absence_is_ended_by_its_line(page: RegisterPage, office: Office) -> None:
    keeping.record(office, RegisterKind.ABSENCE, TYPED[RegisterKind.ABSENCE])
    page.refresh()
    press(Key.Key_8, ALT)
    press(Key.Key_F9)
    assert find(page, QLineEdit, "text").text() == "10:42 返岗"


def test_the_sheet_of_the_marked_handover_is_printed_again(
    qtbot: QtBot, page: RegisterPage, office: Office, printer: PrinterInMemory
) -> None:
    press(Key.Key_F7)
    press(Key.Key_D)
    assert any(NOT_MARKED in text for text in screen_texts(page))
    hand_over(office, LEAVING)
    keeping.record(office, RegisterKind.ABSENCE, TYPED[RegisterKind.ABSENCE])
    page.refresh()
    press(Key.Key_8, ALT)
    page.finder.table.selectRow(0)
    press(Key.Key_F7)
    press(Key.Key_D)
    assert any(NOT_MARKED in text for text in screen_texts(page)), "the newest line is a short absence"
    page.finder.table.selectRow(1)
    press(Key.Key_F7)
    press(Key.Key_D)
    assert sent(qtbot, printer, 1)[0] == SHEET
    assert page.line.isHidden()


def test_a_printer_that_does_not_answer_loses_no_handover(
    qtbot: QtBot, page: RegisterPage, office: Office, printer: PrinterInMemory
) -> None:
    printer.broken = service_down()
    press(Key.Key_F7)
    press(Key.Key_J)
    type_("11-24")
    find(page, QComboBox, "reason").setCurrentIndex(1)
    find(page, QComboBox, "witness").setCurrentIndex(3)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: any(AGAIN in text for text in screen_texts(page)))
    assert one(office).state is State.OPEN


def test_a_line_that_is_being_typed_is_not_lost_to_a_handover(page: RegisterPage) -> None:
    press(Key.Key_F7)
    press(Key.Key_2)
    commit("门口台阶")
    page.handover_actions.begin()
    assert find(page, QLineEdit, "text").text() == "门口台阶"


def test_what_was_typed_of_a_handover_stands_there_again(page: RegisterPage) -> None:
    press(Key.Key_F7)
    press(Key.Key_J)
    type_("11-24")
    press(Key.Key_Escape)
    press(Key.Key_F7)
    press(Key.Key_J)
    assert find(page, QLineEdit, "until").text() == "11-24"
