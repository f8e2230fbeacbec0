"""未打印：出具了、还没有见到打出来的文书；再送的是原来的那几张，不另计补打."""

from __future__ import annotations

from typing import NamedTuple

from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.operations.archive.reprint_and_void import pdf_of, reprint_mark, show
from counter_assistant.operations.office import Office

LISTED = "未打印"
"""What is typed in the archive to see them."""


class ToPrint(NamedTuple):
    """The numbers of the slips that are printed at once, oldest first, and of those about which somebody is asked before."""

    send: tuple[str, ...]
    ask: tuple[str, ...]


def to_print(office: Office) -> ToPrint:
    """What printing all at once would do. What may have come out, or may still do so, is never sent unasked."""
    papers = [one.paper for one in office.prints.unprinted()]
    return ToPrint(
        tuple(paper.number for paper in papers if not paper.may_come_out),
        tuple(paper.number for paper in papers if paper.may_come_out),
    )


def sheets_of(office: Office, paper: PaperPrint) -> bytes:
    """The PDF of the sheets that did not come out: the two copies, or those of a reprint that was counted already.

    Raises:
        Refusal: `number-unknown`, `missing-glyph`, `layout-unknown`.
    """
    return pdf_of(office, show(office, paper.number), reprint_mark(paper.sheet))
