"""单页的排列：办事指南、期限计算表和核定稿的措辞块按什么顺序站在纸上。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Element, Heading, Run, Signatures
from counter_assistant.paper.arrangement import (
    FormBlocks,
    Head,
    Part,
    Piece,
    Rows,
    RuledTable,
    Text,
    signature_lines,
)

GUIDE: Sequence[Piece] = (
    Head((("!item",), ("code", "department", "handling"), ("also_called",), ("valid", "checked"))),
    Part("basis"),
    Text(("basis",)),
    Part("conditions"),
    Text(("conditions",)),
    Text(("explanations",)),
    Part("materials"),
    RuledTable("guide_materials"),
    Text(("starred",)),
    Text(("!never_ask",)),
    Part("procedure"),
    Text(("procedure",)),
    Part("flow"),
    Text(("flow",)),
    Part("standard"),
    Text(("standard",)),
    Part("term"),
    Text(("statutory", "!promised")),
    Part("responsible"),
    Text(("responsible",)),
    Part("clerk"),
    Text(("clerk", "phone")),
    Text(("place",)),
    Part("redress"),
    Text(("remedy",)),
    Text(("announced",)),
)
"""守则 一(四)2 的十一要件，依次而行；末尾是补救途径（守则 一(五)2⑸）."""

DAY_COUNT: Sequence[Piece] = (
    Head((("subject",), ("!due", "counted"))),
    RuledTable("day_count"),
    Text(("explanation",)),
    Text(("!provisional",)),
)

REVISION: Sequence[Piece] = (
    Head((("based_on", "printed"), ("!extent",))),
    Text(("explanation",)),
)
REVISION_ROWS = "revision"

CLOSING_PAPERS, CLOSING_VOIDS = "closing_papers", "closing_voids"
CLOSING: Sequence[Piece] = (
    Head((("!period", "closed_at"), ("extent", "closed_by"))),
    Part("papers"),
    RuledTable(CLOSING_PAPERS),
    Text(("!issued", "others")),
    Text(("!late",)),
    Text(("!unprinted",)),
    Text(("blanks_out",)),
    Part("voids"),
    RuledTable(CLOSING_VOIDS),
    Text(("voided",)),
    Part("reprints"),
    Text(("reprinted",)),
    Part("gaps"),
    Text(("gaps",)),
    Part("head"),
    Text(("head_lead", "!head")),
    Text(("head_note",)),
)
"""What a closing holds, then what its head is."""


VOLUME_ROWS = "volume_list"
VOLUME: Sequence[Piece] = (
    Head((("!volume",), ("extent", "printed"))),
    RuledTable(VOLUME_ROWS),
    Text(("!missing",)),
)


DESTRUCTION_ROWS = "destruction_list"
DESTRUCTION: Sequence[Piece] = (
    Head((("!number", "destroyed_at"), ("extent", "who"), ("ground",))),
    RuledTable(DESTRUCTION_ROWS),
    Part("left_over"),
    Text(("left_over",)),
    Part("copies"),
    Text(("copies_said",)),
    Part("heads"),
    Text(("before_lead", "!before")),
    Text(("after_lead", "!after")),
)


HANDOVER_CASES, HANDOVER_LINES, HANDOVER_SEALS = "handover_cases", "handover_lines", "handover_seals"
_HANDED: Sequence[Piece] = (
    Part("cases"),
    RuledTable(HANDOVER_CASES),
    Text(("cases",)),
    Part("lines"),
    RuledTable(HANDOVER_LINES),
    Text(("lines",)),
    Part("seals"),
    RuledTable(HANDOVER_SEALS),
    Text(("seals",)),
    Part("slips"),
    Text(("blanks", "slips")),
    Part("keys"),
    Text(("keys",)),
    Part("papers"),
    Text(("papers",)),
)
HANDOVER: Sequence[Piece] = (
    Head((("!who", "post"), ("!receiver", "reached"), ("!days", "back"), ("reason", "witness"))),
    *_HANDED,
    Part("remarks"),
    Text(("remarks",)),
    Text(("explanation",)),
)
"""守则 一(八)3: what is handed from one to the other, in the order of the sheet that offices use."""
HANDED_BACK: Sequence[Piece] = (
    Head((("!who", "receiver"), ("!days", "witness"))),
    *_HANDED,
    Part("came"),
    Text(("came",)),
    Part("odd"),
    Text(("odd",)),
    Text(("explanation",)),
)
ROSTER_ROWS = "roster"
ROSTER: Sequence[Piece] = (
    Text(("lead",)),
    RuledTable(ROSTER_ROWS),
    Text(("explanation",)),
)


def arrange_copies(pieces: Sequence[Piece], blocks: FormBlocks, rows: Rows) -> Sheet:
    """A sheet that is signed, such as that of a handover, in as many copies as its form names."""
    signatures = Signatures(signature_lines(blocks["left"]), signature_lines(blocks["right"]))
    copies = tuple(label for label in blocks["copies"].split("\n") if label)
    return replace(arrange_sheet(pieces, blocks, rows), signatures=signatures, copies=copies)


def arrange_revision(blocks: FormBlocks, sections: Sequence[tuple[str, tuple[tuple[Run, ...], ...]]]) -> Sheet:
    """The paper of a revision: under the head a section for each item, its heading and its rows."""
    sheet = arrange_sheet(REVISION, blocks, {})
    body: list[Element] = list(sheet.body)
    for heading, rows in sections:
        body.append(Heading("", heading))
        table = RuledTable(REVISION_ROWS).place(blocks, {REVISION_ROWS: rows})
        body += [table] if table else []
    placed = (Text((name,)).place(blocks, {}) for name in ("opinion", "decided"))
    return replace(sheet, body=(*body, *(text for text in placed if text is not None)))


def arrange_closing(blocks: FormBlocks, rows: Rows, qr: str) -> Sheet:
    """The sheet of a closing, with lines to sign on and the digits of its code."""
    signatures = Signatures(signature_lines(blocks["left"]), signature_lines(blocks["right"]), blocks["code_caption"])
    return replace(arrange_sheet(CLOSING, blocks, rows), signatures=signatures, qr=qr)


def arrange_sheet(pieces: Sequence[Piece], blocks: FormBlocks, rows: Rows) -> Sheet:
    """The blocks of a sheet's form as a sheet."""
    placed = (piece.place(blocks, rows) for piece in pieces)
    return Sheet(
        unit=blocks["unit"],
        branch=blocks["branch"],
        title=blocks["title"],
        mark=blocks["mark"],
        body=tuple(element for element in placed if element is not None),
        notes=tuple(note for note in blocks["notes"].split("\n") if note),
    )
