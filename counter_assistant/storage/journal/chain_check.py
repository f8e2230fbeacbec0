"""核对一个文件里的哈希链。升级前核对副本、平时核对台账都用它.

Each entry is compared with the hash that its predecessor is stored with, so a finding names the entry that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import peewee

from counter_assistant.domain.entry import ERASURE, EntryKind
from counter_assistant.storage.journal import chain, tables
from counter_assistant.storage.journal.body_codec import unpacked

_BATCH = 1000


def _select() -> Any:
    """Every entry as it is stored, with its content and whether an erasure names it: columns that every version has."""
    entry, payload, erasure = tables.Entry, tables.Payload, tables.Entry.alias()
    named = erasure.uuid == peewee.Value(ERASURE).concat(entry.seq.cast("TEXT"))
    erased = peewee.fn.EXISTS(erasure.select(peewee.SQL("1")).where(named, erasure.kind == EntryKind.PAYLOAD_ERASED))
    return (
        entry.select(
            entry.seq, entry.time, entry.kind, entry.visibility, entry.inner, entry.algorithm, entry.hash, entry.uuid,
            payload.salt, payload.body, erased,
        )
        .join(payload, peewee.JOIN.LEFT_OUTER, on=(payload.seq == entry.seq))
        .order_by(entry.seq)
        .limit(_BATCH)
    )  # fmt: skip


def chain_problems(handle: Any) -> Iterator[str]:
    """What the chain of a book says."""
    previous, last, query = chain.START, 0, _select()
    while rows := tables.fetch(handle, query.where(tables.Entry.seq > last)):
        for *stored, stored_hash, uuid, salt, body, erased in rows:
            link = chain.Link(*stored)
            if link.seq <= last:
                yield f"第 {link.seq} 条记录的次序错乱。"
                return
            if link.seq != last + 1:
                yield f"第 {last + 1} 条记录缺失。"
            if _hash(link, previous) != stored_hash:
                yield f"第 {link.seq} 条记录与哈希链不符。"
            yield from _content_problem(link, uuid, salt, body, bool(erased))
            previous, last = stored_hash, link.seq


def _hash(link: chain.Link, previous: bytes) -> bytes:
    try:
        return link.hash(previous)
    except ValueError:
        return b""


def _content_problem(
    link: chain.Link, uuid: str | None, salt: bytes, stored: str | bytes | None, erased: bool
) -> Iterator[str]:
    if stored is None:
        if not erased:
            yield f"第 {link.seq} 条记录的内容缺失。"
        return
    try:
        body = unpacked(stored)
    except ValueError:
        body = ""
    if chain.inner_digest(salt, body) != link.inner:
        yield f"第 {link.seq} 条记录的内容被改动。"
    elif chain.parse(body).get("request", {}).get("uuid") != uuid:
        yield f"第 {link.seq} 条记录的申请编号与内容不符。"
