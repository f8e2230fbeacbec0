"""What leads from one page of the window to another: an item, a number, a notice that moves a printed day."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from counter_assistant.ui.desk.cards.item_search import ItemSearch
from tests.journeys.keys import ALT, CONTROL, Counter
from tests.ui.find import find
from tests.ui.settings.test_calendar import MADE_UP_2027

pytestmark = pytest.mark.slow  # each opens the whole window


def test_an_item_of_the_catalogue_is_begun_at_the_desk(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F6)
    assert counter.page is not counter.desk.page
    counter.type("b12")
    counter.press(Qt.Key.Key_Return, CONTROL)
    counter.took("从事项页到受理台")
    assert counter.page is counter.desk.page
    assert counter.desk.page.model.state.item == "B12"


def test_a_year_is_imported_and_a_printed_day_that_moves_is_told(counter: Counter) -> None:
    """GIVEN a firm day on paper WHEN the new year's notice makes it a holiday THEN it is listed, and a delay notice is offered."""
    counter.now = datetime.fromisoformat("2026-12-30T09:00:00+08:00")
    counter.office.confirm_clock()
    firm = counter.begin("11-promise").id
    counter.begin("10-referral")
    counter.window.show_page("settings")
    settings = counter.page
    counter.press(Qt.Key.Key_6, ALT)
    new_year = "元旦：2026年12月31日（周四）至2027年1月2日（周六）放假，共3天"
    counter.write(MADE_UP_2027.replace("元旦：1月1日（周五）放假，与周末连休", new_year))
    moved = find(settings, QLabel, "moved").text().splitlines()
    assert len(moved) == 2
    assert moved[0].endswith("2026年12月31日 → 2027年1月4日，要出延期告知单")
    counter.press(Qt.Key.Key_G, CONTROL)
    assert counter.office.calendar.years[2027].published

    counter.press(Qt.Key.Key_F3)
    counter.type("b01")
    counter.press(Qt.Key.Key_Return)
    assert (counter.page.case.id, counter.page.case.delay_needed) == (firm, True)
    counter.press(Qt.Key.Key_F9)
    page = counter.desk.page
    assert page.model.presented is not None
    assert page.model.presented.verdict.title == "延期告知单"
    counter.press(Qt.Key.Key_F9)
    assert "延期告知单" in counter.says("issued_title")
    case = counter.case(firm)
    assert (str(case.due), case.delay_needed) == ("2027-01-04", False)
    assert counter.sound()


def test_a_number_typed_or_scanned_at_the_desk_opens_its_case(counter: Counter) -> None:
    case = counter.begin("11-promise")
    row = counter.office.archive.show("临公积金耿一诺〔2026〕1号").row

    def look_up(number: str) -> None:
        counter.press(Qt.Key.Key_F2)
        counter.search.setFocus()
        find(counter.desk.page, ItemSearch, "事项").clear()
        counter.write(number)
        counter.press(Qt.Key.Key_Return)

    for typed in (row.qr, row.number):
        look_up(typed)
        assert counter.page.case.id == case.id
    look_up("临公积金耿一诺〔2026〕99号")
    assert "没有这个编号" in find(counter.page, QLabel, "message").text()
