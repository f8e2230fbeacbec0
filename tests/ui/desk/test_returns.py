"""退回：what the desk says of an answer against a condition, and what it asks before it returns anybody."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.ui.desk.cards import paper_fields_form
from counter_assistant.ui.desk.cards.condition_box import ConditionBox
from counter_assistant.ui.desk.presentation.view_model import PaperField
from tests.decision_rows import ACCEPTED, DIRECT, PROMISE, RENTED
from tests.ui.desk.test_decision import layer, take
from tests.ui.desk_hand import Bench, commit, focused, press

pytestmark = pytest.mark.slow  # every test makes a page of its own

TODAY = date(2026, 11, 23)
APPROVAL = Approval("临公积金〔2026〕9号", TODAY, "中心主任办公会")
WITH_LOAN = {**DIRECT, "answers": RENTED | {"fund_loan_open": "yes"}, "purpose": "apply"}
SENTENCE = "经查询，您和配偶在本市有一套住房"


def facts(desk: Bench) -> dict[str, object]:
    entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    found: dict[str, object] = entry.payload["facts"]
    return found


def test_a_guides_condition_says_please_verify_and_returns_nobody(desk: Bench) -> None:
    take(desk, WITH_LOAN)
    assert desk.find(ConditionBox, "no-open-fund-loan").words == "请核实"
    assert desk.says("decision_note") == "请核实：您有未结清的公积金贷款（条件待核定，不据此退回）。"
    assert desk.says("decision_title") == "一次性告知单"


def test_once_the_item_is_approved_the_same_answer_recommends_the_return_at_once(desk: Bench) -> None:
    take(desk, WITH_LOAN)
    approve(desk.office, ["B08"], TODAY, APPROVAL)
    desk.page.renew_office()
    assert desk.says("decision_title") == "窗口退回通知书"
    assert desk.find(ConditionBox, "no-open-fund-loan").words == "不符合"
    assert desk.says("decision_note") == "不符合办理条件：您有未结清的公积金贷款。"
    assert [entry.key for entry in desk.presented.paper_fields] == ["explanation", "reviewer"]


def test_the_clerk_names_the_condition_and_says_what_was_found(desk: Bench) -> None:
    approve(desk.office, ["B08"], TODAY, APPROVAL)
    take(desk, {**DIRECT, "purpose": "apply"})
    layer(desk, "8")
    assert focused() is desk.find(QComboBox, "condition")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert desk.state.details["condition"] == "no-house"
    press(Qt.Key.Key_F9)
    assert "还差：退回说明" in desk.says("decision_refusal")
    press(Qt.Key.Key_Return)
    commit(SENTENCE)
    press(Qt.Key.Key_F9)
    kept = facts(desk)
    assert kept["details"] == {"explanation": SENTENCE, "condition": "no-house"}
    assert desk.office.archive.search()[0].kind == SlipKind.RETURN_NOTICE


def test_where_nothing_binds_there_is_nothing_to_choose(desk: Bench) -> None:
    take(desk, {**DIRECT, "purpose": "apply"})
    layer(desk, "8")
    assert [entry.key for entry in desk.presented.paper_fields] == ["explanation", "reviewer"]


def test_a_return_that_is_chosen_before_the_eligibility_is_settled_leads_to_the_conditions(desk: Bench) -> None:
    take(desk, {**DIRECT, "purpose": "apply"})
    desk.state.slip = "return_notice"
    desk.state.details |= {"explanation": SENTENCE, "reason": "当事人要求"}
    desk.page.model.changed()
    press(Qt.Key.Key_F9)
    assert "办理条件待核" in desk.says("decision_refusal")
    press(Qt.Key.Key_Return)
    assert focused() is desk.find(ConditionBox, "three-months")


def test_a_condition_that_is_missing_is_brought_into_sight(desk: Bench) -> None:
    """Enter on the refusal leads to a condition, which Space would tick: it must be read first."""
    take(desk, {**PROMISE, **ACCEPTED, "slip": "promise_notice", "reason": "当事人要求", "eligible": "unchecked"})
    press(Qt.Key.Key_F9)
    assert "办理条件待核" in desk.says("decision_refusal")
    press(Qt.Key.Key_Return)
    box, area = focused(), desk.questions
    assert box is area.first_open()
    place = box.mapTo(area, box.rect().topLeft()).y()
    assert 0 <= place <= area.height() - box.height()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "keys",
    [("explanation", "reviewer"), ("condition", "explanation", "reviewer"), ("of", "old_due", "due", "due_reason")],
)
def test_a_sentence_gets_the_room_of_its_line(keys: tuple[str, ...], narrow: bool) -> None:
    columns = paper_fields_form.COLUMNS_OF_NARROW_PAGE if narrow else paper_fields_form.COLUMNS
    asked = [PaperField(key, key, "", "") for key in keys]
    for line in paper_fields_form.lines(asked, columns):
        spans = {entry.key: span for entry, span in line}
        assert sum(spans.values()) == columns
        assert all(spans[key] >= spans[beside] for key in ("explanation", "due_reason") if key in spans for beside in spans
                   if beside not in ("condition", "of"))  # fmt: skip


def test_everything_handed_in_leaves_the_cursor_on_what_is_to_be_mended(desk: Bench) -> None:
    take(
        desk, {**PROMISE, "purpose": "apply", "received": [], "defects": [{"id": "deed-tax-receipt", "why": "缺一页"}]}
    )
    materials = desk.materials
    materials.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    row = materials.current_row()
    assert row is not None
    assert row.defect == "缺一页"
