"""What the centre says goes to the branches under numbers of its own, and what differs is told in words."""

from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.centre_phrases import CentrePhrase, centre_phrases, phrase_changes
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase, shown

COUNTER, PHONE = PhraseChannel.COUNTER, PhraseChannel.PHONE


def centre(number: int, text: str, moment: Moment = Moment.WELCOME) -> CentrePhrase:
    return CentrePhrase(number, text, COUNTER, moment)


def test_an_edition_takes_the_phrases_that_are_offered() -> None:
    own = [
        own_phrase(26, "请到XX窗口。", COUNTER, Moment.WELCOME),
        own_phrase(27, "旧的。", PHONE, Moment.THANKS, hidden=True),
    ]
    assert centre_phrases(own) == (centre(26, "请到XX窗口。"),)


def test_a_branch_says_them_and_cannot_change_them() -> None:
    said = centre(26, "请到XX窗口。").at_a_branch()
    assert (said.number, said.name, said.clause, said.own) == (1_000_026, "本中心第 26 句", "本中心", False)
    assert shown(said) == "请到〔待填〕窗口。"
    assert own_phrase(26, "您好。", COUNTER, Moment.WELCOME).name == "第 26 句"


def test_a_number_of_the_service_code_is_none_of_the_centres() -> None:
    with pytest.raises(Refusal) as refusal:
        centre(25, "您好。").at_a_branch()
    assert refusal.value.code == "phrase-approved"


def test_what_differs_is_told_in_words() -> None:
    before = (centre(26, "甲"), centre(27, "乙"), centre(28, "丙"))
    after = (centre(26, "甲"), centre(27, "丁"), centre(28, "丙", Moment.THANKS), centre(29, "戊"))
    assert phrase_changes(before, after) == [
        "文明用语：“乙”改为“丁”", "文明用语：“丙”改为“丙”（柜台，答谢）", "文明用语：新增“戊”",
    ]  # fmt: skip
    assert phrase_changes(after, before[:1]) == ["文明用语：删去“丁”", "文明用语：删去“丙”", "文明用语：删去“戊”"]
    assert phrase_changes(before, before) == []
