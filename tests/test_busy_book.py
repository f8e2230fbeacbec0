"""The writer that loads a book in bulk, held to issuing: every row of every table, byte for byte."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.body_codec import unpacked
from tests.busy_book import ITEMS, MONTH, WAYS, Act, append, some_answers
from tests.make import a_request
from tests.portion import Portion


def act(office: Office, chance: random.Random, n: int) -> None:
    """One act as clerks do them: a paper or none, for somebody new or known, a void, a step."""
    if n % 25 == 24:
        void(office, chance.choice(office.archive.search()).number, "录错", copy_returned=False)
        return
    if n % 25 == 12:
        for case in islice(office.cases.open_cases(), 1):
            take_step(office, case.id, Step.CONTACT)
        return
    item, way = chance.choice(ITEMS), chance.choice(list(WAYS.values()))
    who = {
        "name": chance.choice(("岩罕", "玉罕", "罗𠅤克")) + chance.choice("芳伟娜"),
        "phone": f"138{chance.randrange(900):08}",
    }
    issue_slip(
        office, a_request(item, answers=some_answers(office, item, chance), applicant=who, request_id=f"act {n}", **way)
    )


@pytest.mark.slow
@pytest.mark.nightly("bulk")
def test_what_is_loaded_in_bulk_is_what_issuing_writes(tmp_path: Path, portion: Portion) -> None:
    """GIVEN acts done one by one WHEN their contents are written by the bulk writer THEN all tables of both books are the same, those
    that were written act by act as those that were made at the end."""
    chance, wanted, moment = random.Random(20261129), portion.times(1000, sample=60), [MONTH]

    def clock() -> datetime:
        moment[0] += timedelta(seconds=20)
        return moment[0]

    issued, loaded = tmp_path / "issued", tmp_path / "loaded"
    issued.mkdir()
    loaded.mkdir()
    office, n = open_office(issued, clock), 0
    start = office.book.head()[0]
    while office.book.head()[0] - start < wanted:
        n += 1
        with suppress(Refusal):  # what is voided twice, or contradicts its case
            act(office, chance, n)
    handle = office.database.handle
    rows = handle.execute_sql(_ENTRIES).fetchall()
    bulk = Database.open(loaded / "book.db", clock)
    book = Book(bulk)
    with bulk.writing() as other:
        previous = entries.head(other)[2]
        for seq, time, kind, uuid, salt, body in rows:
            one = Act(EntryKind(kind), uuid, unpacked(body))
            previous = append(other, seq, datetime.fromisoformat(time), one, previous, salt)
    book.rebuild()
    assert book.check().problems == []
    for table in tables.TABLES:
        assert every_row(bulk.handle, table) == every_row(handle, table), table
    office.close()
    bulk.close()


_ENTRIES = 'SELECT e."seq", "time", "kind", "uuid", "salt", "body" FROM "entry" e JOIN "payload" p ON p."seq" = e."seq" ORDER BY e."seq"'


def every_row(handle: Any, table: type[Any]) -> list[tuple[Any, ...]]:
    return tables.fetch(handle, table.select().order_by(*tables.key_of(table)))
