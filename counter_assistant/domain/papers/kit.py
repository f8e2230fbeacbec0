"""停电备用单：停电时用手写的一次性告知单，号先印好；来电后照纸补录.

What is written on it by hand are the holes of its head and the lines to sign on; all else was printed. What is recorded is the same
paper with both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.papers.slip import TIME_HOLE, Draft, Element, Run, SignatureLine, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width

APPLICANT, PHONE, AGENT, SITUATION = "applicant", "phone", "agent", "situation"
BY_HAND = frozenset((APPLICANT, PHONE, AGENT, SITUATION))
"""What is written into the head of a blank, beside the time."""
ROOM = "　\n　"
"""What makes a box of the head high enough to write in."""
BOX, TICKED = "□", "√"
"""What stands before the number of a line that applies in some situations only, as it is printed and once it was ticked."""
LATER = "补录于"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written on a blank by hand: when it was given out, to whom, in which situation, and by whom, as the paper shows them.
    `phone` is masked as on every paper; `ticked` are the numbers of the boxes, `signed` the clerk's name and phone."""

    at: datetime
    applicant: str
    phone: str
    agent: str
    situation: str
    ticked: frozenset[int]
    signed: tuple[str, ...]


def filled_in(draft: Draft, written: Written, recorded: datetime) -> Draft:
    """The paper that was given out: the blank, what was written on it, and when it was recorded.

    Raises:
        Refusal: `kit-no-such-box`.
    """
    values = {
        TIME_HOLE: chinese_time(written.at),
        APPLICANT: written.applicant,
        PHONE: written.phone,
        AGENT: written.agent or "—",
        SITUATION: written.situation or "—",
    }
    filled = draft.filled(values)
    body, boxes = _ticked(filled.body, written.ticked)
    if unknown := written.ticked - boxes:
        raise Refusal("kit-no-such-box", f"“还要带的”里没有第 {min(unknown)} 行。", "请照纸上打了√的填行号，如 1 3。")
    signed = iter(written.signed)
    left = tuple(_signed(line, next(signed, "")) if line.ruled else line for line in filled.signatures.left)
    notes = (*filled.notes, f"停电时手写，{LATER}{chinese_time(recorded)}")
    return replace(filled, body=body, signatures=replace(filled.signatures, left=left), notes=notes)


def _ticked(body: tuple[Element, ...], wanted: frozenset[int]) -> tuple[tuple[Element, ...], frozenset[int]]:
    """The elements with these boxes ticked, and the numbers of all boxes that there are."""
    boxes: set[int] = set()

    def tick(row: tuple[Run, ...]) -> tuple[Run, ...]:
        if not (found := _BOXED.match(row[0].text)):
            return row
        boxes.add(int(found[1]))
        mark = TICKED if int(found[1]) in wanted else BOX
        return (replace(row[0], text=mark + row[0].text.removeprefix(BOX)), *row[1:])

    made = tuple(
        replace(element, rows=tuple(map(tick, element.rows))) if isinstance(element, Table) else element
        for element in body
    )
    return made, frozenset(boxes)


_BOXED = re.compile(f"{BOX}([0-9]+)　")


def read_ticks(text: str) -> frozenset[int]:
    """The numbers of the boxes that were ticked, as they are typed: 1 3, 1、3.

    Raises:
        Refusal: `kit-bad-ticks`.
    """
    parts = re.split(r"[、，,;；.\s]+", half_width(text).strip())
    if any(part and not (part.isascii() and part.isdecimal() and len(part) <= _MOST_DIGITS) for part in parts):
        raise Refusal("kit-bad-ticks", f"打√的行号“{text.strip()[:20]}”无法识别。", "请写成 1 3 这样；都没有打的空着。")
    return frozenset(int(part) for part in parts if part)


_MOST_DIGITS = 3


def _signed(line: SignatureLine, who: str) -> SignatureLine:
    return SignatureLine(line.text + who) if who else line


def check_written_at(at: datetime, printed: datetime, now: datetime) -> None:
    """Asks whether a blank can have been given out then.

    Raises:
        Refusal: `kit-time-ahead` (it is still to come), `kit-time-before` (the kit was not printed yet).
    """
    said = chinese_time(at)
    if at > now:
        raise Refusal("kit-time-ahead", f"{said}还没有到。", "请照纸上写的日期和时间填。")
    if at < printed.replace(second=0, microsecond=0):
        raise Refusal(
            "kit-time-before",
            f"这套备用单是{chinese_time(printed)}印的，{said}还没有它。",
            "请照纸上写的日期和时间填。",
        )
