"""停电备用单在台账里的样子：印了一套，哪些号、各是哪个事项、纸上是什么；哪些作废了。

A kit is printed while there is power, with numbers that nothing else gets. So its entry keeps what stands on the blanks, once for
each item: what is recorded afterwards is that paper, whatever the catalogue says by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

KIT_ACT = "book:kit:"
"""How the `uuid` of what is recorded of a blank begins; the series of its number and its place follow, so that it is recorded once."""
RESERVED = "印成停电备用单"
"""Why the numbers of a kit are passed over in their series."""


@dataclass(frozen=True, slots=True)
class KitItem:
    """The blanks of one item of a kit, by the numbers that they bear. `draft` is what is printed, `result` and `facts` what a slip of it
    tells, each as the slip's own entry has it, with what is written by hand left open."""

    item: str
    item_name: str
    numbers: tuple[str, ...]
    draft: Mapping[str, Any]
    result: Mapping[str, Any]
    facts: Mapping[str, Any]

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> KitItem:
        """What `KitPrinted.to_payload` wrote of it."""
        return cls(**{**payload, "numbers": tuple(payload["numbers"])})


class Blank(NamedTuple):
    """A blank: its number, the act by which it is recorded, its place in the series of its kit, and what it is of."""

    number: str
    act: str
    n: int
    of: KitItem


@dataclass(frozen=True, slots=True)
class KitPrinted:
    """印停电备用单 (`kit_printed`): blanks whose numbers are those from `first` on of the series of a `year` of an installation, given by its
    code. `clerk` is a staff number. `open_from`: the entry of the oldest kit of which a blank was out then; 0 where none was, so that nobody
    need read on beyond."""

    installation: str
    year: int
    first: int
    items: tuple[KitItem, ...]
    clerk: str
    open_from: int = 0

    @property
    def blanks(self) -> Iterator[Blank]:
        """Its blanks, item by item, which is the order of their numbers."""
        numbered = ((number, each) for each in self.items for number in each.numbers)
        for n, (number, each) in enumerate(numbered, self.first):
            yield Blank(number, f"{KIT_ACT}{self.year}/{self.installation}/{n}", n, each)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        items = [{**asdict(each), "numbers": list(each.numbers)} for each in self.items]
        return {**plain, "items": items}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> KitPrinted:
        """What `to_payload` wrote."""
        plain = {name: payload[name] for name in cls.__slots__}
        return cls(**{**plain, "items": tuple(map(KitItem.from_payload, payload["items"]))})


@dataclass(frozen=True, slots=True)
class KitVoided:
    """作废停电备用单 (`kit_voided`): blanks, by number, of which nothing will be recorded any more. `clerk` is a staff number."""

    numbers: tuple[str, ...]
    reason: str
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {"numbers": list(self.numbers), "reason": self.reason, "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> KitVoided:
        """What `to_payload` wrote."""
        return cls(tuple(payload["numbers"]), payload["reason"], payload["clerk"])
