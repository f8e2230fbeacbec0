"""复核 at the desk: asked for by F9, looked at by somebody else, agreed to or sent back, issued by whoever asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper
from counter_assistant.ui.desk.search.results import RowList
from tests.decision_rows import ROWS
from tests.make import a_request, confirmed
from tests.ui.desk_hand import CONTROL, NOON, Bench, bench, commit, focused, press

pytestmark = pytest.mark.slow  # each opens a desk

Key = Qt.Key
ASKING, REVIEWER = "0001", "0002"
APPROVAL = Approval("临公积金〔2026〕9号", date(2026, 11, 20), "中心主任办公会", date(2026, 11, 23))
ROLES: dict[str, tuple[str, ...]] = {
    ASKING: ("clerk", "administrator"), REVIEWER: ("clerk", "reviewer"), "0003": ("supervisor",),
}  # fmt: skip
VISITOR = "岩罕"
RETURN = {**ROWS["6-not-eligible"][0], "applicant": {**ROWS["6-not-eligible"][0]["applicant"], "name": VISITOR}}


def give_roles(office: Office) -> None:
    """Confirmed, its item approved, with a reviewer who is a clerk too and a leader."""
    office.decide_profile(confirmed(office.profile))
    approve(office, ("A17", "C01"), office.today(), APPROVAL)
    clerks = tuple(replace(one, roles=ROLES.get(one.staff_number, ())) for one in office.profile.clerks)
    office.decide_profile(replace(office.profile, clerks=clerks))


@pytest.fixture
def counter(qtbot: Any, data_dir: Path) -> Iterator[Bench]:
    with closing(open_office(data_dir, lambda: NOON)) as office:
        give_roles(office)
    with bench(qtbot, data_dir) as made:
        yield made


def hand_over(counter: Bench, who: str) -> None:
    """What the window does on Ctrl+K (tests/ui/sealing)."""
    counter.page.leave_to_another()
    counter.office.make_current(who)
    counter.page.renew_office()


def ask(counter: Bench) -> None:
    counter.page.take_request(a_request(**RETURN))
    press(Key.Key_F9)


def row(counter: Bench) -> str:
    (only,) = counter.rows("put_aside")
    return only.more


def open_first(counter: Bench) -> None:
    press(Key.Key_Right)
    press(Key.Key_Return)


def layer(counter: Bench) -> ReviewPaper:
    return counter.find(ReviewPaper, "复核")


def to_review(counter: Bench) -> str:
    figure = counter.find(QAbstractButton, "to_review")
    return figure.text() if figure.isVisible() else ""


def reviews(office: Office) -> list[dict[str, Any]]:
    return [entry.payload for entry in office.book.entries(EntryKind.REVIEW)]


def test_f9_says_who_may_review_and_puts_the_visitor_aside(counter: Bench) -> None:
    counter.page.take_request(a_request(**RETURN))
    assert counter.find(QPushButton, "issue").text() == "窗口退回通知书先交复核　F9"
    assert counter.says("decision_note").endswith("要先复核，F9 交给玉罕、岩温。")
    assert [each.key for each in counter.presented.paper_fields] == ["explanation"], "the reviewer is not typed"
    press(Key.Key_F9)
    assert counter.state.vacant
    assert counter.messages[-1].startswith("已放下，待复核。可以复核的是玉罕（")
    assert (counter.put_aside(), row(counter)) == ([VISITOR], "待复核")
    assert to_review(counter) == "", "nobody reviews their own"
    assert counter.search.hasFocus()
    assert counter.office.archive.search() == []
    counter.take("zl")
    assert counter.state.item == "B08"


def test_the_reviewer_agrees_and_the_clerk_issues(counter: Bench) -> None:
    ask(counter)
    uuid = counter.office.drafts.all()[0].uuid
    hand_over(counter, REVIEWER)
    assert row(counter) == "待复核，罗𠅤克 放下的"
    assert to_review(counter) == "待复核 1"
    open_first(counter)
    shown = layer(counter)
    assert shown.isVisible()
    assert counter.says("review_title") == "复核：窗口退回通知书"
    assert shown.paper.pages == 1
    press(Key.Key_F9)
    assert not shown.isVisible()
    assert counter.search.hasFocus() or counter.find(RowList, "put_aside").hasFocus()
    assert (to_review(counter), row(counter)) == ("", "已复核，F9 出具，罗𠅤克 放下的")
    (review,) = reviews(counter.office)
    assert (review["act"], review["agreed"], review["clerk"], review["reviewer"]) == (uuid, True, ASKING, REVIEWER)
    hand_over(counter, ASKING)
    assert row(counter) == "已复核，F9 出具"
    counter.search.setFocus()
    open_first(counter)
    assert counter.says("decision_note").endswith("玉罕已复核同意。")
    assert counter.find(QPushButton, "issue").text() == "出具窗口退回通知书（一式二份）　F9"
    press(Key.Key_F9)
    assert len(counter.printing.papers) == 1
    entry = counter.office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert entry.uuid == uuid
    assert (entry.payload["facts"]["clerk"], entry.payload["facts"]["details"]["reviewer"]) == (ASKING, "玉罕")


def test_it_goes_back_with_a_reason_and_is_asked_about_anew_once_changed(counter: Bench) -> None:
    ask(counter)
    hand_over(counter, REVIEWER)
    open_first(counter)
    press(Key.Key_Return, CONTROL)
    assert "请写要改什么" in counter.says("review_message")
    assert reviews(counter.office) == []
    commit("写明查询的日期")
    press(Key.Key_Return)
    assert not layer(counter).isVisible()
    assert reviews(counter.office)[0]["reason"] == "写明查询的日期"
    hand_over(counter, ASKING)
    assert row(counter) == "复核退回：写明查询的日期"
    counter.search.setFocus()
    open_first(counter)
    assert "玉罕复核退回：写明查询的日期" in counter.says("decision_note")
    press(Key.Key_F9)
    assert "玉罕复核退回" in counter.says("decision_refusal")
    assert counter.state.begun, "nothing is put aside that was not changed"
    counter.field("explanation").setFocus()
    commit("，查询日期11月23日")
    assert not counter.state.asked_review
    press(Key.Key_F9)
    assert (row(counter), counter.office.archive.search()) == ("待复核", [])


def test_what_is_changed_after_the_agreement_waits_again(counter: Bench) -> None:
    ask(counter)
    hand_over(counter, REVIEWER)
    open_first(counter)
    press(Key.Key_F9)
    hand_over(counter, ASKING)
    open_first(counter)
    counter.field("explanation").setFocus()
    commit("，今天再查也没有")
    press(Key.Key_F9)
    assert row(counter) == "待复核"
    assert counter.office.archive.search() == []


def test_what_the_clerk_takes_back_to_change_waits_for_nobody(counter: Bench) -> None:
    ask(counter)
    open_first(counter)
    assert counter.state.asked_review
    press(Key.Key_F8)
    press(Key.Key_F8)
    press(Key.Key_Escape)
    hand_over(counter, REVIEWER)
    assert "待复核" not in row(counter)
    assert to_review(counter) == ""


def test_ctrl_z_and_the_figure_lead_to_it_too_and_it_may_be_left(counter: Bench) -> None:
    ask(counter)
    hand_over(counter, REVIEWER)
    press(Key.Key_Z, CONTROL)
    assert layer(counter).isVisible()
    assert counter.state.vacant
    press(Key.Key_Escape)
    assert not layer(counter).isVisible()
    assert counter.search.hasFocus()
    QTest.mouseClick(counter.find(QAbstractButton, "to_review"), Qt.MouseButton.LeftButton)
    assert layer(counter).isVisible()
    QTest.mouseClick(layer(counter).agree, Qt.MouseButton.LeftButton)
    assert len(reviews(counter.office)) == 1
    assert counter.office.drafts.all()[0].clerk == ASKING, "to look at it makes it nobody else's"


def test_nothing_beneath_is_reached_and_tab_stays_within(counter: Bench) -> None:
    ask(counter)
    hand_over(counter, REVIEWER)
    open_first(counter)
    shown = layer(counter)
    for _ in range(5):
        press(Key.Key_Tab)
        assert shown.isAncestorOf(focused()) or focused() is shown
    press(Key.Key_Backtab)
    shown.setFocus()
    for key in (Key.Key_F7, Key.Key_F8, Key.Key_F10, Key.Key_F11, Key.Key_1):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(shown, event)
        assert event.isAccepted()
    assert counter.state.vacant
    before = shown.area.verticalScrollBar().value()
    press(Key.Key_Down)
    assert shown.area.verticalScrollBar().value() > before
    press(Key.Key_PageDown, CONTROL)
    assert shown.paper.page == 0


def test_another_clerk_at_the_window_closes_it(counter: Bench) -> None:
    ask(counter)
    hand_over(counter, REVIEWER)
    open_first(counter)
    hand_over(counter, "0004")
    assert not layer(counter).isVisible()
    assert to_review(counter) == "", "who may not review is not told to"
    counter.search.setFocus()
    open_first(counter)
    assert counter.state.name == VISITOR, "and goes on with the visitor instead"
    press(Key.Key_F9)
    assert row(counter) == "待复核"
    assert counter.office.drafts.all()[0].clerk == "0004"


def test_what_was_said_meanwhile_at_another_window_is_said_here(counter: Bench, data_dir: Path) -> None:
    from counter_assistant.operations.issuing.reviewing import decide

    ask(counter)
    hand_over(counter, REVIEWER)
    open_first(counter)
    matter = counter.page.empty_desk._reviewing._matter
    assert matter is not None
    with closing(open_office(data_dir, lambda: NOON)) as other:
        decide(other, matter, agreed=False, reason="再查一次", reviewer="0003")
    press(Key.Key_F9)
    assert "岩温已经复核过，退回了" in counter.says("review_message")
    assert layer(counter).isVisible()


def test_who_both_examines_and_approves_is_named_where_a_paper_is_reviewed(counter: Bench) -> None:
    office = counter.office
    office.decide_profile(replace(office.profile, reviewed_kinds=("notification_slip",)))
    counter.page.renew_office()
    counter.page.take_request(a_request("C01"))
    assert "这一事项的审核和审批都是白秀英。" in counter.says("decision_note")
    office.decide_profile(replace(office.profile, reviewed_kinds=()))
    counter.page.renew_office()
    assert "审核和审批" not in counter.says("decision_note")
