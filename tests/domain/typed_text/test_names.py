"""Names: what is kept as on the document, what is offered instead, what is asked, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import LOOKALIKE_DOTS
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.names import NAME_LENGTH, read_name
from counter_assistant.domain.typed_text.reading import Reading
from tests.domain.typed_text.inputs import HALVES, inputs_of, misread, said_of


def accepted(name: str) -> str:
    return read_name(name).accepted()


@pytest.mark.parametrize(
    "name",
    [
        "罗𠅤克",
        "岩罕",
        "阿卜杜热合曼·买买提",
        "王",
        "欧阳上官婉儿",
        "𖬀Lee",
        "Maria José",
        "㐆",
        "\U0002ebf0",
        "\U0002ee5d",
        "\U00031350",
        "\U000323af",
        "ᥐᥑ",
        "ᦀᦁ",
        "王＿三",
        "王" * NAME_LENGTH,
    ],
)  # fmt: skip
def test_a_name_is_kept_as_on_the_document(name: str) -> None:
    assert accepted(name) == name


def test_spaces_around_a_name_are_dropped_and_those_between_its_characters_asked_about() -> None:
    assert accepted(" \u3000岩罕\u3000 ") == "岩罕"
    spaced = read_name(" 岩 罕 ")
    assert (spaced.instead, spaced.accepted(compared=True)) == ("岩罕", "岩 罕")
    assert read_name("买买提 艾力").instead == "买买提·艾力"


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("\n", "控制字符"),
        ("\x00", "控制字符"),
        ("\t", "控制字符"),
        ("\x7f", "控制字符"),
        ("\u2028", "换行字符"),
        ("\u2029", "换行字符"),
        ("\u200b", "不可见的格式字符"),
        ("\u200d", "不可见的格式字符"),
        ("\ufeff", "不可见的格式字符"),
        ("\u00ad", "不可见的格式字符"),
        ("\u202e", "书写方向"),
        ("\u2066", "书写方向"),
        ("\u2069", "书写方向"),
        ("\u200f", "书写方向"),
        ("\u061c", "书写方向"),
        ("\ud800", "残缺的字符"),
        ("\uffff", "未编码的字符"),
        ("\U0002fffe", "未编码的字符"),
        ("\u0378", "未编码的字符"),
    ],
)
def test_what_cannot_be_printed_as_typed_is_refused_with_its_code(char: str, named: str) -> None:
    with pytest.raises(Refusal, match=named) as refused:
        accepted(f"张{char}三")
    assert f"U+{ord(char):04X}" in refused.value.sentence
    assert refused.value.code == "unprintable-text"


@pytest.mark.parametrize("typed", ["13800000000", "0883-0000001", "·", "—— ——", "２"])
def test_a_name_without_any_letter_is_meant_for_another_field(typed: str) -> None:
    with pytest.raises(Refusal, match="姓名里没有一个字") as refused:
        accepted(typed)
    assert refused.value.code == "bad-name"


def test_no_name_at_all_is_no_wrong_name() -> None:
    assert accepted(" \u3000") == ""


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(Refusal, match="姓名有 51 个字符，超过 50 个"):
        accepted("王" * 51)
    with pytest.raises(Refusal, match="原因有 6 个字，超过 5 个字"):
        check_text("一二三四五六", "原因", 5)


@pytest.mark.parametrize("dot", LOOKALIKE_DOTS)
def test_every_lookalike_of_the_middle_dot_is_suggested_away_not_silently(dot: str) -> None:
    read = read_name(f"阿卜杜{dot}买买提")
    assert (read.value, read.instead) == (f"阿卜杜{dot}买买提", "阿卜杜·买买提")
    with pytest.raises(Refusal) as refused:
        read.accepted()
    assert refused.value.code == "name-form"
    assert read.accepted(compared=True) == read.value


@pytest.mark.parametrize("name", ["岩罕", "阿卜杜·买买提", "A. B", "ZHENGJIAN, YANGBEN"])
def test_nothing_is_suggested_where_no_dot_joins_two_parts(name: str) -> None:
    assert read_name(name) == Reading(name)


@pytest.mark.parametrize("name", ["张三?", "\ue000三", "韦WEI", "张三1"])
def test_a_name_that_looks_like_a_slip_is_kept_once_it_was_compared(name: str) -> None:
    read = read_name(name)
    assert read.fault
    assert read.fault.code == "name-doubtful"
    assert read.accepted(compared=True) == name


@pytest.mark.parametrize("name", ["岩\u200b香", "罗\U000e0100克", "\u202e张三李"])
def test_what_cannot_be_printed_is_not_kept_however_it_is_compared(name: str) -> None:
    read = read_name(name)
    if read.fault:
        with pytest.raises(Refusal):
            read.accepted(compared=True)
    assert read_name(read.instead or read.value).fault is None


@given(st.text(max_size=60))
def test_whatever_is_typed_what_is_offered_is_offered_once(text: str) -> None:
    """A suggestion leads to a name, or to a doubt that can be answered; never round in a circle."""
    seen, name = set[str](), text
    while instead := read_name(name).instead:
        assert instead not in seen
        seen.add(instead)
        name = instead
    assert len(seen) <= 3


@given(st.text(max_size=60))
def test_reading_a_name_twice_changes_nothing(text: str) -> None:
    assert read_name(read_name(text).value).value == read_name(text).value


@pytest.mark.parametrize("half", HALVES)
def test_every_name_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    assert misread(half, "name") == []


@pytest.mark.parametrize("half", HALVES)
def test_what_is_stopped_says_what_to_do(half: str) -> None:
    """Nothing ends in a dead end: beside every fault stands what to do."""
    faults = [read_name(one.typed).fault for one in inputs_of(half) if one.kind == "name"]
    assert all(fault.remedy for fault in faults if fault)


@pytest.mark.parametrize(
    ("typed", "value", "code", "sentence", "remedy", "instead", "comparable"),
    [
        ("王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王", "王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王", "name-too-long", "姓名有 51 个字符，超过 50 个。", "请核对证件上的姓名。", "", False),
        ("张\u0007三", "张\u0007三", "unprintable-text", "姓名里有控制字符（U+0007），无法如实打印。", "请删去后重新输入。", "", False),
        ("·", "·", "bad-name", "姓名里没有一个字，像是别的栏的内容。", "请填证件上的姓名；电话、证件号码填在各自的栏里。", "", False),
        ("13800001234", "13800001234", "bad-name", "姓名里没有一个字，像是别的栏的内容。", "请填证件上的姓名；电话、证件号码填在各自的栏里。", "", False),
        ("530902199001011235X", "530902199001011235X", "bad-name", "姓名栏里像是一个号码。", "请填证件上的姓名；电话、证件号码填在各自的栏里。", "", False),
        ("岩\u200b香", "岩\u200b香", "unprintable-text", "姓名里有不可见的格式字符（U+200B），无法如实打印。", "应为“岩香”，请核对后采用。", "岩香", False),
        ("张\u3000三", "张\u3000三", "name-form", "姓名里字之间有空格，应为“张三”。", "请对照证件。", "张三", True),
        ("买买提 艾力", "买买提 艾力", "name-form", "姓名里字之间有空格，应为“买买提·艾力”。", "请对照证件。", "买买提·艾力", True),
        ("一 二 三 四", "一 二 三 四", "name-form", "姓名里字之间有空格，应为“一二三四”。", "请对照证件。", "一二三四", True),
        ("ＺＨＡＮＧ－ＳＡＮ", "ＺＨＡＮＧ－ＳＡＮ", "name-form", "姓名里字母是全角的，应为“ZHANG-SAN”。", "请对照证件。", "ZHANG-SAN", True),
        ("\ue000三", "\ue000三", "name-doubtful", "姓名里有旧输入法的自造字，不知道是哪个字。", "请对照证件。", "", True),
        ("张三1", "张三1", "name-doubtful", "姓名里有数字。", "请对照证件。", "", True),
        ("韦WEI", "韦WEI", "name-doubtful", "姓名里汉字和字母混在一起。", "请对照证件。", "", True),
        ("张？三", "张？三", "name-doubtful", "姓名里有“？”，像是占位或者乱码。", "请对照证件。", "", True),
        ("锟斤拷", "锟斤拷", "name-doubtful", "姓名里有“锟斤拷”，像是占位或者乱码。", "请对照证件。", "", True),
        ("张三,李四", "张三,李四", "name-doubtful", "姓名里有“,”。", "请对照证件。", "", True),
        ("张三@", "张三@", "name-doubtful", "姓名里有“@”。", "请对照证件。", "", True),
        ("ZHENG, YANG", "ZHENG, YANG", "", "", "", "", False),
        ("⻢ ⻰", "⻢ ⻰", "name-form", "姓名里有部首字符、兼容字符或旧输入法的字，字之间有空格，应为“马龙”。", "请对照证件。", "马龙", True),
    ],
)  # fmt: skip
def test_what_is_said_of_a_name(
    typed: str, value: str, code: str, sentence: str, remedy: str, instead: str, comparable: bool
) -> None:
    assert said_of(read_name(typed)) == (value, code, sentence, remedy, instead, comparable)
