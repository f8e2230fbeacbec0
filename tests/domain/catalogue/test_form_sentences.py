"""A sentence of a paper may be worded anew; what is filled in stays in it, and nothing of it can become a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.catalogue.form_sentences import (
    FormSentence,
    FormSentences,
    every_wording,
    laid_over,
    marks,
    reworded,
    said_otherwise,
    settled_sentences,
    wrong_in,
)
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal

DAY, ONE = date(2026, 12, 15), timedelta(days=1)
CENTRE = Source("centre", document="临住金〔2026〕18号")
CALL = FormSentence("有意见请打〔监督电话〕。")
KEEP = FormSentence("请保存好。")


def code(sentence: FormSentence, words: str) -> str:
    with pytest.raises(Refusal) as refusal:
        reworded(sentence, words, CENTRE)
    return refusal.value.code


def test_the_centres_words_are_printed_with_the_same_marks() -> None:
    made = reworded(CALL, "不满意的，请拨〔监督电话〕，按临住金〔2026〕18号办。", CENTRE)
    assert (made.standard, made.source) == (CALL.standard, CENTRE)
    assert made.printed == "不满意的，请拨〔监督电话〕，按临住金〔2026〕18号办。"
    assert marks(CALL.standard) == ["〔监督电话〕"]


def test_agreeing_leaves_the_words_as_they_ship() -> None:
    made = reworded(CALL, CALL.standard, CENTRE)
    assert (made.words, made.printed) == ("", CALL.standard)


@pytest.mark.parametrize("words", ["有意见请打电话。", "〔监督电话〕或者〔监督电话〕", "请打〔投诉电话〕"])
def test_what_is_filled_in_is_neither_lost_nor_doubled(words: str) -> None:
    assert code(CALL, words) == "mark-lost"


@pytest.mark.parametrize("words", ["{{ 7 * 7 }}", "甲{乙", "甲}乙", "甲\n乙"])
def test_what_a_template_is_written_with_is_refused(words: str) -> None:
    assert code(KEEP, words) == "words-broken"


def test_a_sentence_of_two_marks_of_one_name_keeps_both() -> None:
    twice = FormSentence("〔期限〕以前或者〔期限〕当天来。")
    assert code(twice, "〔期限〕来。") == "mark-lost"
    assert wrong_in(reworded(twice, "〔期限〕或者〔期限〕前来。", CENTRE)) is None


def test_what_the_centre_settled_lies_over_what_ships() -> None:
    own = reworded(KEEP, "请收好。", CENTRE)
    gone = FormSentence("以前的一句。", "别的。", CENTRE)
    shipped = {"回执": (CALL, KEEP), "指引单": (KEEP,)}
    now = laid_over(shipped, {"回执": (own, gone)})
    assert now == {"回执": (CALL, own), "指引单": (KEEP,)}
    held = settled_sentences(shipped, now, DAY, DAY)
    assert held == {"回执": (replace(own, since=DAY, before=KEEP),)}
    assert said_otherwise(held, DAY) == {"回执": {KEEP.standard: "请收好。"}}
    assert said_otherwise(held, DAY - ONE) == {}
    assert said_otherwise({"回执": (reworded(KEEP, KEEP.standard, CENTRE),)}, DAY) == {}


def test_until_its_day_a_sentence_reads_as_before() -> None:
    first = settled_sentences({"回执": (KEEP,)}, {"回执": (reworded(KEEP, "请收好。", CENTRE),)}, DAY - ONE, DAY)
    [once] = first["回执"]
    working = {"回执": (reworded(once, "收好本单。", CENTRE),)}
    assert working["回执"][0].printed_on(DAY - ONE) == "收好本单。", "what is being decided is shown at once"
    second = settled_sentences(first, working, DAY - ONE, DAY + 9 * ONE)
    [twice] = second["回执"]
    read = [twice.printed_on(DAY + n * ONE) for n in (-1, 0, 8, 9)]
    assert read == [KEEP.standard, "请收好。", "请收好。", "收好本单。"]
    assert [each.printed for each in every_wording(twice)] == ["收好本单。", "请收好。", KEEP.standard]
    assert settled_sentences(second, second, DAY, DAY + 30 * ONE) == second
    assert settled_sentences({}, second, DAY, DAY)["回执"][0].before is None
    assert replace(twice, before=None).printed_on(DAY) == KEEP.standard


def test_what_is_over_is_not_kept_however_often_a_sentence_is_worded_anew() -> None:
    held: FormSentences = {"回执": (KEEP,)}
    for n in range(100):
        day = DAY + n * ONE
        held = settled_sentences(held, {"回执": (reworded(held["回执"][0], f"第{n}种说法。", CENTRE),)}, day, day + ONE)
        [now] = held["回执"]
        assert now.printed_on(day) == (f"第{n - 1}种说法。" if n else KEEP.standard)
        assert len(list(every_wording(now))) <= 3


@given(st.text(max_size=40))
def test_whatever_is_written_is_refused_or_is_no_template(words: str) -> None:
    try:
        made = reworded(KEEP, words, CENTRE)
    except Refusal:
        return
    assert not set("{}\n") & set(made.printed)
