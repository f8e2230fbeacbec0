"""Loans: what 建金〔2014〕148号 abolished is never asked for, and whatever a situation needs is a line of its own."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.catalogue.materials import Submit
from tests.content.asked import OLD_LAW, TEXTS, TODAY, asked, conditions, item_on, requirement

LOANS = [
    ("C01", TODAY),
    ("C01", OLD_LAW),
    ("C02", TODAY),
    ("C02", OLD_LAW),
    ("C03", TODAY),
    ("C04", TODAY),
    ("C05", TODAY),
]
every_loan = pytest.mark.parametrize(("item_id", "day"), LOANS)


@every_loan
def test_no_loan_asks_for_a_guarantee_firm_insurance_notarisation_or_the_valuation_of_a_new_house(
    item_id: str, day: date
) -> None:
    assert "abolished-loan-charges" in asked(item_id, day).never
    never = next(entry for entry in item_on(item_id, day).never_ask if entry.id == "abolished-loan-charges")
    assert (never.source.note, never.source.to_confirm) == ("建金〔2014〕148号", True)
    assert all(word in never.why for word in ("保险", "公证", "新房评估", "强制性机构担保"))


def test_nothing_that_a_guarantee_firm_issues_is_asked_for_anywhere() -> None:
    named = [(item.id, rule.material.name) for item in TEXTS for rule in item.materials if "担保" in rule.material.name]
    assert [name for name in named if name[0] != "C08"] == []


@every_loan
def test_the_look_at_the_credit_record_is_authorised_on_a_paper_of_its_own(item_id: str, day: date) -> None:
    assert {"credit-authorisation", "credit-report"} <= asked(item_id, day).needed
    authorisation = next(r.material for r in item_on(item_id, day).materials if r.material.id == "credit-authorisation")
    assert (authorisation.submit, authorisation.keep_originals) == (Submit.AT_COUNTER, 1)
    assert "配偶" in authorisation.requirement


@every_loan
def test_a_married_borrower_is_told_that_the_spouse_comes_along(item_id: str, day: date) -> None:
    assert "配偶到场签名" in requirement(item_id, "spouse-id-card", day, marital="married")


@every_loan
def test_a_co_owner_is_told_to_come_along(item_id: str, day: date) -> None:
    assert "共有人到场签名" in requirement(item_id, "co-owner-id-card", day, owner_rel="co_owner")


@every_loan
def test_a_loan_tells_its_conditions_without_the_figures_of_another_city(item_id: str, day: date) -> None:
    """Six months stand in a city's guide and are said to be the ministries': printed, but only to be verified."""
    told = conditions(item_id, day)
    where = "在缴存地" if item_id == "C05" else ""
    assert told["continuous"] == f"{where}连续足额缴存满6个月"
    continuous = next(c for c in item_on(item_id, day).conditions if c.id == "continuous")
    assert (continuous.source.city, continuous.refuses) == ("青岛", False)
    assert "2014年" in continuous.source.note
    assert "待法规岗核定" in continuous.source.note
    if item_id in ("C01", "C02", "C05"):
        assert told["houses"] == "购买首套或第二套住房"
        assert told["own-money"] == "首付款不低于本中心公布的比例"
    assert not any(char.isdigit() for id_, text in told.items() if id_ != "continuous" for char in text)
    added = [c for c in item_on(item_id, day).conditions if c.id in ("continuous", "houses", "own-money")]
    assert all(condition.source.to_confirm for condition in added)


@pytest.mark.parametrize(
    ("item_id", "answers", "needed", "not_needed"),
    [
        ("C02", {"valuation": "needed"}, {"valuation-report"}, set()),
        ("C02", {"valuation": "not_needed"}, set(), {"valuation-report"}),
        ("C05", {"house": "second_hand", "valuation": "needed"}, {"valuation-report"}, set()),
        ("C05", {"house": "new"}, set(), {"valuation-report"}),
        ("C07", {"mortgage_certificate": "borrower"}, {"mortgage-certificate"}, set()),
        ("C07", {"mortgage_certificate": "lender"}, set(), {"mortgage-certificate"}),
        ("C04", {"refinance": "repaid_first"}, {"refinancing-proof"}, {"second-mortgage-agreement"}),
        ("C04", {"refinance": "second_mortgage"}, {"second-mortgage-agreement"}, {"refinancing-proof"}),
    ],
)
def test_whatever_a_situation_needs_is_a_line(
    item_id: str, answers: dict[str, str], needed: set[str], not_needed: set[str]
) -> None:
    found = asked(item_id, **answers)
    assert needed <= found.needed
    assert not not_needed & (found.needed | found.maybe)
