"""第一联存档：当天出具的各份，签了字的第一联收齐了没有，立成一卷（守则 一(五)3⑶: 一份存档备查）."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Signature(StrEnum):
    """What stands on a first copy where the applicant signs."""

    SIGNED = "signed"
    REFUSED = "refused"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"signed": "已签", "refused": "拒签", "missing": "漏签"}[self.value]

    @property
    def following(self) -> Signature:
        """What the next press of the key makes of it."""
        every = list(Signature)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True)
class CopiesFiled:
    """存档联归卷 (`copy_filed`): the first copies that were put into the volume of a day, by number, and how each is signed.

    `volume` is the day whose volume it is, YYYY-MM-DD, which may be later than that of a paper; `clerk` a staff number.
    """

    volume: str
    copies: Mapping[str, Signature]
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        copies = [[number, signature.value] for number, signature in self.copies.items()]
        return {"volume": self.volume, "copies": copies, "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> CopiesFiled:
        """What `to_payload` wrote."""
        copies = {number: Signature(signature) for number, signature in payload["copies"]}
        return cls(payload["volume"], copies, payload["clerk"])


@dataclass(frozen=True, slots=True)
class Filed:
    """In which day's volume a first copy lies, and how it is signed."""

    volume: str
    signature: Signature


def filed_copies(filings: Iterable[CopiesFiled]) -> dict[str, Filed]:
    """Where each copy lies, by number, in the order in which they were first filed. One that is filed again stays in its place, and is
    signed as was said last."""
    found: dict[str, Filed] = {}
    for filing in filings:
        for number, signature in filing.copies.items():
            volume = found[number].volume if number in found else filing.volume
            found[number] = Filed(volume, signature)
    return found
