"""The seam between storage and a database: what only one database understands is on the far side of it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import JsonAt, JsonKeys
from counter_assistant.storage.journal import tables
from tests.places import PACKAGE

STORAGE = PACKAGE / "storage"
OUTSIDE = sorted(path for path in STORAGE.rglob("*.py") if STORAGE / "engines" not in path.parents)
DIALECT = re.compile(
    r"PRAGMA|sqlite_|INSERT OR|json_extract|json_remove|fn\.INSTR|fn\.substr|ROWID|\bSTRICT\b|BEGIN IMMEDIATE|"
    r"on_conflict\(\"|\.pragma\(|-journal|-wal|sqlite3"
)


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(STORAGE).as_posix())
def test_storage_says_nothing_that_only_sqlite_understands(path: Path) -> None:
    assert DIALECT.findall(path.read_text("utf-8")) == []


@pytest.mark.hall
@pytest.mark.skipif(not importlib.util.find_spec("psycopg"), reason="needs psycopg (counter-assistant[hall])")
def test_a_book_in_a_file_loads_no_driver_of_a_server(tmp_path: Path) -> None:
    """GIVEN a PC that has the driver WHEN an office with a book in a file is opened, and asked from the command line THEN it is not loaded,
    which would take half as long again as all else."""
    script = (
        "import sys; from pathlib import Path; from counter_assistant.operations.office import open_office; import counter_assistant.cli.parser;"
        "office = open_office(Path(sys.argv[1])); office.archive.search('岩'); office.close();"
        "print(sorted(name for name in sys.modules if name.startswith('psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("text", ["100%", "a_b", "Ab", "岩·罕", "\\", "'", '"'])
def test_a_part_of_a_text_is_found_as_it_stands(book: Book, text: str) -> None:
    """GIVEN texts that differ in signs with a meaning and in case WHEN one is looked for THEN only it is found."""
    near = ["1000", "acb", "ab", "岩罕", "/", "`", "“"]
    with book.database.writing() as handle:
        tables.replace_rows(handle, tables.Meta, [(kept, f"x{kept}y") for kept in [*near, text]])
    with book.database.query() as handle:
        query = tables.Meta.select(tables.Meta.name).where(book.database.contains(tables.Meta.value, text))
        assert tables.fetch(handle, query) == [(text,)]


def test_parts_of_a_json_text_come_back_as_json(book: Book) -> None:
    body = '{"a":{"b":[1,"二"],"c":{"d":"e"}},"f":null}'
    with book.database.writing() as handle:
        tables.replace_rows(handle, tables.Meta, [("body", body)])
    value, database = tables.Meta.value, book.database
    parts = database.json_parts(
        value, JsonKeys(("a", "f", "g")), JsonKeys(("a.c.d", "a.b.x")), JsonAt(("a", "c")), JsonAt(("a",), but="c"),
        JsonAt(("a", "g")), JsonAt(("g",), but="c"), JsonAt(("f",)),
    )  # fmt: skip
    with database.query() as handle:
        (found,) = tables.fetch(handle, tables.Meta.select(*parts.columns).where(tables.Meta.name == "body"))
    assert parts.read(found) == (
        '[{"b":[1,"二"],"c":{"d":"e"}},null,null]', '["e",null]', '{"d":"e"}', '{"b":[1,"二"]}', None, None, None,
    )  # fmt: skip


def test_rows_are_written_anew_over_their_key_added_where_missing_or_refused(book: Book) -> None:
    rows = [("a", "first"), ("b", "first")]
    with book.database.writing() as handle:
        tables.insert_rows(handle, tables.Meta, rows)
        tables.insert_missing(handle, tables.Meta, [("a", "second"), ("c", "second")])
        tables.replace_rows(handle, tables.Meta, [("b", "third"), ("d", "third")])
        kept = tables.fetch(
            handle, tables.Meta.select().where(tables.Meta.name.in_(list("abcd"))).order_by(tables.Meta.name)
        )
    assert kept == [("a", "first"), ("b", "third"), ("c", "second"), ("d", "third")]
