"""内容包：本中心核定的一版目录，装在一个文件里，由本中心签名，发给各网点.

A pack holds the edition whole (domain/revision/edition.py) and nothing of an office: posts, people, phones, hours, county
holidays and phrases stay with the branch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.typed_text.characters import unprintable

KIND = "counter-assistant-content"
FORMAT = 1
"""The format of packs that this program writes, and the newest that it reads."""

_GROUPS, _DIGITS = 8, 4
_NOT_HEX = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True)
class Pack:
    """What a centre sends. `made` is when the edition was recorded in the centre's book: of two packs the later one is newer.

    `algorithm` names how it is signed, `key` is the public key in hex, and `id` the name under which a book remembers it.
    """

    centre: str
    made: datetime
    edition: Edition
    algorithm: str
    key: str
    id: str = ""

    def to_json(self) -> dict[str, Any]:
        """What is signed, in plain JSON values."""
        return {
            "kind": KIND, "format": FORMAT, "algorithm": self.algorithm, "key": self.key, "centre": self.centre,
            "made": self.made.isoformat(), "edition": self.edition.to_json(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, written: Any, id_: str) -> Pack:
        """What `to_json` wrote, every text of it read.

        Raises:
            Refusal: `broken-content`.
        """
        match written:
            case {
                "algorithm": str(algorithm),
                "key": str(key),
                "centre": str(centre),
                "made": str(made),
                "edition": held,
            }:
                if any(map(unprintable, centre)):
                    raise _broken()
                edition = Edition.from_json(held)
                dict(edition.catalogue.items)
                return cls(centre, _moment(made), edition, algorithm, key, id_)
        raise _broken()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signed it."""
        return fingerprint(self.algorithm, self.key)


def fingerprint(algorithm: str, key: str) -> str:
    """What people compare on paper: 128 bits of a public key's digest, in eight groups of four hex digits."""
    digits = sha256(f"{algorithm}\0{key}".encode()).hexdigest()
    return " ".join(digits[i : i + _DIGITS] for i in range(0, _GROUPS * _DIGITS, _DIGITS))


def is_fingerprint(typed: str, of: str) -> bool:
    """Whether somebody typed this fingerprint, with or without its blanks, in capitals or not."""
    return _NOT_HEX.sub("", typed.lower()) == _NOT_HEX.sub("", of)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _broken() from None
    if moment.tzinfo is None:
        raise _broken()
    return moment


def _broken() -> Refusal:
    return Refusal("broken-content", "这不是一版核定的内容。", "请换一份没有改动过的文件。")
