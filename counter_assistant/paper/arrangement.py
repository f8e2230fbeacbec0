"""每种文书的排列：措辞块按什么顺序、以什么形式站在纸上。

The only vocabulary is that of domain/papers/slip.py: fields, headings, paragraphs, tables, signatures, foot. A block
that is empty for a slip is left out. Millimetres are a matter of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from counter_assistant.domain.formatting import STAR
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.kit import BY_HAND, ROOM
from counter_assistant.domain.papers.slip import (
    TIME_HOLE,
    BlankBelow,
    Draft,
    Element,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    SignatureLine,
    Signatures,
    Summary,
    Table,
)

FormBlocks = Mapping[str, str]
Rows = Mapping[str, tuple[tuple[Run, ...], ...]]
STRONG, OPTIONAL = "!", "?"
RULE = "\ue000"
"""Marks a line to write on. A private-use character, so that no data can hold it (identity.check_text)."""
BOX = "\ue001"
"""Marks a box to write a character in by hand; no data can hold it either."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head table: one tuple of block names per row.

    `!` marks a value that prints strong, `?` one that is left out where it is empty. `by_hand`: blocks in whose place is written.
    """

    rows: tuple[tuple[str, ...], ...]
    by_hand: frozenset[str] = frozenset()

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        kept = (
            [name for name in row if not name.startswith(OPTIONAL) or blocks[name.strip(STRONG + OPTIONAL)]]
            for row in self.rows
        )
        rows_ = (tuple(_field(name, blocks, self.by_hand) for name in row) for row in kept)
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
        kept = _runs(self.names, blocks)
        return Paragraph(kept) if kept else None


@dataclass(frozen=True, slots=True)
class Box:
    """The box at the head: the blocks of each line. It leaves where none of its lines says anything."""

    lines: tuple[tuple[str, ...], ...]

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        kept = tuple(line for line in (_runs(names, blocks) for names in self.lines) if line)
        return Summary(kept) if kept else None


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table. Its head is one block with cells separated by |; its rows are given as data."""

    name: str

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        head = tuple(cell.strip() for cell in blocks[f"{self.name}_head"].split("|"))
        return Table(self.name, head, rows[self.name]) if rows[self.name] else None


@dataclass(frozen=True, slots=True)
class Blank:
    """以下空白, under everything else."""

    def place(self, blocks: FormBlocks, rows: Rows) -> Element | None:
        return BlankBelow(blocks["blank_below"])


NOTICE_HEAD = Head(
    (
        ("?!corrects",),
        ("applicant", "id_number", "phone"),
        ("?agent", "?agent_id_number", "?agent_phone"),
        ("?name_written",),
        ("!item", "told_at", "channel"),
        ("situation",),
        ("opinion",),
    )
)
WHOM, WHERE = ("ask_lead", "!ask", "ask_rest"), ("where_lead", "where")
BRING = (("bring_lead", "!bring_must", "bring_rest"), ("come_lead", "!come", "come_rest"))
LONG = ("long_lead", "!long", "long_rest")
TO_BRING = Box((*BRING, LONG, WHOM, WHERE))
"""What a telling paper answers first: what to bring, who else comes, how long and from when, whom to call, where, when."""
TO_SUPPLEMENT = Box((*BRING, ("until_lead", "!until", "until_rest"), LONG, WHOM, WHERE))
"""What a supplement notice answers first: the same, and until when to come."""
DUE = Box((("long_lead", "!term_date"), ("result_lead", "!result", "result_rest"), WHOM, WHERE))
"""What an accepting paper answers first: until when, how the result is told, whom to call, where and when."""
NEXT_STEPS = Box((("next_lead", "!next_step"), ("first_lead", "!first"), ("contest",), WHOM, WHERE))
"""What a return answers first: what can be done now and where, until when it may be contested, whom to call."""
RECEIVED = (Part("received"), RuledTable("handed_in"), Text(("kept", "sign_here")))
CONDITIONS = (Text(("!conditions_lead", "conditions")),)
TERM = (Part("term"), Text(("term_lead", "!term_date", "term_note")), Text(("above",)))
ANSWERING = (Part("answering"), Text(("responsible", "one_hand")), Text(("supervision",)), Text(("arrival",)))

BASIS = (Part("basis"), Text(("basis",)))
LISTED = (
    Part("materials"),
    RuledTable("needed"),
    RuledTable("maybe"),
    Text(("kept", "originals")),
    Text(("!not_needed_lead", "not_needed")),
)
LAST_PARTS = (
    Part("responsible"),
    Text(("responsible", "one_hand")),
    Part("procedure"),
    Text(("procedure", "statutory", "!promised", "ways")),
    Part("remedy"),
    Text(("remedy", "!until", "until_note", "voice", "announced")),
)

Piece = Head | Part | Text | RuledTable | Box | Blank

ARRANGEMENTS: dict[SlipKind, Sequence[Piece]] = {
    SlipKind.NOTIFICATION_SLIP: (
        NOTICE_HEAD,
        TO_BRING,
        *BASIS,
        *LISTED,
        Text(("!conditions_lead", "conditions", "explanations")),
        *LAST_PARTS,
    ),
    SlipKind.SUPPLEMENT_NOTICE: (NOTICE_HEAD, TO_SUPPLEMENT, *BASIS, *LISTED, *LAST_PARTS),
    SlipKind.RECEIPT: (NOTICE_HEAD, DUE, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.PROMISE_NOTICE: (NOTICE_HEAD, DUE, *BASIS, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.REFERRAL_NOTICE: (NOTICE_HEAD, DUE, *BASIS, *RECEIVED, *CONDITIONS, *TERM, *ANSWERING),
    SlipKind.RETURN_NOTICE: (
        NOTICE_HEAD,
        NEXT_STEPS,
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


BLANK_HEAD = Head(
    (("applicant", "phone"), ("agent", "told_at"), ("!item", "channel"), ("situation",), ("opinion",)), by_hand=BY_HAND
)
"""The head of a slip that is written by hand when the power is out."""


def arrange_blank(kind: SlipKind, blocks: FormBlocks, rows: Rows) -> Draft:
    """The same as a blank, in whose head is written by hand."""
    return _arranged(kind, (BLANK_HEAD, *ARRANGEMENTS[kind][1:]), blocks, rows)


def arrange(kind: SlipKind, blocks: FormBlocks, rows: Rows) -> Draft:
    """A form's blocks as a draft of the kind. The footnote is there where something is marked for it."""
    return _arranged(kind, ARRANGEMENTS[kind], blocks, rows)


def _arranged(kind: SlipKind, pieces: Sequence[Piece], blocks: FormBlocks, rows: Rows) -> Draft:
    placed = (piece.place(blocks, rows) for piece in (*pieces, Blank()))
    draft = Draft(
        kind=kind,
        unit=blocks["unit"],
        branch=blocks["branch"],
        title=blocks["title"],
        mark=blocks["mark"],
        body=tuple(element for element in placed if element is not None),
        signatures=Signatures(
            signature_lines(blocks["left"]), signature_lines(blocks["right"]), blocks["code_caption"]
        ),
        notes=tuple(note for note in blocks["notes"].split("\n") if note),
    )
    marked = any(STAR in text for text in draft.texts())
    return replace(draft, notes=(*draft.notes, blocks["footnote"])) if marked else draft


def _runs(names: tuple[str, ...], blocks: FormBlocks) -> tuple[Run, ...]:
    """Blocks one after the other, each in its weight; an empty one is left out."""
    runs = (Run(blocks[name.strip(STRONG)], name.startswith(STRONG)) for name in names)
    return tuple(run for run in runs if run.text)


def _field(name: str, blocks: FormBlocks, by_hand: frozenset[str]) -> Field:
    bare = name.strip(STRONG + OPTIONAL)
    if bare in by_hand:
        return Field(blocks[f"{bare}_label"], ROOM, hole=bare)
    hole = TIME_HOLE if bare == "told_at" else ""
    text = blocks[bare]
    return Field(blocks[f"{bare}_label"], text.replace(BOX, ""), STRONG in name, hole, text.count(BOX))


def signature_lines(text: str) -> tuple[SignatureLine, ...]:
    """One signature line per line of the block; `RULE` at its end is a rule to write on."""
    lines = [line for line in text.split("\n") if line]
    return tuple(SignatureLine(line.removesuffix(RULE), line.endswith(RULE)) for line in lines)
