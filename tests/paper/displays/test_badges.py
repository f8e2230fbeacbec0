"""胸牌的纸面：排得下、裁得开，再长的名字也不出框。"""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest

from counter_assistant.domain.displays.cards import Badge
from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize
from counter_assistant.paper.blocks import Image, Placed
from counter_assistant.paper.displays.badges import STICK_HERE, UNPRINTED, BadgeMaker, grid
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.measures import MM
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.typesetter import Typesetter
from tests.paper.displays.extents import collisions, extents
from tests.paper.displays.pictures import a_jpeg
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
MAKER = BadgeMaker(LineBreaker(FontFallback(FONTS)))
SIZES = pytest.mark.parametrize("size", DisplayKind.BADGES.sizes, ids=lambda size: size.code)
SHORT = Badge("某中心", "李某", (("科室", "贷款科"), ("职务", "科员"), ("工号", "0001")))
LONGEST = Badge("某" * 50, "𠅤" * 20, (("科室", "科" * 50), ("职务", "职" * 50), ("工号", "0" * 50)))


def pdf_of(badges: list[tuple[Badge, Image | None]], size: DisplaySize) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(TYPESETTER.write("胸牌", *MAKER.sheets(badges, size), ""))


@SIZES
@pytest.mark.parametrize(
    "badge", [SHORT, LONGEST, Badge("中", "名" * 5, LONGEST.rows)], ids=["short", "longest", "mixed"]
)
def test_nothing_leaves_the_badge_and_nothing_overlaps(badge: Badge, size: DisplaySize) -> None:
    block = MAKER.badge(badge, None, size)
    page = [Placed(0.0, block)]
    assert [line for line in extents(page) if not line.within(0, 0, size.width * MM, size.height * MM)] == []
    assert collisions(page) == []
    said = "".join(text.line.text for text in block.texts)
    assert badge.name in said
    assert all(text in said for _, text in badge.rows)


@SIZES
def test_the_name_is_the_largest_of_it(size: DisplaySize) -> None:
    sizes = {text.line.text: text.size for text in MAKER.badge(SHORT, None, size).texts}
    assert max(sizes, key=sizes.__getitem__) == "李某"


@pytest.mark.parametrize(
    ("code", "expected"), [("86x54", (2, 5, False)), ("70x100", (4, 2, True)), ("85x125", (2, 2, False))]
)
def test_as_many_go_on_a_sheet_as_a_printer_reaches(code: str, expected: tuple[int, int, bool]) -> None:
    size = DisplayKind.BADGES.size(code)
    columns, rows, across = grid(size)
    assert (columns, rows, across) == expected
    width, height = (297, 210) if across else (210, 297)
    assert columns * size.width <= width - 2 * UNPRINTED < (columns + 1) * size.width
    assert rows * size.height <= height - 2 * UNPRINTED < (rows + 1) * size.height


@SIZES
def test_more_than_a_sheet_holds_go_on_to_the_next_one(size: DisplaySize) -> None:
    columns, rows, across = grid(size)
    document = pdf_of([(SHORT, None)] * (columns * rows + 1), size)
    assert [page.get_textpage().get_text_bounded().count("李某") for page in document] == [columns * rows, 1]
    assert {page.get_width() > page.get_height() for page in document} == {across}


@SIZES
def test_dashes_lie_around_every_badge_and_through_none(size: DisplaySize) -> None:
    _, pages, _ = MAKER.sheets([(SHORT, None)] * 3, size)
    cuts = pages[0][0].block.rules
    across = sorted({round(y0 / MM, 3) for _, y0, _, y1 in cuts if y0 == y1})
    down = sorted({round(x0 / MM, 3) for x0, _, x1, _ in cuts if x0 == x1})
    assert [round(b - a, 2) for a, b in pairwise(across)] == [size.height] * (len(across) - 1)
    assert [round(b - a, 2) for a, b in pairwise(down)] == [size.width] * (len(down) - 1)
    columns = min(grid(size)[0], 3)
    assert (len(down), len(across)) == (columns + 1, -(-3 // columns) + 1)


@SIZES
def test_a_photo_fills_its_place_and_without_one_there_is_a_frame(size: DisplaySize) -> None:
    photo = Image(590, 826, a_jpeg(590, 826))
    with_photo, without = (MAKER.badge(SHORT, given, size) for given in (photo, None))
    (picture,) = with_photo.pictures
    assert round(picture.width / MM) / round(picture.height / MM) == pytest.approx(5 / 7)
    assert round(picture.width / MM, 1) in (25, 35)
    assert STICK_HERE not in [text.line.text for text in with_photo.texts]
    assert STICK_HERE in [text.line.text for text in without.texts]
    assert without.pictures == ()
    assert len(without.rules) == 4


def test_a_photo_is_drawn_where_it_should_be_and_is_in_the_file_once() -> None:
    size = DisplayKind.BADGES.size("86x54")
    photo = Image(590, 826, a_jpeg(590, 826, "black"))
    document = pdf_of([(SHORT, photo), (SHORT, photo)], size)
    picture = document[0].render(scale=1).to_pil().convert("L")
    columns, rows, _ = grid(size)
    left, top = (210 - columns * 86) / 2, (297 - rows * 54) / 2
    for column in range(2):
        x, y = (left + column * 86 + 57 + 12) * MM, (top + 15 + 17) * MM
        assert picture.getpixel((round(x), round(y))) == 0
    pdf = TYPESETTER.write("胸牌", *MAKER.sheets([(SHORT, photo), (SHORT, photo)], size), "")
    assert pdf.count(photo.jpeg) == 1
