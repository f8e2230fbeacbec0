"""环节、办理方式、资格要求、说明、不得要求、依据、时限、条件：改了什么，出自哪里，什么改不得."""

from __future__ import annotations

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import Handling, Note, Step
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.domain.revision.editing.parts import (
    with_article,
    with_broken_when,
    with_condition,
    with_handling,
    with_known_never_ask,
    with_never_ask,
    with_new_condition,
    with_new_handling,
    with_new_never_ask,
    with_note,
    with_step,
)
from tests.domain.conftest import RULES, Make
from tests.domain.revision.editing.test_wording import refused

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")
OTHER = Answered("who", ("other",))


def letters(character: str) -> str:
    return {"有": "y", "房": "f"}.get(character, "")


def test_a_step_is_changed_and_added(make: Make) -> None:
    made = with_step(make.item(), 0, Step(" 审核 ", "", "reviewer"))
    assert made.steps == (Step("审核", "", "reviewer"),)
    assert with_step(made, None, Step("转账", "受委托银行")).steps[1] == Step("转账", "受委托银行")
    assert with_step(made, 0, Step("审核", "", "reviewer")) is made


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step(" ", "某科"), "words-missing"),
        (Step("审批", " "), "nobody-responsible"),
        (Step("审核", "某科"), "step-repeated"),
    ],
)
def test_a_step_names_who_is_responsible(make: Make, step: Step, code: str) -> None:
    assert refused(with_step, make.item(), None, step) == code


def test_a_handling_for_some_situations_stands_before_the_one_for_all_others(make: Make) -> None:
    made = with_new_handling(make.item(), OTHER, Handling.PROMISE)
    assert made.handling == ((OTHER, Handling.PROMISE), (Always(), Handling.DIRECT))
    assert with_handling(made, 0, Handling.REFERRAL).handling[0] == (OTHER, Handling.REFERRAL)
    assert refused(with_new_handling, made, Always(), Handling.PROMISE) == "condition-missing"


def test_a_requirement_in_other_words_is_the_centres(make: Make) -> None:
    item = make.item(conditions=(make.condition("house", OTHER),))
    made = with_condition(item, 0, CENTRE, text="本市无房。（待核定）", broken_text="您有房。", next_step="可改办别的")
    (condition,) = made.conditions
    assert (condition.text, condition.broken_text, condition.next_step) == ("本市无房", "您有房", "可改办别的")
    assert condition.source == CENTRE
    assert condition.broken_when == OTHER
    assert with_condition(item, 0, CENTRE, text=item.conditions[0].text) is item
    assert refused(with_condition, item, 0, CENTRE, broken_text="") == "words-missing"
    assert with_condition(make.item(), 0, CENTRE, broken_text="").conditions[0].broken_text == ""


def test_a_new_requirement_is_broken_by_nothing_yet(make: Make) -> None:
    made = with_new_condition(make.item(), "有房。", CENTRE, letters).conditions[-1]
    assert (made.id, made.text, made.source, made.broken_when) == ("own-yf", "有房", CENTRE, None)


def test_what_breaks_a_requirement_goes_with_what_is_then_said(make: Make) -> None:
    made = with_broken_when(make.item(), 0, OTHER, "您不是本人。", CENTRE)
    assert (made.conditions[0].broken_when, made.conditions[0].broken_text) == (OTHER, "您不是本人")
    assert refused(with_broken_when, make.item(), 0, OTHER, " ", CENTRE) == "words-missing"
    told = with_condition(made, 0, CENTRE, next_step="可请本人来")
    none = with_broken_when(told, 0, Always(), "不管写什么", CENTRE).conditions[0]
    assert (none.broken_when, none.broken_text, none.next_step) == (None, "", "")
    assert with_broken_when(made, 0, OTHER, "您不是本人", CENTRE) is made


def test_notes_are_written_anew_and_added(make: Make) -> None:
    item = make.item(notes=(Note("旧的", make.guide, OTHER),))
    assert with_note(item, 0, "新的。", CENTRE).notes == (Note("新的", CENTRE, OTHER),)
    assert with_note(item, 0, "旧的", CENTRE) is item
    assert with_note(item, None, "又一条", CENTRE).notes[1] == Note("又一条", CENTRE)


def test_what_must_not_be_asked_for_is_neither_asked_for(make: Make) -> None:
    item = make.item()
    made = with_never_ask(item, 0, CENTRE, name="单身证明", why="民政部门不再出具")
    assert (made.never_ask[0].name, made.never_ask[0].why, made.never_ask[0].source) == (
        "单身证明", "民政部门不再出具", CENTRE,
    )  # fmt: skip
    assert with_never_ask(item, 0, CENTRE) is item
    assert refused(with_never_ask, item, 0, CENTRE, name="材料letter") == "asked-and-forbidden"
    more = with_new_never_ask(item, "有房", "查得到", CENTRE, letters, ["own-yf"])
    assert more.never_ask[-1].id == "own-yf-2"
    assert refused(with_new_never_ask, item, "材料letter", "查得到", CENTRE, letters) == "asked-and-forbidden"
    assert refused(with_known_never_ask, item, item.never_ask[0]) == "known-already"
    assert refused(with_known_never_ask, item, make.never("letter")) == "asked-and-forbidden"


def test_articles_are_picked_among_those_that_are_kept(make: Make) -> None:
    item, statutes = make.item(), {RULES: make.statute()}
    more = with_article(item, None, ArticleRef(RULES, 2026, 25), statutes)
    assert more.basis[1] == ArticleRef(RULES, 2026, 25)
    assert with_article(more, 1, ArticleRef(RULES, 2026, 24), statutes).basis[1] == ArticleRef(RULES, 2026, 24)
    assert with_article(more, 1, more.basis[1], statutes) is more
    assert refused(with_article, more, None, more.basis[0], statutes) == "known-already"
    assert refused(with_article, more, 1, more.basis[0], statutes) == "known-already"
    assert refused(with_article, more, 1, ArticleRef(RULES, 2026, 99), statutes) == "unknown-article"
