"""本中心自己的表样：一份 PDF，和每个值印在它的哪一处.

The PDF takes the place of the form that ships with the program, and is filled with the same values. A value is named by what it is
on that form: 申请人/姓名; with options it is a tick, 提取/提取方式=销户提取. It is kept in the book whole, so that a backup has it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.counter_forms.asked import AskedValue
from counter_assistant.domain.counter_forms.filling import FilledForm, options_of
from counter_assistant.domain.counter_forms.form import CounterForm, Origin

TICK = "√"
HEAD = {"表头/编号": "case.number", "表头/受理日": "case.day", "表头/填制日期": "today", "表头/窗口": "office.window"}
"""What may stand above the frame, by the name of the value: from where it comes."""
SMALLEST, USUAL, LARGEST = 60, 105, 200
"""Sizes of text in tenths of a point."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is printed: on which page, from 0; the left end and the middle of its line from the upper left corner of the sheet, and how
    wide it may be, in tenths of a millimetre; how large, in tenths of a point."""

    name: str
    page: int
    x: int
    y: int
    width: int = 600
    size: int = USUAL

    def moved(self, right: int, down: int) -> Place:
        """The same so many tenths of a millimetre further."""
        return Place(self.name, self.page, self.x + right, self.y + down, self.width, self.size)

    def sized(self, by: int) -> Place:
        """The same so many tenths of a point larger, within what can be read."""
        return Place(self.name, self.page, self.x, self.y, self.width, min(max(self.size + by, SMALLEST), LARGEST))


@dataclass(frozen=True, slots=True)
class OwnForm:
    """本中心的表样 (`own_form`): in the place of the form of this number a PDF, base64, and where its values stand; recorded by whom, by
    staff number. Without a PDF the program's own form is used again."""

    form: str
    pdf: str
    places: tuple[Place, ...]
    by: str

    @classmethod
    def of(cls, form: str, pdf: bytes, places: Sequence[Place], by: str) -> OwnForm:
        """The form with the bytes of its PDF."""
        return cls(form, b64encode(pdf).decode("ascii"), tuple(places), by)

    @property
    def pdf_bytes(self) -> bytes:
        """The PDF."""
        return b64decode(self.pdf)

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        places = [[one.name, one.page, one.x, one.y, one.width, one.size] for one in self.places]
        return {"form": self.form, "pdf": self.pdf, "places": places, "by": self.by}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> OwnForm:
        """What `to_payload` wrote."""
        places = tuple(Place(*place) for place in payload["places"])
        return cls(payload["form"], payload["pdf"], places, payload["by"])


def value_names(form: CounterForm, asked: Mapping[str, AskedValue]) -> list[str]:
    """What may be printed on a PDF in the place of a form, each once: never what is left to a pen."""
    names = [*HEAD]
    for group in form.groups:
        for field in group.fields:
            if field.origin is Origin.BY_HAND:
                continue
            name = f"{group.name}/{field.label}"
            names += [f"{name}={option.label}" for option in options_of(field, asked).options] or [name]
    return list(dict.fromkeys(names))


def values_of(filled: FilledForm, known: Mapping[str, str]) -> dict[str, str]:
    """The values of a form by their names; those that are empty are left out. `known` gives what stands above the frame."""
    return {name: text for name, text in _values(filled, known) if text}


def _values(filled: FilledForm, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, source in HEAD.items():
        yield name, known.get(source, "")
    for group in filled.groups:
        for cell in group.cells:
            name = f"{group.name}/{cell.field.label}"
            yield name, cell.text
            for at, option in enumerate(cell.field.options):
                yield f"{name}={option.label}", TICK if at in cell.ticked else ""


def in_force(entries: Sequence[OwnForm]) -> dict[str, OwnForm]:
    """What the entries, in their order, come to: the PDFs in use, by the number of the form."""
    latest = {own.form: own for own in entries}
    return {number: own for number, own in latest.items() if own.pdf}
