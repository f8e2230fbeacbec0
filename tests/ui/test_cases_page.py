"""办件页：by keys, from the list that presses to the end of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.case import Case, Stage
from counter_assistant.domain.clock import PauseReason
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.workdays import CalendarDay, WorkCalendar
from counter_assistant.operations import casework
from counter_assistant.operations.issuing import issue_slip
from counter_assistant.operations.moved_cases import moved_by, moved_payload
from counter_assistant.operations.office import Office
from counter_assistant.storage.cases import CaseList
from counter_assistant.ui.cases.days import read_day
from counter_assistant.ui.cases.lists import EMPTY
from counter_assistant.ui.cases.model import DUE, NUMBER, PAGE, CasesModel
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.print_service import PrintService
from tests.decision_rows import ROWS
from tests.make import ID_NUMBER, NOW, PHONE, a_request, an_office, text_of
from tests.ui.counter import CONTROL, PrinterInMemory, commit, compose, nameless, press, rich_labels, screen_texts, show

pytestmark = pytest.mark.slow  # every test makes a page of its own

ALT = Qt.KeyboardModifier.AltModifier


class Time:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def office(tmp_path: Path, time: Time) -> Iterator[Office]:
    office = an_office(tmp_path)
    office.clock = time
    yield office
    office.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> CasesPage:
    for row in ROWS:
        issue_slip(office, a_request(**{**ROWS[row][0], "request_id": row}))
    page = CasesPage(office)
    show(qtbot, page)
    return page


def typed(text: str) -> None:
    """Plain keys, one by one: the focus may move in between."""
    for character in text:
        QTest.keyClick(QApplication.focusWidget(), character)
    QApplication.processEvents()


def open_case(page: CasesPage, case_id: str) -> Case:
    """Chooses a case in the list of all and opens it with Enter."""
    press(Qt.Key.Key_8, ALT)
    page.table.selectRow(page.model.place_of(case_id))
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.case is not None
    assert page.case.id == case_id
    return page.case


def ids(page: CasesPage) -> list[str]:
    return [page.model.case(n).id for n in range(page.model.rowCount())]


def column(page: CasesPage, which: int) -> list[str]:
    return [str(page.model.index(n, which).data()) for n in range(page.model.rowCount())]


def now(page: CasesPage, case_id: str) -> Case:
    return casework.case_of_id(page.office, case_id)


def history(page: CasesPage) -> list[str]:
    return [text for text in screen_texts(page.panel.steps) if text]


def test_what_presses_today_is_shown_first_with_its_word(page: CasesPage) -> None:
    assert page.lists.current is CaseList.TODAY
    assert ids(page) == ["13-not-on-the-spot", "2-colleague"]
    assert column(page, DUE) == ["今天到期", "今天跟进"]
    assert page.lists.chips[CaseList.WAITING].text() == "待补材料 3"
    assert page.search.hasFocus()


def test_each_list_is_one_key_away(page: CasesPage) -> None:
    press(Qt.Key.Key_4, ALT)
    assert {page.model.case(n).stage for n in range(page.model.rowCount())} == {Stage.WAITING}
    assert column(page, DUE) == ["补齐后起算"] * 3
    press(Qt.Key.Key_Right)
    assert page.lists.current is CaseList.HELD
    page.table.setFocus()
    press(Qt.Key.Key_Left)
    assert page.lists.current is CaseList.WAITING
    press(Qt.Key.Key_1, ALT)
    assert (page.empty.text(), page.table.isHidden()) == (EMPTY[CaseList.OVERDUE], True)
    press(Qt.Key.Key_9, ALT)
    assert len(ids(page)) == 4


def test_enter_and_one_key_take_the_next_step_and_never_a_second_one(page: CasesPage) -> None:
    """GIVEN a promise WHEN Enter, F9 twice THEN it is done; another F9 must not touch the case that follows in the list."""
    open_case(page, "11-promise")
    assert page.panel.next.accessibleName() == "登记办结"
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open
    assert page.panel.message.text().endswith("再按一次 F9，登记办结。登记以后不能撤回。")
    press(Qt.Key.Key_F9)
    done, head = now(page, "11-promise"), page.office.book.head()
    assert (done.stage, done.overrun) == (Stage.DONE, False)
    assert page.panel.message.text() == "已登记办结：罗𠅤克。"
    assert page.case == done
    press(Qt.Key.Key_F9)
    assert page.office.book.head() == head
    assert "已经办结" in page.panel.message.text()


def test_both_days_stand_side_by_side(page: CasesPage) -> None:
    open_case(page, "11-promise")
    assert page.panel.limits.text() == "承诺 2026年11月24日　法定 2026年11月26日"
    assert page.panel.due.text() == "11-24 到期"
    assert not page.panel.warning.isVisible()


def test_an_answer_asks_for_its_words_before_it_is_recorded(page: CasesPage) -> None:
    open_case(page, "4-unclear")
    press(Qt.Key.Key_F9)
    assert page.line.isVisible()
    press(Qt.Key.Key_Return)
    assert "要写明理由" in page.line.fault.text()
    assert now(page, "4-unclear").open
    commit("已电话答复")
    press(Qt.Key.Key_F9)
    assert now(page, "4-unclear").stage is Stage.ANSWERED
    assert page.line.isHidden()


def test_what_needs_a_paper_goes_to_the_desk(page: CasesPage, qtbot: QtBot) -> None:
    open_case(page, "8-promise-incomplete")
    assert page.panel.next.accessibleName() == "材料补来了，到受理台"
    with qtbot.waitSignal(page.wanted_on_desk) as wanted:
        press(Qt.Key.Key_F9)
    request = wanted.args[0]
    assert (request.case, request.item) == ("8-promise-incomplete", "B01")
    open_case(page, "11-promise")
    with qtbot.waitSignal(page.wanted_on_desk) as again:
        press(Qt.Key.Key_F8)
    assert again.args[0].case == "11-promise"


def test_any_other_step_is_chosen_by_a_digit_and_recorded_on_the_page(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    assert "5 改跟进日期" in page.line.choices.accessibleName()
    press(Qt.Key.Key_5)
    edit = page.line.fields["follow_up"].edit
    assert (edit.text(), QApplication.focusWidget()) == ("2026-11-24", page.line.fields["note"].edit)
    edit.setFocus()
    edit.setText("x")
    press(Qt.Key.Key_Return, CONTROL)
    assert "日期“x”无法识别" in page.line.fault.text()
    assert edit.hasFocus()
    edit.setText("12-1")
    press(Qt.Key.Key_Return, CONTROL)
    assert now(page, "11-promise").follow_up == date(2026, 12, 1)
    assert history(page)[3].startswith("改跟进日期，2026年12月1日跟进")


def test_a_clock_is_paused_with_a_reason_and_the_next_step_is_to_go_on(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_7)
    assert page.line.reason.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.line.fields["note"].edit.hasFocus()
    press(Qt.Key.Key_Return)
    paused = now(page, "11-promise").clocks["promised"].paused
    assert paused is not None
    assert paused.reason is PauseReason.VERIFICATION
    assert page.panel.due.text() == "中止计时"
    assert page.panel.next.accessibleName() == "恢复计时"
    press(Qt.Key.Key_F9)
    assert not now(page, "11-promise").paused


def test_a_matter_is_handed_on_to_a_clerk_who_is_chosen(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_6)
    assert page.line.owner.hasFocus()
    wanted = page.line.owner.currentData()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CONTROL)
    assert (now(page, "11-promise").handler, now(page, "11-promise").follow_up) == (wanted, date(2026, 11, 24))


def test_a_day_in_the_future_is_refused_beside_its_field(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_1)
    page.line.fields["on"].edit.setText("11-25")
    press(Qt.Key.Key_Return)
    assert "还没有到" in page.line.fault.text()
    assert page.line.fields["on"].edit.hasFocus()
    assert now(page, "11-promise").open


def test_the_count_is_shown_day_by_day_and_taken_back(page: CasesPage) -> None:
    open_case(page, "10-referral")
    press(Qt.Key.Key_D, CONTROL)
    lines = history(page)
    assert lines[:2] == ["逐日计算", "受理当日不计　Ctrl+P 打印"]
    assert "2026年11月28日 周六 休息 不计" in lines
    assert any(line.startswith("2026年11月30日 周一 工作日 第5个，到期") for line in lines)
    press(Qt.Key.Key_D, CONTROL)
    assert history(page)[0] == "经过"


def test_a_number_or_a_scanned_code_opens_its_case_and_leads_to_its_paper(page: CasesPage, qtbot: QtBot) -> None:
    row = page.office.archive.show(now(page, "10-referral").papers[0]).row
    typed(row.qr)
    press(Qt.Key.Key_Return)
    assert page.case is not None
    assert page.case.id == "10-referral"
    with qtbot.waitSignal(page.paper_wanted) as wanted:
        press(Qt.Key.Key_O, CONTROL)
    assert wanted.args == [row.number]
    link = next(b for b in page.panel.steps.findChildren(QPushButton) if b.text() == row.number)
    with qtbot.waitSignal(page.paper_wanted) as clicked:
        link.click()
    assert clicked.args == [row.number]
    press(Qt.Key.Key_F, CONTROL)
    commit(now(page, "11-promise").papers[0])
    press(Qt.Key.Key_Return)
    assert page.case.id == "11-promise"


def test_a_paper_of_another_office_is_refused_in_words(page: CasesPage) -> None:
    row = page.office.archive.show(now(page, "10-referral").papers[0]).row
    page.office.decide_profile(replace(page.office.profile, installation_code="530927"))
    typed(row.qr)
    press(Qt.Key.Key_Return)
    assert "不在本机的台账里" in page.panel.message.text()


def test_typing_anywhere_searches_open_and_closed_cases(page: CasesPage) -> None:
    page.table.setFocus()
    typed("b08")
    assert page.search.hasFocus()
    assert {"12-on-the-spot", "13-not-on-the-spot"} <= set(ids(page))
    assert not any(chip.isChecked() for chip in page.lists.chips.values())
    press(Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
    typed("zzz")
    assert "没有找到" in page.empty.text()
    press(Qt.Key.Key_Return)
    assert page.case is None
    press(Qt.Key.Key_4, ALT)
    assert (page.search.text(), len(ids(page))) == ("", 3)


def test_enter_while_composing_does_nothing(page: CasesPage) -> None:
    compose("luo")
    press(Qt.Key.Key_Return)
    assert page.case is None


def test_escape_closes_one_layer_at_a_time(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_M, CONTROL)
    assert page.monthly.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.monthly.isHidden()
    press(Qt.Key.Key_Escape)
    assert page.line.isHidden()
    assert page.case is not None
    press(Qt.Key.Key_Escape)
    assert page.case is None
    commit("罗")
    press(Qt.Key.Key_Escape)
    assert page.search.text() == ""


def test_the_open_case_follows_the_arrows(page: CasesPage) -> None:
    open_case(page, ids_of_open(page)[0])
    press(Qt.Key.Key_Down)
    assert page.case is not None
    assert page.case.id == ids(page)[1]


def ids_of_open(page: CasesPage) -> list[str]:
    press(Qt.Key.Key_8, ALT)
    return ids(page)


def test_a_key_without_anything_to_do_says_why(page: CasesPage) -> None:
    press(Qt.Key.Key_F9)
    assert page.panel.message.text() == "先选一件，按回车打开。"
    open_case(page, "4-unclear")
    press(Qt.Key.Key_O, CONTROL)
    assert "没有可看的" in page.panel.message.text()


def test_an_overdue_case_says_so_in_words_and_is_counted(page: CasesPage, time: Time) -> None:
    time.now = NOW.replace(day=30)
    page.refresh()
    open_case(page, "11-promise")
    assert page.panel.due.text() == "11-24 超期6天"
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").overrun
    assert "记入超期" in page.panel.message.text()
    assert page.panel.due.text() == "11-30 办结，超期"


def test_a_printed_day_that_cannot_be_kept_is_loud_and_leads_to_a_delay_notice(page: CasesPage, qtbot: QtBot) -> None:
    calendar, day = page.office.calendar, date(2026, 11, 24)
    days = {**calendar.years[2026].days, day: CalendarDay("示例节", off=True)}
    years = {**calendar.years, 2026: replace(calendar.years[2026], days=days)}
    moved = moved_by(page.office, WorkCalendar(years))
    page.office.book.append(EntryKind.CALENDAR, {"moved": moved_payload(moved)})
    open_case(page, "11-promise")
    assert "请在印的日期以前告知当事人延期" in page.panel.warning.text()
    assert page.panel.next.accessibleName() == "出延期告知单"
    with qtbot.waitSignal(page.wanted_on_desk) as wanted:
        press(Qt.Key.Key_F9)
    assert wanted.args[0].details.due == date(2026, 11, 25)


def test_an_empty_office_says_what_would_be_here(qtbot: QtBot, office: Office) -> None:
    page = CasesPage(office)
    show(qtbot, page)
    assert page.empty.text() == EMPTY[CaseList.OPEN]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    assert page.case is None
    page.close_down()


def test_a_narrow_window_folds_the_case_away_until_one_is_opened(qtbot: QtBot, page: CasesPage) -> None:
    page.resize(1017, 543)
    qtbot.waitUntil(page.panel.isHidden)
    press(Qt.Key.Key_Return)
    assert page.panel.isVisible()
    assert page.table.isColumnHidden(NUMBER)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_6)
    assert page.width() == 1017, "the line fits"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert page.panel.isHidden()


def test_what_is_shown_is_plain_named_and_masked(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    assert rich_labels(page) == []
    assert nameless(page) == []
    everything = "\n".join([*screen_texts(page), *(text for n in range(6) for text in column(page, n))])
    assert ID_NUMBER not in everything
    assert PHONE not in everything


def test_pages_of_the_list_follow_one_another(page: CasesPage) -> None:
    case = now(page, "11-promise")
    cases = [replace(case, id=f"{n}") for n in range(PAGE + 1)]
    asked: list[int] = []

    def fetch(after: int) -> list[Case]:
        asked.append(after)
        return cases[after : after + PAGE]

    model = CasesModel(page.office.today, lambda: page.office.profile, lambda _text: None)
    model.fill(fetch)
    assert model.canFetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert (model.rowCount(), asked) == (PAGE + 1, [0, PAGE])
    assert not model.canFetchMore(model.index(-1, -1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"), ("12-1", "2026-12-01"), ("12.1", "2026-12-01"), ("12月1日", "2026-12-01"),
        ("1201", "2026-12-01"), ("20261201", "2026-12-01"), (" 1-5 ", "2027-01-05"), ("2027年1月5日", "2027-01-05"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_clerks_write_it(text: str, day: str) -> None:
    assert read_day(text, NOW.date(), ahead=True).isoformat() == day


def test_a_day_that_has_been_is_read_as_this_years() -> None:
    assert read_day("11-20", NOW.date(), ahead=False) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["2-30", "明天", "13-01", "2026-1", "112", "１２-1"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_day(text, NOW.date(), ahead=True)
    assert refusal.value.code == "bad-date"


def test_the_count_is_printed_without_a_name(qtbot: QtBot, office: Office) -> None:
    issue_slip(office, a_request(**{**ROWS["10-referral"][0], "request_id": "10-referral"}))
    issue_slip(office, a_request(**{**ROWS["3-held"][0], "request_id": "3-held"}))
    printer = PrinterInMemory()
    page = CasesPage(office, PrintService(office.database.path.parent, printer))
    show(qtbot, page)
    press(Qt.Key.Key_P, CONTROL)
    assert "先打开一件" in page.panel.message.text()
    open_case(page, "10-referral")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    page.printing.close_down()
    pdf, title, _ = printer.sent[0]
    text = text_of(pdf)
    assert title == "期限计算表"
    assert "2026年11月30日" in text
    assert "临沧某某有限公司" not in text
    open_case(page, "3-held")
    press(Qt.Key.Key_P, CONTROL)
    assert "先打开一件有时限的办件" in page.panel.message.text()


def test_what_was_asked_of_one_case_is_void_for_another(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    open_case(page, "13-not-on-the-spot")
    press(Qt.Key.Key_F9)
    assert now(page, "13-not-on-the-spot").open
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open
