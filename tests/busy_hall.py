"""Ten branches on one server, a schema each, with the archive rows and terms of many slips and no entries behind them, for measuring searches.

The program makes the schemas. One slip in a hundred is made here by the rules of the views (`terms_of`, `PeopleTerms`, `to_columns`), with a name of its
own; the server makes the others of these, under other numbers, codes and days, from another one on in each branch. Names are drawn
by rank, the first ones far more often: so what two characters lead to grows with the size, and seldom ones are there as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.operations.office import open_office
from counter_assistant.storage.journal import tables
from counter_assistant.storage.server.book_place import BookPlace
from counter_assistant.storage.views.archive_view import row_of, to_columns
from counter_assistant.storage.views.people import PeopleTerms
from counter_assistant.storage.views.search_terms import labels_of, numbers_of, terms_of
from tests import hall
from tests.bench.archive import CLERKS, GIVEN, ITEMS, SURNAMES
from tests.make import confirmed

BRANCHES, COPIES = tuple(f"b{n:016x}" for n in range(1, 11)), 100
YEARS_S, FIRST = 10 * 365 * 86400, datetime.fromisoformat("2016-11-30T08:30:00+08:00")
COMMON = "".join(bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF))
"""The characters of the first level of GB/T 2312 but its last row, which is not full."""
FILLING = {
    "wal_level": "minimal", "max_wal_senders": "0", "fsync": "off", "full_page_writes": "off", "autovacuum": "off",
    "max_wal_size": "8GB", "shared_buffers": "512MB", "maintenance_work_mem": "256MB", "work_mem": "1GB",
    "max_parallel_maintenance_workers": "0", "max_parallel_workers_per_gather": "0", "synchronize_seqscans": "off",
}  # fmt: skip
"""With which the rows are written. The server on which searches are measured has its settings as they come."""
AT_ONCE = 5

_OWN = {"seq": "s.seq", "number": "s.number", "issued_at": "s.issued_at", "day": "s.day", "qr": "s.qr"}
"""What each slip has of its own; the rest is that of the one it is made from."""
_SLIPS = """(SELECT made.*, seq, year || '-' || lpad(seq::text, 7, '0') AS number, right(lpad(seq::text, 7, '0'), 4) AS tail,
        to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS issued_at, to_char(moment, 'YYYY-MM-DD') AS day,
        to_char(moment, 'YYYYMMDD') AS date, '10101' || lpad(({branch} * 1000000000::bigint + seq)::text, 15, '0') AS qr
    FROM public.made, LATERAL (SELECT {before} + 1 + (made.n + {turn}) % {made} AS seq) at,
        LATERAL (SELECT timestamp '{first}' + seq * interval '{step} s' + interval '{branch} s' AS moment) then_,
        LATERAL (SELECT 'LC{branch}-GZ-' || extract(year FROM moment) AS year) of_
    ORDER BY seq) s"""
_TERMS = """INSERT INTO term SELECT term, s.seq FROM {slips}, LATERAL unnest(s.terms || ARRAY['#' || s.qr, '@' || s.date, '@' || right(s.date, 4),
        CASE WHEN s.tail NOT IN (s.phone_tail, s.id_tail) THEN '#' || s.tail END,
        CASE WHEN s.seq::text NOT IN (s.tail, s.phone_tail, s.id_tail) THEN '#' || s.seq END]) term WHERE term IS NOT NULL"""
_KEYS = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid IN ('archive'::regclass, 'term'::regclass) AND contype IN ('p', 'u') AND conrelid = '{}'::regclass"""


def fill(folder: Path, size: int) -> None:
    """Makes a server in a folder that is to be there from one measuring to the next, with so many slips in all."""
    with hall.kept(folder) as server:
        for n, book in enumerate(BRANCHES):
            with closing(open_office(folder / f"pc{n}", place=place(server, book))) as office:
                office.decide_profile(replace(confirmed(office.profile), installation_code=f"53092{n}"))
    with hall.kept(folder, FILLING) as server:
        count = size // COPIES
        _copy_made(server, count)
        with ThreadPoolExecutor(AT_ONCE) as several:
            list(several.map(partial(_fill_branch, server, size // len(BRANCHES), count), range(len(BRANCHES))))
            list(several.map(partial(_vacuum, server), BRANCHES))
        server.tell("DROP TABLE public.made")


def place(server: hall.Server, book: str) -> BookPlace:
    """Where the book of a branch lies."""
    return BookPlace(f"{server.address}&schema={book}")


def _copy_made(server: hall.Server, count: int) -> None:
    columns = [field.column_name for field in tables.Archive._meta.sorted_fields if field.column_name not in _OWN]
    written = ", ".join(f"{name} {'bigint' if name in ('void_seq', 'reprints') else 'text'}" for name in columns)
    server.tell(f"CREATE UNLOGGED TABLE public.made (n bigint, {written}, terms text[])")
    chance, terms = random.Random(20261130), PeopleTerms(b"of no book")
    with server.connected() as connection, connection.cursor().copy("COPY public.made FROM STDIN") as copy:
        for n in range(count):
            copy.write_row((n, *_made(chance, terms)))


def _made(chance: random.Random, people: PeopleTerms) -> tuple[Any, ...]:
    """A slip's columns but those of its own, and its terms but those of its number, code and day."""
    number = f"{chance.randrange(10**17):017}{chance.choice('0123456789X')}" if chance.random() < 0.5 else ""
    who = Applicant(a_name(chance), f"138{chance.randrange(10**8):08}", id_number=number)
    others = (a_name(chance),) if chance.random() < 0.1 else ()
    item, item_name = chance.choice(ITEMS)
    card = Card(
        "", "notification_slip", who.name, item, item_name, f"{FIRST:%Y-%m-%d}", chance.choice(CLERKS), who.phone[-4:], who.id_number[-4:],
        other_names=others,
    )  # fmt: skip
    entry = Entry(0, FIRST, EntryKind.SLIP_ISSUED, {}, chance.randbytes(32))
    columns = dict(
        zip(
            (field.column_name for field in tables.Archive._meta.sorted_fields),
            to_columns(row_of(entry, card)),
            strict=True,
        )
    )
    terms = [term for term in terms_of(card, FIRST, numbers_of(who)) if term != "#" and term[0] != "@"]
    return (*(value for name, value in columns.items() if name not in _OWN), [*terms, *people.of(who, item)])


def a_name(chance: random.Random) -> str:
    """One of one to three characters; the n-th character of a list is drawn as often as 1 / (n + 10)."""
    surname = chance.choices(SURNAMES, cum_weights=_weights(len(SURNAMES)))[0]
    given = chance.choices(_given(), cum_weights=_weights(len(_given())), k=chance.choices((0, 1, 2), (2, 20, 78))[0])
    return surname + "".join(given)


@cache
def _given() -> str:
    return "".join(dict.fromkeys(GIVEN + COMMON))


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (n + 10) for n in range(count)))


def _fill_branch(server: hall.Server, size: int, made: int, branch: int) -> None:
    """Writes the rows without the keys, which are made at the end as they were."""
    names = [field.column_name for field in tables.Archive._meta.sorted_fields]
    values = ", ".join(_OWN.get(name, f"s.{name}") for name in names)
    with server.connected() as connection:
        connection.execute(f"SET search_path TO {BRANCHES[branch]}; SET session_replication_role = replica")
        with connection.transaction():
            connection.execute("TRUNCATE archive, term")
            keys = {table: connection.execute(_KEYS.format(table)).fetchall() for table in ("archive", "term")}
            for statement in _each(keys, "DROP CONSTRAINT {0}"):
                connection.execute(statement)
            for before in range(0, size, made):
                slips = _SLIPS.format(
                    branch=branch, before=before, turn=branch * made // len(BRANCHES), made=made, first=f"{FIRST:%Y-%m-%d %H:%M}", step=YEARS_S // size
                )  # fmt: skip
                connection.execute(f"INSERT INTO archive SELECT {values} FROM {slips}")
                connection.execute(_TERMS.format(slips=slips))
            for statement in _each(keys, "ADD CONSTRAINT {0} {1}"):
                connection.execute(statement)
            labels = {
                label for item, name in ITEMS for clerk in CLERKS for label in labels_of(_labelled(item, name, clerk))
            }
            connection.cursor().executemany("INSERT INTO label VALUES (%s, %s) ON CONFLICT DO NOTHING", sorted(labels))
        connection.execute("ANALYZE archive, term")


def _vacuum(server: hall.Server, book: str) -> None:
    """As the server does by itself. Only once nobody writes any more are the rows of all marked as seen by everybody, so that an index is enough."""
    with server.connected() as connection:
        for table in ("archive", "term"):
            connection.execute(f"VACUUM {book}.{table}")


def _each(keys: dict[str, list[tuple[str, str]]], change: str) -> Iterator[str]:
    for table, several in keys.items():
        for name, definition in several:
            yield f"ALTER TABLE {table} {change.format(name, definition)}"


def _labelled(item: str, name: str, clerk: str) -> Card:
    return Card("", "notification_slip", "", item, name, "", clerk)
