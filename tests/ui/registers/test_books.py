"""The book of a register from the page: printed, saved, stopped, refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import books, keeping
from counter_assistant.printing.jobs import service_down
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.registers import book_making
from counter_assistant.ui.registers.page import RegisterPage
from tests.hand_entries import TYPED
from tests.make import an_office, confirmed, text_of
from tests.ui.counter import CONTROL, PrinterInMemory, screen_texts
from tests.ui.desk_hand import commit, press
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        for n in range(3):
            for kind, typed in TYPED.items():
                keeping.record(made, kind, typed | ({"text": f"第{n}级台阶"} if kind is RegisterKind.OPINION else {}))
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
    made.close_down()
    made.close()


def said(page: RegisterPage) -> str:
    return "\n".join(screen_texts(page.panel))


def test_the_listed_register_is_printed_as_far_as_it_is_listed(
    page: RegisterPage, printer: PrinterInMemory, qtbot: QtBot
) -> None:
    press(Key.Key_5, ALT)
    commit("第1级")
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    pdf, title, _ = printer.sent[0]
    assert title == "意见建议登记簿"
    text = "".join(text_of(pdf).split())
    assert ("第1级台阶" in text, "第2级台阶" in text, "只列含“第1级”的" in text) == (True, False, True)
    qtbot.waitUntil(lambda: "已送到打印机" in said(page))


def test_several_registers_are_no_book(page: RegisterPage, printer: PrinterInMemory) -> None:
    press(Key.Key_P, CONTROL)
    assert "一本一本地打印" in said(page)
    press(Key.Key_S, CONTROL)
    assert "一本一本地打印" in said(page)
    assert printer.sent == []


def test_it_is_saved_where_the_clerk_says(
    page: RegisterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "意见.xlsx"
    answers = [("", ""), (str(path), "")]
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: answers.pop(0))
    press(Key.Key_5, ALT)
    press(Key.Key_Down)
    press(Key.Key_S, CONTROL)
    assert not path.exists()
    press(Key.Key_S, CONTROL)
    qtbot.waitUntil(path.exists)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert [row[4] for row in rows[3:-1]] == ["第0级台阶", "第1级台阶", "第2级台阶"]
    assert "3 条，已存为 意见.xlsx" in said(page)


def test_the_slips_of_the_box_have_a_book_of_their_own(
    page: RegisterPage, printer: PrinterInMemory, qtbot: QtBot
) -> None:
    press(Key.Key_5, ALT)
    assert page.marked is not None
    assert page.marked.kind is RegisterKind.BOX_OPENED
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: [title for _, title, _ in printer.sent] == ["意见箱开箱登记簿"])


def test_esc_stops_the_listing_and_another_is_not_begun_meanwhile(
    page: RegisterPage, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "AT_ONCE", 1)
    press(Key.Key_5, ALT)
    press(Key.Key_P, CONTROL)
    page.print_book()
    assert book_making.BUSY in said(page)
    press(Key.Key_Escape)
    assert book_making.STOPPED in said(page)
    assert printer.sent == []


def test_who_may_not_and_what_is_too_much_is_said(
    page: RegisterPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_making, "MOST_PRINTED", 2)
    press(Key.Key_7, ALT)
    press(Key.Key_P, CONTROL)
    assert "超过 2 条" in said(page)
    profile = confirmed(office.profile)
    office.decide_profile(profile)
    first, second, *rest = office.profile.clerks
    clerks = (replace(first, roles=(Role.CLERK.value,)), replace(second, roles=tuple(Role)), *rest)
    office.decide_profile(replace(office.profile, clerks=clerks))
    press(Key.Key_S, CONTROL)
    assert "导出登记簿由" in said(page)


def test_a_printer_that_refuses_is_told(page: RegisterPage, printer: PrinterInMemory, qtbot: QtBot) -> None:
    printer.broken = Refusal("paper-out", "打印机缺纸。", "请装纸。")
    press(Key.Key_7, ALT)
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "打印机缺纸" in said(page))


def test_what_else_can_be_done_with_a_register_is_what_this_page_does(
    page: RegisterPage, printer: PrinterInMemory, qtbot: QtBot
) -> None:
    printer.broken = service_down()
    press(Key.Key_7, ALT)
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "再打一次，或者按 Ctrl+S 存为 Excel。" in said(page))


def test_the_window_closes_while_a_book_is_listed(
    page: RegisterPage, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "AT_ONCE", 1)
    press(Key.Key_7, ALT)
    press(Key.Key_P, CONTROL)
    page.close_down()
    assert printer.sent == []


def test_slips_to_rate_on_are_printed_by_their_name(
    qtbot: QtBot, page: RegisterPage, printer: PrinterInMemory, office: Office
) -> None:
    before = office.book.head()
    page.print_rating_slips()
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    pdf, title, _ = printer.sent[0]
    assert title == "评价条"
    assert text_of(pdf).count("非常不满意") == 3
    assert office.book.head() == before, "a slip has no number and is no record"
