"""The search of the desk: one field for items, people, papers and what can be done, and the digits of the empty desk."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_assistant.domain.catalogue.usual_items import USUAL
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.desk.cards.item_search import DIGIT_MS, LOOK_UP_MS
from counter_assistant.ui.desk.search.results import Row, RowList
from counter_assistant.ui.shell.requests import FindCase, PageRequest, ShowPaper
from counter_assistant.ui.widgets.chip import Chip
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.ui.counter import issue
from tests.ui.desk_hand import Bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # each opens a desk

Key = Qt.Key


def records(desk: Bench, qtbot: Any) -> list[Row]:
    """The people and papers found, once the book was asked."""
    qtbot.waitUntil(lambda: "人和文书" in [row.text for row in desk.rows("items_found")])
    rows = desk.rows("items_found")
    return rows[[row.text for row in rows].index("人和文书") + 1 :]


def click(listed: RowList, row: int) -> None:
    """A click on a line of a list."""
    place = listed.visualRect(listed.results.index(row)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)


class TestDigits:
    def test_a_digit_in_the_empty_field_takes_the_item_that_it_stands_before(self, desk: Bench, qtbot: Any) -> None:
        type_("2")
        qtbot.waitUntil(lambda: desk.state.item == USUAL[1])
        assert focused() is desk.questions
        assert desk.search.text() == desk.state.item_name

    def test_enter_does_not_wait(self, desk: Bench) -> None:
        type_("2")
        press(Key.Key_Return)
        assert desk.state.item == USUAL[1]

    @pytest.mark.parametrize("typed", ["0461", " 1380", "138"])
    def test_what_begins_otherwise_or_comes_at_a_scanners_speed_is_a_search(
        self, desk: Bench, qtbot: Any, typed: str
    ) -> None:
        type_(typed)
        qtbot.wait(DIGIT_MS * 3)
        assert (desk.state.item, desk.search.text()) == ("", typed)

    def test_what_is_left_of_a_search_is_no_choice(self, desk: Bench, qtbot: Any) -> None:
        type_("2")
        type_("7")
        press(Key.Key_Backspace)
        qtbot.wait(DIGIT_MS * 3)
        assert (desk.state.item, desk.search.text()) == ("", "2")

    def test_a_digit_chooses_for_whoever_has_given_a_name_already(self, desk: Bench, qtbot: Any) -> None:
        """As after a card was read, or with the next matter of the same visitor."""
        desk.page.model.change(lambda: setattr(desk.state, "name", "岩罕"))
        desk.search.setFocus()
        type_("2")
        qtbot.waitUntil(lambda: desk.state.item == USUAL[1])
        assert desk.state.name == "岩罕"

    def test_no_digit_chooses_while_somebody_stands_at_the_desk(self, desk: Bench, qtbot: Any) -> None:
        desk.take("gmxj")
        desk.search.setFocus()
        press(Key.Key_Delete)
        type_("2")
        qtbot.wait(DIGIT_MS * 3)
        assert desk.state.item == "B01"

    def test_what_is_issued_here_most_comes_first_and_stays_all_day(self, desk: Bench) -> None:
        number = issue(desk.office, "岩罕")
        assert number
        for n in range(2):
            issue_slip(desk.office, a_request("A16", purpose="inquire", applicant={"name": "玉罕"}, request_id=f"r{n}"))
        first = [row.item.id for row in desk.rows("items_found") if row.item]
        assert first == list(USUAL)
        assert desk.office.archive.most_issued(desk.office.today(), 9) == ["A16", "B08"]


class TestRecords:
    def test_what_is_found_by_the_item_alone_is_nobody(self, desk: Bench, qtbot: Any) -> None:
        issue(desk.office, "欧阳雪")
        type_("zlsc")
        qtbot.wait(LOOK_UP_MS * 2)
        assert [row.text for row in desk.rows("items_found")] == ["租赁市场住房提取"]

    def test_a_name_finds_the_open_case_and_enter_wants_it(self, desk: Bench, qtbot: Any) -> None:
        issue_slip(desk.office, a_request(**{**ROWS["8-promise-incomplete"][0], "request_id": "c1"}))
        name = desk.office.cases.found("b01")[0].applicant
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        commit(name)
        (row,) = records(desk, qtbot)
        assert (row.text, "待补材料" in row.note) == (name, True)
        press(Key.Key_Return)
        assert wanted == [FindCase(name, "c1")]
        assert desk.search.text() == ""

    @pytest.mark.parametrize("typed", ["oyx", "0461", " 13800000461", "告1", "002X"])
    def test_initials_tails_a_whole_number_and_a_short_number_find_the_paper(
        self, desk: Bench, qtbot: Any, typed: str
    ) -> None:
        number, wanted = issue(desk.office, "欧阳雪"), list[PageRequest]()
        desk.page.wanted.connect(wanted.append)
        type_(typed) if typed.isascii() else commit(typed)
        (row,) = records(desk, qtbot)
        assert (row.text, row.detail) == ("欧阳雪", "一次性告知单 1号")
        press(Key.Key_Return)
        assert wanted == [ShowPaper(number)]

    def test_enter_before_the_book_was_asked_asks_it(self, desk: Bench) -> None:
        number, wanted = issue(desk.office, "欧阳雪"), list[PageRequest]()
        desk.page.wanted.connect(wanted.append)
        commit("欧阳")
        press(Key.Key_Return)
        assert wanted == [ShowPaper(number)]

    def test_an_item_stays_the_first_line_and_the_chosen_one_whatever_else_is_found(
        self, desk: Bench, qtbot: Any
    ) -> None:
        issue(desk.office, "周丽")
        type_("zl")
        assert desk.found()[0] == "B08"
        assert [row.text for row in records(desk, qtbot)] == ["周丽"]
        listed = desk.find(RowList, "items_found")
        assert listed.row == 0
        press(Key.Key_Return)
        assert desk.state.item == "B08"

    def test_the_arrows_leave_the_heads_out(self, desk: Bench, qtbot: Any) -> None:
        issue(desk.office, "周丽")
        type_("zl")
        records(desk, qtbot)
        listed = desk.find(RowList, "items_found")
        for _ in listed.results.rows:
            press(Key.Key_Down)
        assert listed.results.rows[listed.row].text == "周丽"


class TestActions:
    def test_what_can_be_done_by_name_stands_under_a_head_of_its_own(self, desk: Bench) -> None:
        done: list[str] = []
        desk.page.find_by_name(
            lambda typed: [Row("要做的事"), Row("暂停服务", act=lambda: done.append(typed))] if typed == "ztfw" else []
        )
        type_("ztfw")
        assert [row.text for row in desk.rows("items_found")] == ["要做的事", "暂停服务"]
        press(Key.Key_Return)
        assert (done, desk.search.text()) == (["ztfw"], "")

    def test_a_click_does_it_too(self, desk: Bench) -> None:
        done: list[str] = []
        desk.page.find_by_name(lambda typed: [Row("要做的事"), Row("暂停服务", act=lambda: done.append(typed))])
        type_("ztfw")
        click(desk.find(RowList, "items_found"), 1)
        assert done == ["ztfw"]


class TestElsewhere:
    def test_what_is_no_item_becomes_a_guidance_by_down_and_enter(self, desk: Bench) -> None:
        commit("补办身份证")
        press(Key.Key_Return)
        assert desk.state.vacant
        press(Key.Key_Down)
        press(Key.Key_Return)
        assert (desk.state.elsewhere, desk.state.details["asked"]) == (True, "补办身份证")
        assert focused().accessibleName() == "应去的单位"
        assert desk.field("asked").text() == "补办身份证"

    def test_a_click_begins_it_too(self, desk: Bench) -> None:
        commit("补办身份证")
        click(desk.find(RowList, "items_found"), 1)
        assert (desk.state.elsewhere, desk.find(Chip, "情况，F10").isVisible()) == (True, True)

    def test_while_somebody_stands_at_the_desk_it_is_not_offered(self, desk: Bench) -> None:
        desk.take("gmxj")
        desk.search.setFocus()
        commit("补办身份证")
        assert desk.rows("items_found") == []
        assert "没有找到" in desk.says("nothing_found")


def test_escape_empties_the_field_first(desk: Bench) -> None:
    type_("zl")
    press(Key.Key_Escape)
    assert desk.search.text() == ""
    assert len(desk.found()) == len(USUAL)


def test_the_usual_items_are_items_of_the_catalogue(desk: Bench) -> None:
    assert desk.found() == list(USUAL)


def test_a_digit_with_alt_takes_nothing_and_answers_nothing(desk: Bench) -> None:
    """GIVEN a key that another page has, such as Alt+8 WHEN it is pressed at the desk THEN no item is taken by it, and no question answered."""
    press(Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(3 * DIGIT_MS)
    assert (desk.state.item, desk.search.text()) == ("", "")
    type_("zl")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.state.answers == {}
    type_("1")
    assert len(desk.state.answers) == 1
