"""Phrases: a blank is filled before it is said, the approved ones stand, an office's own follow them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import (
    AT_THE_COUNTER_ONLY,
    Blank,
    BlankKind,
    Moment,
    Phrase,
    PhraseChannel,
    arrange,
    fill,
    open_blanks,
    own_phrase,
    phrases_for,
    pieces,
    shown,
)

MATERIALS = Blank("materials", BlankKind.MATERIALS, "XX", "哪些")
DEPARTMENT = Blank("own_department", BlankKind.OWN_DEPARTMENT, "XX科(室、管理部)", "本人所在的部门")
LACKING = Phrase(
    18,
    "很抱歉!您还需增补XX手续,请补齐后再来办理。",
    PhraseChannel.COUNTER,
    Moment.MISSING_MATERIAL,
    "守则",
    (MATERIALS,),
)
CALLED = Phrase(1, "您好!这里是XX科(室、管理部),请讲!", PhraseChannel.PHONE, Moment.WELCOME, "守则", (DEPARTMENT,))
GREETED = Phrase(9, "您好,我能帮您做什么吗?", PhraseChannel.COUNTER, Moment.WELCOME, "守则")
SIGN = Phrase(22, "请您在这里签名。", PhraseChannel.COUNTER, Moment.SIGNING, "守则")


def an_own(number: int = 26, text: str = "请您先取号。", *, hidden: bool = False) -> Phrase:
    return own_phrase(number, text, PhraseChannel.COUNTER, Moment.WELCOME, hidden=hidden)


def test_a_filled_phrase_reads_as_chinese_is_set() -> None:
    assert (
        fill(LACKING, {"materials": " 借记卡、购房发票 "})
        == "很抱歉！您还需增补借记卡、购房发票手续，请补齐后再来办理。"
    )
    assert fill(CALLED, {"own_department": "耿马管理部", "matter": "租房提取"}) == "您好！这里是耿马管理部，请讲！"
    assert fill(GREETED, {}) == "您好，我能帮您做什么吗？"


@pytest.mark.parametrize(
    "values", [{}, {"materials": ""}, {"materials": " 　"}, {"materials": "XX"}, {"materials": "xx证"}]
)
def test_an_open_blank_is_refused_by_its_name_and_never_said(values: dict[str, str]) -> None:
    assert open_blanks(LACKING, values) == (MATERIALS,)
    with pytest.raises(Refusal, match="哪些") as refusal:
        fill(LACKING, values)
    assert (refusal.value.code, refusal.value.remedy) == ("blank-open", "请填好再使用。")
    assert "XX" not in shown(LACKING, values)
    assert shown(LACKING, values) == "很抱歉！您还需增补〔哪些〕手续，请补齐后再来办理。"


def test_a_value_is_never_read_as_a_part_of_the_phrase() -> None:
    two = own_phrase(26, "XX请到XX。", PhraseChannel.COUNTER, Moment.WELCOME)
    assert [blank.name for blank in two.blanks] == ["text", "text2"]
    assert fill(two, {"text": "您的事,", "text2": "二楼(左)"}) == "您的事,请到二楼(左)。"


def test_pieces_tell_what_was_filled_in_from_what_is_open() -> None:
    filled = pieces(LACKING, {"materials": "借记卡"})
    assert [(piece.text, piece.blank, piece.open) for piece in filled] == [
        ("很抱歉！您还需增补", None, False), ("借记卡", MATERIALS, False), ("手续，请补齐后再来办理。", None, False),
    ]  # fmt: skip
    still_open = pieces(own_phrase(26, "请到XX", PhraseChannel.COUNTER, Moment.WELCOME), {})
    assert [(piece.text, piece.open) for piece in still_open] == [("请到", False), ("待填", True)]


def test_the_approved_text_cannot_be_written_to() -> None:
    with pytest.raises(FrozenInstanceError):
        GREETED.text = "喂"  # type: ignore[misc]
    with pytest.raises(Refusal) as refusal:
        an_own(25)
    assert refusal.value.code == "phrase-approved"


def test_an_own_phrase_needs_words_and_says_that_it_is_own() -> None:
    with pytest.raises(Refusal) as refusal:
        an_own(text=" 　")
    assert refusal.value.code == "phrase-empty"
    own = an_own(text=" 请您先取号。 ")
    assert (own.text, own.own, own.clause, own.blanks) == ("请您先取号。", True, "本单位", ())


def test_a_moment_offers_what_is_said_then_where_the_clerk_is() -> None:
    known = (CALLED, GREETED, SIGN, LACKING, an_own(26), an_own(27, hidden=True))
    assert [p.number for p in phrases_for(known, Moment.WELCOME, PhraseChannel.COUNTER)] == [9, 26]
    assert [p.number for p in phrases_for(known, Moment.WELCOME, PhraseChannel.PHONE)] == [1, 9, 26]
    assert [p.number for p in phrases_for(known, Moment.MISSING_MATERIAL, PhraseChannel.PHONE)] == [18]
    assert Moment.SIGNING in AT_THE_COUNTER_ONLY
    assert phrases_for(known, Moment.SIGNING, PhraseChannel.PHONE) == ()
    assert phrases_for(known, Moment.SIGNING, PhraseChannel.COUNTER) == (SIGN,)


def test_pinned_phrases_come_first_as_they_were_pinned_then_the_approved_then_the_own() -> None:
    arranged = arrange((CALLED, GREETED, SIGN), (an_own(26), an_own(27)), (27, 9))
    assert [(p.number, p.pinned) for p in arranged] == [(27, True), (9, True), (1, False), (22, False), (26, False)]
    assert [replace(p, pinned=False, order=0) for p in arranged if not p.own] == [GREETED, CALLED, SIGN]


@pytest.mark.parametrize("word", [*PhraseChannel, *Moment])
def test_every_channel_and_moment_has_a_chinese_name(word: PhraseChannel | Moment) -> None:
    assert not word.label.isascii()
