"""一份文书打印到哪一步：没有送、送出去了、排着队、正在打、停着、打完了，还是不知道.

What the printing system says of a job is held against what is known already; it is no entry of the book, because nobody did it and
it is another a second later. Only a job that was seen to its end counts as printed: until then the paper is 未打印, or nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class PrintState(StrEnum):
    """How far a paper, or its job, has come."""

    UNSENT = "unsent"
    SENDING = "sending"
    QUEUED = "queued"
    PRINTING = "printing"
    HELD = "held"
    ENDED = "ended"
    UNKNOWN = "unknown"
    RESTORED = "restored"
    OUT = "out"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    PrintState.UNSENT: "未打印", PrintState.SENDING: "正在送", PrintState.QUEUED: "排队中", PrintState.PRINTING: "打印中",
    PrintState.HELD: "未打印", PrintState.ENDED: "未打印", PrintState.UNKNOWN: "不知道", PrintState.RESTORED: "打印情况不明",
    PrintState.OUT: "已打出",
}  # fmt: skip
OPEN = frozenset((PrintState.SENDING, PrintState.QUEUED, PrintState.PRINTING, PrintState.HELD))
"""States in which the system may have a job of it, whose end is waited for."""
_MISSING = frozenset((PrintState.UNSENT, PrintState.HELD, PrintState.ENDED, PrintState.UNKNOWN))


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the printing system says of a job. `trouble` is what keeps it from printing, or what ended it, in a few words; `then` what
    happens once that is put right. `began`: something of it may have come out."""

    state: PrintState
    trouble: str = ""
    then: str = ""
    began: bool = False


@dataclass(frozen=True, slots=True)
class PaperPrint:
    """What is known of the printing of a slip, as long as that is not known to have come to a good end.

    `seq` is the slip's entry; `sheet` 0 for the two copies, else which reprint it is. `printer` is the system's name of the printer
    that has the job of number `job`. `at`: when this was noted, ISO 8601. `tries`: how often it was sent. `out`: earlier sheets of the
    slip did come out, so that nobody waits for these.
    """

    number: str
    seq: int
    state: PrintState = PrintState.UNSENT
    sheet: int = 0
    printer: str = ""
    job: int = 0
    at: str = ""
    trouble: str = ""
    then: str = ""
    began: bool = False
    tries: int = 0
    out: bool = False

    @property
    def missing(self) -> bool:
        """未打印: the slip was issued, and no copy of it is known to have come out or to be on its way."""
        return not self.out and self.state in _MISSING

    @property
    def is_of_before(self) -> bool:
        """Whether it was issued before the book was restored, which says nothing of printing: nobody waits for it, and printed once more it is
        a reprint."""
        return self.state is PrintState.RESTORED

    @property
    def is_open(self) -> bool:
        """Whether the end of a job is waited for."""
        return self.state in OPEN

    @property
    def may_come_out(self) -> bool:
        """Whether sheets of it may have come out or may still do so: it is not sent again before somebody was asked."""
        return self.state not in (PrintState.UNSENT, PrintState.ENDED) or self.began

    @property
    def in_words(self) -> str:
        """What is known, and what to do: one or two sentences."""
        return _in_words(self)

    def begin(self, sheet: int, at: str) -> PaperPrint:
        """It is being handed to the system."""
        out = self.out or self.is_of_before
        began = PaperPrint(self.number, self.seq, PrintState.SENDING, sheet, at=at, tries=self.tries + 1, out=out)
        return began if sheet == self.sheet else replace(began, tries=1)

    def sent(self, printer: str, job: int, report: JobReport, at: str) -> PaperPrint:
        """The system took it."""
        return replace(self, state=PrintState.QUEUED, printer=printer, job=job).told(report, at)

    def refused(self, why: str, at: str) -> PaperPrint:
        """The system did not take it: nothing of it will come out."""
        return replace(self, state=PrintState.UNSENT, trouble=why, then="", began=False, at=at)

    def told(self, report: JobReport, at: str) -> PaperPrint:
        """What the system says of it now."""
        began = self.began or report.began
        same = (report.state, report.trouble, began) == (self.state, self.trouble, self.began)
        said = replace(self, state=report.state, trouble=report.trouble, then=report.then, began=began)
        return said if same else replace(said, at=at)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        values = ((key, getattr(self, key)) for key in self.__slots__)
        return {key: value for key, value in values if value or key in ("number", "seq")}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> PaperPrint:
        """What `to_json` gave. Raises TypeError, ValueError or KeyError for what it never gives."""
        known = cls(**{**values, "state": PrintState(values["state"])})
        if any(type(getattr(known, name)) is not type(getattr(_PLAIN, name)) for name in cls.__slots__):
            raise TypeError("a value of another type")
        return known


_PLAIN = PaperPrint("", 0)


def _in_words(paper: PaperPrint) -> str:
    what = f"第 {paper.sheet} 次补打" if paper.sheet else "这份文书"
    part = "可能已经打出一部分，先看一眼出纸口。" if paper.began else ""
    match paper.state:
        case PrintState.UNSENT:
            tried = f"送了 {paper.tries} 次，没有送出去：{paper.trouble}。" if paper.trouble else "还没有送过打印机。"
            return f"{what}没有打出，{tried}"
        case PrintState.SENDING:
            return f"{what}正在送打印机。"
        case PrintState.QUEUED | PrintState.PRINTING:
            return f"{what}{paper.state.label}。"
        case PrintState.HELD:
            return f"{what}停在打印队列里：{paper.trouble}；{paper.then}，不要重复出具。{part}"
        case PrintState.ENDED:
            return f"{what}没有打完：{paper.trouble}，不会再打出来了。{part}"
        case PrintState.UNKNOWN:
            return f"不知道{what}打出来没有：{paper.trouble}。请看一眼出纸口。"
        case PrintState.RESTORED:
            return f"{what}是恢复以前出的，打印情况不明。手边没有存档联的，请补打。"
        case _:
            return f"{what}已打出。"
