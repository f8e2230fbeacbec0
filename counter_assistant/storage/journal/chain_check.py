"""核对一个文件里的哈希链。升级前核对副本、平时核对台账都用它.

Each entry is compared with the hash that its predecessor is stored with, so a finding names the entry that is wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from counter_assistant.storage.journal import chain

_ROWS = """
SELECT e.seq, e.time, e.kind, e.visibility, e.inner, e.algorithm, e.hash, e.uuid, p.salt, p.body,
       EXISTS (SELECT 1 FROM entry x WHERE x.uuid = 'erase:' || e.seq AND x.kind = 'payload_erased')
FROM entry e LEFT JOIN payload p ON p.seq = e.seq WHERE e.seq > ? ORDER BY e.seq LIMIT 1000
"""


def chain_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What the chain of a book file says, by the columns that every version has."""
    previous, last = chain.START, 0
    while rows := connection.execute(_ROWS, (last,)).fetchall():
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


def _content_problem(link: chain.Link, uuid: str | None, salt: bytes, body: str | None, erased: bool) -> Iterator[str]:
    if body is None:
        if not erased:
            yield f"第 {link.seq} 条记录的内容缺失。"
    elif chain.inner_digest(salt, body) != link.inner:
        yield f"第 {link.seq} 条记录的内容被改动。"
    elif chain.parse(body).get("request", {}).get("uuid") != uuid:
        yield f"第 {link.seq} 条记录的申请编号与内容不符。"
