"""A printed day cannot be kept: the applicant is told, on paper or by phone, before the day or after it (守则 一(二)2⑶)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.cases.step_line import StepLine
from tests.journeys.keys import Counter
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

PROMISED, STATUTORY, BEYOND = date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 30)
CASE = "11-promise"


@pytest.fixture
def due(counter: Counter) -> Counter:
    """GIVEN a promise of Monday the 23rd for Tuesday, which cannot be kept."""
    counter.begin(CASE)
    return counter


def on_paper(counter: Counter, day: str) -> Any:
    """F3, the marked case, F7 and 延期, the later day and the reason; on the desk F9 issues it."""
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F7)
    counter.type("9")
    counter.type(day)
    counter.press(Qt.Key.Key_Return)
    counter.write("不动产登记信息核验系统停机")
    counter.press(Qt.Key.Key_Return)
    desk = counter.desk.page
    assert counter.page is desk
    assert desk.model.presented.verdict.title == "延期告知单"
    assert (desk.model.state.case, desk.model.state.details["due_reason"]) == (CASE, "不动产登记信息核验系统停机")
    beyond = desk.model.state.details["due"] > STATUTORY.isoformat()
    assert ("新的日期超过法定期限（2026年11月26日）" in counter.says("decision_note")) is beyond
    assert counter.says("decision_reason").endswith("守则一(二)2⑶")
    counter.press(Qt.Key.Key_F9)
    assert "延期告知单" in counter.says("issued_title")
    row = counter.office.archive.show(counter.case(CASE).papers[-1])
    assert row.row.kind == SlipKind.DELAY_NOTICE
    return row.entry.payload["slip"]["draft"]


def by_phone(counter: Counter, day: str) -> None:
    """F3, the marked case, F7 and 电话告知延期: the later day, the time that stands there, who answered, the reason."""
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F7)
    counter.type("a")
    counter.type(day)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    counter.write("本人")
    counter.press(Qt.Key.Key_Return)
    counter.write("核验系统停机")
    counter.press(Qt.Key.Key_Return)


def close(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_F9)


def test_told_on_paper_before_the_day(due: Counter) -> None:
    paper = str(on_paper(due, "11-26"))
    due.took("9 延期，出告知单")
    case = due.case(CASE)
    assert (case.due, case.printed_due, case.missed) == (STATUTORY, STATUTORY, None)
    for words in ("2026年11月24日", "法定期限：最迟2026年11月26日作出决定", "应当先向临沧市人民政府申请行政复议"):
        assert words in paper
    due.morning(26)
    close(due)
    assert (due.case(CASE).open, due.case(CASE).overrun) == (False, False)
    assert due.sound()


def test_told_on_paper_beyond_the_statutes_day(due: Counter) -> None:
    paper = str(on_paper(due, "11-30"))
    assert "这一天超过了法定期限，不是承诺" in paper
    assert due.case(CASE).due == BEYOND
    due.press(Qt.Key.Key_F3)
    assert "法定期限 2026年11月26日，法定期限不变" in find(due.page, QLabel, "warning").text()
    due.morning(27)
    due.press(Qt.Key.Key_F2)
    due.press(Qt.Key.Key_F3)
    assert "法定期限 2026年11月26日 已过" in find(due.page, QLabel, "warning").text()


def test_told_on_paper_after_the_day(due: Counter) -> None:
    due.morning(25)
    paper = str(on_paper(due, "11-26"))
    assert "没有在原定日期办结，也没有事先告知您" in paper
    case = due.case(CASE)
    assert (case.due, case.missed) == (STATUTORY, PROMISED)
    assert due.lists(CASE) == {CaseList.OVERDUE, CaseList.OPEN}
    due.morning(26)
    close(due)
    assert due.case(CASE).overrun


def test_told_by_phone_before_the_day(due: Counter) -> None:
    by_phone(due, "11-26")
    due.took("延期，电话告知")
    case = due.case(CASE)
    assert (case.due, case.missed) == (STATUTORY, None)
    assert (
        case.history[-1].words == "电话告知延期，10:42 接听人本人，期限 2026年11月24日改为2026年11月26日，核验系统停机"
    )
    assert due.sound()


def test_told_by_phone_after_the_day_it_stays_overdue(due: Counter) -> None:
    due.morning(25)
    by_phone(due, "11-26")
    assert due.case(CASE).due == STATUTORY
    assert due.lists(CASE) == {CaseList.OVERDUE, CaseList.OPEN}
    assert find(due.page, QLabel, "due").text() == "11-24 超期1天"
    close(due)
    assert due.case(CASE).overrun


def test_a_call_beyond_the_statutes_day_is_refused_and_nothing_typed_is_lost(due: Counter) -> None:
    by_phone(due, "11-30")
    line = find(due.page, StepLine)
    assert "超过了法定期限 2026-11-26" in find(line, QLabel, "fault").text()
    typed = [find(line, QLineEdit, name).text() for name in ("spoken_to", "note")]
    assert typed == ["本人", "核验系统停机"]
    assert due.case(CASE).due == PROMISED
