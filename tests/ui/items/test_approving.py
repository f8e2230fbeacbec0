"""事项页上的核定：by keys and by mouse, one, a group or all; nothing typed is lost, and a refusal says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.approval_line import ApprovalLine
from counter_assistant.ui.items.approval_scope import Scope
from counter_assistant.ui.items.guide_view import GuideView
from counter_assistant.ui.items.item_list import ItemList
from counter_assistant.ui.items.page import NOTHING, ItemsPage
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.chip import Chip
from tests.make import give_items
from tests.ui.counter import CONTROL, PrinterInMemory, commit, opened, press, retype, show
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

NUMBER, APPROVER = "临公积金〔2026〕9号", "中心主任办公会"
ALT = Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 23)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    return page


def line(page: ItemsPage) -> ApprovalLine:
    return find(page, ApprovalLine)


def items(page: ItemsPage) -> ItemList:
    return find(page, ItemList)


def guide(page: ItemsPage) -> GuideView:
    return find(page, GuideView)


def acts(office: Office) -> list[tuple[str, list[str]]]:
    """The approvals of the book: document and items."""
    entries = office.book.entries(EntryKind.ITEM_APPROVED)
    return [(e.payload["number"], [text["item"] for text in e.payload["texts"]]) for e in entries]


def begin(page: ItemsPage, item: str) -> None:
    commit(item)
    press(Qt.Key.Key_F9)


def fill(page: ItemsPage) -> None:
    commit(NUMBER)
    press(Qt.Key.Key_Return)
    commit(APPROVER)


def test_enter_goes_through_the_fields_and_records_in_the_last(page: ItemsPage, office: Office) -> None:
    begin(page, "B08")
    fill(page)
    for _ in range(3):
        press(Qt.Key.Key_Return)
    assert acts(office) == [(NUMBER, ["B08"])]
    assert line(page).isHidden()
    assert find(page, QLineEdit, "查找事项").hasFocus()
    assert items(page).state_of("B08").label == "已核定"
    assert "待核定" not in guide(page).toPlainText()
    assert "（本中心核定）" in guide(page).toPlainText()


def test_the_next_one_is_asked_only_for_its_document(page: ItemsPage, office: Office) -> None:
    begin(page, "B08")
    fill(page)
    press(Qt.Key.Key_F9)
    retype("C01")
    press(Qt.Key.Key_F9)
    commit("临公积金〔2026〕10号")
    press(Qt.Key.Key_F9)
    assert acts(office)[-1] == ("临公积金〔2026〕10号", ["C01"])
    entry = office.book.latest(EntryKind.ITEM_APPROVED)
    assert entry is not None
    assert entry.payload["approver"] == APPROVER


@pytest.mark.parametrize(("digit", "many"), [(Qt.Key.Key_1, 1), (Qt.Key.Key_2, 18), (Qt.Key.Key_3, 48)])
def test_a_key_chooses_the_item_its_group_or_all(page: ItemsPage, office: Office, digit: Qt.Key, many: int) -> None:
    begin(page, "B08")
    press(digit, ALT)
    fill(page)
    press(Qt.Key.Key_F9)
    ((_, approved),) = acts(office)
    assert len(approved) == many
    assert {items(page).state_of(item).label for item in approved} == {"已核定"}


def test_all_of_it_goes_by_mouse(page: ItemsPage, office: Office) -> None:
    commit("B08")
    QTest.mouseClick(find(page, QPushButton, "登记核定"), Qt.MouseButton.LeftButton)
    assert line(page).isVisible()
    assert find(page, QPushButton, "登记核定").isHidden(), "one button stands for F9"
    QTest.mouseClick(find(page, Chip, Scope.GROUP), Qt.MouseButton.LeftButton)
    fill(page)
    QTest.mouseClick(find(page, QPushButton, "confirm"), Qt.MouseButton.LeftButton)
    assert len(acts(office)[0][1]) == 18
    QTest.mouseClick(find(page, QPushButton, "登记核定"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(find(page, Chip, "withdraw"), Qt.MouseButton.LeftButton)
    commit("报批有误")
    QTest.mouseClick(find(page, QPushButton, "confirm"), Qt.MouseButton.LeftButton)
    entry = office.book.latest(EntryKind.APPROVAL_WITHDRAWN)
    assert entry is not None
    assert (entry.payload["items"], entry.payload["reason"]) == (["B08"], "报批有误")
    assert items(page).state_of("B08").label == "示例"


def test_what_was_typed_stays_until_it_is_recorded(page: ItemsPage, office: Office) -> None:
    begin(page, "B08")
    commit(NUMBER)
    press(Qt.Key.Key_Escape)
    assert line(page).isHidden()
    assert find(page, QLineEdit, "查找事项").hasFocus()
    press(Qt.Key.Key_F9)
    assert find(page, QLineEdit, "number").text() == NUMBER
    assert acts(office) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number": ""}, "number", "没有写明文号"),
        ({"number": NUMBER, "approver": ""}, "approver", "没有写明由谁核定"),
        ({"number": NUMBER, "date": "13-40"}, "date", "无法识别"),
        ({"number": NUMBER, "date": "2026-11-24"}, "date", "还没有到"),
        ({"number": NUMBER, "effective": "2026-11-20"}, "effective", "早于核定日期"),
    ],
)
def test_a_refusal_stands_beneath_and_the_cursor_where_it_is_put_right(
    page: ItemsPage, office: Office, typed: dict[str, str], field: str, sentence: str
) -> None:
    begin(page, "B08")
    for key, text in ({"approver": APPROVER} | typed).items():
        find(page, QLineEdit, key).setText(text)
    press(Qt.Key.Key_F9)
    assert sentence in find(line(page), QLabel, "fault").text()
    assert find(page, QLineEdit, field).hasFocus()
    assert acts(office) == []


def test_nothing_stays_red_beside_what_was_filled_in(page: ItemsPage) -> None:
    begin(page, "b08")
    press(Qt.Key.Key_F9)
    number = find(page, QLineEdit, "number")
    assert number.property("wrong")
    commit(NUMBER)
    assert not number.property("wrong")
    assert find(line(page), QLabel, "fault").text() == ""


def test_a_withdrawal_without_a_reason_or_without_an_approval_is_refused(page: ItemsPage) -> None:
    begin(page, "B08")
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_F9)
    assert "须写明原因" in find(line(page), QLabel, "fault").text()
    commit("报批有误")
    press(Qt.Key.Key_F9)
    assert "没有登记过核定" in find(line(page), QLabel, "fault").text()
    press(Qt.Key.Key_4, ALT)
    assert find(page, QLineEdit, "number").hasFocus()


def test_a_later_day_shows_until_when_it_waits(page: ItemsPage) -> None:
    begin(page, "B08")
    fill(page)
    find(page, QLineEdit, "effective").setText("12-1")
    press(Qt.Key.Key_F9)
    assert items(page).state_of("B08").label == "待生效"
    assert find(page, QLabel, "approval").accessibleName() == f"待生效　{APPROVER}{NUMBER}，2026年12月1日起"
    press(Qt.Key.Key_D, CONTROL)
    retype("2026-12-01")
    assert items(page).state_of("B08").label == "已核定"


def test_a_text_that_changed_says_so_and_is_approved_again(qtbot: QtBot, office: Office) -> None:
    approve(office, ["B08"], TODAY, Approval(NUMBER, TODAY, APPROVER))
    files = office.catalogue
    changed = tuple(replace(text, standard="另一标准") for text in files.items["B08"])
    give_items(office, replace(files, items={**files.items, "B08": changed}))
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    assert items(page).state_of("B08").label == "已改动"
    assert find(page, QLabel, "approval").accessibleName() == "核定后内容有改动，请重新核定"
    press(Qt.Key.Key_F9)
    commit(NUMBER)
    press(Qt.Key.Key_F9)
    assert items(page).state_of("B08").label == "已核定"


def test_the_marked_item_is_the_one_that_is_approved(page: ItemsPage, office: Office) -> None:
    """WHEN another row is clicked while the line is open THEN the line says so and acts on it."""
    begin(page, "B0")
    items(page).step(1)
    assert page.entry is not None
    assert page.entry.id in find(line(page), QLabel, "title").text()
    fill(page)
    press(Qt.Key.Key_F9)
    assert acts(office)[0][1] == [page.entry.id]


def test_without_an_item_the_key_says_what_to_do(page: ItemsPage) -> None:
    commit("没有这样的事")
    press(Qt.Key.Key_F9)
    assert find(page, QLabel, "message").text() == NOTHING
    assert line(page).isHidden()


def test_every_row_is_read_out_with_its_mark(page: ItemsPage) -> None:
    begin(page, "B08")
    fill(page)
    press(Qt.Key.Key_F9)
    row = items(page).currentItem()
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "租赁市场住房提取 B08，已核定"


def test_the_page_with_its_line_fits_a_small_screen(page: ItemsPage) -> None:
    begin(page, "B08")
    fill(page)
    page.resize(1017, 543)
    assert page.minimumSizeHint().width() <= 1017
    assert page.minimumSizeHint().height() <= 543
    assert len(page.KEYS) <= 12


def test_the_desk_asks_for_todays_text_whatever_day_was_looked_at(page: ItemsPage, office: Office) -> None:
    """GIVEN the text of an earlier day WHEN the desk's refusal leads here THEN today's text is the one that is approved."""
    find(page, QLineEdit, "guide_day").setFocus()
    retype("2026-09-01")
    page.begin_approval("B08")
    fill(page)
    press(Qt.Key.Key_F9)
    assert page.shown_day() == TODAY
    assert office.catalogue.state("B08", TODAY) is ApprovalState.APPROVED
