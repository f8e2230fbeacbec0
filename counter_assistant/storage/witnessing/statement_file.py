"""网点送中心签名的凭据：一行是台账头，后面可以有从中心上次签过的那一条起的记录链，好让中心看出是接着写的.

    statement                                             domain/closing/head_statement.py
    {"after":N,"format":"counter-assistant-links-1","hash":HEX}          the entry from which the links go on; 0 and zeros: from the first
    {"inner":HEX,"kind":…,"time":…,"visibility":…}         a line for each entry after N up to the last

Each line is canonical JSON. The links hold no content: a time, a kind, and a digest that nobody can find a name from. How the hash of an
entry follows from them: storage/journal/chain.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import chain, entries, tables

LINKS = "counter-assistant-links-1"
_LONGEST, _SIZE, _BATCH = 4096, 32, 5000


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, and the hashes of the entries from number `after` on to its last one, as its links prove them. Without links
    that is the last one alone."""

    statement: HeadStatement
    after: int
    hashes: bytes

    def hash_of(self, seq: int) -> str:
        """The hash of an entry in hex, from number `after` on."""
        at = (seq - self.after) * _SIZE
        return self.hashes[at : at + _SIZE].hex()


def write_statement(path: Path, statement: HeadStatement, database: Engine, since: int | None) -> None:
    """Writes a statement, with the links of the entries after number `since` where that is given.

    Raises:
        OSError: it cannot be written.
        ValueError: no file can have this name.
        Refusal: `book-damaged`.
    """
    lines = [statement.text]
    if since is not None:
        with database.query() as handle:
            lines.append(chain.canonical({"after": since, "format": LINKS, "hash": _hash_before(handle, since)}))
            lines += _links(handle, since, statement.entries)
    write_atomic(path, "".join(f"{line}\n" for line in lines).encode())


def read_statement(path: Path) -> Stated:
    """A statement whose links, if there are any, lead to its head.

    Raises:
        Refusal: `statement-unreadable` (the file cannot be read), `statement-foreign` (it is something else), `statement-damaged`, which
            names the line.
    """
    try:
        return _read(BytesIO(read_plain(path)), path.name)
    except (OSError, ValueError) as error:
        raise Refusal("statement-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件。") from error


def _hash_before(handle: Any, since: int) -> str:
    return entries.hash_of(handle, since).hex() if since else chain.START.hex()


def _links(handle: Any, since: int, end: int) -> Iterator[str]:
    entry = tables.Entry
    columns = entry.select(entry.inner, entry.kind, entry.time, entry.visibility).order_by(entry.seq)
    while since < end:
        for inner, kind, time, visibility in tables.fetch(
            handle, columns.where(entry.seq > since, entry.seq <= min(since + _BATCH, end))
        ):
            yield chain.canonical({"inner": inner.hex(), "kind": kind, "time": time, "visibility": visibility})
        since += _BATCH


def _read(file: BinaryIO, name: str) -> Stated:
    try:
        statement = HeadStatement.from_text(_line(file))
    except ValueError as error:
        raise Refusal(
            "statement-foreign", f"{name} 不是网点的台账头凭据。", "请选网点用 archive head 做的文件。"
        ) from error
    n = 2
    try:
        first = _line(file)
        if not first:
            return Stated(statement, statement.entries, bytes.fromhex(statement.head))
        after, previous = _start(first, statement)
        hashes = bytearray(previous)
        for seq in range(after + 1, statement.entries + 1):
            n += 1
            previous = _link(_line(file), seq).hash(previous)
            hashes += previous
        n += 1
        if file.read(1) or previous.hex() != statement.head:
            raise ValueError("the links lead elsewhere")
    except (ValueError, TypeError, KeyError, RecursionError, Refusal) as error:
        raise Refusal(
            "statement-damaged", f"凭据第 {n} 行已经损坏，或者记录链对不上。", "请网点重新做一份，不要用这一份。"
        ) from error
    return Stated(statement, after, bytes(hashes))


def _line(file: BinaryIO) -> str:
    """The next line without its end; empty where there is none."""
    raw = file.readline(_LONGEST)
    if raw and not raw.endswith(b"\n"):
        raise ValueError("a line without its end")
    return raw.decode().removesuffix("\n")


def _start(text: str, statement: HeadStatement) -> tuple[int, bytes]:
    written = _spelled(text)
    after, previous = written["after"], bytes.fromhex(written["hash"])
    if written != {"after": after, "format": LINKS, "hash": previous.hex()} or len(previous) != _SIZE:
        raise ValueError("no start of links")
    if type(after) is not int or not 0 <= after <= statement.entries or (after == 0 and previous != chain.START):
        raise ValueError("no start of links")
    return after, previous


def _link(text: str, seq: int) -> chain.Link:
    written = _spelled(text)
    inner, kind, time, visibility = (written[key] for key in ("inner", "kind", "time", "visibility"))
    return chain.Link(seq, time, kind, visibility, bytes.fromhex(inner))


def _spelled(text: str) -> dict[str, Any]:
    written = chain.parse(text)
    if chain.canonical(written) != text:
        raise ValueError("spelled otherwise")
    return written
