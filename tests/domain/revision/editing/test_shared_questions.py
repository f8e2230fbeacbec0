"""几个事项共用的问题：改了一起改，各自写得不一样的不动；另成一个的，条件和典型来访跟着去."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.items import Catalogue, Handling, Note
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.questions import answer_moved, reworded, with_new_answer, without_answer
from counter_assistant.domain.revision.editing.shared_questions import (
    asked_otherwise,
    carried,
    items_asking,
    own_question,
)
from counter_assistant.domain.revision.statements import newest
from tests.domain.conftest import Make

WHO = Question("who", "谁来办理", "办理人", tuple(Option(code, code, code) for code in ("self", "other", "heir")))


def letters(character: str) -> str:
    return {"谁": "s", "来": "l", "办": "b", "理": "l"}.get(character, "")


def catalogue(make: Make) -> Catalogue:
    """Two items that ask 谁来办理, the second without the third answer and with words of its own on paper."""
    first = make.item(questions=(replace(make.question("who", "self"), question=WHO),))
    fewer = replace(WHO, options=(replace(WHO.options[0], phrase="本人来办"), WHO.options[1]))
    second = make.item(id="T02", questions=(replace(make.question("who", "self"), question=fewer),))
    third = make.item(id="T03", questions=(make.question("way", "car", "train"),), materials=(make.rule("id-card"),))
    return replace(make.catalogue(first, second, third), questions={"who": WHO})


def asked(made: Catalogue, item: str) -> Question:
    return newest(made, item).questions[0].question


def test_who_asks_a_question_is_known(make: Make) -> None:
    assert items_asking(catalogue(make), "who") == ("T01", "T02")


def test_other_words_reach_everybody_but_who_has_words_of_their_own(make: Make) -> None:
    base = catalogue(make)
    options = (Option("self", "本人", "本人办理"), *WHO.options[1:])
    after = replace(WHO, text="您是谁", topic="谁办", options=options)
    made = asked_otherwise(base, WHO, after, ("T01", "T02", "T03"))
    assert asked(made, "T01") == after
    assert made.questions["who"] == after
    assert asked(made, "T02").options == (Option("self", "本人", "本人来办"), WHO.options[1])
    assert (asked(made, "T02").text, asked(made, "T02").topic) == ("您是谁", "谁办")
    assert made.items["T03"] == base.items["T03"]


def test_a_new_answer_another_order_and_one_that_is_gone_reach_everybody(make: Make) -> None:
    base = catalogue(make)
    more = with_new_answer(WHO, "单位", "", letters)
    made = asked_otherwise(base, WHO, more, ("T01", "T02"))
    assert [option.label for option in asked(made, "T02").options] == ["self", "other", "单位"]
    turned = asked_otherwise(base, WHO, answer_moved(WHO, "self", 1), ("T01", "T02"))
    assert [option.code for option in asked(turned, "T02").options] == ["other", "self"]
    fewer = asked_otherwise(base, WHO, without_answer(WHO, "heir"), ("T01", "T02"))
    assert [option.code for option in asked(fewer, "T01").options] == ["self", "other"]
    assert asked(fewer, "T02") == asked(base, "T02")


def test_another_order_leaves_answers_that_it_does_not_know_at_the_end() -> None:
    few = replace(WHO, options=WHO.options[:2])
    assert [option.code for option in carried(few, answer_moved(few, "other", -1), WHO).options] == [
        "other",
        "self",
        "heir",
    ]


def test_the_order_of_a_question_that_is_not_changed_reaches_everybody(make: Make) -> None:
    turned = replace(WHO, options=tuple(reversed(WHO.options)))
    made = asked_otherwise(catalogue(make), turned, turned, ("T01", "T02"))
    assert [option.code for option in asked(made, "T01").options] == ["heir", "other", "self"]
    assert asked(made, "T02").options == (WHO.options[1], Option("self", "self", "本人来办")), "in its own words"
    assert made.questions["who"] == turned


def test_an_answer_in_use_anywhere_is_refused_and_the_item_named(make: Make) -> None:
    with pytest.raises(Refusal) as refused:
        asked_otherwise(catalogue(make), WHO, without_answer(WHO, "other"), ("T01", "T02"))
    assert refused.value.code == "answer-in-use"
    assert refused.value.sentence == "T01 某项提取：材料“材料letter”取决于要去掉的回答。"
    with pytest.raises(Refusal) as alone:
        asked_otherwise(catalogue(make), WHO, without_answer(WHO, "other"), ("T01",))
    assert alone.value.sentence == "材料“材料letter”取决于要去掉的回答。"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Answered("who", ("other",)), Answered("own_slbl", ("other",))),
        (Answered("way", ("car",)), Answered("way", ("car",))),
        (Not(Answered("who", ("self",))), Not(Answered("own_slbl", ("self",)))),
        (All((Answered("who", ("self",)), Always())), All((Answered("own_slbl", ("self",)), Always()))),
        (AnyOf((Answered("who", ("self",)),)), AnyOf((Answered("own_slbl", ("self",)),))),
    ],
)
def test_everything_depends_on_the_own_question_instead(make: Make, when: Condition, expected: Condition) -> None:
    item = make.item(
        handling=((when, Handling.PROMISE), (Always(), Handling.DIRECT)),
        questions=(make.question("who", "self", "other"), make.question("way", "car", "train", when=when)),
        conditions=(make.condition("sound"), make.condition("owner", when)),
        notes=(Note("说明", make.guide, when),),
        materials=(make.rule("letter", when),),
        statutory=(replace(make.item().statutory[0], when=when),),
    )
    before = item.questions[0].question
    after = own_question(replace(before, text="谁来办理"), letters, ["who"])
    made = newest(asked_otherwise(make.catalogue(item), before, after, ("T01",)), "T01")
    assert made.questions[0].question == after
    found = (
        made.handling[0][0],
        made.questions[1].when,
        made.conditions[1].broken_when,
        made.notes[0].when,
        made.materials[0].when,
        made.statutory[0].when,
    )
    assert set(found) == {expected}
    assert made.conditions[0].broken_when is None


def test_words_of_a_question_that_no_item_asks_are_changed_alone(make: Make) -> None:
    made = asked_otherwise(make.catalogue(make.item()), WHO, reworded(WHO, topic="谁办"), ())
    assert made.questions["who"].topic == "谁办"
