"""What the keys do to the desk, without Qt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.agent import NO_AGENT
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.desk.presentation.applicant_fields import read_applicant
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft, to_draft
from counter_assistant.ui.desk.presentation.present import present_matter
from counter_assistant.ui.desk.presentation.request_mapping import request_of
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.desk.presentation.view_model import PresentedMatter


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    made = open_office(data_dir)
    yield made
    made.close()


@pytest.fixture
def item(office: Office) -> ServiceItem:
    found = office.catalogue.item("B01", office.today())
    assert found
    return found


@pytest.fixture
def state(item: ServiceItem) -> DeskState:
    made = DeskState()
    made.choose_item("B01", item.name)
    made.enter_questions(item)
    return made


def answered(state: DeskState, item: ServiceItem, digits: str) -> DeskState:
    for digit in digits:
        assert state.press_digit(item, int(digit))
    return state


def test_no_question_has_a_preset_answer(state: DeskState, item: ServiceItem) -> None:
    assert (state.answers, state.at) == ({}, item.questions[0].id)


def test_a_digit_answers_and_moves_on_to_the_next_open_question(state: DeskState, item: ServiceItem) -> None:
    answered(state, item, "12")
    assert state.answers == {"who": "self", "deed": "not_issued"}
    assert state.at == "owner_rel"


def test_zero_is_unsure_and_never_the_negative(state: DeskState, item: ServiceItem) -> None:
    answered(state, item, "10")
    assert (state.unsure, "deed" in state.answers) == ({"deed"}, False)


def test_a_digit_without_an_option_does_nothing(state: DeskState, item: ServiceItem) -> None:
    assert not state.press_digit(item, 9)
    assert state.at == "who"


def test_backspace_goes_back_one_question_and_keeps_the_answer(state: DeskState, item: ServiceItem) -> None:
    answered(state, item, "12")
    assert state.back(item)
    assert (state.at, state.answers["deed"]) == ("deed", "not_issued")
    assert state.back(item)
    assert not state.back(item)


def test_after_the_last_question_no_digit_is_taken(state: DeskState, item: ServiceItem) -> None:
    answered(state, item, "121211")
    assert state.current(item) is None
    assert not state.press_digit(item, 1)


def test_a_ticked_material_makes_it_an_application(state: DeskState) -> None:
    state.tick("id-card")
    assert (state.applying, state.received) == (True, {"id-card"})
    state.tick("id-card")
    assert state.received == set()


def test_what_is_to_be_mended_was_not_received(state: DeskState) -> None:
    state.tick("purchase-invoice")
    state.mend("purchase-invoice", " 未盖章 ")
    assert (state.received, state.defects) == (set(), {"purchase-invoice": "未盖章"})
    state.mend("purchase-invoice", "  ")
    assert state.defects == {}


def test_a_mark_on_any_use_of_a_document_is_a_mark_on_it(state: DeskState) -> None:
    """GIVEN the agent's card ticked WHEN it turns out to be the spouse's, on that line THEN its mark goes and comes."""
    state.tick("agent-id-card")
    state.tick("spouse-id-card", ["agent-id-card"])
    assert state.received == set()
    state.mend("agent-id-card", "过期")
    state.tick("spouse-id-card", ["agent-id-card"])
    assert (state.received, state.defects) == ({"spouse-id-card"}, {})
    state.mend("agent-id-card", "模糊", ["spouse-id-card"])
    assert (state.received, state.defects) == (set(), {"agent-id-card": "模糊"})
    state.mend("spouse-id-card", "", ["agent-id-card"])
    assert state.defects == {}


def test_all_ticks_all_but_what_is_to_be_mended_and_a_second_time_none(state: DeskState) -> None:
    state.mend("c", "破损")
    state.tick_all(["a", "b", "c"])
    assert state.received == {"a", "b"}
    state.tick_all(["a", "b", "c"])
    assert state.received == set()


def test_a_tick_that_no_longer_counts_is_kept_but_not_requested(
    office: Office, state: DeskState, item: ServiceItem
) -> None:
    answered(state, item, "121211")
    state.tick("purchase-contract")
    state.answer(item, "deed", "issued")
    applicant, _ = read_applicant(state, item, office.today())
    assert request_of(state, item, applicant).received == frozenset()
    state.answer(item, "deed", "not_issued")
    assert request_of(state, item, applicant).received == frozenset({"purchase-contract"})


def test_the_draft_gives_the_same_desk_back(state: DeskState, item: ServiceItem) -> None:
    answered(state, item, "102")
    state.name, state.phone, state.agent_name = "罗𠅤克", "138", "买买提·艾力"
    state.mend("bank-card", "户名不符")
    state.check("real-purchase")
    assert from_draft(state.uuid, to_draft(state)) == state


def test_a_draft_of_another_version_loses_only_what_is_not_known() -> None:
    state = from_draft("u", {"schema": 9, "name": "李四", "answers": 3, "more": [1], "applying": "yes"})
    assert (state.name, state.answers, state.applying) == ("李四", {}, False)


def test_an_answer_that_the_catalogue_no_longer_knows_is_left_out(office: Office) -> None:
    state = DeskState(item="B01", item_name="x", answers={"who": "self", "deed": "lost", "gone": "yes"})
    assert present_matter(office, state).matter.request.answers == {"who": "self"}


def test_conditions_all_checked_make_the_eligibility_yes(office: Office, state: DeskState, item: ServiceItem) -> None:
    assert present_matter(office, state).matter.request.eligible is Eligibility.UNCHECKED
    for condition in item.conditions:
        state.check(condition.id)
    assert present_matter(office, state).matter.request.eligible is Eligibility.YES


class TestWhatIsPresented:
    """What the cards show."""

    @pytest.fixture
    def presented(self, office: Office, state: DeskState, item: ServiceItem) -> PresentedMatter:
        return present_matter(office, answered(state, item, "121211"))

    def test_an_inquiry_gets_the_notification_slip_and_no_calendar_date(self, presented: PresentedMatter) -> None:
        assert (presented.verdict.kind, presented.verdict.attention) == (SlipKind.NOTIFICATION_SLIP, False)
        assert "年" not in presented.verdict.time
        assert "当日不计" in presented.verdict.time

    def test_nothing_is_missing_while_somebody_only_asks(self, presented: PresentedMatter) -> None:
        assert "缺" not in {row.state for row in presented.rows}

    def test_an_incomplete_promise_item_asks_for_a_supplement_notice(
        self, office: Office, state: DeskState, item: ServiceItem
    ) -> None:
        answered(state, item, "121211").tick("id-card")
        presented = present_matter(office, state)
        assert presented.matter.request.purpose is Purpose.APPLY
        assert presented.verdict.kind is SlipKind.SUPPLEMENT_NOTICE
        assert presented.verdict.title == "补办件通知书"
        assert presented.verdict.attention

    def test_the_lines_say_what_is_there_and_why(self, office: Office, state: DeskState, item: ServiceItem) -> None:
        answered(state, item, "121211").tick("id-card")
        state.mend("purchase-invoice", "未盖发票专用章")
        rows = {row.id: row for row in present_matter(office, state).rows}
        assert (rows["id-card"].box, rows["id-card"].state) == ("ticked", "核验退还")
        assert (rows["purchase-invoice"].box, rows["purchase-invoice"].detail) == ("mend", "未盖发票专用章")
        assert (rows["bank-card"].state, rows["bank-card"].tone) == ("缺", "loud")
        assert rows["purchase-contract"].why == "因未领不动产权证"

    def test_what_must_not_be_asked_for_is_named_and_explained(self, presented: PresentedMatter) -> None:
        assert presented.left_out.startswith("不用带、也不会要：单位出具的提取证明 · "), "the words of the paper"
        assert "单身证明" in presented.left_out
        assert any(reason.startswith("不得要求单位出具的提取证明：") for reason in presented.reasons)

    def test_a_field_that_cannot_be_right_is_left_blank_and_told(self, office: Office, state: DeskState) -> None:
        state.name, state.phone, state.id_number = "罗𠅤克", "abc", "123"
        presented = present_matter(office, state)
        assert set(presented.faults) == {"phone", "id_number"}
        assert (presented.matter.applicant.name, presented.matter.applicant.phone) == ("罗𠅤克", "")

    def test_the_agents_relation_follows_from_the_answer(
        self, office: Office, state: DeskState, item: ServiceItem
    ) -> None:
        answered(state, item, "2").agent_name = "李四"
        assert present_matter(office, state).matter.applicant.agent.in_words() == "李四（配偶）"

    def test_a_relation_of_somebody_else_is_told_of_its_field(
        self, office: Office, state: DeskState, item: ServiceItem
    ) -> None:
        answered(state, item, "2").agent_name = "李四"
        state.agent_relation = "女儿"
        presented = present_matter(office, state)
        assert (set(presented.faults), presented.faults["agent_relation"].code) == (
            {"agent_relation"},
            "agent-relation",
        )
        state.agent_relation = "妻子"
        assert present_matter(office, state).matter.applicant.agent.in_words() == "李四（妻子）"

    @pytest.mark.parametrize("field", ["agent_relation", "agent_phone", "agent_id_number"])
    def test_what_is_said_of_an_agent_asks_for_a_name(
        self, office: Office, state: DeskState, item: ServiceItem, field: str
    ) -> None:
        setattr(answered(state, item, "2"), field, {"agent_relation": "妻子"}.get(field, "13900000001"))
        presented = present_matter(office, state)
        assert (set(presented.faults), presented.matter.applicant.agent) == ({"agent_name"}, NO_AGENT)
        assert presented.faults["agent_name"].code == "agent-name-needed"

    def test_an_agents_fields_are_checked_as_the_agents(
        self, office: Office, state: DeskState, item: ServiceItem
    ) -> None:
        answered(state, item, "2").agent_name = "李四"
        state.agent_phone, state.agent_id_number = "无", "110105194912310021"
        presented = present_matter(office, state)
        assert set(presented.faults) == {"agent_phone", "agent_id_number"}
        assert all(str(fault).startswith("代办人的") for fault in presented.faults.values())
        state.agent_phone, state.agent_id_number = "", "E1234567"
        assert present_matter(office, state).matter.applicant.agent.id_type is IdType.PASSPORT

    def test_what_was_typed_of_an_agent_who_does_not_come_is_kept_and_not_requested(
        self, office: Office, state: DeskState, item: ServiceItem
    ) -> None:
        answered(state, item, "1").agent_name = "李四"
        state.agent_phone = "13900000001"
        assert present_matter(office, state).matter.applicant.agent == NO_AGENT
        back = from_draft(state.uuid, to_draft(state))
        assert (back.agent_name, back.agent_phone) == ("李四", "13900000001")

    def test_an_answer_that_breaks_a_condition_says_so(self, office: Office) -> None:
        found = [
            (item, condition) for texts in office.catalogue.items.values() for item in texts
            if item.valid_on(office.today()) for condition in item.conditions if condition.broken_when
        ]  # fmt: skip
        item, condition = found[0]
        leaf = condition.broken_when
        assert isinstance(leaf, Answered)
        state = DeskState(item=item.id, item_name=item.name, answers={leaf.question: leaf.values[0]}, applying=True)
        presented = present_matter(office, state)
        assert condition.id in presented.broken
        assert condition.broken_text.rstrip("。") in presented.verdict.note
