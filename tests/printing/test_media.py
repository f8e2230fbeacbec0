"""On which sheet a paper is printed, and by how much it is moved for a printer that feeds it askew."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QPageLayout

from counter_assistant.domain.displays.board import Board, BoardColumn
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.paper.displays.boards import BoardMaker
from counter_assistant.paper.typesetter import Typesetter
from counter_assistant.printing.media import Adjustment, adjusted, lies_across, media_of, media_option, sheet_in_words
from counter_assistant.printing.windows import layout_of
from tests.paper.test_register_book import book
from tests.paper.test_typesetter import a_draft, a_slip
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
DPI = 600
SHEETS = {
    PaperFormat.A4: "A4",
    PaperFormat.HALVES: "A4",
    PaperFormat.A5: "A5",
    PaperFormat.CONTINUOUS: "Custom.241x140mm",
    PaperFormat.LARGE: "A4",
}


def ink(pdf: bytes) -> tuple[float, float, float, float]:
    """Where the ink of the first page is, in millimetres from the left and the upper edge."""
    page = pdfium.PdfDocument(pdf)[0]
    image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    box = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return tuple(edge / DPI * 25.4 for edge in box)


@pytest.mark.parametrize("which", PaperFormat)
def test_the_sheet_is_the_one_that_the_paper_was_set_for(which: PaperFormat) -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft()), wanted=which)
    assert media_of(pdf) == SHEETS[which]
    assert media_option(pdf, "") == SHEETS[which]
    assert media_option(pdf, "tray-2") == f"{SHEETS[which]},tray-2"


@pytest.mark.parametrize("which", PaperFormat)
def test_on_windows_each_paper_lies_as_it_was_set(which: PaperFormat) -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft()), wanted=which)
    layout = layout_of(pdf)
    assert layout.orientation() is QPageLayout.Orientation.Portrait
    assert not lies_across(pdf)
    page = pdfium.PdfDocument(pdf)[0]
    assert layout.fullRectPoints().size().toTuple() == tuple(map(round, page.get_size()))


def test_a_book_lies_across_on_the_usual_sheet() -> None:
    pdf = TYPESETTER.book(book())
    layout = layout_of(pdf)
    assert (media_of(pdf), lies_across(pdf)) == ("A4", True)
    assert layout.orientation() is QPageLayout.Orientation.Landscape
    assert layout.fullRectPoints().size().toTuple() == (842, 595)


def test_a_board_of_an_a3_lies_on_one_and_goes_to_the_printer_of_that_size() -> None:
    boards = [Board("某中心", "一览表", "", "", (BoardColumn("姓名", 1),), (("李某",),), ())]
    across, upright = (
        TYPESETTER.write("一览表", *BoardMaker(TYPESETTER.breaker).sheets(boards, kind.size("a3")), "")
        for kind in (DisplayKind.STAFF_LIST, DisplayKind.PROMISES)
    )
    assert [(media_of(pdf), lies_across(pdf)) for pdf in (across, upright)] == [("A3", True), ("A3", False)]
    assert layout_of(across).orientation() is QPageLayout.Orientation.Landscape
    assert layout_of(across).fullRectPoints().size().toTuple() == (1191, 842)
    assert layout_of(upright).fullRectPoints().size().toTuple() == (842, 1191)


def test_a_sheet_is_called_as_at_the_counter() -> None:
    assert [sheet_in_words(name) for name in ("A3", "A4", "A5", "Custom.241x140mm")] == [
        "A3",
        "A4",
        "A5",
        "241×140 毫米",
    ]


def test_what_is_no_pdf_goes_on_a4() -> None:
    assert media_of(b"%PDF-1.4\n") == "A4"


@pytest.mark.parametrize(("right", "down"), [(2.0, -1.5), (-3.1, 0.0), (0.0, 4.4), (0.1, 0.1)])
@pytest.mark.parametrize("which", [PaperFormat.A4, PaperFormat.CONTINUOUS, PaperFormat.HALVES])
def test_a_paper_is_moved_as_far_as_was_set(which: PaperFormat, right: float, down: float) -> None:
    """GIVEN a printer that feeds askew WHEN a paper is moved for it THEN on the raster everything lies that far away, within 0.1 mm,
    on a sheet of the same size."""
    pdf = TYPESETTER.pdf(a_slip(a_draft()), wanted=which)
    moved = adjusted(pdf, Adjustment(right, down))
    assert media_of(moved) == media_of(pdf)
    before, after = ink(pdf), ink(moved)
    assert [b - a for a, b in zip(before, after, strict=True)] == pytest.approx([right, down, right, down], abs=0.1)


def test_a_paper_that_needs_no_moving_is_the_very_same() -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft()))
    assert adjusted(pdf, Adjustment(tray="tray-2")) is pdf


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ({"right_mm": 1.5, "down_mm": -2, "tray": "tray-2"}, Adjustment(1.5, -2.0, "tray-2")),
        ({}, Adjustment()),
        (None, Adjustment()),
        ("1.5", Adjustment()),
        ({"right_mm": "1.5", "down_mm": True, "tray": 2}, Adjustment()),
        ({"right_mm": 20.1, "down_mm": float("nan")}, Adjustment()),
    ],
)
def test_a_damaged_setting_counts_as_none(stored: object, meant: Adjustment) -> None:
    assert Adjustment.of(stored) == meant
