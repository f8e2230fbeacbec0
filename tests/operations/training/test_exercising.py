"""A learner's run: only in training, kept nowhere, with people who are invented; and the office that training borrows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.training.exercising import Run, in_words
from counter_assistant.operations.training.lending import CODE, lend_office
from counter_assistant.storage.journal.entry_readers import content_of
from tests.make import NOW, a_request, an_office, clock, confirmed


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path, training=True)) as made:
        yield made


def test_a_run_is_for_training_alone(tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as real, pytest.raises(Refusal) as refused:
        Run(real, Random(1))
    assert refused.value.code == "exercise-in-training"


def test_without_a_typical_visit_there_is_nothing_to_practise(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(office.content), "visits", ())
    with pytest.raises(Refusal) as refused:
        Run(office, Random(1))
    assert refused.value.code == "no-exercises"


def test_the_people_are_invented_and_their_numbers_are_nobody_s(office: Office) -> None:
    run = Run(office, Random(1))
    assert len({visitor.id_number for visitor in run.visitors}) == len(run.exercises) == 10
    for visitor in run.visitors:
        reading = read_id_number(visitor.id_number, IdType.RESIDENT, NOW.date())
        assert (reading.fault, visitor.id_number[:6]) == (None, CODE)


def test_a_situation_says_who_comes_for_what_and_what_lies_there(office: Office) -> None:
    run = Run(office, Random(1))
    for exercise, visitor in zip(run.exercises, run.visitors, strict=True):
        lines = in_words(exercise, visitor)
        assert lines[0].startswith(visitor.name)
        assert exercise.text.name in lines[0]
        assert exercise.visit.name not in "".join(lines), "what it is called would give it away"
        for thing in exercise.things:
            assert thing in lines[-1]


def test_what_was_done_is_compared_and_leaves_nothing_in_the_book(office: Office) -> None:
    run = Run(office, Random(1))
    assert run.visitor == run.visitors[0]
    issue_slip(office, a_request(item="B08", request_id="one"))
    entry = office.book.find("one")
    assert entry is not None
    act = act_in(content_of(entry))
    assert act is not None
    before = office.book.head()
    for place in range(10):
        assert run.current is run.exercises[place]
        done = run.handled(act)
        assert done.exercise is run.exercises[place]
        if done.exercise.visit.item != "B08":
            assert done.remarks[0].startswith("错了事项")
    assert (run.current, len(run.done)) == (None, 10)
    assert office.book.head() == before
    with pytest.raises(Refusal) as refused:
        run.handled(act)
    assert refused.value.code == "exercises-done"


def test_training_has_the_office_and_its_people_but_numbers_of_its_own(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, clock)) as real:
        lend_office(real)
        assert not (tmp_path / "training").exists(), "an office that decided nothing lends nothing"
        real.decide_profile(confirmed(real.profile))
        for _ in range(2):
            lend_office(real)
        names, branch = [clerk.name for clerk in real.profile.clerks], real.profile.branch
        with closing(open_office(tmp_path, clock, training=True)) as practice:
            assert [clerk.name for clerk in practice.profile.clerks] == names
            assert (practice.profile.branch, practice.profile.installation_code) == (branch, CODE)
            assert (practice.is_example, practice.watermark) == (False, "样本")
            assert len(list(practice.book.entries(EntryKind.OFFICE_PROFILE))) == 1
            issued = issue_slip(practice, a_request())
            assert issued.slip is not None
            assert "练告" in issued.slip.number
            lend_office(practice)
        assert real.archive.search("") == []


def test_where_somebody_moved_on_training_follows(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, clock)) as real:
        real.decide_profile(confirmed(real.profile))
        lend_office(real)
        real.make_current("0002")
        lend_office(real)
        with closing(open_office(tmp_path, clock, training=True)) as practice:
            assert practice.profile.current_clerk == "0002"
