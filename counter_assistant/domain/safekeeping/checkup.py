"""体检：台账、备份、电脑各看一眼，一样一行：好的打勾，不好的说出来、说怎么办."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How something stands: well; something is to be done some day soon; something is wrong now; it is not known yet; or it is not done yet,
    and comes by itself."""

    WELL = "well"
    ATTENTION = "attention"
    BAD = "bad"
    OPEN = "open"
    WAITS = "waits"

    @property
    def mark(self) -> str:
        """What stands before the line."""
        return _MARKS[self]


CHECK_FIRST = "请先核对台账（受理台搜“体检”）"
"""What is asked for where what was copied of a book is not sound."""
_MARKS = {Level.WELL: "✓", Level.ATTENTION: "！", Level.BAD: "✗", Level.OPEN: "…", Level.WAITS: "…"}
LEGEND = f"{_MARKS[Level.BAD]} 红的先办好再用，{_MARKS[Level.ATTENTION]} 黄的可以先用。"
"""What the colours of the lines mean to whoever is about to open the counter."""


class Subject(StrEnum):
    """What is looked at, in the order in which it is shown."""

    BOOK = "book"
    HEADS = "heads"
    BACKUP = "backup"
    LINES = "lines"
    PLACE = "place"
    JOURNAL = "journal"
    REHEARSAL = "rehearsal"
    ROOM = "room"
    CLOCK = "clock"
    KEYS = "keys"
    CLOSING = "closing"
    GAPS = "gaps"
    OFFICE = "office"
    CALENDAR = "calendar"
    CONTENT = "content"
    PRINTER = "printer"
    UNPRINTED = "unprinted"
    KIT = "kit"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    Subject.BOOK: "台账",
    Subject.HEADS: "台账头",
    Subject.BACKUP: "备份",
    Subject.LINES: "续写",
    Subject.PLACE: "备份另存",
    Subject.JOURNAL: "流水",
    Subject.REHEARSAL: "演练恢复",
    Subject.ROOM: "磁盘",
    Subject.CLOCK: "电脑时间",
    Subject.KEYS: "口令",
    Subject.CLOSING: "日结",
    Subject.GAPS: "断号",
    Subject.OFFICE: "本单位",
    Subject.CALENDAR: "放假日历",
    Subject.CONTENT: "目录",
    Subject.PRINTER: "打印机",
    Subject.UNPRINTED: "文书",
    Subject.KIT: "备用单",
}

SLOW = (Subject.BOOK, Subject.HEADS, Subject.GAPS)
"""What takes as long as the whole book, or all of its closings, are read."""
_PLACES = {subject: place for place, subject in enumerate(Subject)}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """How one thing stands, in a sentence, and what to do about it; nothing where it is well. Nothing of any person."""

    subject: Subject
    level: Level
    sentence: str
    remedy: str = ""

    @property
    def is_to_do(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.level in (Level.ATTENTION, Level.BAD)

    def to_json(self) -> dict[str, str]:
        """Plain JSON values."""
        return {"subject": self.subject, "level": self.level, "sentence": self.sentence, "remedy": self.remedy}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> CheckLine:
        """What `to_json` wrote. Raises ValueError or KeyError for anything else."""
        said = [str(written[name]) for name in ("sentence", "remedy")]
        return cls(Subject(written["subject"]), Level(written["level"]), *said)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was looked at, at a time, each line once and in the order of `Subject`."""

    at: datetime
    lines: tuple[CheckLine, ...]

    @property
    def to_do(self) -> tuple[CheckLine, ...]:
        """What somebody has to do something about, what is wrong now first."""
        return tuple(
            sorted((each for each in self.lines if each.is_to_do), key=lambda each: each.level is not Level.BAD)
        )

    @property
    def well(self) -> tuple[CheckLine, ...]:
        """The rest."""
        return tuple(each for each in self.lines if not each.is_to_do)

    @property
    def headline(self) -> str:
        """The one line at the top."""
        some = f"有 {len(self.to_do)} 处要办" if self.to_do else ""
        if any(each.level is Level.OPEN for each in self.lines):
            return f"{some}，还有没看完的" if some else "还有没看完的"
        return some or "一切正常"

    def with_lines(self, lines: Iterable[CheckLine]) -> Checkup:
        """With what is known by now of some of it, in the place of what was said before."""
        known = {each.subject: each for each in self.lines} | {each.subject: each for each in lines}
        return replace(self, lines=tuple(known[subject] for subject in sorted(known, key=_PLACES.__getitem__)))
