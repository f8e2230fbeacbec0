"""材料的每一样都能改；改了填报要求不等于核了要不要；几份、怎样交、留下什么总说得通."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.editing.conditions import with_when
from counter_assistant.domain.revision.editing.materials import (
    MaterialChange,
    known_materials,
    with_material,
    with_new_material,
    with_shared_material,
)
from tests.domain.conftest import Make
from tests.domain.revision.editing.test_wording import refused

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")
OTHER = Answered("who", ("other",))


def letters(character: str) -> str:
    return {"户": "h", "口": "k", "簿": "b"}.get(character, "")


def changed(item: ServiceItem, **change: object) -> MaterialRule:
    return with_material(item, 1, MaterialChange(**change), CENTRE).materials[1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": " 委托书（待核定）"}, {"name": "委托书"}),
        ({"issuer": "公证处出具"}, {"issuer": "公证处"}),
        ({"issuer": ""}, {"issuer": ""}),
        ({"requirement": "写明事项。"}, {"requirement": "写明事项"}),
        ({"originals": 2}, {"originals": 2}),
        ({"copies": 2}, {"copies": 2, "keep_copies": 2}),
        ({"copies": 2, "keep_copies": 1}, {"copies": 2, "keep_copies": 1}),
        ({"keep_originals": 1}, {"keep_originals": 1}),
        ({"submit": Submit.SHOW}, {"submit": Submit.SHOW}),
        ({"covers": ("id-card", "letter", "id-card")}, {"covers": ("id-card",)}),
        ({"one_of": ("a", "b")}, {"one_of": ("a", "b")}),
    ],
)
def test_every_fact_of_a_material_can_be_changed(
    make: Make, change: dict[str, object], expected: dict[str, object]
) -> None:
    item = make.item()
    rule = changed(item, **change)
    assert rule.material == replace(item.materials[1].material, **expected)  # type: ignore[arg-type]
    assert (rule.when, rule.need, rule.wording) == (OTHER, None, CENTRE)


def test_the_same_facts_are_no_change(make: Make) -> None:
    item = make.item()
    assert with_material(item, 1, MaterialChange(name="材料letter", originals=1), CENTRE) is item


def test_a_material_is_the_centres_once_it_has_answered_for_both(make: Make) -> None:
    worded = with_material(make.item(), 1, MaterialChange(issuer="公证处"), CENTRE)
    both = with_when(worded, "materials", 1, Answered("who", ("self",)), CENTRE).materials[1]
    assert (both.need, both.wording, both.material.source) == (None, None, CENTRE)


def test_a_confirmed_material_stays_whole(make: Make) -> None:
    item = make.item(materials=(make.rule("id-card"), make.rule("letter", OTHER, source=make.code)))
    rule = changed(item, issuer="公证处")
    assert (rule.need, rule.wording, rule.material.source) == (None, None, CENTRE)


@pytest.mark.parametrize("submit", Submit)
def test_how_it_is_submitted_never_contradicts_what_is_kept(make: Make, submit: Submit) -> None:
    kept = make.rule("letter", OTHER, originals=1, copies=2, keep_originals=1, keep_copies=2)
    item = make.item(materials=(make.rule("id-card"), kept))
    made = with_material(item, 1, MaterialChange(submit=submit), CENTRE)
    assert made.materials[1].material.submit is submit
    assert check_item(made, make.catalogue(made)) == []


def test_what_is_filled_in_here_is_one_original(make: Make) -> None:
    item = make.item(materials=(make.rule("id-card"), make.rule("letter", OTHER, originals=0, copies=1)))
    assert changed(item, submit=Submit.AT_COUNTER).material.counts == "原件1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "words-missing"),
        ({"originals": -1}, "counts-out-of-range"),
        ({"keep_copies": 99}, "counts-out-of-range"),
        ({"originals": 0}, "counts-missing"),
        ({"name": "材料id-card"}, "same-name"),
        ({"name": "某证明"}, "asked-and-forbidden"),
    ],
)
def test_what_contradicts_itself_is_refused(make: Make, change: dict[str, object], code: str) -> None:
    assert refused(changed, make.item(), **change) == code


def test_a_shared_material_is_asked_for_by_the_centre_and_worded_as_it_was(make: Make) -> None:
    household = make.material("household", name="户口簿")
    made = with_shared_material(make.item(), household, CENTRE).materials[-1]
    assert made == MaterialRule(household, Always(), need=CENTRE)
    confirmed = replace(household, source=make.code)
    assert with_shared_material(make.item(), confirmed, CENTRE).materials[-1] == MaterialRule(confirmed, Always())
    assert refused(with_shared_material, make.item(), make.material("id-card"), CENTRE) == "known-already"
    assert with_shared_material(make.item(), make.material("letter"), CENTRE).materials[-1].material.id == "letter"
    assert refused(with_shared_material, make.item(), make.material("x", name="材料letter"), CENTRE) == "same-name"
    assert (
        refused(with_shared_material, make.item(), make.material("single-certificate"), CENTRE) == "asked-and-forbidden"
    )


def test_a_new_material_has_a_code_of_its_own(make: Make) -> None:
    rule = with_new_material(make.item(), "户口簿", CENTRE, letters, ["own-hkb"]).materials[-1]
    assert rule == MaterialRule(Material("own-hkb-2", "户口簿", "", "", 1, 0, Submit.HAND_IN, 0, 0, CENTRE), Always())
    assert refused(with_new_material, make.item(), "材料letter", CENTRE, letters, []) == "same-name"


def test_what_the_centre_made_new_in_an_item_is_known_in_every_other(make: Make) -> None:
    shared = make.material("letter", name="介绍信")
    elsewhere = with_new_material(make.item(id="T02"), "资金监管协议", CENTRE, letters, [])
    item = with_new_material(make.item(), "户籍证明", CENTRE, letters, [elsewhere.materials[-1].material.id])
    known = known_materials(replace(make.catalogue(make.item(), elsewhere), materials={"letter": shared}), item)
    assert [material.name for material in known.values()] == ["介绍信", "材料id-card", "户籍证明", "资金监管协议"]
    made = item.materials[-1].material
    assert with_shared_material(elsewhere, known[made.id], CENTRE).materials[-1] == MaterialRule(made, Always())
