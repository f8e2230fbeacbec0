"""Whatever single row of a view is not what the entries give, checking finds it, and rebuilding mends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage.book import Book
from counter_assistant.storage.book_views import VIEWS
from counter_assistant.storage.journal import tables
from tests.storage.desk import issue, number, open_book
from tests.storage.views.test_case_view import issue as issue_of_case
from tests.storage.views.test_case_view import tell

Row = tuple[Any, ...]

TEXTS = st.one_of(st.sampled_from(["", "岩", "%B08", "#1", number(2), "\0"]), st.text("a岩#~", max_size=3))
VIEWED: tuple[type[Any], ...] = (*dict.fromkeys(table for view in VIEWS for table in view.models), tables.Meta)
NUMBERS = st.one_of(st.integers(-2, 9), st.sampled_from([-(2**63), 2**63 - 1]))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Book]:
    book = open_book(tmp_path_factory.mktemp("altered") / "book.db")
    for n, name in enumerate(("岩罕", "岩", "罗𠅤克")):
        issue(book, str(n), applicant=name, qr="" if n else "101012026000017")
    issue_of_case(book, "case")
    tell(book, "told", EntryKind.ORAL_NOTICE, 7, "notification_slip")
    book.void(number(2), "录错", "李某", copy_returned=False)
    book.reprinted(number(1), "李某", "卡纸")
    yield book
    book.database.close()


def rows_of(book: Book, table: type[Any]) -> list[Row]:
    return tables.fetch(book.database.handle, table.select().order_by(*tables.key_of(table)))


def put(book: Book, table: type[Any], rows: list[Row]) -> bool:
    """Makes these the rows of a table; False, and nothing done, where the table itself cannot hold them."""
    handle = book.database.handle
    handle.pragma("foreign_keys", "OFF")  # nor does it hold whoever writes into the file; a check connects anew
    with handle.atomic() as changes:
        table.delete().execute(handle)
        marks = ", ".join("?" * len(rows[0]))
        for row in rows:
            handle.execute_sql(f'INSERT OR IGNORE INTO "{table._meta.table_name}" VALUES ({marks})', row)
        if len(rows_of(book, table)) != len(rows):
            changes.rollback()
            return False
    return True


def altered(data: st.DataObject, table: type[Any], row: Row) -> Row:
    fields = table._meta.sorted_fields
    places = data.draw(st.sets(st.integers(0, len(fields) - 1), min_size=1, max_size=2), "columns")
    values = (NUMBERS if field.field_type == "INT" else TEXTS for field in fields)
    return tuple(
        data.draw(kind) if place in places else value
        for place, (value, kind) in enumerate(zip(row, values, strict=True))
    )


@given(st.data())
def test_every_change_of_one_row_is_reported(book: Book, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(VIEWED), "table")
    before = rows_of(book, table)
    place, act = (
        data.draw(st.integers(0, len(before) - 1), "row"),
        data.draw(st.sampled_from(["delete", "alter", "add"])),
    )
    after = [row for at, row in enumerate(before) if act == "add" or at != place]
    after += [] if act == "delete" else [altered(data, table, before[place])]
    assume(after and sorted(after, key=repr) != sorted(before, key=repr) and put(book, table, after))
    try:
        assert not book.check().ok
    finally:
        put(book, table, before)
    assert book.check().problems == []


@pytest.mark.parametrize("entry", [-1, 0, 3])
def test_every_search_term_led_to_another_entry_is_reported(book: Book, entry: int) -> None:
    before = rows_of(book, tables.Term)
    for place, (term, own) in enumerate(before):
        moved = [*before[:place], (term, entry), *before[place + 1 :]]
        if own != entry and put(book, tables.Term, moved):
            assert not book.check().ok, (term, own)
    put(book, tables.Term, before)
    assert book.check().problems == []
