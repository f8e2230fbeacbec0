"""The day is closed by its name from the empty desk, and one that was forgotten the next morning."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.copies import Signature
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.safekeeping import closing, copies
from counter_assistant.ui.closing.copies_page import CopiesPage
from counter_assistant.ui.closing.page import ClosingPage
from counter_assistant.ui.registers.page import RegisterPage
from tests.hand_entries import TYPED
from tests.journeys.keys import CONTROL, NAME, Counter
from tests.make import NOW, a_request, text_of
from tests.ui.find import find, says
from tests.ui.scanning.gun import Gun

pytestmark = pytest.mark.slow  # every journey opens a window of its own


def test_the_day_is_closed_and_its_sheet_printed(counter: Counter) -> None:
    """GIVEN the end of a day WHEN 日结 is asked for by its name THEN it is closed, F9 prints the sheet, and Esc is back at the desk."""
    issue_slip(counter.office, a_request())
    counter.now = NOW.replace(hour=17, minute=15)
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    assert type(counter.page) is ClosingPage
    closed, entry = closing.find(counter.office, Period.DAY, "2026-11-23")
    counter.took("日结")
    counter.press(Qt.Key.Key_F9)
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    counter.took("打印日结单")
    assert counter.papers[0].title == "日结单 2026-11-23"
    text = "".join(text_of(counter.papers[0].pdf).split())
    assert "".join(grouped(closed.head).split()) in text
    assert f"第{entry.seq}条印出" in text
    counter.press(Qt.Key.Key_Escape)
    assert counter.search.hasFocus()
    assert counter.sound()


def test_a_visitor_who_was_put_aside_is_gone_on_with_before_the_day_is_closed(counter: Counter) -> None:
    """GIVEN somebody put aside and a question without an answer WHEN 日结 is asked for THEN a digit leads to each, and F9 still closes."""
    counter.now = NOW.replace(hour=17, minute=15)
    entry = keeping.record(counter.office, RegisterKind.INQUIRY, TYPED[RegisterKind.INQUIRY])
    counter.take("zl", "1112")
    counter.who()
    counter.press(Qt.Key.Key_Escape)
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_1)
    assert (counter.page, counter.desk.page.model.state.name) == (counter.desk.page, NAME)
    counter.took("结账前接着办放下的一位")
    counter.press(Qt.Key.Key_Escape)
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_2)
    assert isinstance(counter.page, RegisterPage)
    assert counter.page.marked is not None
    assert counter.page.marked.seq == entry.seq
    counter.press(Qt.Key.Key_F2)
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F9)
    assert closing.find(counter.office, Period.DAY, "2026-11-23")
    assert counter.sound()


def test_overtime_is_noted_on_the_way_to_the_closing(counter: Counter) -> None:
    counter.now = NOW.replace(hour=17, minute=48)
    issue_slip(counter.office, a_request())
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F7)
    counter.press(Qt.Key.Key_F9)
    counter.took("下班以后记延时，日结")
    entry = counter.office.book.latest(EntryKind.OVERTIME)
    assert entry is not None
    assert entry.payload["until"] == "17:48"
    assert closing.find(counter.office, Period.DAY, "2026-11-23")[0].last == entry.seq


def test_a_day_that_was_forgotten_stands_in_the_line_of_the_next_morning(counter: Counter) -> None:
    issue_slip(counter.office, a_request())
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F2)  # the desk is read anew when it is shown
    figure = find(counter.desk.page, QAbstractButton, "closing")
    assert (figure.isVisible(), figure.text()) == (True, "待日结 11月23日")
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.took("昨天忘了日结")
    entry = counter.office.book.latest(EntryKind.DAY_CLOSED)
    assert entry is not None
    assert closing.find(counter.office, Period.DAY, "2026-11-23")[1] == entry
    counter.press(Qt.Key.Key_Escape)
    assert not figure.isVisible()


def test_by_mouse_the_figure_leads_to_the_same_page(counter: Counter) -> None:
    issue_slip(counter.office, a_request())
    closing.close(counter.office, Period.DAY, "2026-11-23")
    issue_slip(counter.office, a_request())
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F2)
    figure = find(counter.desk.page, QAbstractButton, "closing")
    assert figure.text() == "结账以后又有 1 条"
    figure.click()
    assert isinstance(counter.page, ClosingPage)
    assert counter.page.name == "2026-11-24"
    assert counter.office.book.latest(EntryKind.DAY_CLOSED) == closing.find(counter.office, Period.DAY, "2026-11-23")[1]


def test_the_stack_of_first_copies_is_scanned(counter: Counter) -> None:
    """GIVEN a closed day of five papers WHEN three first copies are scanned THEN two are missing, and F9 prints the list of the volume."""
    slips = [issue_slip(counter.office, a_request()).slip for _ in range(5)]
    codes = {slip.number: slip.qr for slip in slips if slip}
    numbers = list(codes)
    counter.now = NOW.replace(hour=17, minute=15)
    counter.qtbot.waitUntil(lambda: hasattr(counter.desk, "scans"))
    gun = Gun(counter.desk.scans.watch)
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_D, CONTROL)
    page = counter.page
    assert type(page) is CopiesPage
    for number in (numbers[0], numbers[3], numbers[1]):
        gun.type(codes[number])
        gun.key(Qt.Key.Key_Return)
        counter.qtbot.waitUntil(lambda number=number: says(page, "message") == f"{number}收进了。")
    assert says(page, "hint") == "共 5 份，未归 2 份"
    counter.press(Qt.Key.Key_Space)  # the last one is not signed: refused
    counter.press(Qt.Key.Key_F9)
    counter.took("收存档联")
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    closed, _ = closing.find(counter.office, Period.DAY, "2026-11-23")
    found = copies.copies_of(counter.office, closed)
    assert [(number, filed.signature) for number, (_, filed) in found.filed.items()] == [
        (numbers[0], Signature.SIGNED), (numbers[3], Signature.SIGNED), (numbers[1], Signature.REFUSED),
    ]  # fmt: skip
    assert list(found.missing) == [numbers[2], numbers[4]]
    text = "".join(text_of(counter.papers[0].pdf).split())
    assert "卷内文件目录" in text
    assert "还没有归卷2份" in text
    counter.press(Qt.Key.Key_Escape)
    assert counter.search.hasFocus()
    assert counter.sound()


def test_what_was_scanned_and_not_filed_is_not_left_by_mistake(counter: Counter) -> None:
    issue_slip(counter.office, a_request())
    counter.now = NOW.replace(hour=17, minute=15)
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_D, CONTROL)
    page = counter.page
    assert type(page) is CopiesPage
    for hint in ("收齐了", "收齐了", "收齐了", "未归 1 份", "收齐了"):
        counter.press(Qt.Key.Key_Space)
        assert says(page, "hint") == f"共 1 份，{hint}"
    counter.press(Qt.Key.Key_Escape)
    assert counter.page is page
    assert says(page, "message").startswith("扫过的还没有归卷")
    counter.press(Qt.Key.Key_Escape)
    assert counter.search.hasFocus()
    assert counter.office.book.latest(EntryKind.COPY_FILED) is None
