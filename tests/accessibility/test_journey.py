"""A visitor is served by ear: everything that a clerk must know is told without looking, from the search to the next one."""

from __future__ import annotations

import pytest

from tests.accessibility.conftest import WRITTEN
from tests.accessibility.reader import Reader

pytestmark = [pytest.mark.nightly("atspi"), pytest.mark.screen_reader]


def heard(reader: Reader, *words: str) -> str:
    """Waits for a sentence with these words to be announced, and gives it; what was said before is done with."""
    said = reader.until(
        lambda: [one for one in reader.listen() if all(word in one for word in words)], f"never said: {words}"
    )
    reader.hush()
    return said[-1]


def test_a_visitor_who_asks_is_served_by_ear(reader: Reader) -> None:
    reader.hush()
    reader.write("b08")
    heard(reader, "租赁市场住房提取 B08")
    reader.press("Return")
    heard(reader, "办理决定：一次性告知单")
    assert reader.described == "谁来办理：1 本人，2 配偶，3 父母子女，4 其他人，0 不确定"
    for digit, asked in (("1", "婚姻状况：1 未婚"), ("1", "租住方式：1 租赁已备案"), ("1", "有无未结清的公积金贷款")):
        reader.press(digit)
        heard(reader, asked)
    reader.press("2")
    heard(reader, "申请人有效身份证件", "须出示")
    lines = next(one for one in reader.every if one.name == "材料清单").inside
    assert all(any(state in line.name for state in ("须提供", "须出示", "现场填写", "免提交")) for line in lines)
    assert "经备案的住房租赁合同" in reader.until(lambda: paper_words(reader))
    reader.press("space")
    heard(reader, "申请人有效身份证件，核验退还", "经备案的住房租赁合同，缺")
    reader.press("space")
    heard(reader, "申请人有效身份证件", "，缺，")
    reader.press("F8")
    heard(reader, "申请人有效身份证件，须出示", "经备案的住房租赁合同，须提供")
    reader.give_focus("text", "姓名")
    reader.write(WRITTEN)
    reader.give_focus("text", "电话")
    reader.write("13800000461")
    reader.hush()
    reader.press("F9")
    said = heard(reader, "一次性告知单已出具", "号")
    assert reader.until(lambda: reader.focus is not None and reader.focus.name.startswith("下一位"))
    assert reader.described == said
    reader.press("Return")
    assert reader.until(lambda: reader.focus is not None and reader.focus.name == "查找事项")


def paper_words(reader: Reader) -> str:
    """What is told of the paper."""
    told = next(one for one in reader.every if one.name == "纸面预览").description
    return told if "告知" in told else ""


def test_the_words_of_the_paper_are_walked_through_and_left(reader: Reader) -> None:
    reader.write("b08")
    reader.press("Return")
    reader.write("1112")
    reader.until(lambda: paper_words(reader))
    reader.press("F11")
    words = reader.focus
    assert words is not None
    assert (words.role, words.name) == ("text", "纸上的字，Esc 回去")
    assert "经备案的住房租赁合同" in words.text
    reader.press("Down", "Escape")
    assert reader.focus is not None
    assert reader.focus.role in ("list", "list item")


def test_a_refusal_is_heard_each_time(reader: Reader) -> None:
    """GIVEN an application without a name WHEN F9 is pressed twice THEN what is missing is said twice."""
    reader.write("b08")
    reader.press("Return")
    reader.write("1112")
    reader.press("space")
    for _ in range(2):
        reader.hush()
        reader.press("F9")
        heard(reader, "姓名")
