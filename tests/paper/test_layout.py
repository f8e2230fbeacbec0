"""The box at the head and what is set under the text: whole, first, and never where there is no room for it."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from counter_assistant.domain.papers.slip import BlankBelow, Element, Heading, Paragraph, Run, Summary, Table
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


@pytest.mark.parametrize("lines", range(1, 40, 2))
def test_the_rest_of_a_page_is_marked_as_blank_between_the_text_and_the_signatures(lines: int) -> None:
    pdf = TYPESETTER.pdf(a_slip(a_draft(*paragraphs(lines), BLANK)))
    document = pdfium.PdfDocument(pdf)
    last = document[len(document) // 2 - 1]
    text = last.get_textpage().get_text_range()
    end, signatures = height_of(last, f"第{lines - 1}行")[0], height_of(last, "经办人")[1]
    assert ("以下空白" in text) is (end - signatures > 26)
    if "以下空白" in text:
        assert end > height_of(last, "以下空白")[1]
        assert height_of(last, "以下空白")[0] > signatures


def test_in_the_box_no_word_or_two_stand_alone_on_a_last_line() -> None:
    """GIVEN opening hours a little too long THEN the line ends at an earlier mark."""
    hours = "到哪：综合窗口 1，示例路 1 号一楼，窗口时间：周一至周五 8:30–11:30、14:30–17:30（午休除外）。"
    page = first_page(Summary(((Run(hours),),)))
    ends = [line for line in page.get_textpage().get_text_range().split("\r\n") if line and line in hours]
    assert ends == [hours[: hours.index("窗口时间")], hours[hours.index("窗口时间") :]]


def depends(rows: int) -> Table:
    """A table of what depends on an open answer."""
    return Table(
        "maybe", ("还要带的", "什么情况下需要"), tuple((Run(f"证明{at}号"), Run("离异")) for at in range(rows))
    )


@pytest.mark.parametrize("before", range(33, 41))
def test_a_short_table_of_what_depends_is_not_split_over_two_pages(before: int) -> None:
    pages = one_copy(a_draft(*paragraphs(before), depends(4), *paragraphs(12)))
    assert [sum(f"证明{at}号" in page for at in range(4)) for page in pages if "证明" in page] == [4]


def test_a_long_table_of_what_depends_is_split_rather_than_leave_much_of_a_page_empty() -> None:
    pages = one_copy(a_draft(*paragraphs(31), depends(12), *paragraphs(12)))
    assert ["证明0号" in page for page in pages] == [True, False]
    assert "证明11号" in pages[1]


def test_the_foot_ends_its_lines_between_notes() -> None:
    notes = (
        "一式二份，一份交当事人，一份存档",
        "目录 2026.11.4",
        "本事项经某某会某某〔2026〕12号核定",
        "您的信息仅用于本事项",
    )
    page = pdfium.PdfDocument(TYPESETTER.pdf(a_slip(a_draft(notes=notes))))[0]
    lines = page.get_textpage().get_text_range().split("\r\n")
    assert [line for line in lines if "您的信息" in line] == ["您的信息仅用于本事项"]


def test_a_slip_with_a_box_is_set_tighter_than_one_of_before_and_its_headings_run_in() -> None:
    """GIVEN a little more than a page holds THEN a box keeps it on one, and each heading stands before its text."""
    before, boxed = a_draft(materials(19), *PARTS), a_draft(BOX, materials(18), *PARTS)
    assert (TYPESETTER.page_count(before), TYPESETTER.page_count(boxed)) == (2, 1)
    page = first_page(BOX, materials(18), *PARTS)
    assert height_of(page, "7、标题")[0] == pytest.approx(height_of(page, "第7段")[0], abs=1)
