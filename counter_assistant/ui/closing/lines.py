"""一次结账说些什么，一行一行，不用 Qt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.figures import SeriesUsed, series_in_words
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.entry import CHECK_CODE_LENGTH
from counter_assistant.operations.publications.day_sheet import others

MOST = 3


class Line(NamedTuple):
    """A line: what it is about, what it says, the role of that in the style sheet, and what stands beside it."""

    label: str
    text: str
    role: str = "dense"
    beside: str = ""


def lines_of(closed: Closed) -> Iterator[Line]:
    """What a closing holds, and what is to be looked at in it."""
    figures = closed.figures
    extent = (
        f"第 {closed.first} 条至第 {closed.last} 条，共 {figures.entries} 条" if figures.entries else "没有新的记录"
    )
    yield Line("台账", extent)
    yield Line("出具", f"{figures.issued} 份" if figures.issued else "没有出具文书", "title")
    papers = [_paper(used) for used in figures.papers_in_order]
    for left, right in zip_longest(papers[::2], papers[1::2], fillvalue=""):
        yield Line("", left, beside=right)
    if rest := "，".join(others(closed)):
        yield Line("登记", rest)
    for n, void in enumerate(figures.voids[:MOST]):
        kept = "" if void.copy_returned else "，当事人联没有收回"
        yield Line(
            "" if n else f"作废 {len(figures.voids)}",
            f"{void.number}　{void.reason}{kept}",
            "attention" if kept else "dense",
        )
    if reprints := sum(figures.reprints.values()):
        yield Line("补打", f"{reprints} 次，{len(figures.reprints)} 份")
    gaps = [gap for gap in figures.gaps if not gap.of_kit]
    for n, gap in enumerate(gaps[:MOST]):
        yield Line("" if n else f"断号 {len(gaps)}", gap.in_words, "attention")
    for n, number in enumerate(closed.unprinted[:MOST]):
        more = f"，共 {len(closed.unprinted)} 份" if n == MOST - 1 and len(closed.unprinted) > MOST else ""
        yield Line(
            "" if n else f"未打印 {len(closed.unprinted)}", f"{number}{more}　档案里查“未打印”，补打出来", "attention"
        )
    if closed.blanks_out:
        yield Line("备用单", f"{closed.blanks_out} 份在外：停电时用了的，请补录")
    if closed.late:
        yield Line("补记", f"上次结账以后又有 {closed.late} 条，计入本次", "attention")
    yield Line("台账头", f"{closed.last}:{grouped(closed.head[:CHECK_CODE_LENGTH])}")


def _paper(used: SeriesUsed) -> str:
    """收件回执〔2026〕　2号至3号　2 份: of the numbers what comes after the year."""
    begun, ended = (number.rpartition("〕")[2] for number in (used.first_number, used.last_number))
    places = begun if used.issued == 1 else f"{begun}至{ended}"
    return f"{series_in_words(used.series)}　{places}　{used.issued} 份"
