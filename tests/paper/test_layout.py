"""The box at the head and what is set under the text: whole, first, and never where there is no room for it."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from counter_assistant.domain.papers.slip import BlankBelow, Element, Heading, Paragraph, Run, Summary
from counter_assistant.paper.typesetter import Typesetter
from tests.paper.test_typesetter import a_draft, a_slip, height_of, materials, one_copy, paragraphs
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
BOX = Summary(
    (
        (Run("要带："), Run("房租发票、结婚证", strong=True), Run("，和您的有效身份证件。")),
        (
            Run("多久："),
            Run("材料补齐后当场办结", strong=True),
            Run("。"),
            Run("\u3000问谁："),
            Run("李某 0883-2160001"),
        ),
    )
)
BLANK = BlankBelow("以下空白")
PARTS = [part for at in range(8) for part in (Heading(f"{at}、", "标题"), Paragraph((Run(f"第{at}段"),)))]


def first_page(*body: Element) -> pdfium.PdfPage:
    return pdfium.PdfDocument(TYPESETTER.pdf(a_slip(a_draft(*body))))[0]


def test_the_box_stands_first_and_larger() -> None:
    page = first_page(BOX, Heading("一、", "政策依据"), Paragraph((Run("条例"),)))
    box, text = height_of(page, "要带"), height_of(page, "条例")
    assert box[0] > height_of(page, "政策依据")[1]
    assert box[1] - box[0] > text[1] - text[0]


def test_a_box_taller_than_a_page_is_still_printed_whole() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(2500))
    pages = one_copy(a_draft(Summary(((Run(text),),)), BLANK))
    assert not set(text) - set("".join(pages))


@pytest.mark.parametrize("lines", range(1, 40, 3))
def test_the_rest_of_a_page_is_marked_as_blank_between_the_text_and_the_signatures(lines: int) -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft(*paragraphs(lines), BLANK)))
    document = pdfium.PdfDocument(pdf)
    last = document[len(document) // 2 - 1]
    text = last.get_textpage().get_text_range()
    end, signatures = height_of(last, f"第{lines - 1}行")[0], height_of(last, "经办人")[1]
    assert ("以下空白" in text) is (end - signatures > 64)
    if "以下空白" in text:
        assert end > height_of(last, "以下空白")[1]
        assert height_of(last, "以下空白")[0] > signatures


def test_a_slip_with_a_box_is_set_tighter_than_one_of_before_and_its_headings_run_in() -> None:
    """GIVEN a little more than a page holds THEN a box keeps it on one, and each heading stands before its text."""
    before, boxed = a_draft(materials(19), *PARTS), a_draft(BOX, materials(18), *PARTS)
    assert (TYPESETTER.page_count(before), TYPESETTER.page_count(boxed)) == (2, 1)
    page = first_page(BOX, materials(18), *PARTS)
    assert height_of(page, "7、标题")[0] == pytest.approx(height_of(page, "第7段")[0], abs=1)
