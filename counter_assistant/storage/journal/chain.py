"""哈希链：改动、删去或调换任何一条记录都会被发现。

    inner_n = SHA-256(salt_n, payload_n)          payload as canonical JSON in UTF-8
    h_n     = SHA-256(h_{n-1}, algorithm, seq, time, kind, visibility, inner_n)          h_0 = 32 zero bytes

Every part is preceded by its length in eight bytes, so two different lists of parts never hash alike. The salted inner
digest lets a payload be erased when its retention ends while the chain still verifies, and nobody can find an erased
name by trying names. A chain does not see its own tail cut off: its head also goes into backups and onto paper.

Canonical JSON: UTF-8, keys sorted by code point, no blanks, integers of at most 53 bits (RFC 7493), no floats.
Pure: no files, no database.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.refusal import Refusal

ALGORITHM = "sha256-1"
START = bytes(32)
SALT_LENGTH = 16
_LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Link:
    """The stored form of an entry, as far as its hash is concerned."""

    seq: int
    time: str
    kind: str
    visibility: str
    inner: bytes
    algorithm: str = ALGORITHM

    def hash(self, previous: bytes) -> bytes:
        """h_n. An unknown algorithm raises ValueError: a hash that cannot be computed is never taken as right."""
        if self.algorithm != ALGORITHM:
            raise ValueError(f"unknown algorithm {self.algorithm!r}")
        return _digest(
            previous,
            self.algorithm.encode(),
            self.seq.to_bytes(8, "big"),
            self.time.encode(),
            self.kind.encode(),
            self.visibility.encode(),
            self.inner,
        )


def inner_digest(salt: bytes, body: str) -> bytes:
    """The digest that stands for a payload in the chain."""
    return _digest(salt, body.encode())


def content_digest(payload: Mapping[str, Any]) -> str:
    """What tells two requests of the same name apart: SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def canonical(payload: Mapping[str, Any]) -> str:
    """The one way to write a payload down.

    Raises TypeError or ValueError for what JSON cannot hold exactly (a programming error), and Refusal for text that
    has no UTF-8 form, which a clerk can paste.
    """
    _require_plain(payload)
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise not_encodable() from error
    return text


def parse(body: str) -> dict[str, Any]:
    """The payload that `canonical` wrote. Raises ValueError for what it never writes.

    That a body is spelled the canonical way is not asked again: its digest holds it to the letter.
    """
    text = body.strip(" \t\n\r")
    payload, end = _DECODER.raw_decode(text)
    if not isinstance(payload, dict) or end != len(text):
        raise ValueError("a payload is a JSON object, and nothing else")
    return payload


def not_encodable() -> Refusal:
    """The refusal for half a character, which no file can hold."""
    return Refusal(
        "text-not-encodable", "文字里有不完整的字符，无法保存。", "请删去这个字符重新输入；打不出的字请留空手写。"
    )


def _never(text: str) -> None:
    raise ValueError(f"{text} is not canonical JSON")


_DECODER = json.JSONDecoder(parse_float=_never, parse_constant=_never)  # made once: a check parses every content


def _digest(*parts: bytes) -> bytes:
    pieces = [piece for part in parts for piece in (_length(len(part)), part)]
    return hashlib.sha256(b"".join(pieces)).digest()


_length = struct.Struct(">Q").pack


def _require_plain(value: object) -> None:
    # Slips hold hundreds of strings, and this runs while other windows wait: for a string in a list nothing is called.
    if value is None or isinstance(value, _PLAIN):
        return
    if isinstance(value, (list, tuple)):
        for part in value:
            if type(part) is not str:
                _require_plain(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key is text, not {key!r}")
            if type(part) is not str:
                _require_plain(part)
    elif not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} has no canonical form")
    elif abs(value) > _LARGEST:
        raise ValueError(f"{value} does not survive other JSON readers: write it as text")


_PLAIN = (str, bool)
