"""The verifier as an auditor has it, and exports that are forged with care: table and manifest made to fit."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.erasing import erase
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.paths import verifier
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.export_files import LINES, MANIFEST, TABLE
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import put_in
from tests.make import ID_NUMBER, PHONE, a_request, clock
from tests.roles import Counter

WHO = {"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER}


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("verify_book", verifier())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


VERIFY = _load()


def a_slip(office: Office, **changes: Any) -> str:
    issued = issue_slip(office, a_request(**changes)).slip
    assert issued is not None
    return issued.number


def lived(folder: Path) -> Counter:
    """An office with everything in its book that a verifier looks at: closings, a skipped number, voids, reprints, erasures."""
    counter = Counter(folder)
    office = counter.office
    first, second = a_slip(office, applicant=WHO), a_slip(office, applicant={**WHO, "name": "玉罕"})
    void(office, first, "写错了姓名")
    reprint(office, second)
    closings.close(office, Period.DAY, office.today().isoformat())
    a_slip(office)
    counter.now += timedelta(days=1)
    start_numbers(office, SlipKind.NOTIFICATION_SLIP, "40", "纸上用到 39")
    note_call(office, "问租房提取要带什么")
    a_slip(office)
    closings.close(office, Period.DAY, office.today().isoformat())
    counter.now += timedelta(days=8)
    closings.close(office, Period.MONTH, "2026-11")
    counter.now += timedelta(days=12 * 366)
    office.confirm_clock()
    counter.now += AFTER_A_JUMP
    run_through(leave_expired(office))
    counter.give(Role.ARCHIVIST)
    erase(office, [first], "销毁清册〔2038〕1号", Second("0002"))
    counter.give(Role.CLERK)
    a_slip(office)
    counter.give(Role.ARCHIVIST)
    return counter


def lines_in(folder: Path) -> tuple[str, list[Line]]:
    """The header of an export, and its lines."""
    header, *lines = (folder / LINES).read_text("utf-8").splitlines()
    return header, [Line.from_text(line) for line in lines]


def relinked(lines: Sequence[Line]) -> list[Line]:
    """The same lines with digests and hashes that fit, as whoever has the book can make them."""
    made, previous = list[Line](), chain.START
    for seq, line in enumerate(lines, 1):
        inner = line.inner
        if line.salt is not None and line.body is not None:
            inner = chain.inner_digest(line.salt, line.body)
        previous = chain.Link(seq, line.time, line.kind, line.visibility, inner).hash(previous)
        made.append(replace(line, seq=seq, inner=inner, hash=previous))
    return made


def written(folder: Path, header: str, texts: Sequence[str]) -> Path:
    """An export with these lines, whose table and manifest say nothing against them."""
    (folder / LINES).write_bytes("".join(f"{text}\n" for text in [header, *texts]).encode())
    book = VERIFY.Book(folder)
    rows = [VERIFY.HEADINGS, *(book.rows[seq] for seq in sorted(book.rows))]
    (folder / TABLE).write_bytes(b"\xef\xbb\xbf" + "".join(f"{VERIFY.table_row(row)}\r\n" for row in rows).encode())
    return with_manifest(folder, head=f"{book.seq}:{book.hash_at(book.seq)}", entries=book.seq)


def with_manifest(folder: Path, **changes: Any) -> Path:
    """An export whose manifest has the digests of the files as they are."""
    said = chain.parse((folder / MANIFEST).read_text("utf-8").strip())
    for name in said["files"]:
        content = (folder / name).read_bytes()
        said["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / MANIFEST).write_text(chain.canonical({**said, **changes}) + "\n", "utf-8")
    return folder


def found(folder: Path, *heads: str) -> set[tuple[int, str]]:
    """What the verifier finds: number of the entry, and what is wrong."""
    book, _ = VERIFY.verify(folder, [VERIFY.read_head(head) for head in heads])
    return {(finding.seq, finding.code) for finding in book.findings}


def checked(path: Path, lines: Sequence[Line]) -> list[str]:
    """What the program's own check says of a book with these entries, but for the views, which are not made."""
    make_from(None, path, None, None)
    with closing(Database.open(path, clock)) as database:
        with database.writing() as handle:
            put_in(handle, lines)
        problems = Book(database).check().problems
    return [problem for problem in problems if problem.startswith(("第 ", "台账内容读不出"))]


def lined_up(lines: Sequence[Line]) -> list[str]:
    """Lines as they are written."""
    return [line.to_text() for line in lines]
