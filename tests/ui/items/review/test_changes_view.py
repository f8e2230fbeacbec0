"""改前和改后：字句和依据分开比，只划去真的变了的."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor

from counter_assistant.domain.revision.differences import NOTHING, Difference, Said
from counter_assistant.ui.items.review import changes_view
from counter_assistant.ui.items.review.changes_view import ChangesView


def pieces(view: ChangesView) -> tuple[str, str]:
    """The letters that are struck out, and those on green."""
    cursor, struck, green = QTextCursor(view.text.document()), "", ""
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        letter, how = cursor.document().characterAt(cursor.position() - 1), cursor.charFormat()
        struck += letter if how.fontStrikeOut() else ""
        green += letter if how.background().style().value else ""
    return struck, green.strip("\u2029")


def test_of_a_new_item_it_is_said_what_comes_and_of_no_change_that_there_is_none() -> None:
    view, found = ChangesView(), [Difference("情形里的改动", NOTHING, Said("已婚"))]
    view.show_changes("B08", [])
    assert view.text.toPlainText().splitlines() == ["B08", changes_view.NOTHING]
    view.show_found(found)
    assert view.text.toPlainText().splitlines() == ["B08", "情形里的改动", "已婚"]
    view.show_changes("Z01", [], new=True)
    view.show_found(found)
    assert view.text.toPlainText().splitlines() == ["Z01", changes_view.NEW, "情形里的改动", "已婚"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (Said("满3个月〔2019〕", "甲"), Said("满6个月〔2019〕", "乙"), ("3甲", "6乙")),
        (Said("满3个月", "甲"), Said("满3个月"), ("〔甲〕", "")),
        (Said("满3个月〔甲〕"), Said("满3个月", "甲"), ("〔甲〕", "〔甲〕")),
        (NOTHING, Said("满3个月", "甲"), ("", "满3个月〔甲〕")),
    ],
)
def test_words_and_what_carries_them_are_compared_apart(before: Said, after: Said, shown: tuple[str, str]) -> None:
    view = ChangesView()
    view.show_changes("B08", [Difference("资格要求", before, after)])
    assert pieces(view) == shown
