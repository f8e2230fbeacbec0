"""A supervisor's way: to the page by its name, the month's report from the printer, a figure to its case, and what waits for review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.report.pictures import Subject
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.closing.page import ClosingPage
from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper
from counter_assistant.ui.lead.page import LeadPage
from tests.journeys.keys import CONTROL, NAME, Counter
from tests.journeys.test_counter_day import FOUND, LOAN_REPAID
from tests.journeys.test_second_pair_of_eyes import hand_over
from tests.make import ID_NUMBER, text_of
from tests.ui.desk_hand import focused
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every journey opens a window of its own


def supervise(counter: Counter) -> None:
    """Whoever is at the window looks after it."""
    profile = counter.office.profile
    current = profile.clerk("").staff_number
    clerks = tuple(
        replace(clerk, roles=(*clerk.roles, Role.SUPERVISOR.value)) if clerk.staff_number == current else clerk
        for clerk in profile.clerks
    )
    counter.office.book.append(EntryKind.OFFICE_PROFILE, replace(profile, clerks=clerks).to_payload())
    counter.office.reread()
    counter.desk.context.office_changed.emit()


def lead(counter: Counter) -> LeadPage:
    """The page, opened by its name."""
    counter.start()
    counter.type("dby")
    counter.press(Qt.Key.Key_Return)
    page = counter.page
    assert isinstance(page, LeadPage)
    return page


def test_a_month_s_report_is_printed(counter: Counter) -> None:
    """GIVEN a month's visits WHEN the page is opened and Ctrl+P pressed THEN the report is printed as soon as it is counted."""
    counter.begin("5-inquiry")
    counter.begin("11-promise")
    supervise(counter)
    lead(counter)
    counter.press(Qt.Key.Key_P, CONTROL)
    counter.qtbot.waitUntil(lambda: [paper.title for paper in counter.papers] == ["窗口报告 2026-11"], timeout=20_000)
    counter.took("打印本月报告")
    text = text_of(counter.papers[0].pdf)
    assert "来人来电2" in text
    assert "承诺守住了吗" in text
    assert counter.sound()


def test_a_figure_leads_to_a_case_and_back(counter: Counter) -> None:
    case = counter.begin("11-promise")
    supervise(counter)
    page = lead(counter)
    counter.qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    view = page.cards[Subject.VISITS].view
    while focused() is not view:
        counter.press(Qt.Key.Key_Tab)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    counter.took("从一个数到一件办件")
    assert isinstance(counter.page, CasesPage)
    assert counter.page.case is not None
    assert counter.page.case.id == case.id


def test_the_day_is_closed_from_there(counter: Counter) -> None:
    counter.begin("5-inquiry")
    supervise(counter)
    lead(counter)
    counter.press(Qt.Key.Key_F9)
    assert isinstance(counter.page, ClosingPage)


def test_an_item_whose_sentence_is_to_be_mended_is_shown(counter: Counter) -> None:
    from counter_assistant.ui.items.page import ItemsPage

    supervise(counter)
    page = lead(counter)
    page.cards[Subject.TOLD].item_wanted.emit("B05")
    assert isinstance(counter.page, ItemsPage)
    assert counter.page.entry is not None
    assert counter.page.entry.id == "B05"


def test_a_paper_that_waits_for_review_is_opened_from_there(counter: Counter) -> None:
    """GIVEN a return that a clerk has put aside WHEN the supervisor opens the page THEN it stands first, and Enter opens it."""
    roles = {"0001": ("clerk", "administrator"), "0002": ("clerk", "reviewer", "supervisor")}
    clerks = tuple(replace(one, roles=roles.get(one.staff_number, ())) for one in counter.office.profile.clerks)
    counter.office.decide_profile(replace(counter.office.profile, clerks=clerks))
    counter.desk.context.office_changed.emit()
    counter.take("b06", LOAN_REPAID)
    counter.type(" ")
    counter.who(id_number=ID_NUMBER)
    counter.press(Qt.Key.Key_Return)
    counter.write(FOUND)
    counter.press(Qt.Key.Key_F9)
    hand_over(counter, 2)
    page = lead(counter)
    assert page.waiting.list.item(0).text().startswith(f"待复核 1　窗口退回通知书　{NAME}　")
    counter.press(Qt.Key.Key_Return)
    counter.took("带班领导打开待复核的")
    assert counter.page is counter.desk.page
    assert find(counter.desk.page, ReviewPaper, "复核").isVisible()
