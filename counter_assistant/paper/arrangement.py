"""每种文书的排列：措辞块按什么顺序、以什么形式站在纸上。

The only vocabulary is that of domain/papers/slip.py: fields, headings, paragraphs, tables, signatures, foot. A block
that is empty for a slip is left out. Millimetres are a matter of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import (
    TIME_HOLE,
    Draft,
    Element,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    SignatureLine,
    Signatures,
    Table,
)

FormBlocks = Mapping[str, str]
Rows = Mapping[str, tuple[tuple[Run, ...], ...]]
STRONG, OPTIONAL, MOST_IN_ROW = "!", "?", 3
RULE = "\ue000"
"""Marks a line to write on. A private-use character, so that no data can hold it (identity.check_text)."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head table: one tuple of block names per row.

    `!` marks a value that prints strong, `?` one that is left out where it is empty. The last two of a row that is too
    long go into a row of their own.
    """

    rows: tuple[tuple[str, ...], ...]

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        kept = (
            [name for name in row if not name.startswith(OPTIONAL) or blocks[name.strip(OPTIONAL)]] for row in self.rows
        )
        parted = (part for row in kept for part in ([row] if len(row) <= MOST_IN_ROW else [row[:-2], row[-2:]]))
        rows_ = (tuple(_field(name, blocks) for name in row) for row in parted)
        return Fields(tuple(row for row in rows_ if any(field.text for field in row)))


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered heading."""

    name: str

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        return Heading(blocks[f"{self.name}_no"], blocks[f"{self.name}_heading"])


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of blocks, one after the other; `!` marks a strong one."""

    names: tuple[str, ...]

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        runs = tuple(Run(blocks[name.strip(STRONG)], name.startswith(STRONG)) for name in self.names)
        kept = tuple(run for run in runs if run.text)
        return Paragraph(kept) if kept else None


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table. Its head is one block with cells separated by |; its rows are given as data."""

    name: str

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        head = tuple(cell.strip() for cell in blocks[f"{self.name}_head"].split("|"))
        return Table(self.name, head, rows[self.name]) if rows[self.name] else None


NOTICE_HEAD = Head(
    (
        ("applicant", "id_number", "phone"),
        ("agent", "?agent_id_number", "?agent_phone", "told_at", "channel"),
        ("!item",),
        ("situation",),
        ("opinion",),
    )
)
RECEIVED = (Part("received"), RuledTable("handed_in"), Text(("kept", "sign_here")))
CONDITIONS = (Text(("conditions",)),)
TERM = (Part("term"), Text(("term_lead", "!term_date", "term_note")), Text(("above",)))
ANSWERING = (Part("answering"), Text(("responsible",)), Text(("supervision",)), Text(("arrival",)))

BASIS = (Part("basis"), Text(("basis",)))
LAST_PARTS = (
    Part("responsible"),
    Text(("responsible",)),
    Part("procedure"),
    Text(("procedure", "statutory", "!promised")),
    Part("remedy"),
    Text(("remedy", "!until", "until_note", "voice", "announced")),
)

Piece = Head | Part | Text | RuledTable

ARRANGEMENTS: dict[SlipKind, Sequence[Piece]] = {
    SlipKind.NOTIFICATION_SLIP: (
        NOTICE_HEAD,
        *BASIS,
        Part("materials"),
        RuledTable("materials"),
        Text(("!defects", "kept")),
        Text(("maybe",)),
        Text(("not_needed",)),
        Text(("conditions", "to_confirm")),
        Text(("explanations",)),
        *LAST_PARTS,
    ),
    SlipKind.SUPPLEMENT_NOTICE: (
        NOTICE_HEAD,
        *BASIS,
        Part("materials"),
        RuledTable("materials"),
        Text(("!defects",)),
        Text(("maybe",)),
        Text(("not_needed",)),
        Text(("kept", "to_confirm")),
        *LAST_PARTS,
    ),
    SlipKind.RECEIPT: (NOTICE_HEAD, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.PROMISE_NOTICE: (NOTICE_HEAD, *BASIS, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.REFERRAL_NOTICE: (NOTICE_HEAD, *BASIS, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.RETURN_NOTICE: (
        NOTICE_HEAD,
        Part("why"),
        Text(("!broken", "!explanation")),
        Text(("requirements",)),
        *BASIS,
        Part("received"),
        RuledTable("handed_in"),
        Text(("kept",)),
        Part("next"),
        Text(("next",)),
        Part("redress"),
        Text(("defend",)),
        Text(("refusal", "!decision")),
    ),
    SlipKind.INTRODUCTION: (
        NOTICE_HEAD,
        Part("to"),
        Text(("!to",)),
        Part("contact"),
        Text(("contact",)),
        Part("next"),
        Text(("next", "voice")),
    ),
    SlipKind.GUIDANCE: (
        NOTICE_HEAD,
        Part("to"),
        Text(("!to",)),
        Text(("to_note",)),
        Part("next"),
        Text(("next", "voice")),
    ),
    SlipKind.CUSTODY_RECORD: (NOTICE_HEAD, *RECEIVED, Part("to"), Text(("!to",)), Text(("contact",)), *TERM),
    SlipKind.DELAY_NOTICE: (
        NOTICE_HEAD,
        Part("before"),
        Text(("before",)),
        Part("why"),
        Text(("why",)),
        *TERM,
        Text(("!beyond",)),
        *ANSWERING,
        Part("redress"),
        Text(("redress",)),
    ),
}


def arrange(kind: SlipKind, blocks: FormBlocks, rows: Rows) -> Draft:
    """A form's blocks as a draft of the kind."""
    placed = (piece.place(blocks, rows) for piece in ARRANGEMENTS[kind])
    return Draft(
        kind=kind,
        unit=blocks["unit"],
        branch=blocks["branch"],
        title=blocks["title"],
        mark=blocks["mark"],
        body=tuple(element for element in placed if element is not None),
        signatures=Signatures(_lines(blocks["left"]), _lines(blocks["right"])),
        notes=tuple(note for note in blocks["notes"].split("\n") if note),
    )


def _field(name: str, blocks: FormBlocks) -> Field:
    bare = name.strip(STRONG + OPTIONAL)
    hole = TIME_HOLE if bare == "told_at" else ""
    return Field(blocks[f"{bare}_label"], blocks[bare], name.startswith(STRONG), hole)


def _lines(text: str) -> tuple[SignatureLine, ...]:
    """One signature line per line of the block; `RULE` at its end is a rule to write on."""
    lines = [line for line in text.split("\n") if line]
    return tuple(SignatureLine(line.removesuffix(RULE), line.endswith(RULE)) for line in lines)
