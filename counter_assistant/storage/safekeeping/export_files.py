"""导出的几个文件：全部记录一行一条，文书一行一份的表，核对程序，清单；逐批写，内存不随台账增长.

docs/audit-format.md says them to the byte; packaging/audit/verify_book.py verifies them with nothing of this program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from counter_assistant.domain.entry import EntryKind
from counter_assistant.files import make_durable, new_file, write_atomic
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import chain, tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.safekeeping.line import Line, Spelling
from counter_assistant.storage.safekeeping.stored_lines import book_name, last_erasure, lines_after
from counter_assistant.storage.views import archive_view

LINES, TABLE, VERIFIER, MANIFEST = "book.jsonl", "slips.csv", "verify_book.py", "manifest.json"
FORMAT = "counter-assistant-export-1"
WITHHELD = frozenset((EntryKind.KEY_SLOT,))
"""Whose contents are left out: they hold what tells a right PIN, for which a few million tries are enough to whoever has it."""
HEADINGS = (
    "记录", "编号", "文种", "当事人", "其他姓名", "事项编码", "事项", "出具时间", "受理日", "经办人", "电话尾号", "证件尾号", "渠道",
    "校验码", "作废记录", "补打次数",
)  # fmt: skip
_FORMULA = tuple("=+-@＝＋－＠\t\r")
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_BATCH = 500
_TRIES = 20


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A file as the manifest names it: SHA-256 in hex and length in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Written:
    """The entries of a book as they were exported: its unique name, number and hash of the last one, the files by name."""

    book: str
    seq: int
    head: str
    files: dict[str, FileWritten]


def write_book(database: Engine, folder: Path) -> Written | None:
    """Writes entries and table, both of one state of the book; None where others wrote all the while.

    No lock is held between batches. Where something was written meanwhile, it is added, and the table is made again; where something
    was erased meanwhile, all is made again, so that nothing is in the export that is no longer in the book.

    Raises:
        OSError: a file cannot be written.
        Refusal: `book-damaged`, `book-locked`.
    """
    for _ in range(_TRIES):
        with database.query() as handle:
            name, erased = book_name(handle), last_erasure(handle)
        with _File(folder / LINES) as lines:
            lines.write(Spelling(None).header(name, erased).to_text().encode() + b"\n")
            seq, head = _write_lines(database, lines, 0, chain.START)
            table = _write_table(database, folder / TABLE, seq)
            with database.query() as handle:
                same = last_erasure(handle) == erased and not lines_after(handle, seq, 1)
            if same:
                return Written(name, seq, head.hex(), {LINES: lines.done(), TABLE: table})
        for file in (LINES, TABLE):
            (folder / file).unlink()
    return None


def write_manifest(folder: Path, written: Written, made_at: str, program: str) -> None:
    """Writes the manifest, as the last of the files: without it an export is none.

    Raises:
        OSError: it cannot be written.
    """
    said = {
        "format": FORMAT, "book": written.book, "head": f"{written.seq}:{written.head}", "entries": written.seq,
        "made_at": made_at, "program": program, "withheld": sorted(WITHHELD),
        "files": {name: {"sha256": file.sha256, "bytes": file.size} for name, file in written.files.items()},
    }  # fmt: skip
    write_atomic(folder / MANIFEST, chain.canonical(said).encode() + b"\n")


def write_copy(content: bytes, path: Path) -> FileWritten:
    """Writes a whole file.

    Raises:
        OSError: it cannot be written.
    """
    with _File(path) as file:
        file.write(content)
        return file.done()


def _write_lines(database: Engine, file: _File, seq: int, head: bytes) -> tuple[int, bytes]:
    """Writes every entry after number `seq`; returns number and hash of the last."""
    while True:
        with database.query() as handle:
            batch = lines_after(handle, seq, _BATCH)
        if not batch:
            return seq, head
        file.write(b"".join(_open(line).to_text().encode() + b"\n" for line in batch))
        seq, head = batch[-1].seq, batch[-1].hash


def _open(line: Line) -> Line:
    return replace(line, salt=None, body=None) if line.kind in WITHHELD else line


def _write_table(database: Engine, path: Path, last: int) -> FileWritten:
    path.unlink(missing_ok=True)
    with _File(path) as file:
        file.write("\ufeff".encode() + _row(HEADINGS))
        for rows in _rows(database, last):
            file.write(b"".join(_row(_cells(row)) for row in rows))
        return file.done()


def _rows(database: Engine, last: int) -> Iterator[list[ArchiveRow]]:
    row, after = tables.Archive, 0
    while True:
        with database.query() as handle:
            query = row.select().where(row.seq > after, row.seq <= last).order_by(row.seq).limit(_BATCH)
            found = [archive_view.from_columns(columns) for columns in tables.fetch(handle, query)]
        if not found:
            return
        yield found
        after = found[-1].seq


def _cells(row: ArchiveRow) -> tuple[str, ...]:
    code = row.check_code
    return (
        str(row.seq), row.number, row.kind, row.applicant, "、".join(row.other_names), row.item, row.item_name,
        row.issued_at.isoformat(), row.day, row.clerk, _tail(row.phone_tail), _tail(row.id_tail), row.channel,
        f"{code[:4]} {code[4:8]} {code[8:]}", str(row.void_seq or ""), str(row.reprints),
    )  # fmt: skip


def _tail(tail: str) -> str:
    return f"*{tail}" if tail else ""


def _row(cells: Iterable[str]) -> bytes:
    """A row, every cell in quotation marks, so that what a person typed is no formula and no second row in any program."""
    return (",".join('"' + _cell(cell).replace('"', '""') + '"' for cell in cells) + "\r\n").encode()


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", "'" + text if text.startswith(_FORMULA) else text)


class _File:
    """A new file that is hashed as it is written, and durable once it is done."""

    def __init__(self, path: Path) -> None:
        self._lasting = ExitStack()
        self._file = self._lasting.enter_context(new_file(path))
        self._digest, self._size = hashlib.sha256(), 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: Any) -> None:
        self._lasting.close()

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self._size += len(content)

    def done(self) -> FileWritten:
        make_durable(self._file)
        return FileWritten(self._digest.hexdigest(), self._size)
