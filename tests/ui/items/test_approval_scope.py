"""Which items an approval is about, and what that is called."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.storage.content.catalogue_index import IndexEntry
from counter_assistant.ui.items.approval_scope import MarkedItem, Scope

TODAY = date(2026, 11, 23)


def an_item(item_id: str, first: str = "2026-01-01", last: str | None = None) -> IndexEntry:
    return IndexEntry(item_id, f"事项{item_id}", (), (), (), "", ((first, last),))


CATALOGUE = [an_item("A01"), an_item("B01"), an_item("B02"), an_item("B03", last="2026-06-30")]


@pytest.mark.parametrize(
    ("scope", "items", "name"),
    [
        (Scope.ITEM, ["B01"], "B01 事项B01"),
        (Scope.GROUP, ["B01", "B02"], "B 提取 2 项"),
        (Scope.ALL, ["A01", "B01", "B02"], "全部 3 项"),
    ],
)
def test_a_scope_holds_what_has_a_text_on_the_day(scope: Scope, items: list[str], name: str) -> None:
    marked = MarkedItem(CATALOGUE[1], TODAY, CATALOGUE)
    assert [entry.id for entry in marked.items(scope)] == items
    assert marked.name(scope) == marked.names[scope] == name


def test_an_item_without_a_text_on_the_day_stands_for_itself() -> None:
    marked = MarkedItem(CATALOGUE[3], TODAY, CATALOGUE)
    assert [entry.id for entry in marked.items(Scope.ITEM)] == ["B03"]
