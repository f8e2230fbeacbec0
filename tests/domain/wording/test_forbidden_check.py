"""The check of the forbidden phrases: every fault is told with its place, and a sound file has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.wording.forbidden_check import check_forbidden
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrase, ForbiddenPhrases
from counter_assistant.domain.wording.phrases import Blank, BlankKind, Moment, Phrase, PhraseChannel
from counter_assistant.domain.wording.variant_rule import VariantRule

CALM = Phrase(3, "您别急。", PhraseChannel.COUNTER, Moment.ASKING, "守则 二(三)")
GO_THERE = replace(CALM, number=13, text="您请到XX。", blanks=(Blank("text", BlankKind.TEXT, "XX", "哪里"),))
WHOLE = VariantRule("真烦，烦死了！", "真?烦死了?`")
CLAUSE = VariantRule("同志烦死", "烦死`", head="(?:同志)?")
ANNOYED = ForbiddenPhrase(1, "烦死了。", "守则 三(四)", CALM.text, frozenset("烦"), (WHOLE, CLAUSE))
URGED = ForbiddenPhrase(2, "别催!", "守则 三(十三)", CALM.text, frozenset("催"), (VariantRule("别催了", "别催"),))


def told(*phrases: ForbiddenPhrase) -> list[tuple[str, str]]:
    faults = check_forbidden(ForbiddenPhrases("1", phrases), [CALM, GO_THERE])
    return [(fault.place, fault.fault) for fault in faults]


def with_rule(rule: VariantRule) -> ForbiddenPhrase:
    return replace(ANNOYED, variants=(WHOLE, rule))


def test_sound_phrases_have_no_faults() -> None:
    assert told(ANNOYED, URGED) == []


@pytest.mark.parametrize("instead", ["请您别急。", GO_THERE.text])
def test_what_to_say_instead_must_be_approved_and_without_a_blank(instead: str) -> None:
    assert told(ANNOYED, replace(URGED, instead=instead)) == [
        ("phrase[2].instead", "不是一句没有空处的文明用语（守则 二）")
    ]


@pytest.mark.parametrize("rule", [replace(CLAUSE, pattern="(烦死"), replace(CLAUSE, head="同志)")])
def test_a_pattern_or_head_that_is_no_regular_expression_is_the_only_thing_told(rule: VariantRule) -> None:
    [(place, fault)] = told(with_rule(rule), replace(URGED, keys=frozenset("急")))
    assert place == "phrase[1].variant[2]"
    assert "写法无法识别" in fault


@pytest.mark.parametrize(
    "rule",
    [
        replace(CLAUSE, example="同志，您好"),
        replace(CLAUSE, example="窗口烦死"),
        replace(CLAUSE, example="烦死了"),
        replace(CLAUSE, example="同志烦死，别催"),
    ],
    ids=["nothing in it", "another head", "only another variant finds it", "another phrase is in it"],
)
def test_a_variant_must_find_its_example_alone_and_nothing_but_its_phrase_may_be_in_it(rule: VariantRule) -> None:
    assert [place for place, _ in told(with_rule(rule), URGED)] == ["phrase[1].variant[2].example"]


def test_a_variant_without_a_key_of_its_phrase_finds_nothing() -> None:
    assert [place for place, _ in told(replace(URGED, keys=frozenset("急")))] == [
        "phrase[2].text",
        "phrase[2].variant[1].example",
    ]


def test_the_variants_together_must_find_the_phrase_itself_and_whole() -> None:
    assert told(replace(ANNOYED, text="真的烦死了。")) == [("phrase[1].text", "各种写法合起来没有把这一句整个找出来")]
