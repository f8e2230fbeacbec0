"""台账的记录与表之间的来回：读一条，接一条.

Reading goes through the upcasters; the hash is that of the stored text. See chain.py for what is hashed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.moved_entry import AFTER_LEAVING, BookMoved, MovedAct, moved_away
from counter_assistant.storage.journal import chain, tables
from counter_assistant.storage.journal.body_codec import packed, unpacked
from counter_assistant.storage.journal.upcasters import current_schema, upcast
from counter_assistant.storage.orm import peewee

RESERVED = frozenset({"schema", "request"})
_BATCH = 1000
# Every act asks one of these, and peewee takes longer to put them together than the database to answer.
_LAST = 'SELECT "seq", "time", "hash", "kind" FROM "entry" ORDER BY "seq" DESC LIMIT 1'
_LAST_AND_NAMED = (
    'SELECT "seq", "time", "hash", "kind", (SELECT "last" FROM "counter" WHERE "series" = {0}), '
    'EXISTS (SELECT 1 FROM "entry" WHERE "uuid" = {0}) FROM "entry" ORDER BY "seq" DESC LIMIT 1'
)
_LAST_OF = 'SELECT max("seq") AS "last" FROM "entry" WHERE "kind" = {}'
"""One for each kind, so that the index gives it at once."""


class Last(NamedTuple):
    """The last entry of a book: its number, its time as it is stored, its hash and its kind; and the last number that was given in the
    series that was asked for with it."""

    seq: int
    time: str | None
    hash: bytes
    kind: str
    given: int = 0


def append(
    handle: Any,
    kind: EntryKind,
    payload: Mapping[str, Any],
    time: datetime,
    uuid: str | None = None,
    digest: str = "",
    *,
    last: Last | None = None,
) -> Entry:
    """Links a new entry to the chain, within the caller's immediate transaction, which may have read the `last` one already.

    Raises:
        Refusal: `moved-away`: the book goes on elsewhere.
    """
    if taken := RESERVED & payload.keys():
        raise ValueError(f"{sorted(taken)} are the book's own keys")
    if (uuid or "").startswith(ERASURE) != (kind is EntryKind.PAYLOAD_ERASED):
        raise ValueError("an erasure is named after what it erases, and nothing else is")
    content = _content(kind, payload, uuid, digest)
    body, salt = chain.canonical(content), secrets.token_bytes(chain.SALT_LENGTH)
    last = last or head(handle)
    if last.kind == EntryKind.BOOK_MOVED and kind not in AFTER_LEAVING and (left := left_for(handle)):
        raise moved_away(left.place)
    link = chain.Link(last.seq + 1, time.isoformat(), str(kind), str(kind.visibility), chain.inner_digest(salt, body))
    entry_hash = link.hash(last.hash)
    row = (link.seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, entry_hash, uuid)
    tables.insert_rows(handle, tables.Entry, [row])
    tables.insert_rows(handle, tables.Payload, [(link.seq, salt, packed(body))])
    handle.appended = link.seq, entry_hash  # by which a server is asked where its COMMIT had no answer
    return Entry(link.seq, time, kind, content, entry_hash, uuid, clock_back=_earlier(link.time, last.time))


def _content(kind: EntryKind, payload: Mapping[str, Any], uuid: str | None, digest: str) -> dict[str, Any]:
    request = {} if uuid is None else {"request": {"uuid": uuid, "digest": digest}}
    return {"schema": current_schema(kind), **payload, **request}


def without(entry: Entry, payload: Mapping[str, Any]) -> PayloadErased:
    """The erasure that leaves of an entry what another payload says. The digest of its request goes too, from which whoever
    knows the rest could find by trying what was left out."""
    return PayloadErased(_content(entry.kind, payload, entry.uuid, ""), entry.kind)


def erasure_of(handle: Any, seq: int) -> Entry | None:
    """The last erasure of an entry: that of the erasure before, where something had left it already. None where it is whole."""
    found = None
    while erasures := select(handle, tables.Entry.uuid == f"{ERASURE}{found.seq if found else seq}"):
        found = erasures[0]
    return found


def drop_content(handle: Any, seq: int) -> None:
    """Erases the stored content of an entry, once an erasure names it."""
    tables.Payload.delete().where(tables.Payload.seq == seq).execute(handle)


def is_of(entry: Entry, digest: str) -> bool:
    """Whether an entry is that of an act with this content."""
    return bool(entry.payload.get("request", {}).get("digest") == digest)


def done_or_last(handle: Any, kind: EntryKind, uuid: str, digest: str, series: str = "") -> Entry | Last:
    """The entry of the same act, where it was done before; else the last of all, as `head` has it, which it follows, and how far a
    `series` of numbers has come.

    Raises:
        Refusal: `request-differs`: an act of that name with another content.
    """
    found = named_or_last(handle, uuid, series)
    if isinstance(found, Entry) and (found.kind is not kind or not is_of(found, digest)):
        raise Refusal(
            "request-differs",
            "同一申请编号已经登记过，内容却不相同。",
            "请核对已登记的记录；确需另办，请用新的申请编号。",
        )
    return found


def named_or_last(handle: Any, uuid: str, series: str = "") -> Entry | Last:
    """The entry of an act; where it was not done the last of all, as `head` has it, and how far a `series` of numbers has come."""
    rows = handle.execute_sql(_LAST_AND_NAMED.format(handle.param), (series, uuid)).fetchall()
    if rows and rows[0][-1]:
        return select(handle, tables.Entry.uuid == uuid)[0]
    return _last([row[:-1] for row in rows])


def head(handle: Any) -> Last:
    """The last entry; 0, None and the chain's start where there is none."""
    return _last(handle.execute_sql(_LAST).fetchall())


def _last(rows: list[tuple[Any, ...]]) -> Last:
    if not rows:
        return Last(0, None, chain.START, "")
    seq, time, last_hash, kind, *given = rows[0]
    if not (isinstance(seq, int) and isinstance(time, str) and isinstance(last_hash, bytes)):
        raise unreadable(seq)
    return Last(seq, time, last_hash, kind, int(given[0] or 0) if given else 0)


def last_of(handle: Any, *kinds: EntryKind) -> int:
    """The number of the last entry of these kinds; 0 where there is none."""
    each = " UNION ALL ".join(_LAST_OF.format(handle.param) for _ in kinds)
    rows = handle.execute_sql(each, tuple(map(str, kinds))).fetchall()
    return max(last or 0 for (last,) in rows)


def left_for(handle: Any) -> BookMoved | None:
    """Where a book has left for, as its last entry says; None of one that goes on where it is."""
    if head(handle).kind != EntryKind.BOOK_MOVED:
        return None
    (last,) = select(handle, newest_first=True, limit=1)
    said = BookMoved.from_payload(last.payload)
    return said if said.act is MovedAct.LEFT else None


def hash_of(handle: Any, seq: int) -> bytes:
    """The hash of one entry.

    Raises:
        Refusal: `book-damaged`: the entry is not there, or its hash is none.
    """
    rows = tables.fetch(handle, tables.Entry.select(tables.Entry.hash).where(tables.Entry.seq == seq))
    if not rows or not isinstance(rows[0][0], bytes):
        raise unreadable(seq)
    return rows[0][0]


def select(handle: Any, *conditions: Any, newest_first: bool = False, limit: int = _BATCH) -> list[Entry]:
    """The entries that fulfil the conditions on tables.Entry, at most `limit`. A damaged one is refused by number."""
    return [_read(handle, *row) for row in _rows(handle, *conditions, newest_first=newest_first, limit=limit)]


def walk(handle: Any, *conditions: Any, after: int = 0) -> Iterator[Entry]:
    """The entries after one, in the book's order, fetched in batches so that no lock is held between them.

    Each is parsed when it is asked for: a thousand contents held at once keep the garbage collector busier than all the rest.
    """
    while rows := _rows(handle, tables.Entry.seq > after, *conditions):
        for row in rows:
            yield _read(handle, *row)
        if rows[-1][0] <= after:  # as a damaged tree of pages may give
            raise unreadable(rows[-1][0])
        after = rows[-1][0]


def _rows(handle: Any, *conditions: Any, newest_first: bool = False, limit: int = _BATCH) -> list[tuple[Any, ...]]:
    """Entries as they are stored, with the content of each and the time of the one before it."""
    entry, payload, before = tables.Entry, tables.Payload, tables.Entry.alias()
    order = entry.seq.desc() if newest_first else entry.seq.asc()
    query = (
        entry.select(entry.seq, entry.time, entry.kind, entry.hash, entry.uuid, payload.body, before.time)
        .join(payload, peewee.JOIN.LEFT_OUTER, on=(payload.seq == entry.seq))
        .switch(entry)
        .join(before, peewee.JOIN.LEFT_OUTER, on=(before.seq == entry.seq - 1))
        .where(*conditions or (True,))
        .order_by(order)
        .limit(limit)
    )
    return tables.fetch(handle, query)


def _read(
    handle: Any, seq: int, time: str, kind: str, entry_hash: bytes, uuid: str | None, body: bytes | None, before: str
) -> Entry:
    try:
        said = None if body is None else chain.parse(unpacked(body))
        return read(handle, seq, time, kind, entry_hash, uuid, said, clock_back=_earlier(time, before))
    except (ValueError, TypeError, RecursionError) as error:
        raise unreadable(seq) from error


def read(
    handle: Any, seq: int, time: str, kind: str, entry_hash: bytes, uuid: str | None, said: dict[str, Any] | None,
    *, clock_back: bool = False,
) -> Entry:  # fmt: skip
    """An entry as it is stored, of whose content it is known what it `said`; None where it is erased.

    Raises:
        Refusal: `book-damaged`: it cannot be read.
    """
    try:
        known = EntryKind(kind)
        payload, erased = (said, False) if said is not None else _kept(handle, seq)
        return Entry(
            seq, datetime.fromisoformat(time), known, payload if erased else upcast(known, payload), bytes(entry_hash),
            uuid, clock_back=clock_back, erased=erased,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise unreadable(seq) from error


def unreadable(seq: object) -> Refusal:
    """The refusal for an entry that cannot be read, naming it."""
    return Refusal("book-damaged", f"台账第 {seq} 条记录读不出。", "请保留原文件，从最近的备份恢复。")


def _kept(handle: Any, seq: int) -> tuple[dict[str, Any], bool]:
    """What an erasure entry keeps of a payload, and whether that is less than all but whole numbers: of a slip series and
    number, and nothing about a person. Where the erasure was erased in its turn, it is what that one's erasure keeps."""
    erasure = select(handle, tables.Entry.uuid == f"{ERASURE}{seq}", tables.Entry.kind == EntryKind.PAYLOAD_ERASED)
    if not erasure:
        raise ValueError("a payload is missing")
    if erasure[0].erased:
        return erasure[0].payload, True
    left = PayloadErased.from_payload(erasure[0].payload)
    return left.kept, left.of is None


def _earlier(time: str, before: str | None) -> bool:
    return before is not None and datetime.fromisoformat(time) < datetime.fromisoformat(before)
