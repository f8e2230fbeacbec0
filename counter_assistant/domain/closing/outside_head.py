"""台账以外留着的台账头：第几条、校验码多少；与台账比对，放回旧的、分叉、截短、改写都看得出.

A chain does not see its own tail cut off, nor that all of it was linked anew. What tells it is the number and the hash of an entry
kept by somebody else: on a day sheet that was signed, in a journal on a stick, at the centre.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain import check_digits
from counter_assistant.domain.entry import CHECK_CODE_LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width, without_invisible

SHEET_CODE = "9"
"""How the digits of a day sheet begin, which are no paper's: those begin with the version of their format."""
_OF_SHEET = re.compile(SHEET_CODE + r"([0-9]{6})([0-9]{9})([0-9]{15})[0-9]{2}")
_TYPED = re.compile(r"第?([0-9]{1,15})条?[:\s]+((?:[0-9a-fA-F][\s\-]*){12,64})")


@dataclass(frozen=True, slots=True)
class OutsideHead:
    """The number of an entry and its hash in hex, or the beginning of it, at least 12 digits."""

    seq: int
    digits: str

    def fits(self, entry_hash: str) -> bool:
        """Whether an entry's whole hash is this one."""
        return entry_hash.startswith(self.digits)


class Result(StrEnum):
    """What a comparison gave: the same entry, a book that ends before it, another entry at that place; or another one there while a
    later head fits, which no book can do, so that the head was copied wrong."""

    SAME = "same"
    ENDS_BEFORE = "ends_before"
    DIFFERS = "differs"
    MISCOPIED = "miscopied"


@dataclass(frozen=True, slots=True)
class Compared:
    """A head held against a book. Of what differs, the first entry lies from `first` to `last`; both 0 where nothing does. Of a head
    that was copied wrong, `first` and `last` are the later one that fits.
    """

    head: OutsideHead
    result: Result
    first: int = 0
    last: int = 0

    @property
    def sentence(self) -> str:
        """What it says, for a clerk to read out."""
        seq = self.head.seq
        match self.result:
            case Result.SAME:
                return f"第 {seq} 条与凭据相符。"
            case Result.ENDS_BEFORE:
                return f"凭据上已有第 {seq} 条，台账从第 {self.first} 条起就没有了：放回了旧的一份，或者末尾被截去。"
            case Result.MISCOPIED:
                return f"第 {seq} 条与凭据不符，后面的第 {self.first} 条却相符：多半是这个凭据抄错了。"
            case _:
                since = (
                    f"第 {seq} 条" if self.first == self.last else f"第 {self.first} 条到第 {self.last} 条之间的一条"
                )
                return f"第 {seq} 条与凭据不符：从{since}起，台账不是原来的一份，另外写过或者被改过。"


def read_head(text: str) -> OutsideHead:
    """A head as it is typed, pasted or scanned: 57:3fa1 09bc 77d2, with as many digits as there are; or a day sheet's code.

    Raises:
        Refusal: `bad-head`.
    """
    plain = without_invisible(half_width(text)).strip()
    if found := _OF_SHEET.fullmatch(plain):
        if check_digits.are_whole(plain) and int(found[3]) < 16**CHECK_CODE_LENGTH:
            return OutsideHead(int(found[2]), f"{int(found[3]):0{CHECK_CODE_LENGTH}x}")
    elif found := _TYPED.fullmatch(plain):
        digits = re.sub(r"[\s\-]", "", found[2]).lower()
        if int(found[1]):
            return OutsideHead(int(found[1]), digits)
    raise Refusal("bad-head", "台账头无法识别。", "请写成“第几条:校验码”，例如 57:3fa109bc77d2，或者扫日结单上的码。")


def sheet_digits(installation_code: str, seq: int, head: str) -> str:
    """The digits of a day sheet's code: installation (6), number of the entry (9), the first 12 hex digits of its hash as 15
    decimal ones, check (2, ISO 7064 MOD 97-10)."""
    body = f"{SHEET_CODE}{installation_code}{seq:09d}{int(head[:CHECK_CODE_LENGTH], 16):015d}"
    return body + check_digits.of_digits(body)


def is_sheet_code(digits: str) -> bool:
    """Whether scanned digits are those of a day sheet, and were read right."""
    return bool(_OF_SHEET.fullmatch(digits)) and check_digits.are_whole(digits)


def compare(heads: Sequence[OutsideHead], hash_of: Callable[[int], str], end: int) -> tuple[Compared, ...]:
    """Heads held against a book of `end` entries, in their order; `hash_of` gives the whole hash of an entry in hex.

    The more heads there are, the nearer is the first entry that differs: it comes after the last that fits.
    """
    results = {head: _result(head, hash_of, end) for head in heads}
    fitting = [head.seq for head, result in results.items() if result is Result.SAME]
    return tuple(_compared(head, result, fitting, end) for head, result in results.items())


def grouped(head: str) -> str:
    """A hash in groups of four, as it is compared by eye."""
    return " ".join(head[at : at + 4] for at in range(0, len(head), 4))


def _result(head: OutsideHead, hash_of: Callable[[int], str], end: int) -> Result:
    if head.seq > end:
        return Result.ENDS_BEFORE
    return Result.SAME if head.fits(hash_of(head.seq)) else Result.DIFFERS


def _compared(head: OutsideHead, result: Result, fitting: list[int], end: int) -> Compared:
    if result is Result.SAME:
        return Compared(head, result)
    if result is Result.ENDS_BEFORE:
        return Compared(head, result, end + 1, end + 1)
    if later := [seq for seq in fitting if seq > head.seq]:
        return Compared(head, Result.MISCOPIED, later[0], later[0])
    return Compared(head, result, max(fitting, default=0) + 1, head.seq)
