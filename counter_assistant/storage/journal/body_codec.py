"""一条记录的内容在文件里怎样放：压缩了放，读出来一字不差；哈希算的是原文.

    stored = codec (1 byte) ‖ deflated        codec 1: raw deflate, RFC 1951, with resources/book/dictionary-1 as its dictionary

Papers repeat their own words, so a paper of 8 KB takes 0.7 KB with a dictionary, and 3.2 KB without. A codec and its dictionary are
never changed, because books were written with them; another gets the next number.
"""

from __future__ import annotations

import zlib
from functools import cache
from hashlib import sha256

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal

CODEC = 1
DICTIONARIES = {1: "c3c977b4d6498e23d058b27eabd3a3e0bed117334c7b854a621f004c2bf08eee"}
"""SHA-256 of the dictionary of each codec."""

LARGEST = 64 << 20
"""The most bytes that a content may have: a damaged file must not fill the memory."""

_RAW, _LEVEL, _MEMORY = -15, 6, 9


def packed(body: str) -> bytes:
    """A content as it is stored."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zdict=_dictionary(CODEC))
    return bytes([CODEC]) + squeeze.compress(body.encode()) + squeeze.flush()


def unpacked(stored: str | bytes) -> str:
    """The content, as it was written; a text is one of a file from before there were codecs.

    Raises:
        ValueError: nothing that `packed` writes.
    """
    if isinstance(stored, str):
        return stored
    if not isinstance(stored, bytes) or stored[:1] != bytes([CODEC]):
        raise ValueError("the content is stored in a way that is not known")
    unsqueeze = zlib.decompressobj(_RAW, zdict=_dictionary(CODEC))
    try:
        body = unsqueeze.decompress(stored[1:], LARGEST)
    except zlib.error as error:
        raise ValueError("the content cannot be read") from error
    if not unsqueeze.eof or unsqueeze.unused_data:
        raise ValueError("the content ends too early or too late")
    return body.decode()


@cache
def _dictionary(codec: int) -> bytes:
    """The dictionary of a codec.

    Raises:
        Refusal: `program-incomplete`: it is not there, or is another.
    """
    path = paths.resources() / "book" / f"dictionary-{codec}"
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if sha256(content).hexdigest() != DICTIONARIES[codec]:
        raise Refusal(
            "program-incomplete", f"程序文件不完整：{path.name} 不对，台账读不出。", "请重新安装本程序；台账没有改动。"
        )
    return content
