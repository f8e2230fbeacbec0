"""Nothing in what a paper says is markup, an operator, a path or a query: it comes out of the PDF as it went in."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import (
    COPY_LABELS,
    BlankBelow,
    Element,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    Signatures,
    Slip,
    Summary,
    Table,
)
from counter_assistant.paper.typesetter import Typesetter
from tests.hostile import HOSTILE
from tests.paper.test_formats import slips
from tests.paper.test_typesetter import pages_of
from tests.places import FONTS
from tests.portion import Portion

TYPESETTER = Typesetter(FONTS)
OWN = (str(FONTS), sys.prefix, sys.base_prefix, sysconfig.get_paths()["stdlib"])
TOUCHED: list[str] = []
WATCHED = (
    "open",
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "ctypes.dlopen",
    "urllib.",
    "exec",
    "compile",
    "import",
)
WATCHING = Event()
HYPHEN = "\ufffe"  # what pdfium tells of one at the end of a line


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if WATCHING.is_set() and event.startswith(WATCHED):
        TOUCHED.append(f"{event} {arguments[:1]}")


sys.addaudithook(_note)  # there for the rest of the process, and silent but for the stretches below


@contextmanager
def nothing_is_touched() -> Iterator[None]:
    """Within, no file but those of the fonts is opened, no socket, no program, no code."""
    TOUCHED.clear()
    WATCHING.set()
    try:
        yield
    finally:
        WATCHING.clear()
    assert [event for event in TOUCHED if not any(own in event for own in OWN)] == []


def laden(slip: Slip, text: str) -> Slip:
    """The same paper with a text in every one of its fields."""
    draft = slip.draft
    left, right = (
        tuple(replace(line, text=text) for line in side) for side in (draft.signatures.left, draft.signatures.right)
    )
    signed = Signatures(left, right, draft.signatures.caption)
    changed = replace(
        draft, unit=text, branch=text, title=text, mark=text, signatures=signed, notes=(text,) * len(draft.notes),
        body=tuple(_laden(element, text) for element in draft.body),
    )  # fmt: skip
    return replace(slip, draft=changed, number=text)


def _laden(element: Element, text: str) -> Element:
    match element:
        case Fields(rows=rows):
            return Fields(tuple(tuple(Field(text, text, f.strong) for f in row) for row in rows))
        case Heading():
            return Heading(text, text)
        case Paragraph(runs=runs):
            return Paragraph(tuple(Run(text, run.strong) for run in runs))
        case Summary(lines=lines):
            return Summary(tuple(tuple(Run(text, run.strong) for run in line) for line in lines))
        case BlankBelow():
            return element
        case Table(layout=layout, head=head, rows=rows):
            return Table(layout, (text,) * len(head), tuple(tuple(Run(text, r.strong) for r in row) for row in rows))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.nightly("hostile-paper")
@pytest.mark.parametrize("which", PaperFormat)
def test_what_goes_in_comes_out_and_nothing_is_opened(portion: Portion, which: PaperFormat) -> None:
    """GIVEN 300 hostile strings, each in every field of a paper of each kind WHEN it is set in a format THEN every field reads as it
    was given, and no file, socket or program was touched."""
    every = [(kind, text) for kind in SlipKind for text in HOSTILE]
    TYPESETTER.pdf(slips()[SlipKind.RECEIPT], wanted=which)  # what is imported with the first paper
    for kind, text in portion.of(every, sample=12):
        slip = laden(slips()[kind], text)
        with nothing_is_touched():
            pdf = TYPESETTER.pdf(slip, wanted=which)
        pages = pages_of(pdf)
        found = squeezed("".join(pages)).replace(HYPHEN, "-").count(squeezed(text))
        copies = 1 if which is PaperFormat.CONTINUOUS else len(COPY_LABELS)
        wanted = slip.draft.texts().count(text) + 1  # and the number
        assert found >= copies * wanted - len(pages), (kind, text)  # one may be parted by the end of a page


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="open"), nothing_is_touched():
        (tmp_path / "a").write_text("")
