"""The page that says by how much a printer is off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from counter_assistant.domain.papers.formats import FORMATS, PaperFormat
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.printer_page import printer_page
from counter_assistant.paper.geometry.measures import MM
from counter_assistant.paper.geometry.ruler_page import CROSS
from counter_assistant.printing.media import Adjustment
from tests.make import an_office
from tests.paper.reading import glyphs_of, overlaps, sizes_of
from tests.printing.test_media import DPI, ink


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.mark.parametrize("which", [PaperFormat.A4, PaperFormat.A5, PaperFormat.CONTINUOUS])
def test_it_says_what_to_measure_and_lies_on_whole_millimetres(office: Office, which: PaperFormat) -> None:
    pdf = printer_page(office, which, "爱普生", Adjustment(1.5, -0.3))
    assert sizes_of(pdf) == [(FORMATS[which].width_mm, FORMATS[which].height_mm)]
    (glyphs,) = glyphs_of(pdf)
    said = "".join(glyph.char for glyph in glyphs)
    for words in ("爱普生", "向右+1.5毫米，向下-0.3毫米", f"离纸左边{CROSS}毫米"):
        assert words in said
    assert not list(overlaps(glyphs))
    image = pdfium.PdfDocument(pdf)[0].render(scale=DPI / 72, grayscale=True).to_pil()
    arm = [
        image.getpixel((round(x / 25.4 * DPI), round((CROSS - 4) / 25.4 * DPI)))
        for x in (CROSS - 0.3, CROSS, CROSS + 0.3)
    ]
    assert arm[1] < 60 < min(arm[0], arm[2])


def test_its_rulers_run_to_the_edges_of_the_sheet(office: Office) -> None:
    left, top, right, bottom = ink(printer_page(office, PaperFormat.A4, "爱普生", Adjustment()))
    assert (left, top) == pytest.approx((0, 0), abs=0.2)
    assert right > 209
    assert bottom > 296
    assert pytest.approx(72 / 25.4) == MM
