"""文书：一张编了号的纸，以及纸上的内容。

A slip is composed once, stored as the plain elements below, and drawn from them for as long as the record is kept:
a later change of a form or of the catalogue never changes a reprint. Every string is plain text and is never parsed.
Three things are unknown while a slip is composed and are filled in later: its number, the time of issue, and the
check code, which is taken from the entry's hash (守则 一(五)3⑶: 一式二份，一份交当事人，一份存档).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from counter_assistant.domain.papers.kinds import SlipKind

COPY_LABELS = ("第一联　存档", "第二联　交当事人")
TIME_HOLE = "time"
LAYOUT = 1
"""By which rules lines, columns and pages are made of a slip's elements today (版式). It is counted up where a paper of before would
come out with other lines or on other pages, and the rules of before are kept for those that were issued by them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one weight."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled box of the head table. `hole` names a value that is filled in at issue; `boxes` is how many empty squares
    stand at its end, each to write a character in by hand."""

    label: str
    text: str
    strong: bool = False
    hole: str = ""
    boxes: int = 0


@dataclass(frozen=True, slots=True)
class Fields:
    """The head table. In a row with fewer fields than the widest row, the last field takes the rest of the width."""

    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, such as 一、政策依据."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text in runs of two weights."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `layout` names its column widths (paper/grid.py); the head row is repeated on every page."""

    layout: str
    head: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line of the signature block: a text, with a rule to write on where `ruled`."""

    text: str
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signature block: 经办人 on the left, 当事人 on the right, the QR code beside them.

    `caption` says what the QR code is for; slips of before 2026-11-28 have none.
    """

    left: tuple[SignatureLine, ...]
    right: tuple[SignatureLine, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The box at the head: what the applicant asks first, a line each, in runs of two weights."""

    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class BlankBelow:
    """以下空白: set under the text where the last page has room left, so that nothing can be written into it."""

    text: str


Element = Fields | Heading | Paragraph | Table | Summary | BlankBelow
"""A kind may be added here and never changed: slips of every earlier version are drawn from what they hold."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed slip, not yet issued. `mark` is printed beside the title, `notes` are the parts of the foot line."""

    kind: SlipKind
    unit: str
    branch: str
    title: str
    mark: str
    body: tuple[Element, ...]
    signatures: Signatures
    notes: tuple[str, ...]

    def told_at(self, text: str) -> Draft:
        """The same slip with the printed time of issue."""
        return self.filled({TIME_HOLE: text})

    def filled(self, values: Mapping[str, str]) -> Draft:
        """The same slip with what stands in its holes, by their names; a hole that is not named stays as it is."""
        return replace(self, body=tuple(_fill(element, values) for element in self.body))

    def texts(self) -> list[str]:
        """Every string that will be drawn, in the paper's order."""
        found = [self.unit, self.branch, self.title, self.mark]
        for element in self.body:
            found += texts_of(element)
        found += [line.text for line in self.signatures.left + self.signatures.right]
        found += [self.signatures.caption] if self.signatures.caption else []
        return [*found, *self.notes]

    def lines(self) -> list[str]:
        """The paper as lines of plain text, a row of a table to a line."""
        head = [f"{self.unit}　{self.branch}", f"{self.title}（{self.mark}）" if self.mark else self.title]
        body = [line for element in self.body for line in lines_of(element)]
        signatures = [line.text for line in (*self.signatures.left, *self.signatures.right)]
        return [*head, *body, *signatures, *self.notes]

    def to_payload(self) -> dict[str, Any]:
        """The draft as plain JSON values."""
        return {
            "kind": self.kind.value, "unit": self.unit, "branch": self.branch, "title": self.title, "mark": self.mark,
            "body": [_element_to_payload(element) for element in self.body],
            "signatures": _signatures_to_payload(self.signatures),
            "notes": list(self.notes),
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Draft:
        """The draft that `to_payload` wrote."""
        signatures = payload["signatures"]
        return cls(
            SlipKind(payload["kind"]), payload["unit"], payload["branch"], payload["title"], payload["mark"],
            tuple(_element_from_payload(element) for element in payload["body"]),
            Signatures(_lines_from(signatures["left"]), _lines_from(signatures["right"]), signatures.get("caption", "")),
            tuple(payload["notes"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """An issued slip: the paper that the applicant takes away and its identical record.

    `check_code` is the first 12 hex digits of the entry's hash; `qr` holds digits only, because scanners type them. `layout` is the
    one that the paper was issued in; slips of before 2026-11-29 do not say, and are of the first.
    """

    draft: Draft
    number: str
    issued_at: datetime
    check_code: str
    qr: str
    copies: tuple[str, ...] = COPY_LABELS
    layout: int = LAYOUT

    def to_payload(self) -> dict[str, Any]:
        """The slip as plain JSON values: what the book keeps. Without the check code, which is taken from their hash."""
        return {
            "draft": self.draft.to_payload(), "number": self.number, "issued_at": self.issued_at.isoformat(), "qr": self.qr,
            "layout": self.layout,
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any], check_code: str) -> Slip:
        """The slip that `to_payload` wrote. One that was printed before it was recorded says which check code it bears."""
        issued_at, own = datetime.fromisoformat(payload["issued_at"]), payload.get("check_code", check_code)
        draft, layout = Draft.from_payload(payload["draft"]), payload.get("layout", 1)
        return cls(draft, payload["number"], issued_at, own, payload["qr"], layout=layout)


def _fill(element: Element, values: Mapping[str, str]) -> Element:
    if not isinstance(element, Fields):
        return element
    return Fields(tuple(tuple(replace(f, text=values.get(f.hole, f.text)) for f in row) for row in element.rows))


def texts_of(element: Element) -> list[str]:
    """Every string of an element, in the paper's order."""
    match element:
        case Fields(rows=rows):
            return [text for row in rows for field in row for text in (field.label, field.text)]
        case Heading(number=number, text=text):
            return [number, text]
        case Paragraph(runs=runs):
            return [run.text for run in runs]
        case Summary(lines=lines):
            return [run.text for line in lines for run in line]
        case BlankBelow(text=text):
            return [text]
        case Table(head=head, rows=cells):  # pragma: no branch - the last kind there is
            return [*head, *(cell.text for row in cells for cell in row)]


def lines_of(element: Element) -> list[str]:
    """An element as lines of plain text, a row of a table to a line."""
    match element:
        case Fields(rows=rows):
            return ["　".join(f"{field.label}：{field.text}" for field in row) for row in rows]
        case Heading(number=number, text=text):
            return [number + text]
        case Paragraph(runs=runs):
            return ["".join(run.text for run in runs)]
        case Summary(lines=lines):
            return ["".join(run.text for run in line) for line in lines]
        case BlankBelow(text=text):
            return [text]
        case Table(head=head, rows=cells):  # pragma: no branch - the last kind there is
            return [" | ".join(head), *(" | ".join(cell.text for cell in row) for row in cells)]


def _signatures_to_payload(signatures: Signatures) -> dict[str, Any]:
    sides = {"left": _lines(signatures.left), "right": _lines(signatures.right)}
    return sides | ({"caption": signatures.caption} if signatures.caption else {})


def _lines(lines: tuple[SignatureLine, ...]) -> list[list[Any]]:
    return [[line.text, line.ruled] for line in lines]


def _lines_from(values: list[list[Any]]) -> tuple[SignatureLine, ...]:
    return tuple(SignatureLine(*line) for line in values)


def _element_to_payload(element: Element) -> dict[str, Any]:
    match element:
        case Fields(rows=rows):
            return {
                "fields": [
                    [[f.label, f.text, f.strong, f.hole, *[f.boxes] * bool(f.boxes)] for f in row] for row in rows
                ]
            }
        case Heading(number=number, text=text):
            return {"heading": [number, text]}
        case Paragraph(runs=runs):
            return {"paragraph": [[run.text, run.strong] for run in runs]}
        case Summary(lines=lines):
            return {"summary": [[[run.text, run.strong] for run in line] for line in lines]}
        case BlankBelow(text=text):
            return {"blank_below": text}
        case Table(layout=layout, head=head, rows=cells):  # pragma: no branch - the last kind there is
            return {"table": layout, "head": list(head), "rows": [[[c.text, c.strong] for c in row] for row in cells]}


def _element_from_payload(value: dict[str, Any]) -> Element:
    if "fields" in value:
        return Fields(tuple(tuple(Field(*field) for field in row) for row in value["fields"]))
    if "heading" in value:
        return Heading(*value["heading"])
    if "paragraph" in value:
        return Paragraph(tuple(Run(*run) for run in value["paragraph"]))
    if "summary" in value:
        return Summary(tuple(tuple(Run(*run) for run in line) for line in value["summary"]))
    if "blank_below" in value:
        return BlankBelow(value["blank_below"])
    rows = tuple(tuple(Run(*cell) for cell in row) for row in value["rows"])
    return Table(value["table"], tuple(value["head"]), rows)
