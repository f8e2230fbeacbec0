"""手工登记的各项，写进台账的样子：意见、开箱、误解、延时、离岗、上报（守则 一(二)2、一(六)4⑸）.

A text is one line. A day is written YYYY-MM-DD, a time of day HH:MM, a person of the office by staff number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from counter_assistant.domain.entry import Flat


class Typed(Flat):
    """What was typed: texts, whole numbers, what is so or not, and lists of such, each read as strictly as it was written."""

    __slots__ = ()

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        written = super().to_payload()
        return written | {name: [one.to_payload() for one in written[name]] for name in self.lists()}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """What `to_payload` wrote; KeyError or ValueError for anything else."""
        listed = {name: tuple(map(made.from_payload, payload[name])) for name, made in cls.lists().items()}
        read = super().from_payload({**payload, **listed})
        names: tuple[str, ...] = cls.__slots__
        for name in names:
            value = getattr(read, name)
            wanted = int if name in cls.numbers() else bool if name in cls.flags() else str
            if name not in listed and type(value) is not wanted:
                raise ValueError(f"{name} is of another sort")
        return read

    @classmethod
    def lists(cls) -> Mapping[str, type[Typed]]:
        """The fields that hold several of a kind, and of which; the others hold one text or number."""
        return {}

    @classmethod
    def numbers(cls) -> frozenset[str]:
        """The fields that hold a whole number; the others hold texts."""
        return frozenset()

    @classmethod
    def flags(cls) -> frozenset[str]:
        """The fields that say whether something is so."""
        return frozenset()


class Source(StrEnum):
    """How an opinion came (守则 一(三)2⑴：意见箱、簿、条)."""

    BOX = "box"
    BOOK = "book"
    NOTE = "note"
    WINDOW = "window"
    PHONE = "phone"
    ONLINE = "online"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _SOURCES[self]


_SOURCES = {
    Source.BOX: "意见箱", Source.BOOK: "意见簿", Source.NOTE: "意见条", Source.WINDOW: "当面", Source.PHONE: "电话",
    Source.ONLINE: "网上", Source.LETTER: "来信",
}  # fmt: skip


class OpinionSort(StrEnum):
    """意见、建议和批评（守则 一(二)2⑺）；表扬 is noted, too, and waits for nothing."""

    OPINION = "opinion"
    SUGGESTION = "suggestion"
    CRITICISM = "criticism"
    PRAISE = "praise"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"opinion": "意见", "suggestion": "建议", "criticism": "批评", "praise": "表扬"}[self.value]


@dataclass(frozen=True, slots=True)
class Opinion(Typed):
    """意见、建议和批评 (`opinion`). `signed`: the name under it, empty where there is none; `reply_to`: how an answer reaches whoever
    wants one."""

    day: str
    source: str
    sort: str
    text: str
    signed: str
    reply_to: str
    clerk: str


@dataclass(frozen=True, slots=True)
class BoxOpened(Typed):
    """意见箱开箱 (`box_opened`): two who opened it, by staff number, and how many slips lay in it."""

    day: str
    place: str
    opener: str
    second: str
    count: int
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("count",))


@dataclass(frozen=True, slots=True)
class Misunderstanding(Typed):
    """误解 (`misunderstanding`): what it was about, what was explained, and to whom it was reported."""

    day: str
    text: str
    explained: str
    reported_to: str
    clerk: str


class OvertimeSort(StrEnum):
    """延时服务, or the reason given (守则 一(二)2⑷)."""

    SERVED = "served"
    EXPLAINED = "explained"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"served": "延时服务", "explained": "说明情况"}[self.value]


@dataclass(frozen=True, slots=True)
class Overtime(Typed):
    """下班时间仍有人来办事 (`overtime`): served until a time, or told why not. `visitors`: how many."""

    day: str
    sort: str
    until: str
    visitors: int
    text: str
    clerk: str

    @classmethod
    def numbers(cls) -> frozenset[str]:
        return frozenset(("visitors",))


class AbsenceSort(StrEnum):
    """离开岗位, or not there in time (守则 一(二)2⑵⑶)."""

    LEFT = "left"
    LATE = "late"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"left": "离开岗位", "late": "不能准时"}[self.value]


@dataclass(frozen=True, slots=True)
class Absence(Typed):
    """离岗或者误时 (`absence`). `who` is away, from a time, back at one (empty while that is not known). `deputy` stands in; else `notice`
    says how the public, or the office, was told."""

    day: str
    sort: str
    who: str
    since: str
    back: str
    reason: str
    deputy: str
    notice: str
    clerk: str


@dataclass(frozen=True, slots=True)
class ReportedUpward(Typed):
    """上报的事项 (`reported_upward`): a grave matter of the whole system, and the leader to whom it was reported, who names the body."""

    day: str
    text: str
    leader: str
    clerk: str


HandEntry = Opinion | BoxOpened | Misunderstanding | Overtime | Absence | ReportedUpward
