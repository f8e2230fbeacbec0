"""The page 带班 by keys and by mouse: what waits, the four pictures, what stands behind a figure, the report, one clerk's matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.report.pictures import Subject
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.safekeeping import closing as day_closing
from counter_assistant.printing.jobs import service_down
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.lead.cases_layer import CALLS
from counter_assistant.ui.lead.page import NOT_COUNTED, STOPPED, LeadPage
from counter_assistant.ui.lead.report_output import OR_FILE
from counter_assistant.ui.lead.standing_cards import NOTHING
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.requests import FindCase, ShowCases, ShowItem, ShowRegisters, ShowReview, ShowUnprinted
from counter_assistant.ui.widgets.quiet_list import INK
from tests.decision_rows import ROWS
from tests.hand_entries import TYPED
from tests.make import NOW, a_request, text_of, told_otherwise
from tests.ui.counter import CONTROL, PrinterInMemory
from tests.ui.desk_hand import commit, focused, press
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find, says

Key = Qt.Key


class Clock:
    now = NOW


@pytest.fixture
def clock() -> Clock:
    made = Clock()
    made.now = NOW
    return made


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    with closing(open_office(tmp_path, lambda: clock.now)) as made:
        yield made


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def to_review() -> list[str]:
    return []


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory, to_review: list[str]) -> Iterator[LeadPage]:
    made = LeadPage(office, lambda: to_review, PrintService(office.folder, printer))
    made.resize(1290, 690)
    qtbot.addWidget(made)
    yield made
    made.close_down()
    made.close()


def show(qtbot: QtBot, page: LeadPage) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    counted(qtbot, page)


def counted(qtbot: QtBot, page: LeadPage) -> None:
    qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)


def wanted(page: LeadPage) -> list[Any]:
    asked: list[Any] = []
    page.wanted.connect(asked.append)
    return asked


def issue(office: Office, row: str, request_id: str, **changes: Any) -> str:
    issued = issue_slip(office, a_request(**{**ROWS[row][0], "request_id": request_id, **changes}))
    return issued.slip.number if issued.slip else ""


def test_an_empty_book_says_what_will_be_here(qtbot: QtBot, page: LeadPage) -> None:
    show(qtbot, page)
    assert says(page, "nothing") == NOTHING
    assert [card.words.accessibleName()[:6] for card in page.cards.values()] == [
        "还没有人来：", "还没有再次来", "还没有办结的", "没有等补材料",
    ]  # fmt: skip
    assert says(page, "today_words").startswith("来人来电 0 次")


def test_each_line_leads_by_enter_to_where_something_is_done(
    qtbot: QtBot, page: LeadPage, office: Office, clock: Clock, to_review: list[str]
) -> None:
    issue(office, "11-promise", "late")
    keeping.record(office, RegisterKind.OPINION, TYPED[RegisterKind.OPINION])
    closed, _ = day_closing.close(office, Period.DAY, "2026-11-23")
    clock.now = datetime(2026, 11, 25, 9, 0, tzinfo=NOW.tzinfo)
    to_review.append("窗口退回通知书　刀某某　玉罕交")
    asked = wanted(page)
    copies: list[object] = []
    page.copies_wanted.connect(copies.append)
    show(qtbot, page)
    assert focused() is page.waiting.list
    assert [page.waiting.list.item(n).text().split("　")[0] for n in range(page.waiting.list.count())] == [
        "待复核 1", "超期 1", "意见 1", "未打印 1", "未归档 1",
    ]  # fmt: skip
    pressing = [page.waiting.list.item(n).data(INK) for n in range(page.waiting.list.count())]
    assert pressing == ["attention", "overdue", None, None, None]
    for _ in range(5):
        press(Key.Key_Return)
        press(Key.Key_Down)
    assert asked == [ShowReview(), ShowCases(CaseList.OVERDUE), ShowRegisters("opinion"), ShowUnprinted()]
    assert copies == [closed]
    page.waiting.list.setCurrentRow(0)
    page.waiting.list.itemClicked.emit(page.waiting.list.item(0))
    assert asked[-1] == ShowReview()


def test_the_day_is_closed_on_the_page_that_closes_it(qtbot: QtBot, page: LeadPage) -> None:
    show(qtbot, page)
    with qtbot.waitSignal(page.closing_wanted):
        press(Key.Key_F9)


def test_a_figure_opens_its_cases_and_enter_one_of_them(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    """Two came at ten, one of them by telephone: the call has no case, and it is said where calls are."""
    number = issue(office, "11-promise", "one")
    note_call(office, "问租房提取要带什么")
    asked = wanted(page)
    show(qtbot, page)
    view = page.cards[Subject.VISITS].view
    press(Key.Key_Tab)
    while focused() is not view:
        press(Key.Key_Tab)
    press(Key.Key_Right)
    press(Key.Key_Down)
    assert view.accessibleDescription() == "10 点 2"
    press(Key.Key_Return)
    assert page.layer.isVisible()
    assert [line.case for line in page.layer.lines] == ["one"]
    assert says(page.layer, "more") == CALLS
    press(Key.Key_Escape)
    assert not page.layer.isVisible()
    assert focused() is view
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert asked == [FindCase(number, "one")]
    assert not page.layer.isVisible()


def test_by_mouse_a_bar_is_clicked(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    issue(office, "11-promise", "one")
    take_step(office, "one", Step.DONE)
    show(qtbot, page)
    view = page.cards[Subject.PROMISES].view
    place = view.drawn.places[0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(int(place.x + place.width / 2), view.height() // 2))
    assert [line.case for line in page.layer.lines] == ["one"]
    find(page.layer, QPushButton, "关上，Esc").click()
    last = view.drawn.places[-1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(int(last.x + last.width / 2), view.height() // 2))
    assert (page.layer.isVisible(), page.layer.lines) == (True, ())


def test_arrows_stay_within_the_bars(qtbot: QtBot, page: LeadPage) -> None:
    show(qtbot, page)
    view = page.cards[Subject.PROMISES].view
    view.setFocus()
    for key in (Key.Key_Left, Key.Key_Up):
        press(key)
    assert view.accessibleDescription() == "当天 0"
    for _ in range(9):
        press(Key.Key_Right)
    assert view.accessibleDescription() == "超期 0"
    waiting = page.cards[Subject.WAITING].view
    waiting.setFocus()
    press(Key.Key_Return)
    assert not page.layer.isVisible(), "where there is no bar nothing opens"


def test_periods_are_turned_by_keys_and_by_mouse_and_never_ahead(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    issue(office, "5-inquiry", "one")
    show(qtbot, page)
    assert (says(page, "span_title"), page.after.isEnabled()) == ("2026年11月", False)
    press(Key.Key_PageDown)
    assert page.span == Span(2026, 11)
    press(Key.Key_PageUp)
    assert page.cards[Subject.VISITS].hint.whole == "正在数……"
    assert page.cards[Subject.VISITS].view.drawn.bars == ()
    counted(qtbot, page)
    assert (says(page, "span_title"), page.cards[Subject.VISITS].view.picture.total) == ("2026年10月", 0)
    page.after.click()
    counted(qtbot, page)
    assert page.cards[Subject.VISITS].hint.whole == "来人来电 1 次，10月 0 次"
    press(Key.Key_Y, CONTROL)
    counted(qtbot, page)
    assert (says(page, "span_title"), page.cards[Subject.VISITS].view.picture.total) == ("2026年", 1)
    press(Key.Key_PageUp)
    counted(qtbot, page)
    press(Key.Key_Y, CONTROL)
    assert page.span == Span(2025, 12), "of a year that is over its last month"
    press(Key.Key_Y, CONTROL)
    press(Key.Key_PageDown)
    press(Key.Key_Y, CONTROL)
    assert page.span == Span(2026, 11), "of this year the month that is going on"


def test_esc_stops_what_is_being_counted_and_nothing_half_counted_is_printed(
    qtbot: QtBot, page: LeadPage, printer: PrinterInMemory
) -> None:
    show(qtbot, page)
    press(Key.Key_Y, CONTROL)
    press(Key.Key_P, CONTROL)
    press(Key.Key_Escape)
    assert says(page, "message") == STOPPED
    qtbot.wait(50)
    assert (page.report, page.counting.running, printer.sent) == (None, False, [])
    press(Key.Key_P, CONTROL)
    assert says(page, "message") == NOT_COUNTED
    page.refresh()
    counted(qtbot, page)
    assert says(page, "message") == "与2025年对照，还没过完"


def test_the_pictures_come_before_what_they_are_compared_with(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    issue(office, "5-inquiry", "one")
    said: list[str] = []
    card = page.cards[Subject.VISITS]
    page.counting.drawable.connect(lambda _report: said.append(card.hint.whole))
    show(qtbot, page)
    assert said == ["来人来电 1 次"]
    assert card.hint.whole == "来人来电 1 次，10月 0 次"
    page.refresh()
    counted(qtbot, page)
    assert len(said) == 1, "what was counted is not drawn twice"


def test_the_report_is_printed_as_soon_as_it_is_counted(
    qtbot: QtBot, page: LeadPage, office: Office, printer: PrinterInMemory
) -> None:
    issue(office, "5-inquiry", "one")
    show(qtbot, page)
    press(Key.Key_PageUp)
    page.print_month()
    qtbot.waitUntil(lambda: len(printer.sent) == 1, timeout=20_000)
    pdf, title = printer.sent[0][:2]
    assert title == "窗口报告 2026-11"
    text = text_of(pdf)
    assert "来人来电10" in text
    assert "什么时候人多" in text


def test_where_nothing_prints_it_can_be_saved(qtbot: QtBot, page: LeadPage, printer: PrinterInMemory) -> None:
    show(qtbot, page)
    printer.broken = service_down()
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: OR_FILE in says(page, "message"))


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_it_is_saved_as_what_its_name_ends_in(
    qtbot: QtBot, page: LeadPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    issue(office, "5-inquiry", "one")
    show(qtbot, page)
    path = tmp_path / f"报告{ending}"
    offered: list[str] = []

    def ask(*given: str) -> tuple[str, str]:
        offered.append(given[2])
        return str(path), ""

    answer_file_dialog(monkeypatch, "getSaveFileName", ask)
    press(Key.Key_S, CONTROL)
    assert Path(offered[0]).name == "窗口报告_2026-11.pdf"
    assert says(page, "message") == f"窗口报告 2026-11，已存为 报告{ending}。"
    if ending == ".pdf":
        assert "来人来电10" in text_of(path.read_bytes())
    else:
        assert openpyxl.load_workbook(path)["办了什么"]["B5"].value == 1


def test_a_file_that_cannot_be_written_is_said(
    qtbot: QtBot, page: LeadPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, page)
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.pdf"), ""))
    press(Key.Key_S, CONTROL)
    assert says(page, "message").startswith("文件写不进")
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: ("", ""))
    press(Key.Key_S, CONTROL)
    assert says(page, "message").startswith("文件写不进"), "thought better of it: nothing is said"


def test_the_sentence_that_is_to_be_mended_is_a_click_away(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    for n in range(20):
        told_otherwise(office) if n == 0 else issue(office, "12-on-the-spot", f"at once {n}")
    asked = wanted(page)
    show(qtbot, page)
    card = page.cards[Subject.TOLD]
    assert card.mend.isVisible()
    card.mend.click()
    assert asked == [ShowItem("B08")]
    assert not page.cards[Subject.VISITS].mend.isVisible()
    card.view.setFocus()
    press(Key.Key_Return)
    assert find(page.layer, QLabel, "more").isHidden()
    assert "第二次才说清的" in page.layer.title.text()


def test_one_clerk_s_matters_are_shown_for_a_reason(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    told_otherwise(office, clerk="0002", uuid="hers")
    show(qtbot, page)
    press(Key.Key_F8)
    assert focused() is page.clerk_layer.list
    press(Key.Key_Return)
    assert focused() is page.clerk_layer.reason
    press(Key.Key_Return)
    assert "要写理由" in says(page.clerk_layer, "fault")
    assert office.book.latest(EntryKind.SUPERVISOR_LOOKED) is None
    commit("核对一位当事人的意见")
    assert page.unsaved
    press(Key.Key_Tab)
    assert focused() is page.clerk_layer.list
    press(Key.Key_Tab)
    press(Key.Key_Return)
    assert office.book.latest(EntryKind.SUPERVISOR_LOOKED) is not None
    assert [line.case for line in page.layer.lines] == ["hers"]
    assert (page.clerk_layer.isVisible(), page.unsaved) == (False, "")
    press(Key.Key_Escape)
    page.one_clerk.click()
    page.clerk_layer.list.setCurrentRow(1)
    page.clerk_layer.list.itemClicked.emit(page.clerk_layer.list.item(1))
    commit("再核对一件")
    press(Key.Key_Return)
    assert page.layer.lines == ()
    assert says(page.layer, "more").endswith("没有有出入的。")


def test_a_clerk_reads_in_the_month_who_looked(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    from counter_assistant.operations.report.one_clerk import look_at_one
    from counter_assistant.ui.cases.page import CasesPage
    from tests.ui.counter import screen_texts

    look_at_one(office, "0002", Span(2026, 11), "核对一位当事人的意见")
    name = office.profile.clerk("0001").name
    office.act_as("0002")
    cases = CasesPage(office)
    qtbot.addWidget(cases)
    cases.show()
    cases.monthly.open()
    assert f"11月23日 {name}看过您这个月的：核对一位当事人的意见" in screen_texts(cases)


def test_what_the_book_refuses_is_said_and_nothing_breaks(
    qtbot: QtBot, page: LeadPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, page)
    damaged = Refusal("book-damaged", "台账读不出来。", "请恢复。")

    def fail(*_: object, **__: object) -> None:
        raise damaged

    monkeypatch.setattr("counter_assistant.ui.lead.page.waiting_lines", fail)
    page.refresh()
    assert says(page, "message").startswith("台账读不出来") or page.counting.running
    counted(qtbot, page)
    monkeypatch.setattr("counter_assistant.ui.lead.page.case_lines", fail)
    page.cards[Subject.PROMISES].view.setFocus()
    press(Key.Key_Return)
    assert (says(page, "message"), page.layer.isVisible()) == ("台账读不出来。请恢复。", False)
    monkeypatch.setattr("counter_assistant.ui.lead.counting.ReportMaking", fail)
    page.refresh()
    assert says(page, "message") == "台账读不出来。请恢复。"


def test_nothing_is_cut_where_the_window_is_narrow(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    issue(office, "11-promise", "one")
    page.resize(1017, 500)
    show(qtbot, page)
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width(), button.text()
    page.cards[Subject.PROMISES].view.setFocus()
    press(Key.Key_Return)
    page.resize(1290, 690)
    QApplication.processEvents()
    assert page.rect().contains(page.layer.geometry())


def test_a_new_entry_is_counted_when_the_page_is_shown_again(qtbot: QtBot, page: LeadPage, office: Office) -> None:
    show(qtbot, page)
    page.hide()
    issue(office, "5-inquiry", "one")
    page.show()
    counted(qtbot, page)
    assert page.cards[Subject.VISITS].view.picture.total == 1


def test_what_somebody_came_about_today_is_listed(qtbot: QtBot, page: LeadPage, office: Office, clock: Clock) -> None:
    issue(office, "11-promise", "yesterday")
    clock.now = datetime(2026, 11, 24, 9, 0, tzinfo=NOW.tzinfo)
    issue(office, "5-inquiry", "today")
    note_call(office, "问租房提取要带什么")
    show(qtbot, page)
    page.waiting.list.setFocus()
    press(Key.Key_F7)
    assert [line.case for line in page.layer.lines] == ["today"]
    assert page.layer.title.text() == "今天　11月24日"
    press(Key.Key_Escape)
    assert focused() is page.waiting.list
    page.of_today.click()
    assert page.layer.isVisible()
