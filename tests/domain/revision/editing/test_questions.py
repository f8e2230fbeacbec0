"""情形：加共用的、加新的、改回答；还有东西取决于它的不能去掉，说出是什么."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.items import Note
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.questions import (
    answer_moved,
    dependents,
    new_question,
    question_removed,
    refuse_known,
    reworded,
    with_answer,
    with_answers,
    with_new_answer,
    with_question,
    without_answer,
)
from tests.domain.conftest import Make
from tests.domain.revision.editing.test_wording import refused

WHO = Question("who", "谁来办理", "办理人", (Option("self", "本人", "本人办理"), Option("other", "别人", "别人代办")))
HOUSE = Question("house", "什么房", "房屋类型", tuple(Option(code, code, code) for code in ("new", "old", "own")))


def letters(character: str) -> str:
    return {"有": "y", "无": "w", "吗": "m"}.get(character, "")


def test_a_shared_question_is_asked_with_the_answers_that_are_chosen(make: Make) -> None:
    made = with_question(make.item(), HOUSE, ("own", "new"))
    assert [option.code for option in made.questions[-1].question.options] == ["new", "own"]
    assert with_question(make.item(), HOUSE).questions[-1].question == HOUSE
    assert refused(with_question, made, HOUSE) == "known-already"
    assert refused(with_question, make.item(), HOUSE, ("new",)) == "too-few-answers"


def test_a_question_is_removed_when_nothing_depends_on_it(make: Make) -> None:
    item = with_question(make.item(), HOUSE)
    assert question_removed(item, 1) == make.item()


def test_what_depends_on_a_question_is_named(make: Make) -> None:
    item = make.item(notes=(Note("说明", make.guide, Answered("who", ("self",))),))
    assert dependents(item, "who") == ["说明“说明”", "材料“材料letter”"]
    with pytest.raises(Refusal) as refusal:
        question_removed(item, 0)
    assert refusal.value.code == "question-in-use"
    assert refusal.value.sentence == "说明“说明”、材料“材料letter”取决于“who”，不能去掉。"


def test_what_is_refused_of_a_question_is_said_in_a_sentence(make: Make) -> None:
    house = with_question(make.item(notes=(Note("说明", make.guide, Answered("house", ("own",))),)), HOUSE)
    refusals: list[tuple[Callable[[], object], str]] = [
        (lambda: with_answers(house, 1, HOUSE, ("new", "old")), "说明“说明”取决于要去掉的回答。请先改那里的条件，再去掉回答。"),
        (lambda: question_removed(house, 1), "说明“说明”取决于“房屋类型”，不能去掉。请先改那里的条件，再去掉这个问题。"),
        (lambda: refuse_known("谁来办理？", "", [HOUSE, WHO]), "已经有“办理人”这个问题（本人、别人）。请从“已有的问题”里选；回答不一样的，换一个说法。"),
        (lambda: new_question(" ", "", [], letters, []), "要问什么没有写。请写出要问什么。"),
        (lambda: new_question("问", "题" * 501, [("有", ""), ("无", "")], letters, []), "情形的名称写了 501 个字，超过 500 个。请写短，或者分成几句。"),
        (lambda: new_question("问", "", [(" ", "")], letters, []), "回答没有写。请写出回答。"),
        (lambda: new_question("问", "", [("有", "说" * 501)], letters, []), "写在纸上的说法写了 501 个字，超过 500 个。请写短，或者分成几句。"),
        (lambda: reworded(WHO, text=" "), "要问什么没有写。请写出要问什么。"),
        (lambda: reworded(WHO, topic=" "), "情形的名称没有写。请写出情形的名称。"),
        (lambda: with_answer(WHO, "self", label=" "), "回答没有写。请写出回答。"),
        (lambda: with_answer(WHO, "self", phrase=" "), "写在纸上的说法没有写。请写出写在纸上的说法。"),
        (lambda: with_new_answer(WHO, " ", "", letters), "回答没有写。请写出回答。"),
        (lambda: with_new_answer(WHO, "有", " ", letters), "写在纸上的说法没有写。请写出写在纸上的说法。"),
        (lambda: refuse_known(" ", "", []), "要问什么没有写。请写出要问什么。"),
        (lambda: refuse_known("问", " ", []), "情形的名称没有写。请写出情形的名称。"),
    ]  # fmt: skip
    for act, words in refusals:
        with pytest.raises(Refusal) as refusal:
            act()
        assert str(refusal.value) == words
    refuse_known("谁来", "", [WHO, HOUSE])


def test_an_answer_goes_when_nothing_depends_on_it(make: Make) -> None:
    item = with_question(make.item(), HOUSE)
    assert [o.code for o in with_answers(item, 1, HOUSE, ("new", "old")).questions[1].question.options] == [
        "new",
        "old",
    ]
    assert refused(with_answers, item, 1, HOUSE, ("new",)) == "too-few-answers"
    three = replace(WHO, options=(*WHO.options, Option("heir", "继承人", "继承人办理")))
    with pytest.raises(Refusal) as refusal:
        with_answers(item, 0, three, ("self", "heir"))
    assert refusal.value.code == "answer-in-use"
    assert "材料“材料letter”" in refusal.value.sentence
    assert len(with_answers(item, 0, three, ("self", "other", "heir")).questions[0].question.options) == 3


def test_a_new_question_has_codes_of_its_own() -> None:
    made = new_question("有房吗", "", [("有", "名下有房"), ("无", "")], letters, ["own_yfm", "own_ym"])
    assert made == Question(
        "own_ym_2", "有房吗", "有房吗", (Option("own_y", "有", "名下有房"), Option("own_w", "无", "有房吗：无"))
    )


@pytest.mark.parametrize(
    ("text", "answers", "code"),
    [
        (" ", [("有", ""), ("无", "")], "words-missing"),
        ("有房吗", [("有", "")], "too-few-answers"),
        ("有房吗", [("有", ""), ("", "")], "words-missing"),
        ("有房吗", [("有", ""), ("有", "别的")], "answer-repeated"),
        ("有房吗", [("有", "一样"), ("无", "一样")], "answer-repeated"),
    ],
)
def test_a_question_can_be_answered_in_two_ways(text: str, answers: list[tuple[str, str]], code: str) -> None:
    assert refused(new_question, text, "", answers, letters, []) == code


@pytest.mark.parametrize(("text", "topic"), [("谁来办理", ""), ("谁来办理？", ""), ("谁来", "办理人"), ("办理人", "")])
def test_a_question_that_reads_as_one_there_is_is_not_made_again(text: str, topic: str) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_known(text, topic, (HOUSE, WHO))
    assert refusal.value.code == "known-already"
    assert refusal.value.sentence == "已经有“办理人”这个问题（本人、别人）。"


def test_another_question_is_new() -> None:
    refuse_known("谁来领取", "领取人", (HOUSE, WHO))
    assert refused(refuse_known, " ", "", (WHO,)) == "words-missing"


def test_words_are_changed_and_what_is_not_given_stays() -> None:
    assert reworded(WHO, text="您是哪位") == replace(WHO, text="您是哪位")
    assert reworded(WHO, topic="谁办") == replace(WHO, topic="谁办")
    assert refused(reworded, WHO, text=" ") == "words-missing"


def test_paper_follows_the_button_as_long_as_both_read_the_same() -> None:
    alike = with_answer(HOUSE, "new", label="新房")
    assert alike.options[0] == Option("new", "新房", "新房")
    apart = with_answer(alike, "new", phrase="购买新房")
    assert with_answer(apart, "new", label="新建房").options[0] == Option("new", "新建房", "购买新房")
    assert refused(with_answer, WHO, "self", label="别人") == "answer-repeated"
    assert refused(with_answer, WHO, "self", phrase="") == "words-missing"


def test_an_answer_is_added_moved_and_taken_away() -> None:
    more = with_new_answer(WHO, "有", "", letters, ["own_y"])
    assert more.options[-1] == Option("own_y_2", "有", "有")
    assert refused(with_new_answer, WHO, "本人", "", letters) == "answer-repeated"
    moved = answer_moved(more, "own_y_2", -1)
    assert [option.code for option in moved.options] == ["self", "own_y_2", "other"]
    assert answer_moved(moved, "self", -1) == moved
    assert without_answer(moved, "own_y_2") == WHO
    assert refused(without_answer, WHO, "self") == "too-few-answers"
