"""核定时看到的一句一句：没有窗口也说得清."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.revision.statements import Part, Statement
from counter_assistant.operations.program import program
from counter_assistant.ui.items.review.changes_view import parts_of
from counter_assistant.ui.items.review.presentation import rows_of, shown_words

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
