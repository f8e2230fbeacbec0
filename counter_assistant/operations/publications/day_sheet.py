"""日结单（月结单、年结单）：一张 A4，由结账的一条记录印出，签字后存档；台账头印在上面，谁都可以拿它来核对.

It is drawn from the entry alone, so that it prints the same whenever it is printed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.figures import series_in_words
from counter_assistant.domain.closing.outside_head import grouped, sheet_digits
from counter_assistant.domain.entry import CHECK_CODE_LENGTH, Entry, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.sheets import CLOSING_PAPERS, CLOSING_VOIDS, arrange_closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_assistant.operations.office import Office

FORM = "day_sheet"
MOST_ROWS, LONGEST_REASON = 16, 24
"""So many rows of both tables are listed, and of each reason so many characters, to leave the sheet one page; every series is listed,
and how many voids more there are is said."""
LISTED, LISTED_BY_MANY_SERIES = 6, 2
"""So many reprints and gaps are listed; fewer where more than `MOST_ROWS` series take the room, as over the turn of a year."""
OWN_LINE = frozenset((EntryKind.SLIP_ISSUED, EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED))
"""What is told elsewhere on the sheet."""
NAMED = (EntryKind.ORAL_NOTICE, EntryKind.INQUIRY, EntryKind.CASE_STEP, EntryKind.STEP_WITHDRAWN)
"""Of what else there is, what is named even where there is none of the rest."""


def closing_sheet(office: Office, closed: Closed, entry: Entry) -> Sheet:
    """The sheet of a closing for signature.

    Raises:
        Refusal: `broken-form`.
    """
    blocks = office.program.forms.blocks(FORM, _facts(office, closed, entry))
    return arrange_closing(blocks, _rows(closed), sheet_digits(closed.installation, closed.last, closed.head))


def closing_pdf(office: Office, closed: Closed, entry: Entry) -> bytes:
    """The PDF of the sheet, marked 样本 in training.

    Raises:
        Refusal: `broken-form`, `missing-glyph`.
    """
    return office.program.typesetter.sheet(closing_sheet(office, closed, entry), office.watermark)


def _facts(office: Office, closed: Closed, entry: Entry) -> dict[str, Any]:
    figures = closed.figures
    reprinted = [f"{number}（{times} 次）" if times > 1 else number for number, times in figures.reprints.items()]
    most = LISTED if len(figures.papers) < MOST_ROWS else LISTED_BY_MANY_SERIES
    gaps = [gap.in_words for gap in figures.gaps[:most]]
    gaps += [f"另有 {len(figures.gaps) - most} 处"] if len(figures.gaps) > most else []
    return {
        "office_is_example": office.is_example,
        "closed": closed,
        "closed_at": chinese_time(entry.time),
        "entries": figures.entries,
        "issued": figures.issued,
        "others": list(others(closed)),
        "unprinted": closed.unprinted,
        "blanks_out": closed.blanks_out,
        "voids": len(figures.voids),
        "voids_left_out": len(figures.voids) - len(_voids(closed)),
        "reprints": sum(figures.reprints.values()),
        "reprinted": reprinted[:most],
        "reprints_left_out": max(len(reprinted) - most, 0),
        "gaps": gaps,
        "head": grouped(closed.head),
        "short_head": closed.head[:CHECK_CODE_LENGTH],
        "entry": entry.seq,
        "check_code": entry.check_code,
    }


def lines_of_closing(office: Office, closed: Closed, entry: Entry) -> list[str]:
    """The sheet as lines of plain text.

    Raises:
        Refusal: `broken-form`.
    """
    return closing_sheet(office, closed, entry).lines()


def others(closed: Closed) -> Iterator[str]:
    """How many entries there are of what is no paper; those of sealed registers are among the rest."""
    counts, rest = closed.figures.counts, 0
    for kind in NAMED:
        if n := counts.get(kind, 0):
            yield f"{kind.label} {n} 条"
    for kind, n in counts.items():
        if kind not in OWN_LINE and kind not in NAMED:
            rest += n
    if rest:
        yield f"其他记录 {rest} 条"


def _rows(closed: Closed) -> dict[str, tuple[tuple[Run, ...], ...]]:
    papers = tuple(
        tuple(map(Run, (series_in_words(used.series), used.first_number, used.last_number, str(used.issued))))
        for used in closed.figures.papers_in_order
    )
    voids = tuple(
        tuple(map(Run, (void.number, _cut(void.reason), void.clerk, "已收回" if void.copy_returned else "没有收回")))
        for void in _voids(closed)
    )
    return {CLOSING_PAPERS: papers, CLOSING_VOIDS: voids}


def _voids(closed: Closed) -> tuple[SlipVoided, ...]:
    """The voids that are listed."""
    return closed.figures.voids[: max(MOST_ROWS - len(closed.figures.papers), 0)]


def _cut(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}……"
