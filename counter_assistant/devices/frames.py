"""读卡器的帧：AA AA AA 96 69，长度，命令或状态，数据，异或校验.

Pure: bytes in, bytes out. The length counts everything after itself, high byte first; the checksum is the XOR of all between
the preamble and itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import xor
from typing import NamedTuple

PREAMBLE = bytes.fromhex("AAAAAA9669")
FIND, SELECT, READ = (0x20, 0x01), (0x20, 0x02), (0x30, 0x01)
FOUND, DONE, NOTHING_FOUND, NOT_SELECTED, NOT_READ = 0x9F, 0x90, 0x80, 0x81, 0x41
SHORTEST, LONGEST = 4, 3 + 4 + 256 + 1024 + 1
"""Bytes after the length: three of status and a checksum; those, two lengths, text and photo."""


class Answer(NamedTuple):
    """What a reader answered: the last of three bytes of status, and the data."""

    status: int
    data: bytes


class TextAndPhoto(NamedTuple):
    """What reading a card brings. The photo stays unread; only its length is known."""

    text: bytes
    photo_length: int


def command(code: int, parameter: int) -> bytes:
    """The frame of a command without data."""
    return _frame(bytes((code, parameter)))


def answer(status: int, data: bytes = b"") -> bytes:
    """The frame of an answer, as a reader sends it."""
    return _frame(bytes((0, 0, status)) + data)


def find_answer(received: bytes) -> Answer | None:
    """The first whole and undamaged answer in what came, whatever stands before it; None while there is none."""
    for content, sound in _complete(received):
        if sound:
            return Answer(content[2], content[3:])
    return None


def is_damaged(received: bytes) -> bool:
    """Whether a frame came whose length or checksum cannot be right."""
    return any(not sound for _, sound in _complete(received))


def split_reading(data: bytes) -> TextAndPhoto | None:
    """Text and photo of the data of a reading; None where its lengths do not fit it."""
    if len(data) < 4:
        return None
    text, photo = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    return TextAndPhoto(data[4 : 4 + text], photo) if len(data) == 4 + text + photo else None


def _frame(content: bytes) -> bytes:
    counted = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + counted + bytes((_checksum(counted),))


def _complete(received: bytes) -> Iterator[tuple[bytes, bool]]:
    """The content of every frame that has come as a whole, and whether it can be right; an impossible length cannot."""
    at = received.find(PREAMBLE)
    while at >= 0:
        start = at + len(PREAMBLE)
        counted = received[start : start + 2]
        length = int.from_bytes(counted, "big")
        content = received[start + 2 : start + 2 + length]
        if len(counted) == 2 and not SHORTEST <= length <= LONGEST:
            yield b"", False
        elif len(counted) == 2 and len(content) == length:
            yield content[:-1], _checksum(counted + content) == 0
        at = received.find(PREAMBLE, at + 1)


def _checksum(content: bytes) -> int:
    return reduce(xor, content, 0)
