"""办件页：by keys, from the list that presses to the end of a case."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.calendar.workdays import CalendarDay, WorkCalendar
from counter_assistant.domain.cases.case import Case, Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits
from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.operations.calendars.moved_cases import moved_by, moved_days
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import case_of_id
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.cases.lists import EMPTY, CaseLists
from counter_assistant.ui.cases.model import DUE, NUMBER, OWNER, PAGE, CasesModel
from counter_assistant.ui.cases.monthly import MonthlyOverlay
from counter_assistant.ui.cases.own_list import OwnList
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.cases.panel import CasePanel, Steps
from counter_assistant.ui.cases.step_choices import StepChoices
from counter_assistant.ui.cases.step_line import StepLine
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.list_chips import ListChip
from counter_assistant.ui.widgets.records.search_field import SearchField
from tests.decision_rows import HELD, ROWS
from tests.make import ID_NUMBER, NOW, PHONE, a_request, an_office, text_of, told_otherwise
from tests.ui.counter import (
    CONTROL,
    PrinterInMemory,
    commit,
    compose,
    nameless,
    press,
    retype,
    rich_labels,
    screen_texts,
    show,
)
from tests.ui.desk_hand import type_
from tests.ui.find import find

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
def page(qtbot: QtBot, office: Office) -> Iterator[CasesPage]:
    for row in ROWS:
        issue_slip(office, a_request(**{**ROWS[row][0], "request_id": row}))
    office.prints.settle(list(office.prints.all()))
    page, window = CasesPage(office), QStackedWidget()
    window.addWidget(page)
    window.addWidget(PlainLabel("another page"))
    show(qtbot, window)
    page.setFocus()
    yield page  # noqa: PT022 - the window lives as long as the test


def away_and_back(page: CasesPage) -> None:
    """Another page of the window, and this one again, as the window does it."""
    window = page.parentWidget()
    assert isinstance(window, QStackedWidget)
    window.setCurrentIndex(1)
    QApplication.processEvents()
    window.setCurrentIndex(0)
    page.setFocus()
    QApplication.processEvents()


def resized(page: CasesPage, width: int, height: int = 543) -> None:
    window = page.parentWidget()
    assert window is not None
    window.resize(width, height)
    QApplication.processEvents()


def table(page: CasesPage) -> QTableView:
    return find(page, QTableView)


def model(page: CasesPage) -> CasesModel:
    found = table(page).model()
    assert isinstance(found, CasesModel)
    return found


def search(page: CasesPage) -> SearchField:
    return find(page, SearchField)


def line(page: CasesPage) -> StepLine:
    return find(page, StepLine)


def message(page: CasesPage) -> str:
    return find(page, QLabel, "message").text()


def primary(page: CasesPage) -> str:
    """What F9 does, as the loud button says."""
    return find(page, QPushButton, "next_step").accessibleName()


def open_case(page: CasesPage, case_id: str) -> Case:
    """Chooses a case in the list of all and opens it with Enter."""
    press(Qt.Key.Key_8, ALT)
    table(page).selectRow(model(page).place_of(case_id))
    table(page).setFocus()
    press(Qt.Key.Key_Return)
    assert page.case is not None
    assert page.case.id == case_id
    return page.case


def ids(page: CasesPage) -> list[str]:
    return [model(page).case(n).id for n in range(model(page).rowCount())]


def column(page: CasesPage, which: int) -> list[str]:
    return [str(model(page).index(n, which).data()) for n in range(model(page).rowCount())]


def now(page: CasesPage, case_id: str) -> Case:
    return case_of_id(page.office, case_id)


def marked(page: CasesPage) -> str:
    """The id of the row that is painted as chosen; empty where none is."""
    rows = table(page).selectionModel().selectedRows()
    return model(page).case(rows[0].row()).id if rows else ""


def history(page: CasesPage) -> list[str]:
    return [text for text in screen_texts(find(page, Steps, "经过")) if text]


def test_what_is_held_shows_its_owner_its_day_and_what_is_to_be_found_out(page: CasesPage) -> None:
    open_case(page, "3-held")
    row = model(page).place_of("3-held")
    assert (column(page, OWNER)[row], column(page, DUE)[row]) == ("张某", "12-01 到期")
    assert "首办 张某" in find(page, QLabel, "people").text()
    assert f"登记待定，待查：{HELD['verify']}，期限 2026年12月1日" in history(page)


def test_what_presses_today_is_shown_first_with_its_word(page: CasesPage) -> None:
    assert find(page, CaseLists).current is CaseList.TODAY
    assert ids(page) == ["13-not-on-the-spot", "2-colleague"]
    assert column(page, DUE) == ["今天到期", "今天跟进"]
    assert find(page, ListChip, CaseList.WAITING).text() == "待补材料 3"
    assert search(page).hasFocus()


def test_each_list_is_one_key_away(page: CasesPage) -> None:
    press(Qt.Key.Key_4, ALT)
    assert {model(page).case(n).stage for n in range(model(page).rowCount())} == {Stage.WAITING}
    assert column(page, DUE) == ["补齐后起算"] * 3
    press(Qt.Key.Key_Right)
    assert find(page, CaseLists).current is CaseList.HELD
    table(page).setFocus()
    press(Qt.Key.Key_Left)
    assert find(page, CaseLists).current is CaseList.WAITING
    press(Qt.Key.Key_1, ALT)
    assert (find(page, QLabel, "empty").text(), table(page).isHidden()) == (EMPTY[CaseList.OVERDUE], True)
    press(Qt.Key.Key_9, ALT)
    assert len(ids(page)) == 4


def test_enter_and_one_key_take_the_next_step_and_never_a_second_one(page: CasesPage) -> None:
    """GIVEN a promise WHEN F9 twice THEN it is done; another F9 must not touch the case that follows in the list."""
    open_case(page, "11-promise")
    place = ids(page).index("11-promise")
    assert primary(page) == "登记办结"
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open
    assert message(page).endswith("再按一次 F9，登记办结。")
    press(Qt.Key.Key_F9)
    done, head = now(page, "11-promise"), page.office.book.head()
    assert (done.stage, done.overrun) == (Stage.DONE, False)
    assert message(page) == "已登记办结：罗𠅤克。登错了的，按 F7 撤销。"
    assert page.case == done
    assert (marked(page), ids(page)[place]) == ("11-promise",) * 2, "what was acted on stays marked where it stood"
    press(Qt.Key.Key_F9)
    assert page.office.book.head() == head
    assert "已经办结" in message(page)


def test_both_days_stand_side_by_side(page: CasesPage) -> None:
    open_case(page, "11-promise")
    assert find(page, QLabel, "limits").text() == "承诺 2026年11月24日　法定 2026年11月26日"
    assert find(page, QLabel, "due").text() == "11-24 到期"
    assert not find(page, QLabel, "warning").isVisible()


def test_a_paper_that_did_not_come_out_is_told_beside_its_case_and_in_the_list(page: CasesPage) -> None:
    number = now(page, "11-promise").papers[-1]
    page.office.prints._put(PaperPrint(number, page.office.archive.show(number).row.seq))
    page.refresh()
    open_case(page, "11-promise")
    assert find(page, QLabel, "warning").text() == f"{number} 没有打出来：按 Ctrl+O 打开，再按 Ctrl+P 打印。"
    row = model(page).place_of("11-promise")
    assert model(page).index(row, NUMBER).data() == f"{number} 未打印"


def test_an_answer_asks_for_its_words_before_it_is_recorded(page: CasesPage) -> None:
    open_case(page, "4-unclear")
    press(Qt.Key.Key_F9)
    assert line(page).isVisible()
    press(Qt.Key.Key_Return)
    assert "要写明理由" in find(line(page), QLabel, "fault").text()
    assert now(page, "4-unclear").open
    commit("已电话答复")
    press(Qt.Key.Key_F9)
    assert now(page, "4-unclear").stage is Stage.ANSWERED
    assert line(page).isHidden()


KEYS: dict[str, Qt.Key] = {
    "up": Qt.Key.Key_Up, "down": Qt.Key.Key_Down, "enter": Qt.Key.Key_Return, "f9": Qt.Key.Key_F9, "f7": Qt.Key.Key_F7,
    "f8": Qt.Key.Key_F8, "escape": Qt.Key.Key_Escape, "right": Qt.Key.Key_Right, "tab": Qt.Key.Key_Tab,
}  # fmt: skip
TYPED = "b015a6d岩"
HANDS = [*KEYS, *["f9"] * 8, "f7", "down", *TYPED, "refresh", "away and back", "click", "narrow", "wide"]
IN_A_FORM = [*HANDS, *["enter", "f9", "已", *"145678"] * 3]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_pressed_what_is_acted_on_is_what_is_marked(page: CasesPage, seed: int) -> None:
    """GIVEN any keys in any order THEN the case that is shown and acted on is the marked row's, or none is."""
    chance, asked = random.Random(seed), list[str]()
    page.wanted_on_desk.connect(lambda request: asked.append(request.case))
    acted = 0
    for n in range(150):
        before, head, step = (
            marked(page),
            page.office.book.head()[0],
            chance.choice(IN_A_FORM if line(page).isVisible() else HANDS),
        )
        form, label = line(page).choice, primary(page)
        asked.clear()
        do(page, step, chance)
        said = f"seed {seed}, key {n}: {step}"
        done = [entry.payload["case"] for entry in page.office.book.entries(after=head)]
        assert {*done, *asked} <= {before}, said
        acted += len(done)
        if done and step == "f9":
            assert label.startswith(("登记", "撤销", "恢复", "督办")), f"{said} said {label}"
        assert (page.case.id if page.case else "") == marked(page), said
        if page.case is not None:
            assert find(find(find(page, CasePanel), Card, "办件"), QLabel, "title").text() == (
                page.case.applicant or "未留姓名"
            ), said
            assert find(page, QLabel, "item").accessibleName() == f"{page.case.item} {page.case.item_name}", said
        if line(page).isVisible():
            assert primary(page) == (line(page).registers or "先选一步"), said
            assert form is None or line(page).choice is None or marked(page) == before, said
    assert acted, "the keys did something"


def do(page: CasesPage, step: str, chance: random.Random) -> None:
    match step:
        case "refresh":
            page.refresh()
        case "away and back":
            away_and_back(page)
        case "click":
            row = model(page).index(chance.randrange(max(model(page).rowCount(), 1)), 0)
            QTest.mouseClick(
                table(page).viewport(), Qt.MouseButton.LeftButton, pos=table(page).visualRect(row).center()
            )
        case "narrow" | "wide":
            resized(page, 1017 if step == "narrow" else 1290)
        case _:
            widget = QApplication.focusWidget()
            assert widget is not None, f"nothing has the focus before {step}"
            QTest.keyClick(widget, KEYS[step]) if step in KEYS else commit_to(widget, step)
    QApplication.processEvents()


def commit_to(widget: QWidget, character: str) -> None:
    if character.isascii():
        QTest.keyClicks(widget, character)
    else:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(widget, event)


def test_one_primary_button_says_what_its_key_does(page: CasesPage) -> None:
    """GIVEN a form that is open WHEN F9 is pressed THEN it does what the button said: it registers this form."""
    open_case(page, "11-promise")
    assert primary(page) == "登记办结"
    press(Qt.Key.Key_F7)
    assert (primary(page), find(page, QPushButton, "next_step").isEnabled()) == ("先选一步", False)
    press(Qt.Key.Key_F9)
    assert "先按数字或字母选一步" in message(page)
    press(Qt.Key.Key_4)
    assert primary(page) == find(line(page), ActionButton).accessibleName() == "登记联系"
    commit("已致电")
    press(Qt.Key.Key_F9)
    case = now(page, "11-promise")
    assert (case.open, case.history[-1].words) == (True, "联系，已致电")
    assert primary(page) == "登记办结"


def test_while_a_line_asks_the_list_waits_and_nothing_typed_is_lost(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    commit("已致电，")
    press(Qt.Key.Key_F7)
    assert "还没有登记" in message(page)
    place = table(page).visualRect(model(page).index(0, 0)).center()
    QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=place)
    away_and_back(page)
    assert find(page, QLineEdit, "note").hasFocus()
    assert page.open_number(now(page, "10-referral").papers[0])
    assert "还没有登记" in message(page)
    assert (marked(page), find(page, QLineEdit, "note").text()) == ("11-promise", "已致电，")
    press(Qt.Key.Key_Escape)
    assert page.open_number(now(page, "10-referral").papers[0])
    assert marked(page) == "10-referral"


def test_a_delay_is_begun_from_any_case_with_a_printed_day(page: CasesPage, qtbot: QtBot) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    assert "9 延期（出告知单），A 电话告知延期" in find(page, StepChoices).accessibleName()
    press(Qt.Key.Key_9)
    assert primary(page) == "到受理台出延期告知单"
    commit("11-24")
    press(Qt.Key.Key_Return)
    commit("核验系统停机")
    press(Qt.Key.Key_Return)
    assert "不晚于原定日期" in find(line(page), QLabel, "fault").text()
    assert find(page, QLineEdit, "due").hasFocus()
    retype("11-30")
    with qtbot.waitSignal(page.wanted_on_desk) as wanted:
        press(Qt.Key.Key_F9)
    details = wanted.args[0].details
    assert (details.old_due, details.due, details.due_reason) == (
        date(2026, 11, 24),
        date(2026, 11, 30),
        "核验系统停机",
    )
    assert line(page).isHidden()


def test_a_call_about_a_delay_asks_when_and_who(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_A)
    assert find(page, QLineEdit, "told_at").text() == "10:42"
    commit("11-30")
    press(Qt.Key.Key_Return)
    retype("1630")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    commit("核验系统停机")
    press(Qt.Key.Key_Return)
    assert "超过了法定期限 2026-11-26" in find(line(page), QLabel, "fault").text()
    assert find(page, QLineEdit, "due").hasFocus()
    retype("11-25")
    press(Qt.Key.Key_F9)
    assert "谁接听的" in find(line(page), QLabel, "fault").text()
    assert find(page, QLineEdit, "spoken_to").hasFocus()
    commit("本人")
    press(Qt.Key.Key_F9)
    case = now(page, "11-promise")
    assert (case.due, case.history[-1].words.split("，")[1]) == (date(2026, 11, 25), "16:30 接听人本人")


def test_a_closing_by_mistake_is_taken_back_with_a_reason(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert find(page, QPushButton, "other_step").accessibleName() == "撤销“办结”"
    press(Qt.Key.Key_F7)
    assert primary(page) == "撤销“办结”"
    press(Qt.Key.Key_Return)
    assert "要写明理由" in find(line(page), QLabel, "fault").text()
    commit("点错了件")
    press(Qt.Key.Key_F9)
    case = now(page, "11-promise")
    assert (case.open, marked(page)) == (True, "11-promise")
    assert message(page) == "已撤销“办结”：罗𠅤克，现在是“已受理”。"
    lines = history(page)
    clerk = page.office.profile.clerk("").name
    for text in ("办结（已撤销）", "撤销“办结”，点错了件", "11-23 10:42", clerk):
        assert text in lines
    struck = [label for label in find(page, Steps, "经过").findChildren(QLabel) if label.font().strikeOut()]
    assert [label.text() for label in struck] == ["办结（已撤销）"]


def test_a_delay_that_was_told_late_stays_loud(page: CasesPage, time: Time) -> None:
    time.now = NOW.replace(day=25)
    steps.take_step(
        page.office, "11-promise", Step.DELAY_TOLD, due=date(2026, 11, 26), note="核验系统停机",
        told_at=NOW.time(), spoken_to="本人",
    )  # fmt: skip
    page.refresh()
    press(Qt.Key.Key_1, ALT)
    assert "11-promise" in ids(page)
    table(page).selectRow(model(page).place_of("11-promise"))
    assert find(page, QLabel, "due").text() == "11-24 超期1天"
    assert find(page, QLabel, "warning").text() == "2026年11月24日 没有办结，其后告知延至 2026年11月26日：计入超期。"


def test_a_step_noted_on_a_later_day_shows_both_times(page: CasesPage, time: Time) -> None:
    time.now = NOW.replace(day=25)
    page.office.database.clock = time
    steps.take_step(page.office, "11-promise", Step.CONTACT, on=date(2026, 11, 24), note="已致电")
    open_case(page, "11-promise")
    assert "11-24\n11-25 10:42 补记" in history(page)


def test_what_needs_a_paper_goes_to_the_desk(page: CasesPage, qtbot: QtBot) -> None:
    open_case(page, "8-promise-incomplete")
    assert primary(page) == "材料补来了，到受理台"
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
    assert "5 改跟进日期" in find(page, StepChoices).accessibleName()
    press(Qt.Key.Key_5)
    edit = find(page, QLineEdit, "follow_up")
    assert (edit.text(), QApplication.focusWidget()) == ("2026-11-24", find(page, QLineEdit, "note"))
    edit.setFocus()
    edit.setText("x")
    press(Qt.Key.Key_Return, CONTROL)
    assert "日期“x”无法识别" in find(line(page), QLabel, "fault").text()
    assert edit.hasFocus()
    edit.setText("12-1")
    press(Qt.Key.Key_Return, CONTROL)
    assert now(page, "11-promise").follow_up == date(2026, 12, 1)
    assert history(page)[3].startswith("改跟进日期，2026年12月1日跟进")


def test_a_clock_is_paused_with_a_reason_and_the_next_step_is_to_go_on(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_7)
    assert find(page, QComboBox, "为什么中止").hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert find(page, QLineEdit, "note").hasFocus()
    press(Qt.Key.Key_Return)
    paused = now(page, "11-promise").clocks["promised"].paused
    assert paused is not None
    assert paused.reason is PauseReason.VERIFICATION
    assert find(page, QLabel, "due").text() == "中止计时"
    assert primary(page) == "恢复计时"
    press(Qt.Key.Key_F9)
    assert not now(page, "11-promise").paused


def test_a_matter_is_handed_on_to_a_clerk_who_is_chosen(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_6)
    assert find(page, QComboBox, "交给谁").hasFocus()
    wanted = find(page, QComboBox, "交给谁").currentData()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CONTROL)
    assert (now(page, "11-promise").handler, now(page, "11-promise").follow_up) == (wanted, date(2026, 11, 24))


def test_a_key_of_another_case_closes_the_line_and_takes_nothing(page: CasesPage) -> None:
    """GIVEN a case without a printed day WHEN A, the telephoned delay of others, is pressed and typed on THEN nothing is taken."""
    open_case(page, "3-held")
    press(Qt.Key.Key_F7)
    assert "B 当事人撤回，C 退回" in find(page, StepChoices).accessibleName(), "the keys of every case are the same"
    assert "A " not in find(page, StepChoices).accessibleName()
    press(Qt.Key.Key_A)
    assert message(page).startswith("这一件现在不能登记“电话告知延期”，什么也没有登记。")
    type_("12-08")
    press(Qt.Key.Key_Return)
    assert (now(page, "3-held").open, search(page).text()) == (True, "12-08")


def test_what_was_asked_can_be_left_and_must_be_there_to_be_read(page: CasesPage, qapp: QApplication) -> None:
    open_case(page, "11-promise")
    qapp.setDoubleClickInterval(60_000)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open, "a key pressed twice by a hurried hand has read nothing"
    press(Qt.Key.Key_Escape)
    assert message(page) == ""
    qapp.setDoubleClickInterval(0)
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open, "Esc made it void: it is asked anew"
    press(Qt.Key.Key_F9)
    assert not now(page, "11-promise").open


def test_a_day_in_the_future_is_refused_beside_its_field(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_1)
    find(page, QLineEdit, "on").setText("11-25")
    press(Qt.Key.Key_Return)
    assert "还没有到" in find(line(page), QLabel, "fault").text()
    assert find(page, QLineEdit, "on").hasFocus()
    assert now(page, "11-promise").open
    retype("11-23")
    assert not find(page, QLineEdit, "on").property("wrong")
    assert find(line(page), QLabel, "fault").text() == "", "it is being mended"


def test_the_count_is_shown_day_by_day_and_taken_back(page: CasesPage) -> None:
    open_case(page, "10-referral")
    press(Qt.Key.Key_D, CONTROL)
    lines = history(page)
    assert lines[:2] == ["逐日计算", "受理当日不计　Ctrl+P 打印"]
    assert "2026年11月28日 周六 休息 不计" in lines
    assert any(line.startswith("2026年11月30日 周一 工作日 第5个，到期") for line in lines)
    press(Qt.Key.Key_D, CONTROL)
    assert history(page)[0] == "经过"
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_Escape)
    assert history(page)[0] == "经过"


def test_a_number_or_a_scanned_code_opens_its_case_and_leads_to_its_paper(page: CasesPage, qtbot: QtBot) -> None:
    row = page.office.archive.show(now(page, "10-referral").papers[0]).row
    type_(row.qr)
    press(Qt.Key.Key_Return)
    assert page.case is not None
    assert page.case.id == "10-referral"
    with qtbot.waitSignal(page.paper_wanted) as wanted:
        press(Qt.Key.Key_O, CONTROL)
    assert wanted.args == [row.number]
    link = next(b for b in find(page, Steps, "经过").findChildren(QPushButton) if b.text() == row.number)
    with qtbot.waitSignal(page.paper_wanted) as clicked:
        link.click()
    assert clicked.args == [row.number]
    press(Qt.Key.Key_F, CONTROL)
    commit(now(page, "11-promise").papers[0])
    press(Qt.Key.Key_Return)
    assert page.case.id == "11-promise"


def test_a_paper_of_another_office_is_refused_in_words(page: CasesPage) -> None:
    there = replace(page.office.profile, installation_code="530927")
    type_(qr_digits(SlipKind.RECEIPT, 2026, 1, there))
    press(Qt.Key.Key_Return)
    assert "不在本机的台账里" in message(page)


def test_typing_anywhere_searches_open_and_closed_cases(page: CasesPage) -> None:
    table(page).setFocus()
    type_("b08")
    assert search(page).hasFocus()
    assert {"12-on-the-spot", "13-not-on-the-spot"} <= set(ids(page))
    assert not any(chip.isChecked() for chip in page.findChildren(ListChip))
    press(Qt.Key.Key_Down)
    assert table(page).currentIndex().row() == 1
    type_("zzz")
    assert "没有找到" in find(page, QLabel, "empty").text()
    press(Qt.Key.Key_Return)
    assert page.case is None
    press(Qt.Key.Key_F9)
    assert message(page) == "清单里没有选中的办件。"
    press(Qt.Key.Key_4, ALT)
    assert (search(page).text(), len(ids(page))) == ("", 3)


def test_enter_while_composing_does_nothing(page: CasesPage) -> None:
    compose("luo")
    press(Qt.Key.Key_Return)
    assert search(page).hasFocus()
    assert search(page).composing


def test_escape_closes_one_layer_at_a_time(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_M, CONTROL)
    assert find(page, MonthlyOverlay).isVisible()
    press(Qt.Key.Key_Escape)
    assert find(page, MonthlyOverlay).isHidden()
    press(Qt.Key.Key_Escape)
    assert line(page).isHidden()
    assert table(page).hasFocus()
    assert page.case is not None
    type_("b01")
    press(Qt.Key.Key_Return)
    assert table(page).hasFocus()
    press(Qt.Key.Key_Escape)
    assert (search(page).text(), search(page).hasFocus()) == ("", True)


def test_a_clerk_answers_for_an_own_matter_in_three_keys(page: CasesPage) -> None:
    """GIVEN a matter that was told otherwise WHEN Ctrl+M, its digit, words and Enter THEN they stand in its history."""
    told_otherwise(page.office, name="岩温")
    press(Qt.Key.Key_M, CONTROL)
    assert any("岩温" in text for text in screen_texts(find(page, OwnList)))
    press(Qt.Key.Key_1)
    commit("当事人当时说明已带身份证")
    press(Qt.Key.Key_Return)
    assert find(page, MonthlyOverlay).isVisible()
    assert "您的说明：当事人当时说明已带身份证" in screen_texts(find(page, MonthlyOverlay))
    case = page.office.cases.get("first")
    assert case is not None
    assert case.history[-1].words == "经办人说明，当事人当时说明已带身份证"


def test_the_case_at_the_right_is_the_marked_one(page: CasesPage) -> None:
    """GIVEN a list WHEN the arrows go through it, from the search or in the list THEN the pane and the keys go along."""
    press(Qt.Key.Key_8, ALT)
    assert search(page).hasFocus()
    for n in range(4):
        assert page.case is not None
        assert (page.case.id, marked(page)) == (ids(page)[n],) * 2
        assert find(page, QLabel, "item").accessibleName() == f"{page.case.item} {page.case.item_name}"
        if n == 1:
            press(Qt.Key.Key_Return)
            assert table(page).hasFocus()
        press(Qt.Key.Key_Down)


def test_a_key_without_anything_to_do_says_why(page: CasesPage) -> None:
    press(Qt.Key.Key_9, ALT)
    press(Qt.Key.Key_F9)
    assert "重新开始" in message(page)
    open_case(page, "4-unclear")
    press(Qt.Key.Key_O, CONTROL)
    assert "没有可看的" in message(page)


def test_an_overdue_case_says_so_in_words_and_is_counted(page: CasesPage, time: Time) -> None:
    time.now = NOW.replace(day=30)
    page.refresh()
    open_case(page, "11-promise")
    assert find(page, QLabel, "due").text() == "11-24 超期6天"
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").overrun
    assert "记入超期" in message(page)
    assert find(page, QLabel, "due").text() == "11-30 办结，超期"


def test_a_printed_day_that_cannot_be_kept_is_loud_and_leads_to_a_delay_notice(page: CasesPage, qtbot: QtBot) -> None:
    calendar, day = page.office.calendar, date(2026, 11, 24)
    days = {**calendar.years[2026].days, day: CalendarDay("示例节", off=True)}
    years = {**calendar.years, 2026: replace(calendar.years[2026], days=days)}
    moved = moved_by(page.office, WorkCalendar(years))
    page.office.book.append(EntryKind.CALENDAR, CalendarTaken((), "0001", moved_days(moved)).to_payload())
    open_case(page, "11-promise")
    assert "请在印的日期以前告知当事人延期" in find(page, QLabel, "warning").text()
    assert primary(page) == "出延期告知单"
    with qtbot.waitSignal(page.wanted_on_desk) as wanted:
        press(Qt.Key.Key_F9)
    assert wanted.args[0].details.due == date(2026, 11, 25)


def test_an_empty_office_says_what_would_be_here(qtbot: QtBot, office: Office) -> None:
    page = CasesPage(office)
    show(qtbot, page)
    assert find(page, QLabel, "empty").text() == EMPTY[CaseList.OPEN]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    assert page.case is None
    page.close_down()


def test_a_narrow_window_folds_the_case_away_until_one_is_opened(qtbot: QtBot, page: CasesPage) -> None:
    resized(page, 1017)
    qtbot.waitUntil(find(page, CasePanel).isHidden)
    press(Qt.Key.Key_Return)
    assert find(page, CasePanel).isVisible()
    assert table(page).isColumnHidden(NUMBER)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_6)
    assert page.width() == 1017, "the line fits"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert find(page, CasePanel).isHidden()


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

    model = CasesModel(page.office.today, lambda: on_duty(page.office), lambda _text: None)
    model.fill(fetch)
    assert model.canFetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert (model.rowCount(), asked) == (PAGE + 1, [0, PAGE])
    assert not model.canFetchMore(model.index(-1, -1))


def test_the_count_is_printed_without_a_name(qtbot: QtBot, office: Office) -> None:
    issue_slip(office, a_request(**{**ROWS["10-referral"][0], "request_id": "10-referral"}))
    issue_slip(office, a_request(**{**ROWS["3-held"][0], "request_id": "3-held"}))
    printer = PrinterInMemory()
    page = CasesPage(office, PrintService(office.folder, printer))
    show(qtbot, page)
    open_case(page, "10-referral")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    page.close_down()
    pdf, title, _ = printer.sent[0]
    text = text_of(pdf)
    assert title == "期限计算表"
    assert "2026年11月30日" in text
    assert "临沧某某有限公司" not in text
    open_case(page, "3-held")
    press(Qt.Key.Key_P, CONTROL)
    assert "先选一件有时限的办件" in message(page)


def test_what_was_asked_of_one_case_is_void_for_another(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    open_case(page, "13-not-on-the-spot")
    press(Qt.Key.Key_F9)
    assert now(page, "13-not-on-the-spot").open
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open


def test_what_was_asked_holds_only_while_it_stands_on_the_screen(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F9)
    away_and_back(page)
    assert message(page) == ""
    press(Qt.Key.Key_F9)
    assert now(page, "11-promise").open
    assert "再按一次 F9" in message(page)


def test_a_digit_on_the_names_of_the_lists_chooses_one(page: CasesPage) -> None:
    press(Qt.Key.Key_Tab)
    lists = find(page, CaseLists)
    assert lists.hasFocus()
    for digit, which in (("9", CaseList.CLOSED), ("4", CaseList.WAITING), ("8", CaseList.OPEN)):
        type_(digit)
        assert lists.current is which
    assert lists.hasFocus()
    press(Qt.Key.Key_Left)
    assert lists.current is CaseList.HANDED_ON
    type_("8")
    press(Qt.Key.Key_Return)
    assert table(page).hasFocus()
    assert search(page).text() == ""


def test_what_was_typed_for_a_step_still_stands_there_after_esc(page: CasesPage) -> None:
    open_case(page, "11-promise")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    commit("10:30 电话，无人接")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    assert find(page, QLineEdit, "note").text() == "10:30 电话，无人接"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_4)
    assert find(page, QLineEdit, "note").text() == ""


def test_a_tall_panel_counts_day_by_day_beneath_the_steps(page: CasesPage) -> None:
    open_case(page, "11-promise")
    counts = find(page, Steps, "逐日计算")
    assert counts.isHidden()
    resized(page, 1840, 1000)
    assert not counts.isHidden()
    assert any("到期" in text for text in screen_texts(counts))
    press(Qt.Key.Key_D, CONTROL)
    assert counts.isHidden()
