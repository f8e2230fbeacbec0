"""Withdrawals for a home: what is asked for in a situation follows the situation, and the riskiest is asked for most."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from counter_assistant.domain.catalogue.materials import Submit
from tests.content.asked import OLD_LAW, TODAY, asked, conditions, item_on, notes, requirement

BOUGHT = [("B01", TODAY), ("B01", OLD_LAW), ("B02", TODAY), ("B02", OLD_LAW)]
RENT = {"who": "self", "marital": "unmarried", "fund_loan_open": "no"}


def test_a_lease_that_is_not_registered_needs_an_invoice_only_for_the_rent_really_paid() -> None:
    fixed = asked("B08", **RENT, lease="unregistered", rent_by="fixed")
    actual = asked("B08", **RENT, lease="unregistered", rent_by="actual")
    assert actual.needed - fixed.needed == {"rent-invoice"}
    assert not (fixed.needed | fixed.maybe) & {"rent-invoice", "lease-contract", "payment-receipt"}
    assert asked("B08", **RENT, lease="unregistered").maybe == {"rent-invoice"}


def test_a_registered_lease_is_asked_how_to_withdraw_by_nobody() -> None:
    """The contract with its filing shows the rent, so that one answer less is needed."""
    made = asked("B08", **RENT, lease="registered")
    assert "lease-contract" in made.needed
    assert not made.maybe


def test_the_filing_of_a_lease_is_a_line_of_its_own_that_the_centre_looks_up() -> None:
    for day in (TODAY, OLD_LAW):
        assert {"lease-contract", "lease-filing"} <= asked("B08", day, **RENT, lease="registered").needed
        assert "lease-filing" not in asked("B08", day, **RENT, lease="unregistered").needed
    assert "lease-filing" in asked("B09").needed
    texts = [rule.material for item_id in ("B08", "B09") for rule in item_on(item_id).materials]
    assert [m.requirement for m in texts if m.id == "lease-contract" and "备案凭证" in m.requirement] == []
    assert {m.submit for m in texts if m.id == "lease-filing"} == {Submit.EXEMPT}


def test_until_2026_09_19_rent_had_to_be_proved_whatever_its_amount() -> None:
    assert item_on("B08", OLD_LAW).asked("rent_by") is None
    assert {"rent-invoice", "income-proof"} <= asked("B08", OLD_LAW, **RENT, lease="unregistered").needed


@pytest.mark.parametrize(("item_id", "day"), [("B08", TODAY), ("B08", OLD_LAW), ("B09", TODAY)])
def test_a_married_tenant_is_asked_whether_the_spouse_withdraws_too(item_id: str, day: date) -> None:
    married = {"who": "self", "marital": "married"}
    assert "spouse-bank-card" in asked(item_id, day, **married, spouse_also="yes").needed
    assert "spouse-bank-card" in asked(item_id, day, who="spouse", spouse_also="yes").needed
    assert "spouse-bank-card" not in asked(item_id, day, **married, spouse_also="no").needed
    alone = asked(item_id, day, who="self", marital="unmarried")
    assert "spouse-bank-card" not in alone.needed | alone.maybe


@pytest.mark.parametrize(("item_id", "day"), BOUGHT)
def test_a_home_away_from_household_and_work_is_asked_for_more_than_any_other(item_id: str, day: date) -> None:
    here = asked(item_id, day, loc="local").needed
    more = {place: asked(item_id, day, loc=place).needed - here for place in ("hometown", "workplace", "elsewhere")}
    assert more["hometown"] == {"household-register"}
    assert more["workplace"] == {"workplace-proof"}
    assert more["elsewhere"] == more["hometown"] | more["workplace"] | {"house-record"}


@pytest.mark.parametrize(("item_id", "day"), BOUGHT)
def test_who_buys_such_a_home_is_told_of_the_closer_look_and_is_refused_nothing(item_id: str, day: date) -> None:
    """The notice of 2018 asks for a closer look and forbids nothing, so that no condition may come of it by an approval."""
    said = "在户籍地、缴存地和工作地以外购房的，从严核实"
    for place in ("local", "hometown", "workplace"):
        assert said not in notes(item_id, day, loc=place)
    assert said in notes(item_id, day, loc="elsewhere")
    assert said in notes(item_id, day), "while it is open"
    assert not any(condition.broken_when for condition in item_on(item_id, day).conditions)


@pytest.mark.parametrize("day", [TODAY, OLD_LAW])
def test_the_loan_of_a_home_under_construction_is_shown_by_its_contract(day: date) -> None:
    """The centre looks up its own loans; the deed and the tax receipt of a finished home say enough."""
    for pay in ("commercial_loan", "combined_loan"):
        assert "loan-contract" in asked("B01", day, deed="not_issued", pay=pay).needed
    for pay in ("full", "fund_loan"):
        assert "loan-contract" not in asked("B01", day, deed="not_issued", pay=pay).needed
    issued = asked("B01", day, deed="issued")
    assert "loan-contract" not in issued.needed | issued.maybe


HOMES = [*BOUGHT, ("B03", TODAY), ("B04", TODAY), ("B05", TODAY), ("B05", OLD_LAW), ("B07", TODAY)]


@pytest.mark.parametrize(("item_id", "day"), HOMES)
def test_parents_and_children_of_the_owner_prove_the_relation_and_read_that_it_is_not_settled(
    item_id: str, day: date
) -> None:
    """Whether they may withdraw differs from city to city: a note to those whom it concerns, no words of a paper to bring."""
    first = {"first": "first"} if item_id == "B05" else {}
    for relation in ("owner", "owner_spouse", "co_owner", "family"):
        answers = {**first, "owner_rel": relation}
        family = relation == "family"
        assert ("owner-kinship-proof" in asked(item_id, day, **answers).needed) is family
        assert ("父母、子女能否提取以公布为准" in notes(item_id, day, **answers)) is family
    assert requirement(item_id, "owner-kinship-proof", day, **first, owner_rel="family").startswith("户口簿、结婚证")


@pytest.mark.parametrize("day", [TODAY, OLD_LAW])
def test_the_statutes_condition_names_no_relation_that_the_statute_does_not(day: date) -> None:
    repaying = next(c for c in item_on("B05", day).conditions if c.id == "repaying")
    assert (repaying.text, repaying.refuses) == ("正在偿还自住住房的购房贷款", True)


@pytest.mark.parametrize(
    ("item_id", "since"),
    [
        ("B01", "自合同备案或者领产权证之日起，"),
        ("B02", "自领产权证之日起，"),
        ("B03", "自签订购房合同之日起，"),
        ("B04", "自批准或者鉴定之日起，"),
        ("B07", "自结清之日起，"),
    ],
)
def test_a_withdrawal_for_a_home_tells_from_when_until_when_how_often_and_how_much(item_id: str, since: str) -> None:
    """Without the figure of another city: which one is the example stands in the source."""
    assert conditions(item_id)["in-time"] == f"{since}在本中心公布的期限内申请"
    assert "未提取过" in conditions(item_id)["not-yet-withdrawn"]
    assert "提取额不超过" in notes(item_id)
    condition = next(c for c in item_on(item_id).conditions if c.id == "in-time")
    assert condition.source.to_confirm
    assert not any(char.isdigit() for char in condition.text + notes(item_id))


def test_a_tenant_is_told_that_amount_and_frequency_are_published() -> None:
    assert all(words in notes("B08") for words in ("定额和限额是多少", "隔多久能再提", "本中心公布"))
    assert all(words in notes("B08", OLD_LAW) for words in ("限额是多少", "隔多久能再提", "本中心公布"))
    assert not any(char.isdigit() for char in notes("B08") + notes("B08", OLD_LAW))


@pytest.mark.parametrize(("item_id", "day"), [("B05", TODAY), ("B05", OLD_LAW), ("B07", TODAY)])
def test_several_loans_need_a_paper_each(item_id: str, day: date) -> None:
    papers = [rule.material.name for rule in item_on(item_id, day).materials if "loan" in rule.material.id]
    papers += [
        r.material.name
        for r in item_on(item_id, day).materials
        if r.material.id in ("repayment-record", "settlement-proof")
    ]
    assert len(papers) == 2
    assert all(name.startswith("每笔贷款的") for name in papers)


@pytest.mark.parametrize(
    ("item_id", "also"), list(product(["B01", "B02", "B03", "B04", "B05", "B07", "B10"], ["yes", "no"]))
)
def test_whether_the_spouse_comes_along_is_told(item_id: str, also: str) -> None:
    answers = {"first": "first"} if item_id == "B05" else {}
    answers |= {"owner_rel": "owner_spouse", "spouse_also": also}
    assert requirement(item_id, "spouse-id-card", **answers) == "都要带证；同时提取本人才须到场；核验后退还"
    if also == "yes":
        assert "到场签名" in requirement(item_id, "spouse-bank-card", **answers)


def test_a_spouse_who_signs_the_agreement_on_repayment_comes_along() -> None:
    assert "到场签名" in requirement("B06", "spouse-id-card", spouse_also="yes")
