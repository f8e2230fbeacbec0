"""Complaints on the page 登记: their keepers see how each stands, and nobody else that there are any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold, Supplement, TellingWay
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_lines import PressingComplaints, complaint_lines
from counter_assistant.operations.registers.complaint_paper import RECEIPT, TITLE
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.printing.jobs import OR_PDF
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.registers.complaint_actions import (
    ADDED,
    NO_FILE,
    NO_RECEIPT,
    NO_VOLUME,
    NOT_ACCEPTED,
    OWNED,
    SEALED,
    VOLUME,
)
from counter_assistant.ui.registers.finder import NO_COMPLAINTS
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.widgets.records.list_chips import ListChip, ListChips
from tests.make import NOW, an_office
from tests.ui.counter import CONTROL, PrinterInMemory, screen_texts
from tests.ui.desk_hand import commit, press
from tests.ui.find import find

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
NAME, PHONE, TEXT, ABOUT = "龘靐齉", "13987654321", "等了一个小时没有人理", "综合窗口金丝雀"
TOLD = Complaint(
    ComplaintChannel.PHONE, Category.ATTITUDE, TEXT, NOW.date(), NameKept.WITHHELD, NAME, phone=PHONE, about=ABOUT
)


def page_of(qtbot: QtBot, office: Office, printer: PrinterInMemory | None = None) -> RegisterPage:
    made = RegisterPage(office, PrintService(office.folder, printer) if printer else None)
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
        assert find(page, ListChips).current is RegisterList.RATING
        press(Key.Key_T, ALT)
        assert find(page, ListChips).current is RegisterList.RATING
        page.close()


def test_who_is_no_keeper_any_more_is_led_away(qtbot: QtBot, training: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(qtbot, training)
    press(Key.Key_T, ALT)
    monkeypatch.setattr("counter_assistant.ui.registers.finder.complaint_lines", lambda _office: None)
    page.refresh()
    assert find(page, ListChips).current is RegisterList.WAITING
    assert not find(page, ListChip, RegisterList.COMPLAINT.value).isVisible()


def texts(page: RegisterPage) -> str:
    return "\n".join(screen_texts(page))


def only(office: Office) -> ComplaintState:
    (state,) = complaints.read_register(office, register_key(office)).register.complaints.values()
    return state


def test_a_complaint_is_recorded_by_digits_and_never_shown_again(qtbot: QtBot, training: Office) -> None:
    page = page_of(qtbot, training)
    for key in (Key.Key_F7, Key.Key_T, Key.Key_2, Key.Key_4, Key.Key_3):
        press(key)
    assert page.line.form.fields["matter"].edit.hasFocus()
    commit(TEXT)
    press(Key.Key_F9)
    said = only(training).complaint
    assert (said.channel, said.category, said.name_kept, said.matter) == (
        ComplaintChannel.PHONE,
        Category.INTEGRITY,
        NameKept.ANONYMOUS,
        TEXT,
    )
    assert SEALED.format(said.number) in texts(page)
    assert TEXT not in texts(page)
    press(Key.Key_F7)
    press(Key.Key_T)
    assert page.line.form.fields["matter"].edit.text() == ""


def test_what_it_lacks_is_said_at_its_field(qtbot: QtBot, training: Office) -> None:
    page = page_of(qtbot, training)
    page.complaint_actions.begin("employer")
    assert page.line.form.choices["category"].value == "employer"
    press(Key.Key_F9)
    assert page.line.form.fields["matter"].edit.property("wrong")
    page.line.form.fields["matter"].edit.setText(TEXT)
    press(Key.Key_F9)
    assert page.line.form.fields["name"].edit.hasFocus()
    assert complaint_lines(training) == ()


def test_a_keeper_goes_from_step_to_step_and_gives_it_to_a_colleague(qtbot: QtBot, training: Office) -> None:
    complaints.record(training, register_key(training), TOLD)
    pressing = PressingComplaints(training)
    assert pressing.count() == 1
    page = page_of(qtbot, training)
    press(Key.Key_T, ALT)
    press(Key.Key_F8)
    assert NOT_ACCEPTED in texts(page)
    press(Key.Key_F9)
    press(Key.Key_2)
    press(Key.Key_F9)
    assert (only(training).next, only(training).owner, pressing.count()) == (ComplaintStep.VERIFY, "0001", 0)
    press(Key.Key_F9)
    press(Key.Key_F9)
    assert page.line.form.fields["text"].edit.property("wrong")
    commit("属实")
    press(Key.Key_F9)
    press(Key.Key_F8)
    chosen = page.line.form.choices["to"].choice
    chosen.setCurrentIndex(chosen.findData("0002"))
    page.line.form.fields["text"].edit.setText("出差")
    press(Key.Key_F9)
    assert (only(training).owner, only(training).trackers) == ("0002", ("0001",))
    press(Key.Key_F9)
    assert OWNED.format("0002") in texts(page)
    assert page.line.isHidden()


def test_it_is_shown_whole_to_the_keeper_who_asks_until_the_next_key(qtbot: QtBot, training: Office) -> None:
    key = register_key(training)
    for _ in range(2):
        complaints.record(training, key, TOLD)
    page = page_of(qtbot, training)
    press(Key.Key_T, ALT)
    press(Key.Key_Return)
    assert all(secret in texts(page) for secret in (NAME, PHONE, TEXT, ABOUT))
    press(Key.Key_Escape)
    assert TEXT not in texts(page)
    press(Key.Key_Return)
    press(Key.Key_Down)
    assert TEXT not in texts(page)
    press(Key.Key_Return)
    assert TEXT in texts(page)
    page.leave_to_another()
    assert (TEXT in texts(page), find(page, ListChips).current) == (False, RegisterList.WAITING)
    assert not find(page, ListChip, RegisterList.COMPLAINT.value).isVisible()


def test_who_knows_the_number_adds_something(qtbot: QtBot, training: Office) -> None:
    number = complaints.record(training, register_key(training), TOLD).number
    page = page_of(qtbot, training)
    press(Key.Key_F7)
    press(Key.Key_Z)
    commit(number.lower())
    press(Key.Key_Return)
    commit("又等了一次")
    press(Key.Key_Return)
    assert ADDED in texts(page)
    (added,) = only(training).besides
    assert isinstance(added, Supplement)
    assert added.text == "又等了一次"


def test_where_there_is_no_register_the_paper_form_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        page = page_of(qtbot, office)
        press(Key.Key_F7)
        press(Key.Key_T)
        assert page.line.isHidden()
        assert "请用纸质的《投诉来访登记表》" in texts(page)
        assert PressingComplaints(office).count() == 0
        page.close()


def test_a_receipt_is_printed_for_who_is_there_and_for_nobody_after(qtbot: QtBot, training: Office) -> None:
    printer = PrinterInMemory()
    page = page_of(qtbot, training, printer)
    press(Key.Key_F7)
    press(Key.Key_R)
    assert NO_RECEIPT in texts(page)
    for key in (Key.Key_F7, Key.Key_T, Key.Key_1, Key.Key_1, Key.Key_3):
        press(key)
    commit(TEXT)
    press(Key.Key_F9)
    press(Key.Key_F7)
    press(Key.Key_R)
    qtbot.waitUntil(lambda: [title for _, title, _ in printer.sent] == [RECEIPT])
    assert RECEIPT in texts(page)
    page.close_down()
    page.leave_to_another()
    page.complaint_actions.print_receipt()
    assert NO_RECEIPT in texts(page)


def test_the_marked_complaint_is_printed_by_itself_and_none_is_saved(qtbot: QtBot, training: Office) -> None:
    printer = PrinterInMemory()
    page = page_of(qtbot, training, printer)
    press(Key.Key_T, ALT)
    press(Key.Key_P, CONTROL)
    assert NO_COMPLAINTS in page.panel.message.text()
    number = complaints.record(training, register_key(training), TOLD).number
    page.refresh()
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: [title for _, title, _ in printer.sent] == [TITLE])
    assert number in texts(page)
    press(Key.Key_S, CONTROL)
    assert NO_FILE in texts(page)
    page.close_down()


def test_the_file_of_one_and_of_a_year_are_printed_by_name(qtbot: QtBot, training: Office) -> None:
    """GIVEN a complaint that was accepted, and one that was filed WHEN the keeper asks by name THEN the marked one's file is printed,
    and that of the year in the line; what is wrong is said there, and nothing is printed."""
    key, printer = register_key(training), PrinterInMemory()
    number = complaints.record(training, key, TOLD).number
    complaints.take_step(training, key, StepTold(number, ComplaintStep.ACCEPT))
    page = page_of(qtbot, training, printer)
    page.print_volume()
    assert NO_VOLUME in texts(page)
    press(Key.Key_T, ALT)
    page.print_volume()
    qtbot.waitUntil(lambda: [title for _, title, _ in printer.sent] == [VOLUME])
    page.complaint_actions.ask_volume()
    year = find(page, QLineEdit, "year")
    assert year.text() == "2026"
    press(Key.Key_F9)
    assert "2026 年没有立卷归档的投诉。" in texts(page)
    year.setText("26")
    press(Key.Key_F9)
    assert "“哪一年归档的”要写四位数的年份。" in texts(page)
    for step, says in (
        ("verify", {"text": "属实"}),
        ("decide", {"text": "致歉"}),
        ("feed_back", {"way": TellingWay.PHONE}),
        ("file", {"volume": "1"}),
    ):
        complaints.take_step(training, key, StepTold(number, ComplaintStep(step), **says))
    year.setText("2026年")
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: [title for _, title, _ in printer.sent] == [VOLUME, VOLUME])
    assert page.line.isHidden()


def test_a_printer_that_refuses_leads_to_no_file(qtbot: QtBot, training: Office) -> None:
    printer = PrinterInMemory(broken=Refusal("paper-out", "打印机缺纸。", f"请装纸{OR_PDF}。"))
    complaints.record(training, register_key(training), TOLD)
    page = page_of(qtbot, training, printer)
    press(Key.Key_T, ALT)
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "请装纸。" in texts(page))
    page.close_down()
