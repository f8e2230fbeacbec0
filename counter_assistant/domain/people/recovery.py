"""恢复单：128 个随机比特写成 12 个汉字，锁在保险柜里，忘了口令时照着输入.

As BIP-39 does it: 11 bits a character, the last four of the 132 a checksum. The list is every so-manyth of the 3,755
characters of GB 2312 level 1, which every input method gives, so that no file of words must be kept for ten years.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache

from counter_assistant.domain.refusal import Refusal

BYTES, LENGTH = 16, 12
_BITS, _CHECK = 11, 4
_COMMON = 3755  # characters of level 1
_ROW, _FIRST = 94, 0xA1


def to_words(secret: bytes) -> str:
    """Sixteen bytes as twelve characters."""
    if len(secret) != BYTES:
        raise ValueError("a recovery sheet holds sixteen bytes")
    number = int.from_bytes(secret, "big") << _CHECK | _checksum(secret)
    places = [number >> _BITS * n & (1 << _BITS) - 1 for n in reversed(range(LENGTH))]
    return "".join(_characters()[place] for place in places)


def from_words(typed: str) -> bytes:
    """The bytes of a sheet as somebody typed it; blanks and punctuation between the characters do not count.

    Raises:
        Refusal: `sheet-length` (not twelve characters), `sheet-character` (one that no sheet has, named by its place),
            `sheet-mistyped` (one is another than on the sheet; which one cannot be told).
    """
    said = [char for char in typed if unicodedata.category(char)[0] not in "ZPC"]
    known = _places()
    for place, char in enumerate(said[:LENGTH], 1):
        if char not in known:
            raise Refusal("sheet-character", f"第 {place} 个字“{char}”不会出现在恢复单上。", "请照着恢复单核对这个字。")
    if len(said) != LENGTH:
        raise Refusal("sheet-length", f"恢复单有 {LENGTH} 个字，输入了 {len(said)} 个。", "请照着恢复单补全。")
    number = 0
    for char in said:
        number = number << _BITS | known[char]
    secret = (number >> _CHECK).to_bytes(BYTES, "big")
    if number & (1 << _CHECK) - 1 != _checksum(secret):
        raise Refusal("sheet-mistyped", "这 12 个字里有与恢复单不一样的。", "请照着恢复单逐字核对，留意次序和形近字。")
    return secret


def _checksum(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> 8 - _CHECK


@cache
def _characters() -> tuple[str, ...]:
    """The 2,048 characters, in the order of their codes from B0A1."""
    codes = (divmod(n * _COMMON // (1 << _BITS), _ROW) for n in range(1 << _BITS))
    return tuple(bytes((0xB0 + row, _FIRST + column)).decode("gb2312") for row, column in codes)


@cache
def _places() -> Mapping[str, int]:
    return {char: place for place, char in enumerate(_characters())}
