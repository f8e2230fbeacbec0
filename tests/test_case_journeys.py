"""A case by keys alone, through the window as it is put together: from the first visit to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.app import Desk, make_application, read_index
from counter_assistant.domain.case import Case, Stage
from counter_assistant.domain.slip import SlipKind
from counter_assistant.operations import casework
from counter_assistant.operations.issuing import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.cases import CaseList
from tests.decision_rows import ROWS
from tests.make import ID_NUMBER, PHONE, a_request
from tests.ui.desk_hand import CONTROL, commit, press, type_
from tests.ui.test_calendar_section import MADE_UP_2027

NAME = "岩罕"
MONDAY = datetime.fromisoformat("2026-11-23T10:42:00+08:00")
BOUGHT, LOAN_REPAID = "11121", "122"
"""Digits: self, deed issued, owner, spouse not too, here · self, no fund loan is open, spouse not too."""


class TimedDesk(Desk):
    """The window over an office that is open already, with a clock of its own."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.timed = office
        super().__init__(folder, read_index(), training=False)

    def _open_office(self) -> Office:
        return self.timed


class Counter:
    """The window of an office whose clock the test turns."""

    def __init__(self, folder: Path) -> None:
        self.now = MONDAY
        self.office = open_office(folder, lambda: self.now)
        self.desk = TimedDesk(folder, self.office)

    @property
    def window(self) -> Any:
        return self.desk.window

    def page(self, key: Qt.Key) -> Any:
        press(key)
        return self.window.stack.currentWidget()

    def cases(self, which: CaseList = CaseList.OPEN) -> list[Case]:
        return self.office.cases.listed(which, casework.horizon(self.office))


@pytest.fixture
def counter(qtbot: Any, tmp_path: Path) -> Iterator[Counter]:
    make_application()
    made = Counter(tmp_path)
    office: Office = made.office
    office.decide_profile(replace(office.profile, branch="耿马管理部"))
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.page.serving is not None)
    qtbot.waitUntil(made.desk.page.panels.search.field.hasFocus)
    yield made
    made.window.close()
    made.office.close()


def take_in(counter: Counter, item: str, digits: str, ticks: int) -> None:
    """The hand's path: item, answers, the first so many materials, name, phone, number."""
    type_(item)
    press(Qt.Key.Key_Return)
    type_(digits)
    for n in range(ticks):
        if n:
            press(Qt.Key.Key_Down)
        type_(" ")
    press(Qt.Key.Key_Return)
    commit(NAME)
    press(Qt.Key.Key_Return)
    type_(PHONE)
    press(Qt.Key.Key_Return)
    type_(ID_NUMBER)


def test_from_an_incomplete_application_to_its_end(counter: Counter, qtbot: Any) -> None:
    """GIVEN a promise item with papers missing WHEN the applicant comes again with all of them THEN it runs to its end."""
    take_in(counter, "b01", BOUGHT, ticks=1)
    press(Qt.Key.Key_F9)
    assert "补办件通知书" in counter.desk.page.panels.issued.title.text()
    (case,) = counter.cases()
    assert (case.stage, case.due) == (Stage.WAITING, None)
    press(Qt.Key.Key_Return)

    # The next day the applicant is back: 办件, open the case, on to the desk.
    counter.now = MONDAY.replace(day=24)
    counter.page(Qt.Key.Key_F3)
    press(Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F9)
    page = counter.desk.page
    assert counter.window.stack.currentWidget() is page
    assert (page.state.case, page.state.name, page.state.item) == (case.id, NAME, "B01")
    page.panels.materials.list.setFocus()
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_F10)
    type_("f")
    press(Qt.Key.Key_F9)
    assert "承诺通知书" in page.panels.issued.title.text()
    (case,) = counter.cases()
    assert (case.stage, str(case.printed_due), len(case.papers)) == (Stage.RECEIVED, "2026-11-25", 2)
    press(Qt.Key.Key_Return)

    # On its day it is done: the key that ends a case is asked for twice.
    counter.now = MONDAY.replace(day=25)
    cases = counter.page(Qt.Key.Key_F3)
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Return)
    assert cases.case is not None
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    (case,) = counter.cases(CaseList.CLOSED)
    assert (case.stage, case.overrun) == (Stage.DONE, False)
    assert counter.office.book.check().problems == []


def test_who_is_not_eligible_is_returned_with_the_reason(counter: Counter) -> None:
    take_in(counter, "b06", LOAN_REPAID, ticks=1)
    press(Qt.Key.Key_F9)
    assert "还差：退回说明" in counter.desk.page.panels.decision.refusal.text()
    press(Qt.Key.Key_Return)
    commit("经查询业务系统，您名下的公积金贷款已经结清")
    press(Qt.Key.Key_F9)
    assert "窗口退回通知书" in counter.desk.page.panels.issued.title.text()
    (case,) = counter.cases(CaseList.CLOSED)
    row = counter.office.archive.show(case.papers[0]).row
    assert (case.stage, row.kind) == (Stage.RETURNED, SlipKind.RETURN_NOTICE)


def test_an_item_of_the_catalogue_is_begun_at_the_desk(counter: Counter) -> None:
    items = counter.page(Qt.Key.Key_F6)
    assert items is not counter.desk.page
    type_("b12")
    press(Qt.Key.Key_Return, CONTROL)
    assert counter.window.stack.currentWidget() is counter.desk.page
    assert counter.desk.page.state.item == "B12"


def test_a_year_is_imported_and_a_printed_day_that_moves_is_told(counter: Counter) -> None:
    """GIVEN a firm day on paper WHEN the new year's notice makes it a holiday THEN it is listed, and a delay notice is offered."""
    counter.now = datetime.fromisoformat("2026-12-30T09:00:00+08:00")
    counter.office.confirm_clock()
    issue_slip(counter.office, a_request(**{**ROWS["11-promise"][0], "request_id": "firm"}))
    issue_slip(counter.office, a_request(**{**ROWS["10-referral"][0], "request_id": "expected"}))
    counter.window.show_page("settings")
    settings = counter.window.stack.currentWidget()
    press(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    new_year = "元旦：2026年12月31日（周四）至2027年1月2日（周六）放假，共3天"
    commit(MADE_UP_2027.replace("元旦：1月1日（周五）放假，与周末连休", new_year))
    moved = settings.calendar.moved.text().splitlines()
    assert len(moved) == 2
    assert moved[0].endswith("2026年12月31日 → 2027年1月4日，要出延期告知单")
    press(Qt.Key.Key_G, CONTROL)
    assert counter.office.calendar.years[2027].published

    cases = counter.page(Qt.Key.Key_F3)
    type_("b01")
    press(Qt.Key.Key_Return)
    assert cases.case.id == "firm"
    assert cases.case.delay_needed
    press(Qt.Key.Key_F9)
    page = counter.desk.page
    assert page.sight.verdict.title == "延期告知单"
    press(Qt.Key.Key_F9)
    assert "延期告知单" in page.panels.issued.title.text()
    firm = casework.case_of_id(counter.office, "firm")
    assert (str(firm.due), firm.delay_needed) == ("2027-01-04", False)
    assert counter.office.book.check().problems == []


def test_a_number_typed_or_scanned_at_the_desk_opens_its_case(counter: Counter) -> None:
    issue_slip(counter.office, a_request(**{**ROWS["11-promise"][0], "request_id": "promised"}))
    row = counter.office.archive.show("临公积金示一诺〔2026〕1号").row
    for typed in (row.qr, row.number):
        counter.page(Qt.Key.Key_F2)
        counter.desk.page.panels.search.field.setFocus()
        counter.desk.page.panels.search.clear()
        commit(typed)
        press(Qt.Key.Key_Return)
        cases = counter.window.stack.currentWidget()
        assert cases.case.id == "promised"
    counter.page(Qt.Key.Key_F2)
    counter.desk.page.panels.search.field.setFocus()
    counter.desk.page.panels.search.clear()
    commit("临公积金示一诺〔2026〕99号")
    press(Qt.Key.Key_Return)
    assert "没有这个编号" in counter.window.stack.currentWidget().panel.message.text()
