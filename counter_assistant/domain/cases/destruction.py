"""销毁清册：保存期满，哪些文书的内容离开了台账，谁、哪一天、凭什么，台账的头前后是什么."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import SlipKind

GROUND = "《中华人民共和国个人信息保护法》第四十七条第一款第二项（保存期限已届满）"
"""The legal ground of every destruction; the centre's own document is named beside it."""


@dataclass(frozen=True, slots=True)
class DestroyedPaper:
    """What is left of a paper: its number, its kind, and the day of its issue."""

    number: str
    kind: SlipKind
    issued: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """A 销毁清册 (`payload_erased` of one destruction): `papers` in the order of the book, and how many `others` left it that had none. `by` and `second` are
    staff numbers. The heads are the hashes, in hex, of the entries `before` it and of its last, `after`."""

    number: str
    at: datetime
    by: str
    second: str
    reason: str
    copies_by: date
    papers: tuple[DestroyedPaper, ...]
    others: int
    before: tuple[int, str]
    after: tuple[int, str]

    @property
    def in_one_line(self) -> str:
        """What the check of a book says of it."""
        what = f"{len(self.papers)} 份文书" + (f"和另外 {self.others} 条记录" if self.others else "")
        return f"{self.number}：{chinese_date(self.at)}由工号 {self.by}、{self.second}销毁 {what}（{self.reason}）。"
