"""成册的封面、目录、页码。"""

from __future__ import annotations

import pypdfium2
import pytest

from counter_assistant.domain.displays.guide_book import BookCover, ContentsLine
from counter_assistant.paper.displays.guide_book import GUTTER, GuideBookMaker
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.measures import A4, MM
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.typesetter import Typesetter
from tests.paper.displays.extents import collisions, extents
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
MAKER = GuideBookMaker(LineBreaker(FontFallback(FONTS)))
COVER = BookCover("某" * 50, "办事指南", ("按 2026年11月23日 的规定", "机构人员为示例"), ("地址" * 30, "目录 1"))


def lines(count: int) -> list[ContentsLine]:
    return [ContentsLine("A 归集"), *(ContentsLine(f"A{n:02}　事项", n) for n in range(1, count))]


def test_the_cover_holds_even_the_longest_unit() -> None:
    page = MAKER.cover(COVER)
    assert [
        line for line in extents(page, A4.margin) if not line.within(A4.margin, 0, A4.margin + A4.width, A4.bottom)
    ] == []
    assert collisions(page) == []
    sizes = {text.line.text: text.size for text in page[0].block.texts}
    assert max(sizes, key=sizes.__getitem__) == "办事指南"


@pytest.mark.parametrize("count", [3, 30, 37, 38, 39, 120])
def test_the_contents_hold_each_line_with_its_page_and_keep_to_the_paper(count: int) -> None:
    pages = MAKER.contents("目　录", lines(count))
    found = [line for page in pages for line in extents(page, A4.margin)]
    assert all(line.within(A4.margin, A4.top, A4.margin + A4.width, A4.bottom + 1) for line in found)
    assert [line.text for line in found if line.text.isdigit()] == [str(n) for n in range(1, count)]
    assert [line.text for line in found if line.text.startswith("A") and "　" in line.text] == [
        f"A{n:02}　事项" for n in range(1, count)
    ]
    assert all(collisions(page) == [] for page in pages)


def test_the_head_of_a_group_does_not_stand_alone_at_the_foot() -> None:
    for count in range(25, 45):
        pages = MAKER.contents("目　录", [*lines(count), ContentsLine("B 提取"), ContentsLine("B01　事项", 99)])
        for page in pages:
            assert [line.text for line in extents(page)][-1] != "B 提取"


def test_a_name_that_is_too_long_is_set_smaller_and_keeps_its_page() -> None:
    (page,) = MAKER.contents("目录", [ContentsLine("B01　" + "长" * 60, 7)])
    found = {line.text: line for line in extents(page)}
    assert found["B01　" + "长" * 60].right < found["7"].left
    assert collisions(page) == []


def test_pages_are_numbered_from_one_after_the_cover_and_moved_from_the_edge_that_is_bound() -> None:
    pages = MAKER.contents("目录", lines(60))
    whole, leaves = MAKER.bind(MAKER.cover(COVER), pages)
    document = pypdfium2.PdfDocument(TYPESETTER.write("办事指南", A4, whole, leaves, ""))
    said = [page.get_textpage().get_text_bounded() for page in document]
    assert "— " not in said[0]
    assert [f"— {n} —" in text for n, text in enumerate(said[1:], 1)] == [True] * len(pages)
    assert {part.shift for leaf in leaves for part in leaf.parts} == {GUTTER}
    for page in document:
        text = page.get_textpage()
        edges = [text.get_rect(at) for at in range(text.count_rects())]
        assert min(left for left, *_ in edges) >= (22 + 5) * MM - 1
        assert max(right for *_, right, _ in edges) <= page.get_width() - 14 * MM
