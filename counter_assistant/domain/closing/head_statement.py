"""台账头的凭据：哪一本台账、第几条、哈希多少；中心签名，网点收进台账（中心见证）.

What is said and what is signed is fixed to the byte, in docs/audit-format.md, so that an auditor's program needs nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_assistant.domain.closing.outside_head import OutsideHead, Result, compare
from counter_assistant.domain.entry import Flat
from counter_assistant.domain.refusal import Refusal

FORMAT = "counter-assistant-head-1"
COSIGNED = "counter-assistant-cosigned-head-1"
"""The format of a head that was co-signed. What is signed begins with it, so that no signature of a pack passes for one of a head, nor
the other way round."""

_SHAPE = re.compile(
    r'\{"book":"([0-9a-f]{32})","entries":([1-9][0-9]{0,14}),"format":"' + FORMAT + r'","head":"([0-9a-f]{64})",'
    r'"installation":"([0-9]{6})","time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2})"\}'
)


@dataclass(frozen=True, slots=True)
class HeadStatement:
    """What a branch says of its book: the unique name, how many `entries` it has and the hash of the last in hex, the code of the
    installation, and when it was said (ISO 8601, whole seconds, with its offset)."""

    book: str
    entries: int
    head: str
    installation: str
    time: str

    @property
    def text(self) -> str:
        """The statement as it is written and signed: canonical JSON of one shape."""
        return (
            f'{{"book":"{self.book}","entries":{self.entries},"format":"{FORMAT}","head":"{self.head}",'
            f'"installation":"{self.installation}","time":"{self.time}"}}'
        )

    @property
    def outside(self) -> OutsideHead:
        """The head, to hold a book against."""
        return OutsideHead(self.entries, self.head)

    @classmethod
    def from_text(cls, text: str) -> HeadStatement:
        """What `text` wrote.

        Raises:
            ValueError: it is anything else.
        """
        found = _SHAPE.fullmatch(text)
        if not found:
            raise ValueError("no statement of a head")
        return cls(found[1], int(found[2]), found[3], found[4], found[5])


def signed_bytes(statement: str) -> bytes:
    """What the centre signs of a statement."""
    return f"{COSIGNED}\0{statement}".encode()


@dataclass(frozen=True, slots=True)
class HeadWitnessed(Flat):
    """中心见证 (`head_witnessed`): a statement to the letter, the centre's public key and its signature in hex; `clerk` took it in, by
    staff number."""

    statement: str
    algorithm: str
    key: str
    signature: str
    clerk: str


def refuse_turned_back(
    signed: Sequence[HeadStatement], new: HeadStatement, after: int, hash_of: Callable[[int], str]
) -> None:
    """Lets a statement pass that goes on from those of the same book that the centre signed. `hash_of` gives the hash of the entries
    from number `after` on, as the branch proves them.

    Raises:
        Refusal: `head-goes-back` (the centre signed a later entry), `head-forks` (the book has another entry than one that was signed),
            `head-unproven` (nothing shows whether it goes on).
    """
    if not signed:
        return
    latest = max(signed, key=lambda each: each.entries)
    if new.entries < latest.entries:
        raise Refusal(
            "head-goes-back",
            f"中心签过这本台账的第 {latest.entries} 条，这份凭据只到第 {new.entries} 条："
            f"从第 {new.entries + 1} 条起没有了，放回了旧的一份，或者末尾被截去。",
            "不要签。请网点保留原文件，用备份和流水恢复；确实恢复不了的，查明以后用 --anew 写明缘由再签。",
        )
    if latest.entries < after:
        raise Refusal(
            "head-unproven",
            f"凭据里没有从第 {latest.entries} 条起的记录链，看不出是不是接着中心签过的。",
            f"请网点办 archive head --since {latest.entries}，把新的一份再送来。",
        )
    known = [each.outside for each in signed if each.entries >= after]
    for each in sorted(compare(known, hash_of, new.entries), key=lambda each: each.head.seq):
        if each.result is not Result.SAME:
            raise Refusal(
                "head-forks",
                f"与中心签过的不是一本：{each.sentence}",
                "不要签。请网点保留原文件，查明从哪一条起另外写过；查明以后用 --anew 写明缘由再签。",
            )
