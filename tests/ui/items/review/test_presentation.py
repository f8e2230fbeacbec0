"""核定时看到的一句一句：没有窗口也说得清."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.revision.statements import Part, Statement
from counter_assistant.operations.program import program
from counter_assistant.ui.items.review.changes_view import parts_of
from counter_assistant.ui.items.review.presentation import Standing, rows_of, shown_words

TODAY = date(2026, 11, 23)


def test_an_item_is_shown_whole_with_what_carries_each_sentence() -> None:
    (text, *_) = program().catalogue.items["B08"]
    rows = rows_of(text)
    assert len({row.statement for row in rows}) == len(rows)
    carried = {row.words: (row.carried, row.open) for row in rows}
    assert carried["本人及配偶在本市无自有住房"] == ("参照昆明 2026 年指南", True)
    assert carried["当场或者当天"] == ("守则一(七)1", False)
    assert "材料" in {row.heading for row in rows}


def test_the_two_questions_of_a_material_are_told_apart() -> None:
    need, wording = (
        shown_words(Statement(part, "结婚证，如已婚（待核定）", "x")) for part in (Part.NEED, Part.WORDING)
    )
    assert (need, wording) == ("要不要：结婚证，如已婚", "怎么交：结婚证，如已婚")


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("满3个月〔甲〕", "满3个月〔乙〕", ("满3个月〔", "甲", "乙", "〕")),
        ("", "新的", ("", "", "新的", "")),
        ("去掉", "", ("", "去掉", "", "")),
        ("一一", "一", ("一", "一", "", "")),
    ],
)
def test_only_what_differs_is_struck_out(before: str, after: str, parts: tuple[str, str, str, str]) -> None:
    assert parts_of(before, after) == parts
    head, gone, made, tail = parts
    assert (head + gone + tail, head + made + tail) == (before, after)


@pytest.mark.parametrize(
    ("standing", "words", "button"),
    [
        (Standing(False, 448, None, 0, ("核定人",)), "还有 448 句待核定，正在走一遍典型来访。接下来：逐句答，或者改事项；核几句就可以先送，没核的仍是示例。", "送核"),
        (Standing(True, 445, 43, 2, ()), "还有 445 句待核定，43 个典型来访里 2 个不对。接下来：按 F9 看是哪几个，改好再送核。", "送核（2 个来访不对）"),
        (Standing(True, 445, 43, 0, ("核定人", "核对人")), "还有 445 句待核定，43 个典型来访都对。接下来：填核定人、核对人，按 F9。", "送核"),
        (Standing(True, 0, 43, 0, ()), "没有待核定的句子了，43 个典型来访都对。接下来：按 F9 送核。", "送核"),
    ],
)  # fmt: skip
def test_what_keeps_it_from_being_sent_and_what_comes_next_is_said(standing: Standing, words: str, button: str) -> None:
    assert (standing.in_words(), standing.button) == (words, button)
