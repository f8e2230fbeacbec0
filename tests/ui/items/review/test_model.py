"""答一句，就到下一句；退一步，就回到那一句：without a window."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited
from counter_assistant.domain.revision.statements import Part, Statement, newest
from counter_assistant.domain.revision.verdicts import Answer
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.review.model import ReviewModel
from counter_assistant.ui.items.review.presentation import act_in_words
from tests.ui.items.reviewing import answers

CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条", day=date(2026, 11, 20))


@pytest.fixture
def model(office: Office) -> ReviewModel:
    return ReviewModel(Revising(office), "B08")


def marked(model: ReviewModel) -> Statement:
    assert model.statement is not None
    return model.statement


def go_to(model: ReviewModel, part: Part, several: bool = False) -> Statement:
    """Marks the first open sentence of a part, of one item or of several."""
    found = next(
        each for each in model.revising.open if each.statement.part is part and (len(each.items) > 1) is several
    )
    model.item = found.items[0]
    model.mark(found.statement)
    return found.statement


def test_the_item_that_was_looked_at_comes_first_and_in_it_the_first_open_sentence(model: ReviewModel) -> None:
    assert model.item == "B08"
    assert marked(model) == next(row.statement for row in model.rows if row.open)
    assert ReviewModel(model.revising, "nothing").item == model.items[0]


def test_an_answer_goes_to_the_next_open_sentence_of_the_item(model: ReviewModel) -> None:
    is_open = [row.statement for row in model.rows if row.open]
    for statement in is_open[:3]:
        assert model.answer(Answer.AGREE, CENTRE) == statement
    assert marked(model) == is_open[3]
    assert model.revising.progress.answered == 3


def test_the_last_of_an_item_goes_to_the_next_item_that_has_any(model: ReviewModel) -> None:
    left = model.counts["B08"]
    for _ in range(left):
        model.answer(Answer.AGREE, CENTRE)
    assert model.counts["B08"] == 0
    assert model.item == "B09"
    assert marked(model) in model.open


def test_from_the_last_it_goes_on_at_the_beginning(model: ReviewModel) -> None:
    is_open = [row.statement for row in model.rows if row.open]
    model.mark(is_open[-1])
    model.answer(Answer.AGREE, CENTRE)
    assert marked(model) == is_open[0]


@pytest.mark.slow
def test_every_sentence_can_be_answered_one_after_the_other(model: ReviewModel) -> None:
    model.turn()
    count = 0
    while model.statement is not None:
        model.answer(Answer.AGREE, CENTRE)
        count += 1
    assert (count, model.revising.progress.answered, model.rows) == (526, 526, [])
    assert set(model.counts.values()) == {0}
    model.step(1)
    model.step_group(1)
    assert model.statement is None
    model.turn()
    assert [row for row in model.rows if row.open] == []


def test_some_items_are_left_out_and_the_sentence_stays_for_them(model: ReviewModel) -> None:
    statement = go_to(model, Part.CONDITION, several=True)
    first, second, *_ = model.served
    model.turn()
    model.toggle(first)
    assert model.excluded == {first}
    assert model.shown_item == second
    model.answer(Answer.AGREE, CENTRE)
    assert (marked(model), model.served) == (statement, (first,))
    assert model.excluded == frozenset()


def test_one_item_at_least_stays_in(model: ReviewModel) -> None:
    go_to(model, Part.CONDITION, several=True)
    served = model.served
    for item in served:
        model.toggle(item)
    assert model.excluded == set(served[:-1])
    model.only_here()
    assert model.excluded == frozenset()
    model.only_here()
    assert model.excluded == set(served) - {model.item}
    model.toggle("Z99")
    assert model.excluded == set(served) - {model.item}


def test_a_line_is_kept_until_it_is_taken(model: ReviewModel) -> None:
    go_to(model, Part.CONDITION)
    statement = marked(model)
    assert model.line() == statement.words
    model.write("连续足额缴存满6个月")
    model.step(1)
    model.mark(statement)
    assert model.line() == "连续足额缴存满6个月"
    model.write(statement.words)
    assert model.written == {}
    model.answer(Answer.CHANGE, CENTRE, "连续足额缴存满6个月")
    assert answers(model.revising)[-1].words == "连续足额缴存满6个月"


def test_the_same_words_are_an_agreement(model: ReviewModel) -> None:
    go_to(model, Part.CONDITION)
    model.answer(Answer.CHANGE, CENTRE, marked(model).words)
    assert answers(model.revising)[-1].answer is Answer.AGREE


def test_when_a_material_is_needed_is_changed_in_the_item(model: ReviewModel) -> None:
    go_to(model, Part.NEED)
    with pytest.raises(Refusal) as refused:
        model.line()
    assert refused.value.code == "edit-in-item"


def test_what_is_confirmed_is_not_answered_again(model: ReviewModel) -> None:
    closed = next(row.statement for row in model.rows if not row.open)
    model.mark(closed)
    for act in (model.line, lambda: model.answer(Answer.AGREE, CENTRE)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "already-confirmed"
    assert (model.served, model.origins) == ((), "")


def test_a_refused_answer_changes_nothing(model: ReviewModel) -> None:
    statement = go_to(model, Part.PROMISED)
    with pytest.raises(Refusal) as refused:
        model.answer(Answer.DROP, CENTRE)
    assert refused.value.code == "limit-needed"
    assert (marked(model), model.revising.progress.answered) == (statement, 0)


def test_undoing_stands_where_the_answer_was_given(model: ReviewModel) -> None:
    statement = marked(model)
    model.answer(Answer.AGREE, CENTRE)
    model.mark_item("A02")
    assert model.undo() == f"同意“{statement.words}”"
    assert (model.item, marked(model)) == ("B08", statement)
    assert model.undo() == ""
    assert model.last_source is None


def test_other_acts_are_undone_too(model: ReviewModel) -> None:
    text = newest(model.revising.working, "B09")
    model.revising.edit(text)
    model.revising.do(ItemRetired("A02"))
    assert model.undo() == "停办 A02"
    assert model.undo() == "改事项 B09"
    assert act_in_words(TextEdited(text)) == "改事项 B09"


def test_the_list_turns_with_the_same_sentence_marked(model: ReviewModel) -> None:
    statement = marked(model)
    model.turn()
    assert (model.by_item, marked(model), [row.statement for row in model.rows]) == (False, statement, [statement])
    model.step_group(1)
    assert marked(model).part is not statement.part
    other = next(each for each in model.revising.open if "B08" not in each.items)
    model.mark(other.statement)
    model.turn()
    assert (model.by_item, model.item, marked(model)) == (True, other.items[0], other.statement)


def test_arrows_stop_at_the_ends_and_go_round_the_items(model: ReviewModel) -> None:
    model.step(-100)
    assert marked(model) == model.rows[0].statement
    model.step(1000)
    assert marked(model) == model.rows[-1].statement
    model.mark_item(model.items[-1])
    model.step_group(1)
    assert model.item == model.items[0]


def test_the_last_source_is_that_of_the_last_answer(model: ReviewModel) -> None:
    model.answer(Answer.AGREE, CENTRE)
    assert model.last_source == CENTRE
