"""Every item in every situation: 不符合 is recommended only by an article, a clause or an approved condition."""

from __future__ import annotations

import re
from datetime import date

import pytest

from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.approval import approved
from counter_assistant.domain.catalogue.checks.enumeration import given, situations
from counter_assistant.domain.catalogue.items import Approval, EligibilityCondition, ServiceItem
from counter_assistant.domain.catalogue.statutes import in_force
from counter_assistant.operations.intake.matter import broken_conditions
from counter_assistant.operations.program import program

CATALOGUE = program().catalogue
TEXTS = [text for same in CATALOGUE.items.values() for text in same]
APPROVAL = Approval("临公积金〔2026〕9号", date(2026, 11, 1), "中心主任办公会")

every_text = pytest.mark.parametrize("item", TEXTS, ids=lambda item: f"{item.id}-{item.effective_from}")


def may_refuse(condition: EligibilityCondition, item: ServiceItem) -> bool:
    """The rule, written down a second time: the article in force, the clause, or the document of the approval."""
    source = condition.source
    if source.article:
        return in_force(source.article, CATALOGUE.statutes, item.effective_from)
    return bool(source.clause or source.document) and not (source.city or source.note)


@every_text
def test_only_what_binds_recommends_no(item: ServiceItem) -> None:
    """WHEN every combination of answers is given THEN what a guide or an assumption says is only to be verified."""
    with_loan, settled = 0, approved(item, APPROVAL)
    for answers in situations(item):
        situation = Situation.of(item, given(answers))
        broken, to_verify = broken_conditions(item, situation)
        assert all(may_refuse(condition, item) for condition in broken)
        assert not any(may_refuse(condition, item) for condition in to_verify)
        now_broken, doubted = broken_conditions(settled, situation)
        assert doubted == ()
        assert [c.id for c in now_broken] == [c.id for c in item.conditions if c in broken or c in to_verify]
        with_loan += len(to_verify)
    if any(c.broken_when for c in item.conditions if not may_refuse(c, item)):
        assert with_loan, "the situations reach what they are to show"


@every_text
def test_what_is_broken_is_said_to_the_applicant_in_a_plain_sentence(item: ServiceItem) -> None:
    for condition in item.conditions:
        if condition.broken_when:
            said = condition.broken_text
            assert said.startswith("您")
            assert len(re.findall("[不无没未非]", said.replace("未结清", ""))) <= 1, "no double negative"


def test_the_case_of_the_finding() -> None:
    """B08 with an open loan: a guide of 昆明 says so, hence 请核实; once the centre has approved it, its own condition."""
    item = CATALOGUE.item("B08", date(2026, 11, 23))
    assert item is not None
    situation = Situation.of(item, {"fund_loan_open": "yes"})
    broken, to_verify = broken_conditions(item, situation)
    assert ([c.id for c in broken], [c.broken_text for c in to_verify]) == ([], ["您有未结清的公积金贷款"])
    (condition,), _ = broken_conditions(approved(item, APPROVAL), situation)
    assert (condition.source.kind, condition.source.document) == ("centre", "临公积金〔2026〕9号")
