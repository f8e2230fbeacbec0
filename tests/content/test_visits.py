"""The typical visits that ship: each of the most asked items has some, and each is told what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.checks.sources import article_fault
from counter_assistant.domain.catalogue.conditions import Always
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.verdicts import replace_items
from counter_assistant.domain.revision.visits import TypicalVisit, check_visit, run_visits
from counter_assistant.operations.program import program
from tests.content.asked import CATALOGUE, TODAY

VISITS = program().visits
MOST_ASKED = ("A05", "A17", "B01", "B02", "B06", "B08", "B09", "C01", "C02")


def test_each_of_the_nine_most_asked_items_has_at_least_three() -> None:
    asked = [visit.item for visit in VISITS]
    assert sorted(set(asked)) == sorted(MOST_ASKED)
    assert all(asked.count(item) >= 3 for item in MOST_ASKED)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: f"{visit.item} {visit.name}")
def test_each_is_told_what_it_says_and_says_where_that_is_from(visit: TypicalVisit) -> None:
    check_visit(visit, CATALOGUE)
    (run,) = run_visits([visit], CATALOGUE)
    assert run.in_words() == visit.name
    assert visit.source
    assert not visit.source.article or not article_fault(visit.source.article, CATALOGUE.statutes)


@pytest.mark.parametrize("item", MOST_ASKED)
def test_what_a_text_never_asks_for_no_visit_of_it_is_asked_for(item: str) -> None:
    text = CATALOGUE.item(item, TODAY)
    assert text
    never = {entry.id for entry in text.never_ask}
    for visit in VISITS:
        if visit.item == item:
            assert never <= set(visit.never), visit.name


def test_every_code_in_a_visit_is_one_of_the_catalogue() -> None:
    forbidden = {entry.id for texts in CATALOGUE.items.values() for text in texts for entry in text.never_ask}
    for visit in VISITS:
        assert {*visit.required, *visit.maybe} <= CATALOGUE.materials.keys(), visit.name
        assert set(visit.never) <= CATALOGUE.materials.keys() | forbidden, visit.name


@pytest.mark.parametrize("item", MOST_ASKED)
def test_no_material_of_these_items_can_be_taken_away_or_always_asked_for_unnoticed(item: str) -> None:
    text = newest(CATALOGUE, item)
    visits = [visit for visit in VISITS if visit.item == item]
    for rule in text.materials:
        id_ = rule.material.id
        others = tuple(each for each in text.materials if each.material.id != id_)
        always = (*others, replace(rule, when=Always()))
        wrong = [others] if all(id_ in visit.required for visit in visits) else [others, always]
        for materials in wrong:
            made = replace_items(CATALOGUE, {item: (replace(text, materials=materials),)})
            assert any(not run.passed for run in run_visits(visits, made)), id_
