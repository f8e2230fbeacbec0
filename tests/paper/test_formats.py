"""Every kind of paper in every format: whole, within what a printer reaches, and nothing on top of anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
import pytest

from counter_assistant.domain.papers.formats import FORMATS, OF_KIND, PaperFormat
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import COPY_LABELS, BlankBelow, Element, Fields, Paragraph, Run, Slip, Table
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.paper.geometry.imposition import CUT, PARTS, SEAM, labels_of
from counter_assistant.paper.geometry.measures import MEASURES, MM
from counter_assistant.paper.typesetter import Typesetter
from tests.decision_rows import FURTHER, ROWS
from tests.make import an_office
from tests.paper.reading import Glyph, glyphs_of, overlaps, sizes_of
from tests.paper.test_typesetter import a_draft, a_slip, materials, paragraphs
from tests.places import FONTS
from tests.portion import Portion

TYPESETTER = Typesetter(FONTS)
LONGEST_NAME = (
    "阿卜杜热合曼江·买买提吐尔逊伊明江麦麦提艾力努尔麦麦提托合提阿卜杜喀迪尔依米提江·欧斯曼亚森热西提艾合买提江卡德尔"[
        :60
    ]
)
REASON = "经核对，您提交的购房合同与登记机构备案的信息在面积、单价、付款方式三处不一致；" * 11
NUMBER = "临公积金耿一告〔2026〕128号"
PRINTER_EDGE = {PaperFormat.CONTINUOUS: (12.7, 4.2)}
"""What a printer does not reach, in millimetres: left and right, above and below; else 4.2 all around."""
PAIRS = [(kind, which) for kind, formats in OF_KIND.items() for which in formats]


@cache
def slips() -> dict[SlipKind, Slip]:
    """A paper of each kind, as the office issues it. The delay first: of a paper that this book does not know."""
    requests = [FURTHER["delay"], *(request for request, *_ in ROWS.values()), *FURTHER.values()]
    found: dict[SlipKind, Slip] = {}
    with TemporaryDirectory() as folder:
        office = an_office(Path(folder))
        for content in requests:
            if content.get("slip") == SlipKind.DELAY_NOTICE and found:
                continue
            slip = issue_slip(office, read_request(content)).slip
            if slip:
                found.setdefault(slip.draft.kind, slip)
        office.close()
    return found


def stretched(slip: Slip) -> Slip:
    """The same paper of somebody with a name of 60 characters, with 30 materials and a reason of 400 characters."""
    draft = slip.draft
    body = [_stretched(element) for element in draft.body]
    reason = next(at for at, element in enumerate(body) if isinstance(element, Paragraph))
    body[reason] = Paragraph((*body[reason].runs, Run(REASON[:400])))  # type: ignore[union-attr]
    return replace(slip, draft=replace(draft, body=tuple(body)))


def _stretched(element: Element) -> Element:
    if isinstance(element, Fields):
        first, *others = element.rows
        return Fields(((replace(first[0], text=LONGEST_NAME), *first[1:]), *others))
    if isinstance(element, Table):
        rows = sorted(element.rows, key=lambda row: -sum(len(cell.text) for cell in row))
        return replace(element, rows=tuple(islice(cycle(rows), 30)))
    return element


def expected(slip: Slip, which: PaperFormat) -> Counter[str]:
    """Every visible character of a copy, but for 以下空白, which is there where something could be written above it. A row of two
    lines names what its columns say, and passes over what says nothing."""
    blank = Counter(text for element in slip.draft.body if isinstance(element, BlankBelow) for text in element.text)
    texts = [*slip.draft.texts(), slip.number, slip.check_code]
    wanted = Counter(char for text in texts for char in text if char.strip()) - blank
    return wanted - Counter("—" * 999) if MEASURES[which].stacked else wanted


def of_one_copy(pages: list[list[Glyph]], which: PaperFormat) -> list[list[Glyph]]:
    return pages[: len(pages) // 2] if FORMATS[which].apart else pages


def printable(which: PaperFormat) -> tuple[float, float, float, float]:
    """What a printer reaches of the sheet, in points from the lower left corner."""
    beside, above = PRINTER_EDGE.get(which, (4.2, 4.2))
    row = FORMATS[which]
    return beside * MM, above * MM, (row.width_mm - beside) * MM, (row.height_mm - above) * MM


def faults(slip: Slip, wanted: PaperFormat, mark: str = "") -> list[str]:
    which = TYPESETTER.format_that_fits(slip.draft, wanted)
    pdf = TYPESETTER.pdf(slip, wanted=wanted, reprint_mark=mark)
    pages = of_one_copy(glyphs_of(pdf), which)
    left, bottom, right, top = printable(which)
    wanted_here = expected(slip, which) + Counter("".join(mark.split()))
    found = [f"missing {dict(lost)}"] if (lost := wanted_here - Counter(_chars(pages))) else []
    for page, glyphs in enumerate(pages):
        out = [g for g in glyphs if g.left < left or g.right > right or g.bottom < bottom or g.top > top]
        found += [f"page {page}: outside {''.join(g.char for g in out)}"] if out else []
        found += [
            f"page {page}: {one.char} on {other.char} at {one.left:.0f}, {one.bottom:.0f}"
            for one, other in overlaps(glyphs)
            if FORMATS[which].apart or one.char not in slip.draft.title
        ]
    return found


def _chars(pages: list[list[Glyph]]) -> str:
    return "".join(glyph.char for glyphs in pages for glyph in glyphs)


@pytest.mark.nightly("formats")
@pytest.mark.parametrize("stretch", [lambda slip: slip, stretched], ids=["usual", "longest"])
@pytest.mark.slow
def test_every_kind_is_whole_in_every_format(portion: Portion, stretch: Callable[[Slip], Slip]) -> None:
    """GIVEN each kind of paper WHEN it is set in each of its formats THEN every character of it stands once on each copy, within
    what the printer reaches, and none upon another."""
    of_each = {which: [kind for kind, one in PAIRS if one is which] for which in PaperFormat}
    assert set(slips()) == set(SlipKind)
    for which, kinds in of_each.items():
        for kind in portion.of(kinds, sample=3):
            assert not faults(stretch(slips()[kind]), which), (kind, which)


@pytest.mark.parametrize("which", PaperFormat)
def test_which_paper_corrects_a_reprint_stands_over_its_label(which: PaperFormat) -> None:
    """GIVEN a mark that is too long beside the label of a copy THEN it is whole, upon nothing, and nothing of it is below the line of the unit."""
    mark = f"补打 第12次　已由 {NUMBER.replace('128', '1128')} 更正"
    assert not faults(slips()[SlipKind.NOTIFICATION_SLIP], which, mark)
    maker = TYPESETTER._maker(which)
    for label in labels_of(which, COPY_LABELS):
        (alone,) = maker.label(label, "").texts
        marked = maker.label(label, mark).texts
        assert len(marked) > 1
        assert max(text.y for text in marked) == alone.y


def test_what_stands_on_something_else_is_seen() -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft()))
    (glyphs, _) = glyphs_of(pdf)
    assert not list(overlaps(glyphs))
    lowered = [g._replace(bottom=g.bottom - 4, top=g.top - 4) for g in glyphs]
    assert len(list(overlaps(glyphs + lowered))) > 30


@pytest.mark.parametrize("which", PaperFormat)
def test_a_sheet_has_the_size_of_its_format(which: PaperFormat) -> None:
    row = FORMATS[which]
    sizes = sizes_of(TYPESETTER.pdf(a_slip(a_draft()), wanted=which))
    assert set(sizes) == {(row.width_mm, row.height_mm)}
    assert len(sizes) == (2 if row.apart else 1)


@pytest.mark.parametrize("which", PaperFormat)
def test_the_pages_of_a_copy_are_counted_as_they_are_printed(which: PaperFormat) -> None:
    draft = a_draft(materials(14))
    printed = TYPESETTER.format_that_fits(draft, which)
    sheets = len(sizes_of(TYPESETTER.pdf(a_slip(draft), wanted=which)))
    assert TYPESETTER.page_count(draft, which) == sheets // (2 if FORMATS[printed].apart else 1)


def test_both_halves_are_the_same_but_for_their_label_and_the_number_lies_across_the_cut() -> None:
    slip = a_slip(a_draft(materials(3)))
    (page,) = glyphs_of(TYPESETTER.pdf(slip, wanted=PaperFormat.HALVES))
    middle = FORMATS[PaperFormat.HALVES].height_mm * MM / 2
    upper = [g for g in page if g.bottom > middle + 8]
    lower = [g for g in page if g.top < middle - 8]
    text = ["".join(g.char for g in half) for half in (upper, lower)]
    for half, label in zip(text, COPY_LABELS, strict=True):
        assert "".join(label.split()) in half
    # pdfium puts a title that is spoken as a whole where the form stood before it was lifted
    body = [Counter(half.replace("".join(label.split()), "")) for half, label in zip(text, COPY_LABELS, strict=True)]
    rest = [{char: n for char, n in counted.items() if char not in slip.draft.title} for counted in body]
    assert rest[0] == rest[1]
    assert "".join(g.char for g in page).count(slip.draft.title) == 2
    on_the_line = [g for g in page if g.bottom <= middle + 8 and g.top >= middle - 8]
    assert "".join(g.char for g in on_the_line) == CUT + SEAM + NUMBER
    digits = [g for g in on_the_line if g.char.isdigit()]
    assert all(g.bottom < middle < g.top for g in digits)


def test_what_does_not_fit_on_a_half_goes_on_a4_and_is_said_beforehand() -> None:
    long = a_draft(*paragraphs(60))
    assert TYPESETTER.format_that_fits(long, PaperFormat.HALVES) is PaperFormat.A4
    assert sizes_of(TYPESETTER.pdf(a_slip(long), wanted=PaperFormat.HALVES)) == sizes_of(TYPESETTER.pdf(a_slip(long)))
    assert TYPESETTER.format_that_fits(long, PaperFormat.A5) is PaperFormat.A5


@pytest.mark.parametrize("which", PaperFormat)
def test_a_foot_that_is_too_long_for_a_small_paper_goes_on_a4(which: PaperFormat) -> None:
    draft = a_draft(notes=("很长的脚注" * 500,))
    assert TYPESETTER.format_that_fits(draft, which) is PaperFormat.A4


def test_the_two_parts_of_continuous_paper_are_printed_once_and_say_which_is_whose() -> None:
    (page,) = glyphs_of(TYPESETTER.pdf(a_slip(a_draft()), wanted=PaperFormat.CONTINUOUS))
    text = "".join(g.char for g in page)
    assert PARTS in text
    assert not any("".join(label.split()) in text for label in COPY_LABELS)


def test_a_printer_of_24_pins_gets_black_only_and_no_line_thinner_than_two_dots() -> None:
    """GIVEN a paper with grey label cells and a watermark WHEN it is drawn at 180 dpi THEN nothing is between black and white but the
    edges of letters, and every rule is two dots."""
    pdf = TYPESETTER.pdf(a_slip(a_draft(materials(3))), wanted=PaperFormat.CONTINUOUS)
    (page,) = pdfium.PdfDocument(pdf)
    width, height = page.get_size()
    page.set_mediabox(0, height % 0.4, width - width % 0.4, height)  # whole dots, as a printer has them
    image = page.render(scale=180 / 72, grayscale=True, no_smoothtext=True, no_smoothpath=True).to_pil()
    assert set(image.tobytes()) == {0, 255}
    across = [image.crop((0, y, image.width, y + 1)).tobytes().count(0) > image.width / 2 for y in range(image.height)]
    thick = {len(run) for run in "".join("x" if ruled else " " for ruled in across).split()}
    assert thick == {2, 4}


def test_large_print_is_large_for_everything_that_is_read() -> None:
    """GIVEN a paper with a table THEN only the line at its foot and the labels are smaller than 15 points."""
    m = MEASURES[PaperFormat.LARGE]
    assert min(m.body, m.dense) == 15
    (page, *_) = glyphs_of(TYPESETTER.pdf(a_slip(a_draft(materials(2))), wanted=PaperFormat.LARGE))
    heights = sorted(g.top - g.bottom for g in page if g.char in "材料购买新建商品住房提取")
    assert heights[0] > 0.75 * 14


def test_the_words_the_number_and_the_check_code_are_the_same_in_every_format() -> None:
    slip = slips()[SlipKind.RECEIPT]
    texts = {which: _chars(glyphs_of(TYPESETTER.pdf(slip, wanted=which))) for which in PaperFormat}
    for text in texts.values():
        assert slip.check_code in text
        assert slip.number in text


def test_a_preview_of_halves_shows_the_whole_sheet_and_of_the_others_one_copy() -> None:
    draft = a_draft(materials(2))
    for which in PaperFormat:
        pages = glyphs_of(TYPESETTER.preview(draft, copy=COPY_LABELS[1], wanted=which))
        assert len(pages) == 1
        both = all("".join(label.split()) in _chars(pages) for label in COPY_LABELS)
        assert both is (which is PaperFormat.HALVES)


@pytest.mark.parametrize("which", PaperFormat)
def test_a_saved_paper_tells_a_viewer_to_print_it_as_it_is(which: PaperFormat) -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft()), wanted=which)
    assert b"/ViewerPreferences" in pdf
    assert b"<</Duplex/Simplex/PrintScaling/None>>" in pdf


@pytest.mark.parametrize("word", ["样本", "作废"])
@pytest.mark.parametrize("which", PaperFormat)
def test_a_watermark_is_on_every_sheet_and_hides_nothing(which: PaperFormat, word: str) -> None:
    slip = a_slip(a_draft(materials(40)))
    pdf = TYPESETTER.pdf(slip, watermark=word, wanted=which)
    assert all(word in _chars([page]) for page in glyphs_of(pdf))
    page = pdfium.PdfDocument(pdf)[0]
    dark = page.render(scale=1, grayscale=True).to_pil().point(lambda value: 255 * (value < 140))
    bare = pdfium.PdfDocument(TYPESETTER.pdf(slip, wanted=which))[0]
    alone = bare.render(scale=1, grayscale=True).to_pil().point(lambda value: 255 * (value < 140))
    assert sum(map(bool, dark.tobytes())) <= 1.35 * sum(map(bool, alone.tobytes()))
