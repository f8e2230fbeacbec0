"""A name, a text and a number that must not be found in any file of a data folder, or table of a book, however it is written."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2

from counter_assistant.storage.journal import body_codec
from tests.make import text_of

CANARIES = ("龘靐齉", "租房提取金丝雀", "13987654321", "53092619870304512X", "口令是金丝雀不能说")
PDF = b"%PDF-"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def found_in(folder: Path, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    """Where a canary stands: in which file, raw, in a part of it that zlib opens or in what a PDF in it says, and in its name."""
    found = []
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # what a server puts away while it is looked through
            continue
        written = {canary: [canary.encode(encoding) for encoding in ENCODINGS] for canary in canaries}
        seen = {
            name
            for text in (content, *streams(content), *pdf_texts(content))
            for name in canaries
            if any(w in text for w in written[name])
        }
        found += [f"{path.name}: {canary}" for canary in canaries if canary in seen or canary in path.name]
    return found


def found_in_tables(handle: Any, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    """Where a canary stands in an opened database: in which column of which table, raw or in a part of it that zlib opens."""
    found = set()
    names = [name for (name,) in handle.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for table in names:
        columns = [row[1] for row in handle.execute_sql(f'PRAGMA table_info("{table}")').fetchall()]
        for row in handle.execute_sql(f'SELECT * FROM "{table}"').fetchall():
            for column, value in zip(columns, row, strict=True):
                content = value if isinstance(value, bytes) else str(value).encode()
                texts = (content, *streams(content))
                found |= {
                    f"{table}.{column}: {canary}"
                    for canary in canaries
                    if any(canary.encode(encoding) in text for text in texts for encoding in ENCODINGS)
                }
    return sorted(found)


def pdf_texts(content: bytes) -> Iterator[bytes]:
    """What a reader copies out of each PDF that begins somewhere in a content; glyphs hide it from a search of its bytes."""
    start = content.find(PDF)
    while start >= 0:
        with suppress(pypdfium2.PdfiumError):
            yield text_of(content[start:]).encode()
        start = content.find(PDF, start + 1)


def streams(content: bytes) -> Iterator[bytes]:
    """What zlib makes of a content from any byte at which a stream may begin: one of zlib's own, or one of the book's."""
    for start in range(len(content) - 2):
        if content[start] & 0x8F == 8 and int.from_bytes(content[start : start + 2], "big") % 31 == 0:
            yield from opened(zlib.decompressobj(), content[start:])
        elif content[start] == body_codec.CODEC:
            yield from opened(
                zlib.decompressobj(-15, zdict=body_codec._dictionary(body_codec.CODEC)), content[start + 1 :]
            )


def opened(stream: Any, content: bytes) -> Iterator[bytes]:
    with suppress(zlib.error):
        yield stream.decompress(content[: 1 << 16], 1 << 18)
