"""印章怎样写：名称、枚数、编号，几枚用分号隔开（守则 一(八)3：交回印章）."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal

_BETWEEN = re.compile(r"[;；、\n]+")
_SEAL = re.compile(r"(?P<name>.*?[^\d\s])\s*(?P<pieces>\d{1,2})\s*[枚个]?(?:\s+(?:编号)?\s*(?P<number>\S.*))?")
"""More seals of one name than two digits say lie in no drawer."""


class Seal(NamedTuple):
    """So many seals of a name; `number` is what is engraved or written on them, empty where nothing is."""

    name: str
    pieces: int
    number: str = ""

    @property
    def in_words(self) -> str:
        """业务专用章 1 枚 编号 03: how it is written again."""
        return f"{self.name} {self.pieces} 枚" + (f" 编号 {self.number}" if self.number else "")


def read_seals(text: str) -> tuple[Seal, ...]:
    """The seals that were typed; none where nothing was.

    Raises:
        Refusal: `seal-unclear` (a seal without how many there are).
    """
    return tuple(_read(part.strip()) for part in _BETWEEN.split(text) if part.strip())


def seals_in_words(seals: Iterable[Seal]) -> str:
    """All of them as `read_seals` reads them."""
    return "；".join(seal.in_words for seal in seals)


def _read(text: str) -> Seal:
    found = _SEAL.fullmatch(text)
    if found is None or int(found["pieces"]) == 0:
        raise Refusal(
            "seal-unclear", f"印章“{text[:20]}”没有写清几枚。", "请写成：业务专用章 1枚 编号 03；几种用分号隔开。"
        )
    return Seal(found["name"].strip(), int(found["pieces"]), (found["number"] or "").strip())
