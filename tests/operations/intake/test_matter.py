"""A request understood: the day's text, who is asked for what, what a departure needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Eligibility
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.operations.intake.admissibility import departure_fault, name_fault, number_fault
from counter_assistant.operations.intake.deadlines import deadlines
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.office import Office
from tests.make import ID_NUMBER, NOW, a_request, an_office

COMPLETE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
B01_COMPLETE = {"who": "self", "deed": "issued", "owner_rel": "owner", "spouse_also": "no", "loc": "local"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Any:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


def matter(office: Office, item: str = "B08", **changes: Any) -> Matter:
    return assess(a_request(item, **changes), office.catalogue, office.profile, NOW.date())


def test_the_day_of_acceptance_is_today_unless_it_is_stated(office: Office) -> None:
    assert matter(office).day == NOW.date()
    assert matter(office, on="2026-09-01").item.effective_to == date(2026, 9, 19)


def test_an_answer_that_breaks_the_statutes_condition_recommends_no_until_the_clerk_settles_it(office: Office) -> None:
    answers = {"who": "self", "account_matter": "review", "bank_reviewed": "no"}
    broken = matter(office, "A17", answers=answers, received="all")
    assert [condition.id for condition in broken.broken] == ["bank-first"]
    assert (broken.circumstances.eligible, broken.outcome.rule, broken.to_verify) == (Eligibility.NO, 6, ())
    settled = matter(office, "A17", answers=answers, received="all", eligible="yes")
    assert settled.outcome.rule == 11


def test_an_answer_that_breaks_a_guides_condition_is_to_be_verified_and_decides_nothing(office: Office) -> None:
    doubted = matter(office, answers=COMPLETE | {"fund_loan_open": "yes"}, received="all")
    assert [condition.broken_text for condition in doubted.to_verify] == ["您有未结清的公积金贷款"]
    assert (doubted.broken, doubted.circumstances.eligible, doubted.outcome.rule) == ((), Eligibility.UNCHECKED, 12)


def test_an_open_answer_keeps_an_application_incomplete(office: Office) -> None:
    answers = {key: value for key, value in COMPLETE.items() if key != "marital"}
    assert matter(office, answers=answers, received="all").outcome.rule == 7
    assert matter(office, answers=COMPLETE, received="all").outcome.rule == 12


def test_what_is_filled_in_here_or_looked_up_never_makes_an_application_incomplete(office: Office) -> None:
    brought = ["id-card", "bank-card", "lease-contract"]
    assert matter(office, answers=COMPLETE, received=brought).outcome.rule == 12


@pytest.mark.parametrize(
    ("answers", "material", "name"),
    [
        ({"house": "rebuilt"}, "building-approval", "规划许可或翻建批文"),
        ({"house": "self_built"}, "building-approval", "规划许可或宅基地批文"),
        ({"house": "overhaul"}, "building-approval", "规划许可或宅基地批文"),
        ({"who": "spouse", "spouse_also": "yes"}, "agent-id-card", "代办人有效身份证件"),
        ({}, "not-asked", "not-asked"),
    ],
)
def test_a_material_is_called_as_its_variant_is_here(
    office: Office, answers: dict[str, str], material: str, name: str
) -> None:
    request = a_request("B04", answers=answers)
    assert assess(request, office.catalogue, office.profile, office.today()).name_of(material) == name


def test_a_departure_needs_a_reason_but_a_written_notice_never_does(office: Office) -> None:
    assert departure_fault(matter(office, answers=COMPLETE, received="all", slip="notification_slip")) is None
    assert "理由" in str(departure_fault(matter(office, slip="receipt")))
    assert departure_fault(matter(office, slip="receipt", reason="当事人要求")) is None


def test_only_a_notice_can_be_oral(office: Office) -> None:
    assert "口头" in str(departure_fault(matter(office, slip="receipt", delivery="oral", reason="因故")))


@pytest.mark.parametrize("kind", [kind for kind, row in KINDS.items() if row.needs_number])
def test_most_papers_need_the_whole_identity_number(office: Office, kind: SlipKind) -> None:
    assert "证件号码" in str(number_fault(matter(office, slip=kind.value)))
    person = {"name": "赵六", "id_number": ID_NUMBER}
    assert number_fault(matter(office, slip=kind.value, applicant=person)) is None


def test_a_name_may_be_missing_only_where_something_is_heard_or_the_way_is_shown(office: Office) -> None:
    assert name_fault(matter(office, applicant={}, delivery="oral")) is None
    assert name_fault(matter(office, applicant={}, duty="elsewhere")) is None
    assert "姓名" in str(name_fault(matter(office, applicant={})))


DATES: list[tuple[dict[str, Any], str | None, str | None]] = [
    ({}, None, "2026-11-23"),
    ({"item": "B01"}, None, "2026-11-24"),
    ({"purpose": "apply"}, None, "2026-11-23"),
    ({"item": "B01", "purpose": "apply"}, None, "2026-11-24"),
    ({"clarity": "unclear"}, "2026-11-26", None),
    ({"hold": "verify"}, None, None),
    ({"answers": COMPLETE, "received": "all"}, "2026-11-23", None),
    ({"item": "B01", "answers": B01_COMPLETE, "received": "all", "eligible": "yes"}, "2026-11-24", None),
]


@pytest.mark.parametrize(("change", "due", "if_completed"), DATES)
def test_a_date_is_named_only_while_a_clock_runs(
    office: Office, change: dict[str, Any], due: str | None, if_completed: str | None
) -> None:
    found = deadlines(matter(office, **change), office.calendar)
    assert [deadline.due.isoformat() if deadline else None for deadline in found] == [due, if_completed]
