"""The desk while nobody stands at it: who was put aside, what presses today, what was just done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.handover.recording import hand_over
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from counter_assistant.ui.desk.cards.applicant import ApplicantCard
from counter_assistant.ui.desk.cards.item_search import ItemSearch
from counter_assistant.ui.desk.empty_desk.cards import JustDone
from counter_assistant.ui.desk.empty_desk.put_aside import PutAside
from counter_assistant.ui.desk.empty_desk.today import Figure
from counter_assistant.ui.desk.search.results import RowList
from counter_assistant.ui.shell.requests import (
    PageRequest,
    RecordComplaint,
    ShowCases,
    ShowPaper,
    ShowRegisters,
    ShowUnprinted,
)
from tests.decision_rows import ROWS
from tests.hand_entries import TYPED
from tests.make import a_request
from tests.ui.counter import issue
from tests.ui.desk_hand import CONTROL, Bench, commit, focused, press, type_
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens a desk

Key = Qt.Key


def put_aside(desk: Bench, item: str, name: str) -> None:
    """Somebody about whom an item and a name is known, when somebody else comes."""
    desk.take(item)
    desk.field("name").setFocus()
    commit(name)
    press(Key.Key_Escape)


def shown(desk: Bench) -> set[str]:
    """The figures of the line 今天 that can be seen."""
    return {figure.text() for figure in desk.page.findChildren(Figure) if figure.isVisible()}


class TestPutAside:
    def test_each_stands_there_with_name_item_and_time(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        put_aside(desk, "zl", "玉罕")
        rows = desk.rows("put_aside")
        assert {(row.text, row.detail) for row in rows} == {
            ("岩温罕", "购买新建商品住房提取"),
            ("玉罕", "租赁市场住房提取"),
        }
        assert {row.note for row in rows} == {"今天 10:42"}

    def test_right_arrows_and_enter_bring_one_back(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        put_aside(desk, "zl", "玉罕")
        press(Key.Key_Right)
        listed = desk.find(RowList, "put_aside")
        assert focused() is listed
        press(Key.Key_Down)
        second = listed.results.rows[1].text
        press(Key.Key_Return)
        assert desk.state.name == second
        assert focused() is desk.materials
        press(Key.Key_Escape)
        assert len(desk.put_aside()) == 2

    def test_a_click_brings_it_back_too(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        listed = desk.find(RowList, "put_aside")
        place = listed.visualRect(listed.results.index(0)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert desk.state.name == "岩温罕"

    def test_delete_lets_one_go_and_control_z_brings_it_back(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        put_aside(desk, "zl", "玉罕")
        press(Key.Key_Right)
        gone = desk.put_aside()[0]
        press(Key.Key_Delete)
        assert gone not in desk.put_aside()
        assert gone in desk.says("draft_words")
        press(Key.Key_Z, CONTROL)
        assert desk.state.name == gone

    def test_the_mouse_lets_one_go_too(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        listed, card = desk.find(RowList, "put_aside"), desk.find(PutAside, "放下的几位")
        listed.customContextMenuRequested.emit(listed.visualRect(listed.results.index(0)).center())
        next(action for action in card.menu.actions() if action.text() == "不要了").trigger()
        card.menu.close()
        assert (desk.put_aside(), desk.office.drafts.all()) == ([], [])

    def test_left_goes_back_and_what_is_typed_belongs_to_the_search(self, desk: Bench) -> None:
        put_aside(desk, "gmxj", "岩温罕")
        press(Key.Key_Right)
        press(Key.Key_Left)
        assert focused() is desk.search
        press(Key.Key_Right)
        type_("zl")
        assert focused() is desk.search
        assert desk.search.text() == "zl"

    def test_where_nobody_was_put_aside_right_stays_in_the_search(self, desk: Bench) -> None:
        press(Key.Key_Right)
        assert focused() is desk.search


class TestToday:
    def test_only_figures_that_are_not_zero_are_shown_and_one_leads_to_its_list(self, desk: Bench) -> None:
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        assert shown(desk) == set()
        assert desk.says("nothing_today")
        issue_slip(desk.office, a_request(**{**ROWS["8-promise-incomplete"][0], "request_id": "c1"}))
        put_aside(desk, "gmxj", "岩温罕")
        assert shown(desk) == {"待补材料 1", "未打印 1"}
        find(desk.page, Figure, "unprinted").click()
        assert wanted.pop() == ShowUnprinted()
        desk.office.prints.settle([one.paper.number for one in desk.office.prints.unprinted()])
        assert shown(desk) == {"待补材料 1"}
        figure = find(desk.page, Figure, "waiting")
        figure.setFocus()
        press(Key.Key_Return)
        figure.click()
        assert wanted == [ShowCases(CaseList.WAITING)] * 2

    def test_an_answer_that_is_due_stands_there_on_its_day_and_leads_to_the_registers(self, desk: Bench) -> None:
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        keeping.record(desk.office, RegisterKind.INQUIRY, TYPED[RegisterKind.INQUIRY])
        put_aside(desk, "gmxj", "岩温罕")
        assert shown(desk) == set()
        due = keeping.lines_of(desk.office).found(RegisterQuery((RegisterKind.INQUIRY,)))[0].due
        assert due is not None
        before = desk.office.clock
        desk.office.clock = lambda: datetime.combine(due, before().timetz())
        put_aside(desk, "zl", "玉罕")
        assert "登记到期 1" in shown(desk)
        find(desk.page, Figure, "registers_due").click()
        assert wanted == [ShowRegisters()]

    def test_who_is_away_stands_there_by_name_until_they_are_back(self, desk: Bench) -> None:
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        away = {"since": "00:01", "reason": "送材料", "notice": "窗口留言"}
        for n, clerk in enumerate(desk.office.profile.clerks[:3], 1):
            keeping.record(desk.office, RegisterKind.ABSENCE, {**away, "who": clerk.staff_number})
            put_aside(desk, "zl", "玉罕")
            (text,) = [text for text in shown(desk) if text.startswith("离岗")]
            assert (clerk.name in text) is (n < 3)
        assert text == "离岗 3 人"
        find(desk.page, Figure, "away").click()
        assert wanted == [ShowRegisters("absence")]
        for line in keeping.lines_of(desk.office).found(RegisterQuery((RegisterKind.ABSENCE,))):
            keeping.answer(desk.office, line, "返岗")
        put_aside(desk, "gmxj", "岩温罕")
        assert not any("离岗" in text for text in shown(desk))

    def test_who_is_away_and_who_stands_in_is_said_and_leads_to_the_absences(self, desk: Bench) -> None:
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        hand_over(desk.office, {"since": "+1", "until": "+1", "reason": "培训", "witness": "0003"})
        put_aside(desk, "gmxj", "岩温罕")
        assert not any(text.startswith("离岗") for text in shown(desk))
        before = desk.office.clock
        desk.office.clock = lambda: before() + timedelta(days=1)
        put_aside(desk, "zl", "玉罕")
        assert "离岗 李某（王某代）" in shown(desk)
        find(desk.page, Figure, "away").click()
        assert wanted == [ShowRegisters("absence")]


class TestJustDone:
    def test_the_newest_papers_stand_there_and_a_click_wants_one(self, desk: Bench) -> None:
        wanted: list[PageRequest] = []
        desk.page.wanted.connect(wanted.append)
        numbers = [issue(desk.office, name) for name in ("岩罕", "玉罕", "依罕", "波罕")]
        put_aside(desk, "gmxj", "岩温罕")
        assert [row.text for row in desk.rows("just_done")] == ["波罕", "依罕", "玉罕", "岩罕"]
        listed = desk.find(RowList, "just_done")
        QTest.mouseClick(
            listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualRect(listed.results.index(0)).center()
        )
        assert wanted == [ShowPaper(numbers[-1])]


class TestTheWholePage:
    def test_one_visitor_takes_one_line_and_no_line_is_seen_in_part(self, desk: Bench) -> None:
        for name in range(14):
            issue(desk.office, f"岩罕{name}")
        put_aside(desk, "gmxj", "岩温罕")
        aside, done = desk.find(PutAside, "放下的几位"), desk.find(JustDone, "刚才")
        assert aside.height() < 100
        for height in range(500, 700, 7):
            desk.page.resize(1290, height)
            for listed in (aside.list, done.list):
                last = listed.visualRect(listed.results.index(len(listed.results.rows) - 1))
                assert last.bottom() < listed.viewport().height()
                assert listed.verticalScrollBar().maximum() == 0
        assert 3 < len(done.list.results.rows) <= 12

    def test_the_head_of_the_usual_items_claims_no_more_than_was_counted(self, desk: Bench) -> None:
        assert desk.rows("items_found")[0].text == "常办的事项"
        card = desk.find(ItemSearch, "事项")
        card.show_usual(["B08", "A01"])
        assert [row.text for row in desk.rows("items_found")][:2] == ["常办的事项", "租赁市场住房提取"]
        card.show_usual([f"A0{n}" for n in range(1, 10)])
        assert desk.rows("items_found")[0].text == "本窗口 30 天里最常办"

    def test_no_card_of_an_applicant_is_seen_until_somebody_is_there(self, desk: Bench) -> None:
        applicant = desk.find(ApplicantCard, "申请人")
        assert not applicant.isVisible()
        desk.take("gmxj")
        assert applicant.isVisible()
        assert not desk.find(RowList, "put_aside").isVisible()
        press(Key.Key_Escape)
        assert not applicant.isVisible()
        assert focused() is desk.search

    def test_a_name_without_an_item_is_somebody(self, desk: Bench) -> None:
        desk.page.model.change(lambda: setattr(desk.state, "name", "岩罕"))
        assert desk.find(ApplicantCard, "申请人").isVisible()

    def test_at_most_one_button_is_loud(self, desk: Bench) -> None:
        assert loud(desk) == []
        desk.take("gmxj")
        assert loud(desk) == ["issue"]
        type_("121211")
        press(Key.Key_F9, CONTROL)
        assert loud(desk) == ["next_applicant"]

    def test_every_control_is_named(self, desk: Bench) -> None:
        assert [b for b in desk.page.findChildren(QAbstractButton) if b.isVisible() and not b.accessibleName()] == []


def loud(desk: Bench) -> list[Any]:
    """The primary buttons that can be seen."""
    buttons = desk.page.findChildren(QPushButton)
    return [button.objectName() for button in buttons if button.isVisible() and button.property("loud")]


@pytest.mark.parametrize(("item", "category"), [("D01", "employer"), ("D02", "attitude")])
def test_a_complaint_never_stands_on_the_desk(desk: Bench, item: str, category: str) -> None:
    """GIVEN an empty desk, then one with a visitor WHEN a complaint is chosen, typed or by the page 事项 THEN its line is asked for
    elsewhere, and the desk is as it was."""
    asked: list[PageRequest] = []
    desk.page.wanted.connect(asked.append)
    type_(item.lower())
    press(Key.Key_Return)
    desk.page.take_item(item, "投诉")
    assert asked == [RecordComplaint(category)] * 2
    assert (desk.page.model.state.begun, find(desk.page, ItemSearch).field.text()) == (False, "")
    desk.take("B08")
    desk.page.take_item(item, "投诉")
    assert (desk.page.model.state.item, find(desk.page, ItemSearch).field.text()) == (
        "B08",
        desk.page.model.state.item_name,
    )
    assert desk.office.drafts.all() == []


def test_complaints_that_press_are_a_figure_that_leads_to_their_list(
    desk: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "counter_assistant.operations.registers.complaint_lines.PressingComplaints.count", lambda _self: 2
    )
    desk.page.empty_desk.refresh()
    figure = find(desk.page, Figure, "complaints_due")
    assert figure.text() == "投诉要办 2"
    asked: list[PageRequest] = []
    desk.page.wanted.connect(asked.append)
    figure.click()
    assert asked == [ShowRegisters("complaint")]
