"""窗口牌和桌牌的纸面。"""

from __future__ import annotations

import pypdfium2
import pytest

from counter_assistant.domain.displays.cards import DeskPlate, WindowPlate
from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize
from counter_assistant.paper.blocks import Image
from counter_assistant.paper.displays.plates import FOLD, PlateMaker
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.measures import MM
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.typesetter import Typesetter
from tests.paper.displays.extents import collisions, extents
from tests.paper.displays.pictures import a_jpeg
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
MAKER = PlateMaker(LineBreaker(FontFallback(FONTS)))
SIZES = pytest.mark.parametrize("size", DisplayKind.WINDOW_PLATE.sizes, ids=lambda size: size.code)
(DESK,) = DisplayKind.DESK_PLATES.sizes
TAI_LE = "ᥘᥣᥢᥑᥝᥖᥭ"
PLATES = {
    "usual": WindowPlate(("综合窗口 1",), "", "某中心　某管理部"),
    "two scripts": WindowPlate(("共产党员", "示范岗"), TAI_LE, "某中心　某管理部"),
    "longest": WindowPlate(("𠅤" * 40,), "字" * 40, "中" * 20 + "　" + "部" * 19),
}
LONGEST = DeskPlate("𠅤" * 20, "职" * 50, (("工号", "0" * 20), ("服务项目", "项" * 50), ("监督电话", "0" * 30)))


@SIZES
@pytest.mark.parametrize("which", PLATES)
def test_nothing_leaves_the_frame_and_nothing_overlaps(which: str, size: DisplaySize) -> None:
    m, (page,), _ = MAKER.over_window(PLATES[which], None, size)
    x0, y0, _, _ = page[0].block.bars[0]
    assert [line for line in extents(page) if not line.within(x0, y0, m.page[0] - x0, m.page[1] - y0)] == []
    assert collisions(page) == []


@SIZES
def test_the_words_are_as_large_as_can_be_and_a_word_of_the_code_is_broken_where_it_has_a_joint(
    size: DisplaySize,
) -> None:
    _, (page,), _ = MAKER.over_window(WindowPlate(("本窗口", "暂停服务"), "", "某中心"), None, size)
    largest = max(text.size for text in page[0].block.texts)
    words = [text.line.text for text in page[0].block.texts if text.size == largest]
    assert words == ["本窗口", "暂停服务"]
    assert largest >= 0.2 * size.height * MM


@SIZES
def test_a_plate_smaller_than_its_sheet_lies_in_the_middle_with_dashes_around_it(size: DisplaySize) -> None:
    m, _, leaves = MAKER.over_window(PLATES["usual"], None, size)
    if size.is_spread:
        assert len(leaves) > 1
        return
    (leaf,) = leaves
    (part,) = leaf.parts
    assert part.shift + m.page[0] / 2 == pytest.approx(leaf.size[0] / 2)
    assert part.lift + m.page[1] / 2 == pytest.approx(leaf.size[1] / 2)
    assert bool(part.own) is (m.page != leaf.size)


def test_the_corners_of_the_frame_are_filled() -> None:
    made = MAKER.over_window(PLATES["usual"], None, DisplayKind.WINDOW_PLATE.size("a4"))
    picture = pypdfium2.PdfDocument(TYPESETTER.write("", *made, ""))[0].render(scale=4).to_pil().convert("L")
    box = picture.point(lambda dot: 255 * (dot < 128)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    for x, y in ((left, top), (right - 1, top), (left, bottom - 1), (right - 1, bottom - 1)):
        assert picture.crop((x, y, x + 1, y + 1)).tobytes()[0] < 160, (x, y)


def test_words_in_another_script_are_drawn_by_a_font_or_come_as_a_picture() -> None:
    size = DisplayKind.WINDOW_PLATE.size("a4")
    assert TYPESETTER.write("", *MAKER.over_window(PLATES["two scripts"], None, size), "")
    TYPESETTER.refuse_missing([TAI_LE])
    script = Image(900, 200, a_jpeg(900, 200))
    _, (page,), _ = MAKER.over_window(PLATES["two scripts"], script, size)
    (picture,) = page[0].block.pictures
    assert picture.width / picture.height == pytest.approx(900 / 200)
    assert TAI_LE not in [text.line.text for text in page[0].block.texts]
    for line in extents(page):
        apart = line.bottom <= picture.top + 0.1 or line.top >= picture.top + picture.height - 0.1
        assert apart, line


@pytest.mark.parametrize("plate", [DeskPlate("李某", "科员", (("工号", "1"),)), LONGEST], ids=["short", "longest"])
def test_a_desk_plate_holds_all_of_it(plate: DeskPlate) -> None:
    m, (page,), _ = MAKER.on_desks([plate], DESK)
    assert m.page == (200 * MM, 100 * MM)
    assert [line for line in extents(page) if not line.within(0, 0, *m.page)] == []
    assert collisions(page) == []
    said = "".join(line.text for line in extents(page))
    assert all(text in said for text in (plate.name, plate.title, *(text for _, text in plate.rows)))


def test_both_sides_of_a_desk_plate_are_alike_and_fold_along_the_middle() -> None:
    plates = [DeskPlate(name, "科员", (("工号", "1"),)) for name in ("李某", "王某")]
    document = pypdfium2.PdfDocument(TYPESETTER.write("桌牌", *MAKER.on_desks(plates, DESK), ""))
    assert [
        page.get_textpage().get_text_bounded().count(name)
        for page, name in zip(document, ("李某", "王某"), strict=True)
    ] == [2, 2]
    assert FOLD in document[0].get_textpage().get_text_bounded()
    picture = document[0].render(scale=2).to_pil().convert("L").point(lambda dot: 255 * (dot > 127))
    width, height = picture.size
    half = round(100 * MM * 2)
    upper = picture.crop((0, height // 2 - half + 6, width, height // 2 - 6))
    lower = picture.crop((0, height // 2 + 6, width, height // 2 + half - 6)).rotate(180)
    differing = sum(one != other for one, other in zip(upper.tobytes(), lower.tobytes(), strict=True))
    inked = sum(dot == 0 for dot in upper.tobytes())
    assert inked > 10_000
    assert differing < inked / 3  # the edges of letters fall on other dots


def test_desk_plates_lie_within_what_printers_reach() -> None:
    m, _, (leaf,) = MAKER.on_desks([LONGEST], DESK)
    for part in leaf.parts:
        assert part.shift >= 5 * MM - 0.1
        assert part.shift + m.page[0] <= leaf.size[0] - 5 * MM + 0.1
        assert 5 * MM <= part.lift <= leaf.size[1] - m.page[1]
    assert sorted(part.turned for part in leaf.parts) == [False, True]
