"""A new version of a statute goes into the revision in work, and its approval waits for the items that cite it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import StatuteDefined
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.statute_changes import Became
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.statutes import NamedVersion, define_statute, look_at_statute
from counter_assistant.operations.catalogue.taking import edition_of
from counter_assistant.operations.office import Office
from tests.operations.catalogue.packing import APPROVAL, an_office_at
from tests.places import TESTS

RULES = "住房公积金管理条例"
IN_FORCE = (TESTS / "fixtures" / "statutes" / "2026.txt").read_text("utf-8")
LATER = NamedVersion(2028, "2028年修订", date(2028, 1, 1))
AMENDED = IN_FORCE.replace("3日内作出准予提取", "2日内作出准予提取").replace("第三十七条", "第三十八条")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path)
    yield office
    office.close()


def refused(act: object, *arguments: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)  # type: ignore[operator]
    return refusal.value


def test_it_is_shown_with_what_it_touches_before_it_is_put_in(office: Office) -> None:
    revising = Revising(office)
    seen = look_at_statute(revising, RULES, AMENDED, LATER, IN_FORCE)
    assert len(revising.revision.acts) == 0
    assert {each.item for each in seen.touched} == {"A01", "B08", "B09"}
    changed = [each for each in seen.touched if each.fate.became is Became.CHANGED]
    assert {each.ref for each in changed} == {ArticleRef(RULES, 2026, 25)}
    assert (seen.version.label, seen.version.source) == ("2028年修订", "2028年修订")
    define_statute(revising, seen)
    assert list(revising.revision.acts) == [StatuteDefined(RULES, seen.version)]
    again = Revising(office)
    assert again.working.statutes[RULES].versions[-1].articles[25].text.startswith("职工申请提取的")
    third = look_at_statute(again, RULES, AMENDED, replace(LATER, year=2030, effective_from=date(2030, 1, 1)))
    assert Became.UNKNOWN in {each.fate.became for each in third.touched}, "of 2026 only the numbers are kept"
    again.undo()
    assert again.working.statutes == again.base.statutes


def test_nothing_is_approved_while_an_item_cites_what_is_not_in_force(office: Office) -> None:
    revising = Revising(office)
    define_statute(revising, look_at_statute(revising, RULES, AMENDED, LATER))
    approval = replace(APPROVAL, effective_from=date(2028, 1, 1))
    assert any("没有现行有效的政策依据" in str(fault) for fault in revising.faults("B08"))
    refusal = refused(edition_of, office, revising, approval)
    assert refusal.code == "revision-faulty"
    assert "2026 年版在本文施行期间" in refusal.sentence or "没有现行有效的政策依据" in refusal.sentence
    for item_id in revising.working.items:
        text = newest(revising.working, item_id)
        basis = tuple(replace(ref, version=2028) for ref in text.basis)
        statutory = tuple(
            replace(each, source=replace(each.source, article=replace(each.source.article, version=2028)))
            if each.source.article
            else each
            for each in text.statutory
        )
        conditions = tuple(
            replace(each, source=replace(each.source, article=replace(each.source.article, version=2028)))
            if each.source.article and each.source.article.statute == RULES
            else each
            for each in text.conditions
        )
        revising.edit(replace(text, basis=basis, statutory=statutory, conditions=conditions, never_ask=()))
        assert [fault for fault in revising.faults(item_id) if not fault.warning] == [], "judged as it will be told"
    made = edition_of(office, revising, approval)
    assert made.changes[0] == f"《{RULES}》：新收2028年版（2028年修订），2028年1月1日起施行，21 条"


@pytest.mark.parametrize(
    ("name", "named", "code"),
    [
        (" ", LATER, "statute-unnamed"),
        (RULES, replace(LATER, label=""), "statute-unnamed"),
        (RULES, replace(LATER, year=28), "statute-year"),
        (RULES, replace(LATER, source="令" * 61), "text-too-long"),
    ],
)
def test_a_version_is_named(office: Office, name: str, named: NamedVersion, code: str) -> None:
    assert refused(look_at_statute, Revising(office), name, IN_FORCE, named).code == code
