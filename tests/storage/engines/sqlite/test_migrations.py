"""Old files are kept as fixtures for good: `python -m tests.storage.engines.sqlite.test_migrations` writes that of today's version.

Every old file is opened by today's program. The steps beyond today's version are made up: they show the way that every
later step goes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import peewee
import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.sqlite import migrations, schema
from counter_assistant.storage.journal.chain_check import chain_problems
from counter_assistant.storage.journal.upcasters import current_schema, upcast
from counter_assistant.storage.views.archive import Archive
from tests.places import TESTS
from tests.storage.desk import OPENING, SERIES, engine_of, issue, number, open_book, tampering

FIXTURES = TESTS / "storage" / "fixtures"
TARGET = schema.VERSION + 1
COPY = f"book-v{schema.VERSION}-20261123-083000.db"


def write_fixture(path: Path) -> None:
    """A small book with an entry of every sort that storage itself writes, and a draft."""
    book = open_book(path)
    book.append(EntryKind.OFFICE_PROFILE, {"unit": "临沧市住房公积金管理中心"})
    issue(book, "a")
    issue(book, "b", applicant="阿依古丽·买买提", other_names=("召相信",))
    book.void(number(1), "姓名录错", "李某", copy_returned=True)
    book.reprinted(number(2), "李某", "卡纸")
    book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}}, uuid="c")
    book.start_series(SERIES, 10, "李某", "恢复后接续")
    Drafts(book.database).save("d", {"name": "岩罕"})
    book.database.close()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "book.db"
    shutil.copy(FIXTURES / f"book_v{schema.VERSION}.db", path)
    open_book(path).database.close()  # its views follow today's rules from here on, whatever they were when it was kept
    return path


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def migrate(path: Path, *, step: Callable[[Any], None]) -> Path:
    """Migrates as the opening does: within one immediate transaction."""
    book = open_book(path)
    try:
        with book.database.writing() as handle:
            return migrations.migrate(handle, path, schema.VERSION, OPENING, {schema.VERSION: step}, TARGET)
    finally:
        book.database.close()


def widen(handle: Any) -> None:
    handle.execute_sql('ALTER TABLE "archive" ADD COLUMN "window" TEXT')


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("book_v*.db")), ids=lambda path: path.stem)
def test_a_book_of_every_version_opens_and_works(tmp_path: Path, fixture: Path) -> None:
    path = tmp_path / "book.db"
    shutil.copy(fixture, path)
    book = open_book(path)
    assert book.check().problems == []
    assert [row.number for row in Archive(book.database).search("ygl")] == [number(2)]
    assert Archive(book.database).show(number(1)).row.void
    assert issue(book, "a").again
    assert issue(book, "e").number == number(10)
    assert [draft.body for draft in Drafts(book.database).all()] == [{"name": "岩罕"}]
    book.database.close()


def test_the_first_books_gain_the_cases(tmp_path: Path) -> None:
    """GIVEN a book of version 1 WHEN it is opened THEN its cases are folded, and a verified copy of it lies beside it."""
    path = tmp_path / "book.db"
    shutil.copy(FIXTURES / "book_v1.db", path)
    before = content(path)
    book = open_book(path)
    book.database.close()
    assert version(path) == schema.VERSION
    copies = list(tmp_path.glob("book-v1-*.db"))
    assert [content(copy) for copy in copies] == [before]


def test_a_migration_keeps_a_verified_copy_of_the_file_as_it_was(old: Path) -> None:
    before = content(old)
    copy = migrate(old, step=widen)
    assert version(old) == TARGET
    assert copy.name == COPY
    assert (version(copy), content(copy)) == (schema.VERSION, before)
    assert sorted(path.name for path in old.parent.glob("[!.]*.db")) == [COPY, "book.db"]
    assert list(old.parent.glob(".*")) == []


def test_a_step_that_fails_leaves_the_old_file(old: Path) -> None:
    """GIVEN a step that fails half way WHEN the file is migrated THEN content and version are the old ones."""

    def half(handle: Any) -> None:
        widen(handle)
        assert len(list(old.parent.glob(f"book-v{schema.VERSION}-*.db"))) == 1
        raise RuntimeError("half way")

    before = content(old)
    with pytest.raises(RuntimeError):
        migrate(old, step=half)
    assert (version(old), content(old)) == (schema.VERSION, before)
    assert [path.name for path in old.parent.glob("*.db")] == ["book.db"]
    book = open_book(old)
    assert book.check().ok
    book.database.close()


def test_a_book_whose_copy_does_not_verify_is_not_migrated(old: Path) -> None:
    with tampering(old) as handle:
        trigger = handle.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'payload_stays'").fetchone()[0]
        change = "UPDATE payload SET body = packed(replace(unpacked(body), '李某', '王某'))"
        handle.execute_sql(f"DROP TRIGGER payload_stays; {change}; {trigger}")
    before = content(old)
    with pytest.raises(Refusal, match="升级前的核对没有通过") as refusal:
        migrate(old, step=widen)
    assert refusal.value.remedy
    assert (version(old), content(old)) == (schema.VERSION, before)
    assert [path.name for path in old.parent.glob("*.db")] == ["book.db"]


def test_no_way_from_a_version_is_a_refusal(old: Path) -> None:
    with engine_of(open_book(old)) as database, pytest.raises(Refusal, match="不认识台账文件的版本"):
        migrations.migrate(database.handle, old, 1, OPENING, {}, 2)


def test_the_chain_of_the_oldest_book_verifies_by_itself() -> None:
    handle = peewee.SqliteDatabase(f"{(FIXTURES / 'book_v1.db').as_uri()}?mode=ro", uri=True)
    with handle:
        assert list(chain_problems(handle)) == []


def test_an_old_payload_is_read_through_its_upcasters() -> None:
    """GIVEN two made-up steps WHEN a payload of schema 1 is read THEN it is one of schema 3, and the old one is unharmed."""
    steps = {
        (EntryKind.INQUIRY, 1): lambda payload: {**payload, "channel": "window"},
        (EntryKind.INQUIRY, 2): lambda payload: {**payload, "channel": [payload["channel"]]},
    }
    old = {"schema": 1, "text": "问"}
    assert upcast(EntryKind.INQUIRY, old, steps) == {"schema": 3, "text": "问", "channel": ["window"]}
    assert old == {"schema": 1, "text": "问"}
    assert (current_schema(EntryKind.INQUIRY, steps), current_schema(EntryKind.OPINION, steps)) == (3, 1)


@pytest.mark.parametrize("stated", [0, 2, None, "1"])
def test_a_payload_of_an_unknown_schema_is_not_read(stated: object) -> None:
    with pytest.raises(ValueError, match="unknown schema"):
        upcast(EntryKind.INQUIRY, {"schema": stated})


if __name__ == "__main__":
    write_fixture(FIXTURES / f"book_v{schema.VERSION}.db")
