"""版面: what was issued by an earlier version is drawn as it was then, letter for letter and line for line, in every format.

`tests/golden/layout-1/` says what the renderer drew that landed with the books under fixtures/: a digest of the marks of each of their
papers, and the marks themselves of one. They are kept as they are: a layout that differs is another one, with a number of its own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.operations.archive.reprint_and_void import pdf_of, show
from counter_assistant.operations.office import Office, open_office
from tests.make import clock
from tests.operations.landed import FIXTURES
from tests.paper.page_marks import digest_of, marks_of
from tests.places import GOLDEN
from tests.portion import Portion

LAYOUT = GOLDEN / "layout-1"
LANDED = sorted(FIXTURES.glob("landed-*"))


@pytest.fixture(params=LANDED, ids=lambda folder: folder.name)
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Office, Path]]:
    folder = tmp_path / "office"
    shutil.copytree(request.param, folder)
    office = open_office(folder, clock)
    yield office, LAYOUT / f"{request.param.name}.json"
    office.close()


@pytest.mark.nightly("layouts")
def test_what_was_issued_before_is_drawn_as_it_was(portion: Portion, landed: tuple[Office, Path]) -> None:
    office, kept = landed
    if os.environ.get("GOLDEN") == "first":
        assert not kept.exists(), "a layout that landed is never written again"
        kept.write_text(json.dumps(digests(office), ensure_ascii=False, indent=1) + "\n", "utf-8")
    expected = json.loads(kept.read_text("utf-8"))
    assert expected.keys() == {row.number for row in office.archive.search("", limit=500)}
    papers = [(number, which) for number in expected for which in PaperFormat]
    for number, which in portion.of(papers, sample=12):
        assert digest(office, number, which) == expected[number][which], (number, which)


def test_one_of_them_in_full(landed: tuple[Office, Path]) -> None:
    """GIVEN the newest paper of each book THEN its marks on A4 are those of the file, so that what differs can be read."""
    office, kept = landed
    newest = office.archive.search("", limit=1)[0].number
    marks, path = marks_of(pdf_of(office, show(office, newest))), kept.with_suffix(".txt")
    if os.environ.get("GOLDEN") == "first":
        path.write_text(marks, "utf-8")
    assert marks == path.read_text("utf-8")


def digests(office: Office) -> dict[str, dict[str, str]]:
    rows = office.archive.search("", limit=500)
    return {row.number: {which: digest(office, row.number, which) for which in PaperFormat} for row in rows}


def digest(office: Office, number: str, which: PaperFormat) -> str:
    return digest_of(pdf_of(office, show(office, number), wanted=which))
