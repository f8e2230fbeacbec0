"""What decides a paper beside answers and materials: set and taken back, kept in drafts, said in words. Without Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Eligibility
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.intake.matter import item_of
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.office import Office
from counter_assistant.ui.desk.presentation import circumstances
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft, to_draft
from counter_assistant.ui.desk.presentation.missing import find_missing
from counter_assistant.ui.desk.presentation.paper_fields import LABELS, read_details
from counter_assistant.ui.desk.presentation.present import present_matter
from counter_assistant.ui.desk.presentation.request_mapping import state_of
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.desk.presentation.view_model import PresentedMatter
from tests.decision_rows import ACCEPTED, DIRECT, FURTHER, PROMISE, ROWS
from tests.make import an_office, confirmed

pytestmark = pytest.mark.slow  # every test makes a page of its own

TODAY = date(2026, 11, 23)


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    made = an_office(data_dir)
    yield made
    made.close()


def taken(office: Office, content: dict[str, Any]) -> DeskState:
    request = read_request(content)
    return state_of(request, item_of(request, office.catalogue, TODAY), office)


def seen(office: Office, content: dict[str, Any]) -> PresentedMatter:
    return present_matter(office, taken(office, content))


def lacks(office: Office, state: DeskState, *, oral: bool = False) -> list[str]:
    presented = present_matter(office, state)
    return [lack.key for lack in find_missing(office, presented.matter, presented.faults, oral=oral)]


class TestTheTable:
    """Every row of the decision table, as the desk sees it."""

    @pytest.mark.parametrize("name", ROWS)
    def test_the_verdict_names_paper_clause_and_date(self, office: Office, name: str) -> None:
        content, kind, clause, due = ROWS[name]
        verdict = seen(office, content).verdict
        assert (verdict.kind or "none") == kind
        assert verdict.title == (SlipKind(kind).in_words if verdict.kind else verdict.title)
        assert verdict.reason.endswith(f"守则{clause}")
        day = date.fromisoformat(due) if due else None
        said = "" if day is None else "今天 17:30" if day == TODAY else f"{day.year}年{day.month}月{day.day}日"
        assert said in verdict.time
        assert verdict.time

    @pytest.mark.parametrize("name", ROWS)
    def test_nothing_is_missing_where_a_request_is_whole(self, office: Office, name: str) -> None:
        assert lacks(office, taken(office, ROWS[name][0])) == []

    @pytest.mark.parametrize("name", [*ROWS, *FURTHER])
    def test_a_draft_gives_the_same_desk_back(self, office: Office, name: str) -> None:
        state = taken(office, ROWS[name][0] if name in ROWS else FURTHER[name])
        again = from_draft(state.uuid, to_draft(state))
        assert again == state
        assert present_matter(office, again).matter.request == present_matter(office, state).matter.request

    @pytest.mark.parametrize(("name", "act"), [
        ("1-elsewhere", "出具指引单（一式二份）"), ("3-held", "登记，12月1日前告知"), ("4-unclear", "登记，三个工作日内答复"),
        ("11-promise", "出具承诺通知书（一式二份）"), ("12-on-the-spot", "登记办结"),
    ])  # fmt: skip
    def test_the_button_says_what_f9_does(self, office: Office, name: str, act: str) -> None:
        assert seen(office, ROWS[name][0]).verdict.act == act

    @pytest.mark.parametrize("name", ["9-undecided", "11-promise", "13-not-on-the-spot"])
    def test_accepting_asks_for_signatures(self, office: Office, name: str) -> None:
        forms = "现场填写的住房公积金提取申请表、提取承诺书，请当事人签名。"
        assert seen(office, ROWS[name][0]).verdict.sign == forms
        assert seen(office, ROWS["8-promise-incomplete"][0]).verdict.sign == ""


class TestKeys:
    @pytest.mark.parametrize("key", list(circumstances.OPTIONS))
    def test_the_same_key_takes_back_what_it_set(self, office: Office, key: str) -> None:
        state = taken(office, DIRECT)
        item = office.catalogue.item("B08", TODAY)
        before = circumstances.in_words(state)
        option = circumstances.toggle(state, key, item)
        assert option
        assert circumstances.is_set(state, option, item)
        circumstances.toggle(state, key, item)
        assert circumstances.in_words(state) == before == ""
        assert (state.duty, state.hold, state.clarity, state.eligibility) == ("ours", "", "clear", "")

    def test_another_key_stands_for_nothing(self) -> None:
        state = DeskState()
        assert circumstances.toggle(state, "Q") is None
        assert state == DeskState(uuid=state.uuid)

    def test_what_was_set_is_said_in_words(self) -> None:
        state = DeskState(item="B08")
        for key in "28D0B":
            circumstances.toggle(state, key)
        assert circumstances.in_words(state, date(2026, 11, 20)) == (
            "本单位其他岗位 · 资格不符合 · 电话告知 · 不能当场办结 · 补录 11月20日"
        )

    def test_eligible_checks_every_condition_and_back(self, office: Office) -> None:
        state, item = taken(office, PROMISE), office.catalogue.item("B01", TODAY)
        assert item
        circumstances.toggle(state, "F", item)
        assert state.checked == {condition.id for condition in item.conditions}
        assert circumstances.eligibility_of(state, item) is Eligibility.YES
        circumstances.toggle(state, "F", item)
        assert circumstances.eligibility_of(state, item) is Eligibility.UNCHECKED

    def test_eligibility_is_asked_of_applicants_and_clarity_of_those_who_ask(self) -> None:
        state = DeskState(item="B08")
        circumstances.toggle(state, "9")
        assert state.applying
        circumstances.toggle(state, "7")
        assert not state.applying

    def test_another_item_begins_another_matter(self, office: Office) -> None:
        state = taken(office, FURTHER["2-custody"] | {"case": "c1"})
        state.choose_item("B08", "租赁")
        assert (state.duty, state.slip, state.details, state.case) == ("ours", "", {}, "")


class TestDrafts:
    def test_a_draft_of_before_keeps_the_notice_that_f7_chose(self) -> None:
        state = from_draft("u", {"schema": 1, "item": "B08", "notice_chosen": True})
        assert (state.slip, state.duty, state.on_the_spot) == ("notification_slip", "ours", True)

    def test_values_of_another_version_count_as_the_usual_ones(self, office: Office) -> None:
        state = taken(office, DIRECT)
        state.duty, state.hold, state.channel, state.eligibility, state.slip = "moon", "moon", "moon", "moon", "moon"
        assert present_matter(office, state).verdict.kind is SlipKind.NOTIFICATION_SLIP

    def test_the_case_goes_on(self, office: Office) -> None:
        assert seen(office, {**DIRECT, "case": "c1"}).matter.request.case == "c1"


class TestDays:
    def test_a_late_entry_takes_the_law_and_dates_of_its_day(self, office: Office) -> None:
        state = taken(office, PROMISE | ACCEPTED)
        state.late, state.details["day"] = True, "11-20"
        presented = present_matter(office, state)
        assert presented.matter.late
        assert presented.verdict.time == "今天 17:30 前办结"
        assert presented.verdict.circumstances == "补录 11月20日"

    def test_a_date_that_is_over_is_said(self, office: Office) -> None:
        state = taken(office, PROMISE | ACCEPTED)
        state.late, state.details["day"] = True, "11-18"
        verdict = present_matter(office, state).verdict
        assert (verdict.time, verdict.attention) == ("2026年11月19日前办结（已过）", True)

    @pytest.mark.parametrize("typed", ["", "+1", "0", "2001-01-01", "11-23"])
    def test_a_day_that_cannot_be_is_told_of_its_field(self, office: Office, typed: str) -> None:
        state = taken(office, PROMISE | ACCEPTED)
        state.late, state.details["day"] = True, typed
        assert lacks(office, state) == ["day"]
        assert present_matter(office, state).matter.day == TODAY


class TestDetails:
    def test_only_what_the_paper_carries_is_handed_on(self, office: Office) -> None:
        state = taken(office, ROWS["1-elsewhere"][0])
        assert present_matter(office, state).matter.request.details.refer_to == "某市不动产登记中心"
        circumstances.toggle(state, "3")
        assert present_matter(office, state).matter.request.details.given() == {}
        assert state.details["refer_to"] == "某市不动产登记中心"

    def test_fields_that_cannot_be_right_are_told_and_left_out(self, office: Office) -> None:
        typed = {"due": "x", "colleague": "9999", "contact": "a" * 201, "reviewer": "赵某"}
        details, faults = read_details(typed, tuple(LABELS), office)
        assert details.given() == {"reviewer": "赵某"}
        assert set(faults) == {"due", "colleague", "contact"}

    def test_the_form_says_who_and_when_where_it_is_left_empty(self, office: Office) -> None:
        asked = {entry.key: entry.hint for entry in seen(office, ROWS["2-colleague"][0]).paper_fields}
        assert asked["colleague"] == "不选则为张某"
        asked = {entry.key: entry.hint for entry in seen(office, ROWS["9-undecided"][0]).paper_fields}
        assert asked["due"] == "不填则为 11月24日"

    def test_the_usual_case_asks_for_nothing_more(self, office: Office) -> None:
        for name in ("4-unclear", "5-inquiry", "7-direct-incomplete", "8-promise-incomplete", "11-promise"):
            assert seen(office, ROWS[name][0]).paper_fields == ()


class TestLacking:
    def test_promise_without_conditions_and_number_lists_all_in_order(self, office: Office) -> None:
        state = taken(office, PROMISE | {"received": "all"})
        state.name = state.id_number = ""
        assert lacks(office, state) == ["conditions", "name", "id_number"]
        assert lacks(office, state, oral=True) == []

    def test_a_departure_lacks_its_reason(self, office: Office) -> None:
        state = taken(office, DIRECT)
        state.slip = "promise_notice"
        assert lacks(office, state) == ["conditions", "materials", "reason"]
        state.details["reason"] = "当事人要求"
        assert lacks(office, state) == ["conditions", "materials"]
        assert present_matter(office, state).matter.request.reason == "当事人要求"

    def test_a_written_notice_needs_no_reason(self, office: Office) -> None:
        state = taken(office, PROMISE | ACCEPTED)
        state.slip = "notification_slip"
        assert lacks(office, state) == []

    def test_what_is_held_lacks_all_that_the_code_asks_of_it(self, office: Office) -> None:
        state = taken(office, DIRECT | {"hold": "policy", "applicant": {}})
        for oral in (False, True):
            assert lacks(office, state, oral=oral) == ["name", "verify", "due", "contact"]
        state.phone, state.name = "13800000461", "岩女士"
        assert lacks(office, state) == ["verify", "due"]
        state.details |= {"verify": "本县有没有新的规定", "due": "+3"}
        assert lacks(office, state) == lacks(office, state, oral=True) == []

    def test_a_receipt_until_later_lacks_its_reason(self, office: Office) -> None:
        state = taken(office, ROWS["13-not-on-the-spot"][0])
        state.details["due"] = "+2"
        assert lacks(office, state) == ["due_reason"]

    def test_an_accepting_paper_lacks_materials(self, office: Office) -> None:
        state = taken(office, PROMISE | {"eligible": "yes", "purpose": "apply"})
        state.slip, state.details["reason"] = "promise_notice", "当事人要求"
        assert lacks(office, state) == ["materials"]

    def test_an_item_without_approval_is_told_once_the_office_is_confirmed(self, office: Office) -> None:
        office.decide_profile(confirmed(office.profile))
        assert lacks(office, taken(office, PROMISE | ACCEPTED)) == ["approval"]
