"""What people type, paste and scan, written by somebody who had not seen how it is read: half open, half kept back.

The lines are in inputs-open.tsv and inputs-kept.tsv beside this file: kind, text, outcome, value, why. Characters that
cannot be seen stand as escapes. Each module of the room is held against its own kinds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.person_line import split_person
from counter_assistant.domain.typed_text.phones import read_phone
from counter_assistant.domain.typed_text.reading import Reading

TODAY = date(2026, 11, 23)
NUMBERS = {kind.value for kind in IdType}
HALVES = ("open", "kept")


class Input(NamedTuple):
    kind: str
    typed: str
    outcome: str
    value: str
    why: str


def unescaped(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


def inputs_of(half: str) -> Iterator[Input]:
    """The lines of one half, without head and comments."""
    path = Path(__file__).with_name(f"inputs-{half}.tsv")
    with path.open(encoding="utf-8", newline="\n") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and row[0] != "kind" and not row[0].startswith("#"):
                kind, typed, outcome, value, why = row
                yield Input(kind, unescaped(typed), outcome, unescaped(value), why)


def read(one: Input) -> tuple[str, str]:
    """The outcome of a line, and what the text is taken as or what is offered."""
    if one.kind == "line":
        found = split_person(one.typed, TODAY)
        if found is None:
            return "name", read_name(one.typed).value
        parts = {"name": found.name, "id_number": found.id_number, "phone": found.phone}
        return "split", ";".join(f"{key}={value}" for key, value in parts.items() if value)
    if one.kind == "day":
        try:
            return "taken", read_day(one.typed, TODAY).isoformat()
        except Refusal:
            return "refused", ""
    if one.kind in NUMBERS:
        return outcome_of(read_id_number(one.typed, IdType(one.kind), TODAY))
    return outcome_of(read_name(one.typed) if one.kind == "name" else read_phone(one.typed))


def outcome_of(reading: Reading) -> tuple[str, str]:
    if reading.fault is None:
        return "taken", reading.value
    if reading.instead:
        return "offered", reading.instead
    return ("asked" if reading.comparable else "refused"), ""


def misread(half: str, *kinds: str) -> list[str]:
    """The lines of some kinds that come to something else than their writer expects."""
    lines = [one for one in inputs_of(half) if one.kind in kinds]
    assert len(lines) >= len(kinds)
    return [
        f"{one.typed!a} {one.outcome} {one.value}: {read(one)} ({one.why})"
        for one in lines
        if read(one) != (one.outcome, one.value)
    ]


def said_of(reading: Reading) -> tuple[str, str, str, str, str, bool]:
    """A reading as a row of a table: value, the fault's code, sentence and remedy, what is offered, whether it may be kept."""
    fault = reading.fault or Refusal("", "", "")
    return reading.value, fault.code, fault.sentence, fault.remedy, reading.instead, reading.comparable
