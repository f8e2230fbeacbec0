"""Finding a phrase by its words, by initials and by its number."""

from __future__ import annotations

import pytest

from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH
from counter_assistant.domain.wording.phrase_search import PhraseIndex, plain
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase

TEXTS = {
    26: "请补齐后再来办理。",
    27: "对不起,请稍等。",
    28: "补齐了,谢谢XX!",
    29: "重新登记请到２号窗口",
    30: "藏起来的补齐",
}
LETTERS = {
    **dict(zip("请补齐后再来办理对不起稍等了谢新登记到号窗口藏的", "qbqhzlbldbqsdlxxdjdhckcd", strict=True)),
    "重": "cz",
}
INDEX = PhraseIndex.of(
    [own_phrase(n, text, PhraseChannel.COUNTER, Moment.DONE, hidden=n == 30) for n, text in TEXTS.items()],
    lambda character: LETTERS.get(character, ""),
)


def found(text: str) -> list[int]:
    return [phrase.number for phrase in INDEX.search(text)]


@pytest.mark.parametrize("text", ["", "  ", "。", "……"])
def test_without_words_all_are_offered_but_the_hidden(text: str) -> None:
    assert found(text) == [26, 27, 28, 29]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("补齐", [28, 26]),
        ("2号", [29]),
        ("稍 对不起", [27]),
        ("补齐 谢", [28]),
        ("补齐 稍", []),
        ("28", [28]),
        ("xxx", []),
        ("\n", [26, 27, 28, 29]),
        ("[请补]", [26]),
        (".*", [26, 27, 28, 29]),
    ],
)
def test_words_and_numbers(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("bq", [28, 26, 27]),
        ("BQ", [28, 26, 27]),
        ("cxdj", [29]),
        ("zxdj", [29]),
        ("bqqs", [27]),
        ("qs", [27]),
        ("qqs", [27]),
        ("qbl", [26]),
        ("qk", []),
        ("qdk", [29]),
        ("dw", []),
        ("qx", []),
        ("qxx", [28]),
        ("qss", []),
        ("bq sd", [27]),
    ],
)
def test_initials_at_the_beginning_then_within_a_clause_then_across_then_apart(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


def test_a_text_of_a_whole_page_finds_nothing() -> None:
    assert found("补齐".ljust(SEARCH_LENGTH)) == [28, 26]
    assert found("补齐".ljust(SEARCH_LENGTH + 1)) == []


def test_initials_that_nobody_has_are_given_up_at_once() -> None:
    """GIVEN the same character a hundred times WHEN ninety of its letter and another are typed THEN it is not found."""
    index = PhraseIndex.of(
        [own_phrase(31, "补" * 100 + "。号", PhraseChannel.COUNTER, Moment.DONE)], lambda c: LETTERS[c]
    )
    assert [phrase.number for phrase in index.search("b" * 90 + "h")] == [31]
    assert index.search("b" * 90 + "hb") == []


def test_a_pinned_phrase_stays_before_its_equals() -> None:
    two = [own_phrase(n, "请补齐", PhraseChannel.COUNTER, Moment.DONE) for n in (31, 30)]
    index = PhraseIndex.of(two, lambda _: "")
    assert [phrase.number for phrase in index.search("补")] == [31, 30]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert PhraseIndex.of([], lambda _: "a").search("a") == []


def test_texts_are_compared_without_case_width_or_punctuation() -> None:
    assert plain("Ａ, 请（补）齐！") == "a请补齐"
