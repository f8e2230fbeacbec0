"""The list of views: what is on it is written, rebuilt, compared and marked; nothing else of the file follows from entries."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Any

import pytest

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.storage import book_views
from counter_assistant.storage.book import Book
from counter_assistant.storage.book_views import VIEWS, mark
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.view import View
from tests.storage.desk import issue, number
from tests.storage.views.test_case_view import issue as issue_of_case

OF_THE_BOOK = {tables.Entry, tables.Payload}
OF_NO_ENTRY = {tables.Draft, tables.Meta}


class ReprintsByClerk(View):
    """A made-up statistic, kept in a table that the tests of views may fill."""

    rules = "made up 1"
    kinds = frozenset((EntryKind.SLIP_REPRINTED,))
    models = MappingProxyType({tables.Counter: "补打次数与台账不符。"})

    def __init__(self) -> None:
        self._often: Counter[str] = Counter()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        row = tables.Counter
        query = row.insert(series=content.clerk, last=1)
        query.on_conflict(conflict_target=[row.series], update={row.last: row.last + 1}).execute(handle)

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> tuple[str, ...]:
        if often := self._often[content.clerk]:
            expected.add(tables.Counter, (content.clerk, often), -1)
        self._often[content.clerk] += 1
        expected.add(tables.Counter, (content.clerk, often + 1))
        return () if content.clerk else (f"第 {entry.seq} 条记录没有经办人。",)


@pytest.fixture
def statistic(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book with three reprints, opened by a program whose only view is the statistic."""
    issue(book, "a")
    for clerk in ("李某", "岩罕", "李某"):
        book.reprinted(number(1), clerk, "卡纸")
    monkeypatch.setattr(book_views, "VIEWS", (ReprintsByClerk,))
    return Book.open(book.database, "LC01")


def test_every_table_is_the_book_or_follows_from_it_by_a_view(book: Book) -> None:
    viewed = {table for view in VIEWS for table in view.models}
    assert viewed | OF_THE_BOOK | OF_NO_ENTRY == set(tables.TABLES)
    assert viewed.isdisjoint(OF_THE_BOOK | OF_NO_ENTRY)


def test_the_mark_names_the_rules_of_every_view_and_the_initials(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mark() == f"search 3, people 4, cases-4, tellings 1, registers 1, {pinyin.edition()}"
    monkeypatch.setattr(book_views, "VIEWS", (*VIEWS, ReprintsByClerk))
    assert mark() == f"search 3, people 4, cases-4, tellings 1, registers 1, made up 1, {pinyin.edition()}"


def test_a_view_on_the_list_is_filled_when_the_book_is_next_opened(statistic: Book) -> None:
    assert tables.fetch(statistic.database.handle, tables.Counter.select()) == [("岩罕", 1), ("李某", 2)]
    assert statistic.check().problems == []


def test_a_view_on_the_list_follows_every_entry_and_is_held_against_them(statistic: Book) -> None:
    statistic.append(EntryKind.SLIP_REPRINTED, {"number": number(1), "reason": "卡纸", "clerk": "岩罕"})
    assert tables.fetch(statistic.database.handle, tables.Counter.select()) == [("岩罕", 2), ("李某", 2)]
    assert statistic.check().problems == []
    tables.Counter.update(last=9).execute(statistic.database.handle)
    assert statistic.check().problems == ["补打次数与台账不符。"]
    statistic.rebuild()
    assert statistic.check().problems == []


def test_what_a_view_finds_wrong_in_an_entry_is_said_by_the_check(statistic: Book) -> None:
    statistic.append(EntryKind.SLIP_REPRINTED, {"number": number(1), "reason": "卡纸", "clerk": ""})
    assert statistic.check().problems == ["第 6 条记录没有经办人。"]


def test_what_two_views_say_of_one_table_is_said_once(book: Book) -> None:
    issue_of_case(book, "case")
    book.database.handle.execute_sql("DELETE FROM term")
    assert book.check().problems == ["检索词与台账不符（第 2 条记录）。"]


def test_views_that_share_a_table_do_not_answer_for_each_other(book: Book) -> None:
    """GIVEN terms of slips and of people in one table WHEN one of them is wrong THEN its own view says so, and once."""
    issue(book, "a")
    for term in ("=pAAAAAAAAAAAA", "=", "=p", "岩"):
        book.database.handle.execute_sql(f"INSERT INTO term VALUES ({book.database.handle.param}, 9)", (term,))
        assert book.check().problems == ["检索词与台账不符（第 9 条记录）。"]
        book.rebuild()
        assert book.check().problems == []
