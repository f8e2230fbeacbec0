"""Which catalogue is meant by a name, and from which day on it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.catalogue.named_catalogue import NOW, PROGRAM, REVISION, named_catalogue
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.visiting import write_visit
from counter_assistant.operations.office import Office
from tests.make import NOW as MOMENT
from tests.make import an_office

TODAY = MOMENT.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def test_what_is_told_now_holds_the_approvals_of_the_book_and_what_came_with_the_program_does_not(
    office: Office,
) -> None:
    approve(office, ["B08"], TODAY, Approval("临住金〔2026〕9号", TODAY, "主任办公会"))
    now, program = named_catalogue(office, NOW), named_catalogue(office, PROGRAM)
    assert newest(now.catalogue, "B08").approval is not None
    assert newest(program.catalogue, "B08").approval is None
    assert now.visits == program.visits == office.program.visits
    assert now.since is program.since is None


def test_a_day_is_the_texts_in_force_on_it(office: Office) -> None:
    before = named_catalogue(office, "2026-09-19")
    assert before.since == date(2026, 9, 19)
    assert {texts[0].effective_to for texts in before.catalogue.items.values()} == {date(2026, 9, 19)}
    assert "A01" not in before.catalogue.items


def test_the_revision_is_there_once_there_is_one_with_the_visits_of_its_own_text(office: Office) -> None:
    with pytest.raises(Refusal) as refusal:
        named_catalogue(office, REVISION)
    assert refusal.value.code == "no-revision"
    revising = Revising(office)
    visit = replace(office.program.visits[0], name="又一个")
    write_visit(revising, visit)
    write_visit(revising, replace(visit, name="昨天的", day=TODAY - timedelta(days=1)))
    named = named_catalogue(office, REVISION)
    assert [each.name for each in named.visits][-1] == "又一个"
    assert named.since == TODAY


def test_anything_else_is_a_file(office: Office) -> None:
    with pytest.raises(Refusal) as refusal:
        named_catalogue(office, "2026-13-01")
    assert refusal.value.code == "no-content-file"
