"""Typical visits are kept with the revision, and nothing is approved while one is told otherwise than it must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import ItemRetired, QuestionEdited, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.stoppable import Reached, run_through
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import edition_of, take_revision
from counter_assistant.operations.catalogue.visiting import (
    remove_visit,
    visits_of,
    visits_run,
    visits_run_in_slices,
    write_visit,
    write_visit_of_today,
)
from counter_assistant.operations.office import Office
from tests.make import NOW, SINGLE, an_office

TODAY = NOW.date()
APPROVAL = Approval("临住金〔2026〕18号", TODAY, "主任办公会", TODAY)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def without(revising: Revising, item: str, material: str) -> TextEdited:
    text = newest(revising.working, item)
    return TextEdited(replace(text, materials=tuple(r for r in text.materials if r.material.id != material)))


def test_a_fresh_centre_has_those_that_ship_and_all_of_them_pass(office: Office) -> None:
    revising = Revising(office)
    assert visits_of(office, revising) == office.program.visits
    assert all(run.passed for run in visits_run(office, revising))
    assert {run.visit.item for run in visits_run(office, revising, "B08")} == {"B08"}


def test_a_change_that_loses_a_line_says_which_visit_misses_it_and_is_not_approved(office: Office) -> None:
    revising = Revising(office)
    revising.do(without(revising, "B08", "power-of-attorney"))
    assert [run.in_words() for run in visits_run(office, revising, "B08") if not run.passed] == [
        "配偶代办：少了授权委托书"
    ]
    for refused in (
        lambda: edition_of(office, revising, APPROVAL),
        lambda: take_revision(office, revising, APPROVAL, "0002"),
    ):
        with pytest.raises(Refusal) as refusal:
            refused()
        assert (refusal.value.code, refusal.value.sentence) == (
            "visit-fails", "典型来访“B08 配偶代办”不对：少了授权委托书。",
        )  # fmt: skip
    assert office.content.edition is None


def test_once_the_visit_says_so_too_it_is_approved_and_the_edition_keeps_the_visits(office: Office) -> None:
    revising = Revising(office)
    revising.do(without(revising, "B08", "power-of-attorney"))
    (failing,) = (run.visit for run in visits_run(office, revising) if not run.passed)
    write_visit(
        revising, replace(failing, required=tuple(id_ for id_ in failing.required if id_ != "power-of-attorney"))
    )
    take_revision(office, revising, APPROVAL, "0002")
    kept = office.content.visits
    assert office.content.edition is not None
    assert len(kept) == len(office.program.visits)
    assert kept != office.program.visits
    again = Revising(office)
    assert visits_of(office, again) == kept
    assert all(run.passed for run in visits_run(office, again))


def test_a_visit_of_a_retired_item_has_to_be_removed(office: Office) -> None:
    revising = Revising(office)
    revising.do(ItemRetired("B06"))
    with pytest.raises(Refusal, match="没有事项 B06") as refusal:
        edition_of(office, revising, APPROVAL)
    assert refusal.value.code == "visit-fails"
    for run in visits_run(office, revising, "B06"):
        remove_visit(revising, "B06", run.visit.name)
    assert edition_of(office, revising, APPROVAL).visits == visits_of(office, revising)
    assert not visits_run(office, revising, "B06")


def test_a_situation_of_today_is_written_down_as_it_is_told_and_is_there_tomorrow(office: Office) -> None:
    revising = Revising(office)
    visit = write_visit_of_today(office, revising, "B08", " 单身，有备案合同 ", SINGLE)
    assert "lease-contract" in visit.required
    assert visits_of(office, Revising(office))[-1] == replace(visit, name="单身，有备案合同")
    revising.undo()
    assert visits_of(office, Revising(office)) == office.program.visits


@pytest.mark.parametrize(
    ("name", "answers", "code"),
    [
        ("", SINGLE, "visit-unnamed"), ("单身", {"pay": "full"}, "unknown-question"),
        ("这不归我管", SINGLE, "forbidden-wording"), ("单" * 51, SINGLE, "text-too-long"),
    ],
)  # fmt: skip
def test_what_cannot_be_gone_through_is_not_kept(office: Office, name: str, answers: dict[str, str], code: str) -> None:
    revising = Revising(office)
    with pytest.raises(Refusal) as refusal:
        write_visit_of_today(office, revising, "B08", name, answers)
    assert refusal.value.code == code
    assert not revising.revision.acts


def test_a_visit_of_a_day_is_told_that_days_text_whatever_the_new_one_says(office: Office) -> None:
    """Before the new text begins it is the old one; from its first day on the new one, as soon as that day is known."""
    revising = Revising(office)
    base = next(visit for visit in visits_of(office, revising) if visit.name == "配偶代办" and visit.item == "B08")
    write_visit(revising, replace(base, name="昨天", day=TODAY - timedelta(days=1)))
    write_visit(revising, replace(base, name="明天", day=TODAY + timedelta(days=1)))
    revising.do(without(revising, "B08", "power-of-attorney"))
    write_visit(revising, replace(base, required=tuple(id_ for id_ in base.required if id_ != "power-of-attorney")))
    assert all(run.passed for run in visits_run(office, revising))
    with pytest.raises(Refusal, match="B08 明天”不对：少了授权委托书"):
        edition_of(office, revising, APPROVAL)


def test_every_visit_that_fails_is_named(office: Office) -> None:
    revising = Revising(office)
    revising.do(without(revising, "B08", "power-of-attorney"))
    revising.do(without(revising, "B08", "lease-contract"))
    failing = [run for run in visits_run(office, revising) if not run.passed]
    assert len(failing) > 2
    with pytest.raises(Refusal) as refusal:
        edition_of(office, revising, APPROVAL)
    assert all(f"“B08 {run.visit.name}”不对：" in refusal.value.sentence for run in failing)


def test_all_of_them_are_gone_through_in_slices_with_the_same_outcome(office: Office) -> None:
    revising = Revising(office)
    revising.do(without(revising, "B08", "power-of-attorney"))
    heard: list[Reached] = []

    def told(reached: Reached) -> bool:
        heard.append(reached)
        return True

    runs = run_through(visits_run_in_slices(office, revising), told)
    assert runs == tuple(visits_run(office, revising))
    assert heard[-1] == Reached(len(runs) - 1, len(runs))


def test_a_question_of_its_own_takes_the_visits_along(office: Office) -> None:
    revising = Revising(office)
    before = newest(revising.working, "B08").questions[1].question
    revising.do(QuestionEdited(before, replace(before, id="own_marital", text="您结婚了吗"), ("B08",)))
    assert all(run.passed for run in visits_run(office, revising))
    revising.undo()
    assert visits_of(office, revising) == office.program.visits
