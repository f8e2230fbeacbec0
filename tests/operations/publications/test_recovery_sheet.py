"""The recovery sheet on paper: one A4 page with every character in its place."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2

from counter_assistant.domain.people.recovery import from_words
from counter_assistant.operations.publications.recovery_sheet import KEEP, TITLE, sheet_pdf
from counter_assistant.operations.sealing import new_sheet
from tests.make import an_office, text_of


def test_what_is_printed_is_the_sheet_on_one_page(tmp_path: Path) -> None:
    words = new_sheet()
    with closing(an_office(tmp_path)) as office:
        pdf = sheet_pdf(office, words)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    said = re.sub(r"\s", "", text_of(pdf))
    assert said.startswith(TITLE)
    assert [line for line in KEEP if line not in said] == []
    printed = "".join(re.findall("第[0-9]+至[0-9]+字(.{4})", said))
    assert from_words(printed) == from_words(words)
    assert not list(tmp_path.rglob("*.pdf")), "nothing of it is in a file"
