"""事项页上的核定：by keys and by mouse, one, a group or all; nothing typed is lost, and a refusal says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.approval_scope import Scope
from counter_assistant.ui.items.page import NOTHING, ItemsPage
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.make import give_items
from tests.ui.counter import CONTROL, PrinterInMemory, commit, opened, press, retype, show

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
    page = ItemsPage(office, read_index().search, PrintService(office.database.path.parent, PrinterInMemory()))
    show(qtbot, page)
    return page


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
    assert page.line.isHidden()
    assert page.search.hasFocus()
    assert page.list.state_of("B08").label == "已核定"
    assert "待核定" not in page.view.toPlainText()
    assert "（本中心核定）" in page.view.toPlainText()


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
    ((_, items),) = acts(office)
    assert len(items) == many
    assert {page.list.state_of(item).label for item in items} == {"已核定"}


def test_all_of_it_goes_by_mouse(page: ItemsPage, office: Office) -> None:
    commit("B08")
    QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
    assert page.line.isVisible()
    assert page.approve.isHidden(), "one button stands for F9"
    QTest.mouseClick(page.line.chips[Scope.GROUP], Qt.MouseButton.LeftButton)
    fill(page)
    QTest.mouseClick(page.line.button, Qt.MouseButton.LeftButton)
    assert len(acts(office)[0][1]) == 18
    QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.line.back, Qt.MouseButton.LeftButton)
    commit("报批有误")
    QTest.mouseClick(page.line.button, Qt.MouseButton.LeftButton)
    entry = office.book.latest(EntryKind.APPROVAL_WITHDRAWN)
    assert entry is not None
    assert (entry.payload["items"], entry.payload["reason"]) == (["B08"], "报批有误")
    assert page.list.state_of("B08").label == "示例"


def test_what_was_typed_stays_until_it_is_recorded(page: ItemsPage, office: Office) -> None:
    begin(page, "B08")
    commit(NUMBER)
    press(Qt.Key.Key_Escape)
    assert page.line.isHidden()
    assert page.search.hasFocus()
    press(Qt.Key.Key_F9)
    assert page.line.fields["number"].edit.text() == NUMBER
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
        page.line.fields[key].edit.setText(text)
    press(Qt.Key.Key_F9)
    assert sentence in page.line.fault.text()
    assert page.line.fields[field].edit.hasFocus()
    assert acts(office) == []


def test_nothing_stays_red_beside_what_was_filled_in(page: ItemsPage) -> None:
    begin(page, "b08")
    press(Qt.Key.Key_F9)
    number = page.line.fields["number"].edit
    assert number.property("wrong")
    commit(NUMBER)
    assert not number.property("wrong")
    assert page.line.fault.text() == ""


def test_a_withdrawal_without_a_reason_or_without_an_approval_is_refused(page: ItemsPage) -> None:
    begin(page, "B08")
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_F9)
    assert "须写明原因" in page.line.fault.text()
    commit("报批有误")
    press(Qt.Key.Key_F9)
    assert "没有登记过核定" in page.line.fault.text()
    press(Qt.Key.Key_4, ALT)
    assert page.line.fields["number"].edit.hasFocus()


def test_a_later_day_shows_until_when_it_waits(page: ItemsPage) -> None:
    begin(page, "B08")
    fill(page)
    page.line.fields["effective"].edit.setText("12-1")
    press(Qt.Key.Key_F9)
    assert page.list.state_of("B08").label == "待生效"
    assert page.standing.accessibleName() == f"待生效　{APPROVER}{NUMBER}，2026年12月1日起"
    press(Qt.Key.Key_D, CONTROL)
    retype("2026-12-01")
    assert page.list.state_of("B08").label == "已核定"


def test_a_text_that_changed_says_so_and_is_approved_again(qtbot: QtBot, office: Office) -> None:
    approve(office, ["B08"], TODAY, Approval(NUMBER, TODAY, APPROVER))
    files = office.catalogue
    changed = tuple(replace(text, standard="另一标准") for text in files.items["B08"])
    give_items(office, replace(files, items={**files.items, "B08": changed}))
    page = ItemsPage(office, read_index().search, PrintService(office.database.path.parent, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    assert page.list.state_of("B08").label == "已改动"
    assert page.standing.accessibleName() == "核定后内容有改动，请重新核定"
    press(Qt.Key.Key_F9)
    commit(NUMBER)
    press(Qt.Key.Key_F9)
    assert page.list.state_of("B08").label == "已核定"


def test_the_marked_item_is_the_one_that_is_approved(page: ItemsPage, office: Office) -> None:
    """WHEN another row is clicked while the line is open THEN the line says so and acts on it."""
    begin(page, "B0")
    page.list.step(1)
    assert page.entry is not None
    assert page.entry.id in page.line.title.text()
    fill(page)
    press(Qt.Key.Key_F9)
    assert acts(office)[0][1] == [page.entry.id]


def test_without_an_item_the_key_says_what_to_do(page: ItemsPage) -> None:
    commit("没有这样的事")
    press(Qt.Key.Key_F9)
    assert page.message.text() == NOTHING
    assert page.line.isHidden()


def test_every_row_is_read_out_with_its_mark(page: ItemsPage) -> None:
    begin(page, "B08")
    fill(page)
    press(Qt.Key.Key_F9)
    row = page.list.currentItem()
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
    page.day.edit.setFocus()
    retype("2026-09-01")
    page.begin_approval("B08")
    fill(page)
    press(Qt.Key.Key_F9)
    assert page.shown_day() == TODAY
    assert office.catalogue.state("B08", TODAY) is ApprovalState.APPROVED
