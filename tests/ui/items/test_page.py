"""事项页：what a clerk does there with a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import rejecting
from counter_assistant.ui.items.guide_view import GuideView
from counter_assistant.ui.items.item_list import ItemList
from counter_assistant.ui.items.page import NOTHING, ItemsPage
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.card import Card
from tests.make import text_of
from tests.ui.counter import (
    CONTROL,
    PrinterInMemory,
    answer_save_dialog,
    commit,
    compose,
    nameless,
    opened,
    press,
    retype,
    rich_labels,
    show,
)
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, printer))
    show(qtbot, page)
    return page


def finish(qtbot: QtBot, page: ItemsPage) -> None:
    page.close_down()
    qtbot.wait(1)


def items(page: ItemsPage) -> ItemList:
    return find(page, ItemList)


def guide(page: ItemsPage) -> GuideView:
    return find(page, GuideView)


def search(page: ItemsPage) -> QLineEdit:
    return find(page, QLineEdit, "查找事项")


def message(page: ItemsPage) -> QLabel:
    return find(page, QLabel, "message")


def chosen(page: ItemsPage) -> str:
    return page.entry.id if page.entry else ""


def test_all_items_stand_in_their_groups(page: ItemsPage) -> None:
    names = items(page).names()
    assert [name for name in names if name.endswith("项")] == [
        "A 归集　18 项",
        "B 提取　18 项",
        "C 贷款　8 项",
        "D 其他　4 项",
    ]
    assert len(names) == 48 + 4
    assert chosen(page) == "A01"


@pytest.mark.parametrize(("text", "item"), [("租赁市场", "B08"), ("zlsczf", "B08"), ("b08", "B08"), ("c01", "C01")])
def test_typing_finds_and_the_guide_follows(page: ItemsPage, text: str, item: str) -> None:
    commit(text)
    assert chosen(page) == item
    assert find(find(page, Card, "办事指南"), QLabel, "title").text().startswith(item)
    shown = guide(page).toPlainText()
    assert all(element in shown for element in ("事项名称", "政策规定", "必备手续", "时限承诺", "联系电话"))


def test_arrows_walk_over_the_heads_of_groups_and_stop_at_the_ends(page: ItemsPage) -> None:
    press(Qt.Key.Key_Up)
    assert chosen(page) == "A01"
    for _ in range(18):
        press(Qt.Key.Key_Down)
    assert chosen(page) == "B01"
    assert search(page).hasFocus()
    for _ in range(60):
        press(Qt.Key.Key_Down)
    assert chosen(page) == "D04"


def test_the_guide_scrolls_by_keys(page: ItemsPage) -> None:
    commit("B01")
    bar = guide(page).verticalScrollBar()
    press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(Qt.Key.Key_PageUp)
    assert bar.value() == 0
    press(Qt.Key.Key_Return)
    assert guide(page).hasFocus()
    press(Qt.Key.Key_Escape)
    assert search(page).hasFocus()
    press(Qt.Key.Key_Escape)
    assert search(page).text() == ""


def test_another_day_shows_the_law_of_that_day(page: ItemsPage) -> None:
    commit("B08")
    assert "2026年修订" in guide(page).toPlainText()
    press(Qt.Key.Key_D, CONTROL)
    retype("2026-09-19")
    shown = guide(page).toPlainText()
    assert "2019年修订" in shown
    assert "2026年修订" not in shown
    press(Qt.Key.Key_Return)
    assert search(page).hasFocus()


@pytest.mark.parametrize(
    ("day", "sentence"), [("2026-13-40", "无法识别"), ("1999-01-01", "没有适用于 1999-01-01 的规定")]
)
def test_a_bad_day_is_refused_beside_its_field(page: ItemsPage, day: str, sentence: str) -> None:
    press(Qt.Key.Key_D, CONTROL)
    retype(day)
    assert sentence in fault_of(page, "guide_day")
    assert page.sheet is None
    assert guide(page).isHidden()
    assert not find(page, QPushButton, "打印办事指南").isEnabled()
    press(Qt.Key.Key_P, CONTROL)
    assert message(page).text() == fault_of(page, "guide_day")
    retype("2026-11-23")
    assert fault_of(page, "guide_day") == ""
    assert guide(page).isVisible()


def test_nothing_found_says_so_and_the_keys_say_why(page: ItemsPage, printer: PrinterInMemory) -> None:
    commit("没有这样的事")
    assert "没有找到“没有这样的事”" in find(page, QLabel, "nothing").text()
    assert items(page).isHidden()
    assert find(page, QLabel, "empty").isVisible()
    for key in (Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_Return):
        page.say("", "secondary")
        press(key, CONTROL)
        assert message(page).text() == NOTHING
    assert printer.sent == []
    retype("B08")
    assert chosen(page) == "B08"
    assert find(page, QLabel, "nothing").isHidden()


def test_one_key_prints_the_guide_under_a_title_without_a_person(
    qtbot: QtBot, page: ItemsPage, printer: PrinterInMemory, office: Office
) -> None:
    commit("B08")
    before = len(list(office.book.entries()))
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    ((pdf, title, printer_name),) = printer.sent
    assert (title, printer_name) == ("办事指南-B08", None)
    assert "租赁市场住房提取" in text_of(pdf)
    assert "已送到打印机“惠普”" in message(page).text()
    assert len(list(office.book.entries())) == before


def test_the_public_notice_of_a_and_b_roles_is_printed_and_kept_nowhere(
    qtbot: QtBot, page: ItemsPage, printer: PrinterInMemory, office: Office
) -> None:
    before = len(list(office.book.entries()))
    page.roster_actions.print_notice()
    finish(qtbot, page)
    ((pdf, title, _),) = printer.sent
    assert title == f"AB角公示-{office.today().isoformat()}"
    assert "AB角公示" in text_of(pdf)
    assert "已送到打印机“惠普”" in message(page).text()
    assert len(list(office.book.entries())) == before


def test_without_a_b_role_there_is_no_public_notice(page: ItemsPage, printer: PrinterInMemory, office: Office) -> None:
    clerks = tuple(replace(clerk, corner="A") for clerk in office.profile.clerks)
    office.decide_profile(replace(office.profile, clerks=clerks))
    page.roster_actions.print_notice()
    assert message(page).text().startswith("还没有设 B 角")
    assert printer.sent == []


def test_without_a_printer_the_clerk_is_asked_for_one(
    qtbot: QtBot, page: ItemsPage, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(_parent: object) -> str:
        printer.broken = None
        return "epson"

    monkeypatch.setattr(ChoosePrinter, "ask", choose)
    printer.broken = Refusal("no-printer", "没有设置打印机。", "请选择打印机。")
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    finish(qtbot, page)
    assert [name for _, _, name in printer.sent] == ["epson"]


def test_a_printer_that_refuses_is_told(qtbot: QtBot, page: ItemsPage, printer: PrinterInMemory) -> None:
    printer.broken = rejecting("惠普")
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    assert "不接收任务" in message(page).text()
    assert "存档" not in message(page).text()
    assert message(page).property("role") == "error"


def test_a_pdf_is_saved_where_the_clerk_says(page: ItemsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer_save_dialog(monkeypatch, tmp_path)
    commit("B08")
    press(Qt.Key.Key_S, CONTROL)
    assert asked == ["办事指南-B08.pdf"]
    assert "租赁市场住房提取" in text_of((tmp_path / asked[0]).read_bytes())
    assert message(page).text() == "已存为 办事指南-B08.pdf。"


def test_a_folder_that_cannot_be_written_is_told(
    page: ItemsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    press(Qt.Key.Key_S, CONTROL)
    assert "写不进" in message(page).text()
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: ("", ""))
    page.say("", "secondary")
    press(Qt.Key.Key_S, CONTROL)
    assert message(page).text() == ""


def test_one_key_takes_the_item_to_the_desk(qtbot: QtBot, page: ItemsPage) -> None:
    commit("B08")
    with qtbot.waitSignal(page.item_wanted) as wanted:
        press(Qt.Key.Key_Return, CONTROL)
    assert wanted.args == ["B08", "租赁市场住房提取"]


def test_keys_while_composing_stay_with_the_input_method(page: ItemsPage) -> None:
    commit("B0")
    compose("zu")
    press(Qt.Key.Key_Return)
    assert search(page).hasFocus()
    press(Qt.Key.Key_Escape)
    assert search(page).text() == "B0"


def test_every_control_has_a_name_and_no_label_guesses_markup(page: ItemsPage) -> None:
    assert nameless(page) == []
    assert rich_labels(page) == []


def test_the_page_fits_a_small_screen(page: ItemsPage) -> None:
    page.resize(1017, 543)
    assert page.minimumSizeHint().width() <= 1017
    assert page.minimumSizeHint().height() <= 543
