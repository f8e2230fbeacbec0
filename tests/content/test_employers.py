"""Employers and other bodies: who comes for them shows a paper, a form goes along with the slip, nothing hides in prose."""

from __future__ import annotations

import pytest

from counter_assistant.domain.catalogue.checks.enumeration import situations
from counter_assistant.domain.catalogue.conditions import NOT_ASKED
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import Submit
from tests.content.asked import CATALOGUE, TEXTS, asked, item_on

MONTHLY = ["A04", "A06", "A07", "A10", "A11", "A12", "A13"]
SEAL = "公章"


@pytest.mark.parametrize("item_id", MONTHLY)
def test_who_comes_for_an_employer_shows_a_card_and_brings_the_authority_once(item_id: str) -> None:
    filed, new = asked(item_id, agent_on_file="yes"), asked(item_id, agent_on_file="no")
    assert "agent-id-card" in filed.needed
    assert new.needed - filed.needed == {"employer-authorisation"}
    assert "employer-authorisation" in asked(item_id).maybe


@pytest.mark.parametrize("item_id", [id_ for id_ in CATALOGUE.items if id_ < "A17"])
def test_no_matter_of_an_employer_leaves_out_who_comes(item_id: str) -> None:
    """Whatever an employer stamps is carried by somebody."""
    item = item_on(item_id)
    stamped = any(SEAL in rule.material.requirement for rule in item.materials)
    ids = {rule.material.id for rule in item.materials}
    assert not stamped or ids & {"agent-id-card", "id-card"}
    assert not stamped or "employer-authorisation" in ids


@pytest.mark.parametrize(
    ("item_id", "answers", "needed", "not_needed"),
    [
        ("A01", {"remit_by": "collection"}, {"collection-agreement"}, set()),
        ("A01", {"remit_by": "transfer"}, set(), {"collection-agreement"}),
        ("A02", {"unit_change": "details"}, {"employer-certificate"}, {"restructuring-approval"}),
        ("A02", {"unit_change": "restructuring"}, {"restructuring-approval"}, {"employer-certificate"}),
        ("A05", {"identity_changed": "no", "card_changed": "no"}, set(), {"identity-change-record", "bank-card"}),
        ("A05", {"identity_changed": "yes", "card_changed": "yes"}, {"identity-change-record", "bank-card"}, set()),
        ("A10", {"staff_changed": "no", "remit_by": "collection"}, set(), {"staff-change-list", "payment-voucher"}),
        ("A10", {"staff_changed": "yes", "remit_by": "transfer"}, {"staff-change-list", "payment-voucher"}, set()),
        ("A11", {"back_pay": "this_year"}, set(), {"wage-proof"}),
        ("A11", {"back_pay": "earlier"}, {"wage-proof"}, set()),
        ("A18", {"flexible_kind": "business"}, {"employer-certificate"}, set()),
        ("A18", {"flexible_kind": "other"}, set(), {"employer-certificate"}),
        ("D04", {"authority": "court", "assist": "query"}, {"court-document", "enforcement-card"}, {"court-ruling"}),
        ("D04", {"authority": "court", "assist": "freeze"}, {"court-document", "court-ruling"}, {"authority-document"}),
        ("D04", {"authority": "other"}, {"authority-document"}, {"court-document", "court-ruling", "enforcement-card"}),
    ],
)
def test_whatever_a_situation_needs_is_a_line(
    item_id: str, answers: dict[str, str], needed: set[str], not_needed: set[str]
) -> None:
    found = asked(item_id, **answers)
    assert needed <= found.needed
    assert not not_needed & (found.needed | found.maybe)


def test_two_officers_show_their_cards_whoever_sends_them() -> None:
    for authority in ("court", "other"):
        assert "officer-credentials" in asked("D04", authority=authority).needed
    assert next(r.material.originals for r in item_on("D04").materials if r.material.id == "officer-credentials") == 2


def test_a_form_of_this_centre_that_is_stamped_elsewhere_goes_along_with_the_slip() -> None:
    """守则 一(五)1: nobody comes once to fetch a form and once more to hand it in."""
    forms = {r.material.id: r.material for item in TEXTS for r in item.materials if r.material.issuer == "本中心"}
    stamped = [form for form in forms.values() if form.submit is Submit.HAND_IN]
    assert {form.id for form in stamped} >= {"employer-registration-form", "ratio-form", "collection-agreement"}
    assert [form.id for form in stamped if not form.requirement.startswith("随本单领取；")] == []


def test_the_slip_says_which_originals_come_back_and_no_other_does() -> None:
    """证件、银行卡 are shown, what is copied comes back: so says one sentence for all lines, and it leaves none out."""
    said = "证件、银行卡和要复印件的材料，原件当场退还"
    brought = {r.material for item in TEXTS if said in item.remedy for r in item.materials if r.material.originals}
    shown = {m for m in brought if m.submit is Submit.SHOW}
    assert [m.name for m in shown if not m.name.endswith(("证件", "证", "卡", "执照"))] == []
    back = {m for m in brought if m.submit is Submit.HAND_IN and m.copies}
    assert [m.name for m in shown | back if m.keep_originals] == []
    stays = {m for m in brought if m.submit in (Submit.HAND_IN, Submit.AT_COUNTER)} - back
    assert [m.name for m in stays if m.keep_originals != m.originals] == []
    assert min(map(len, (shown, back, stays))) > 10


@pytest.mark.parametrize("item", [item for item in TEXTS if item.id < "D"], ids=lambda item: item.id)
def test_every_item_for_the_public_says_it(item: ServiceItem) -> None:
    assert "原件当场退还" in item.remedy


def test_no_item_asks_more_than_six_questions_in_any_situation() -> None:
    most = {item.id: max(sum(a != NOT_ASKED for a in s.values()) for s in situations(item)) for item in TEXTS}
    assert {item_id: count for item_id, count in most.items() if count > 6} == {}


@pytest.mark.parametrize(
    ("item_id", "words"),
    [("A01", "当场签订协议"), ("A05", "借记卡"), ("A18", "营业执照")],
)
def test_no_procedure_names_a_paper_that_is_a_line(item_id: str, words: str) -> None:
    assert words not in item_on(item_id).procedure
