"""核对一个文件里的哈希链。升级前核对副本、平时核对台账都用它.

Each entry is compared with the hash that its predecessor is stored with, so a finding names the entry that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from counter_assistant.domain.entry import ERASURE, EntryKind
from counter_assistant.storage.journal import chain
from counter_assistant.storage.journal.body_codec import unpacked

_BATCH = 1000
_ENTRIES = (
    'SELECT e."seq", e."time", e."kind", e."visibility", e."inner", e."algorithm", e."hash", e."uuid", p."salt", p."body" '
    'FROM "entry" e LEFT OUTER JOIN "payload" p ON p."seq" = e."seq" WHERE e."seq" > {} ORDER BY e."seq" LIMIT {}'
)
"""Every entry as it is stored: columns that every version has."""
_ERASED = 'SELECT 1 FROM "entry" WHERE "uuid" = {} AND "kind" = {} AND "seq" > {}'


class Looked(NamedTuple):
    """An entry as it is stored, what its content says, and what is wrong with either. `said` is None where there is no content, or
    none that can be read."""

    link: chain.Link
    hash: bytes
    uuid: str | None
    said: dict[str, Any] | None
    problems: list[str]


def looked_at(handle: Any, after: int = 0, previous: bytes = chain.START) -> Iterator[Looked]:
    """The entries after number `after`, whose hash is `previous`, each held against its own digest and against the one before it.

    They are fetched in batches, so that no lock is held between them. The last has problems where their order is confused.
    """
    query = _ENTRIES.format(handle.param, handle.param)
    while rows := handle.execute_sql(query, (after, _BATCH)).fetchall():
        for *stored, entry_hash, uuid, salt, body in rows:
            link, problems = chain.Link(*stored), list[str]()
            if link.seq <= after:
                yield Looked(link, entry_hash, uuid, None, [f"第 {link.seq} 条记录的次序错乱。"])
                return
            if link.seq != after + 1:
                problems.append(f"第 {after + 1} 条记录缺失。")
            if _hash(link, previous) != entry_hash:
                problems.append(f"第 {link.seq} 条记录与哈希链不符。")
            said = None if body is None else _said(link, uuid, salt, body, problems)
            if body is None and not _is_erased(handle, link.seq):
                problems.append(f"第 {link.seq} 条记录的内容缺失。")
            yield Looked(link, entry_hash, uuid, said, problems)
            previous, after = entry_hash, link.seq


def chain_problems(handle: Any) -> Iterator[str]:
    """What the chain of a book says."""
    for entry in looked_at(handle):
        yield from entry.problems


def _hash(link: chain.Link, previous: bytes) -> bytes:
    try:
        return link.hash(previous)
    except ValueError:
        return b""


def _is_erased(handle: Any, seq: int) -> bool:
    query = _ERASED.format(*[handle.param] * 3)
    return bool(handle.execute_sql(query, (f"{ERASURE}{seq}", EntryKind.PAYLOAD_ERASED.value, seq)).fetchall())


def _said(
    link: chain.Link, uuid: str | None, salt: bytes, stored: str | bytes, problems: list[str]
) -> dict[str, Any] | None:
    """What a content says, once it is what was hashed."""
    try:
        body = unpacked(stored)
    except ValueError:
        body = ""
    if chain.inner_digest(salt, body) != link.inner:
        problems.append(f"第 {link.seq} 条记录的内容被改动。")
        return None
    said = chain.parse(body)
    if said.get("request", {}).get("uuid") != uuid:
        problems.append(f"第 {link.seq} 条记录的申请编号与内容不符。")
    return said
