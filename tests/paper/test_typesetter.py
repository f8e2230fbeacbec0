"""The paper itself: what was composed is what is printed, whole, on every page, and the same each time."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import (
    COPY_LABELS,
    LAYOUT,
    Draft,
    Element,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    SignatureLine,
    Signatures,
    Slip,
    Table,
)
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.typesetter import Typesetter
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
HEAD = ("序", "材料", "原件、复印件", "出具单位", "填报要求", "情况")
HOSTILE = "<b>粗</b><img src=x> {{ 7*7 }} &amp; \\n (未) %s ]TJ 𠅤\U0002ceb0\U0002ebe0"
EXT_F = "\U0002ceb0"


def a_draft(
    *body: Element, applicant: str = "罗𠅤克", notes: tuple[str, ...] = ("一式二份。", "目录 2026.11")
) -> Draft:
    """A notification slip with a head table and whatever follows it."""
    fields = Fields(
        (
            (Field("申请人", applicant), Field("证件", "未采集"), Field("电话", "138****0461")),
            (Field("事项", "购买新建商品住房提取", strong=True),),
        )
    )
    left = (SignatureLine("经办人（签名）：", ruled=True), SignatureLine("（盖章）　　　年　　月　　日"))
    right = (SignatureLine("当事人（签名）：", ruled=True), SignatureLine("签收日期：　　　年　　月　　日"))
    kind, unit = SlipKind.NOTIFICATION_SLIP, "临沧市住房公积金管理中心"
    return Draft(
        kind, unit, "耿马管理部", "一次性告知单", "示例，不作为承诺", (fields, *body), Signatures(left, right), notes
    )


def a_slip(draft: Draft) -> Slip:
    """The draft, issued."""
    issued = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
    return Slip(draft, "临公积金耿一告〔2026〕128号", issued, "7f3a91c2d04e", "10200317202600000128")


def paragraphs(count: int) -> list[Element]:
    """That many lines of text, each a paragraph."""
    return [Paragraph((Run(f"第{at}行"),)) for at in range(count)]


def materials(count: int, requirement: str = "在有效期内；核验后当场退还") -> Table:
    """A table of materials."""
    rows = [(str(at), f"材料{at}号", "原件1", "公安机关", requirement, "须提供") for at in range(1, count + 1)]
    return Table("materials", HEAD, tuple(tuple(Run(cell) for cell in row) for row in rows))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page as it is copied out, in the order of drawing, without white space."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(re.sub(r"\s", "", text.get_text_range()))
        text.close()
        page.close()
    document.close()
    return found


def one_copy(draft: Draft, **marks: Any) -> list[str]:
    """The pages of the first copy."""
    pages = pages_of(TYPESETTER.pdf(a_slip(draft), **marks))
    return pages[: len(pages) // 2]


def squeezed(texts: list[str]) -> Iterator[str]:
    """Texts without white space."""
    return (re.sub(r"\s", "", text) for text in texts)


def ink_outside(pdf: bytes, margin: float) -> bool:
    """Whether anything is drawn within `margin` points of the edges of any page."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        edge, image = round(margin), page.render(grayscale=True).to_pil()
        inner = image.crop((edge, edge, image.width - edge, image.height - edge))
        blank = inner.point(lambda _: 255)
        image.paste(blank, (edge, edge))
        if image.getextrema()[0] < 250:
            return True
    return False


def test_everything_composed_is_printed_as_typed() -> None:
    """GIVEN markup, templates and rare characters in every place THEN the page shows them as the text they are."""
    body = (Heading("一、", HOSTILE), Paragraph((Run(HOSTILE), Run(HOSTILE, strong=True))), materials(2, HOSTILE))
    draft = a_draft(*body, applicant=HOSTILE, notes=(HOSTILE, HOSTILE))
    text = "".join(one_copy(draft))
    missing = [part for part in squeezed(draft.texts()) if part not in text]
    assert not missing


@given(text=st.text("临沧公积金，。（）《》〔〕0123456789aZ<&{ \n·—…𠅤", max_size=400))
def test_no_character_is_lost(text: str) -> None:
    """GIVEN any text in a paragraph and in narrow cells THEN every character is on the paper."""
    draft = a_draft(Paragraph((Run(text),)), Table("materials", (), ((Run(text),) * 6,)))
    page = Counter("".join(one_copy(draft)))
    assert not Counter("".join(squeezed(draft.texts()))) - page


def test_nothing_leaves_the_paper() -> None:
    """GIVEN long tokens without a place to break THEN nothing is drawn in the margins."""
    token = "A1" * 300
    row = tuple(Run(token) for _ in HEAD)
    body = (Paragraph((Run(token),)), Table("materials", HEAD, (row,)), Table("other", HEAD[:3], (row[:3],)))
    draft = replace(a_draft(*body, applicant=token, notes=(token,)), unit=token[:160], title="告知" * 30)
    pdf = TYPESETTER.pdf(a_slip(draft))
    assert not ink_outside(pdf, 36)
    page = Counter("".join(one_copy(draft)))
    assert not Counter("".join(squeezed(draft.texts()))) - page


def test_both_copies_differ_in_their_label_alone() -> None:
    """一式二份: the copies are the same but for 第一联 and 第二联."""
    first, second = pages_of(TYPESETTER.pdf(a_slip(a_draft(materials(3)))))
    labels = ["".join(label.split()) for label in COPY_LABELS]
    assert labels[0] in first
    assert labels[1] in second
    assert first.replace(labels[0], "") == second.replace(labels[1], "")


def test_each_copy_is_a4() -> None:
    """210 × 297 mm, within a tenth of a millimetre."""
    document = pdfium.PdfDocument(TYPESETTER.pdf(a_slip(a_draft())))
    assert len(document) == 2
    for page in document:
        assert [side / 72 * 25.4 for side in page.get_size()] == pytest.approx([210, 297], abs=0.1)


def test_the_same_slip_is_the_same_bytes() -> None:
    """Whatever was printed before, by this typesetter or by none."""
    slip = a_slip(a_draft(materials(3), Paragraph((Run("条例》（2026年）。"),))))
    first = TYPESETTER.pdf(slip)
    TYPESETTER.pdf(a_slip(a_draft(Paragraph((Run("别的字样"),)))))
    assert TYPESETTER.pdf(slip) == first
    assert Typesetter(FONTS).pdf(slip) == first


def test_names_with_rare_characters_can_be_copied_out() -> None:
    """GIVEN a name with U+20164 and one of Ext F THEN both come out whole, beside each other."""
    assert f"罗𠅤{EXT_F}克" in one_copy(a_draft(applicant=f"罗𠅤{EXT_F}克"))[0]


def test_the_letter_spaced_title_is_copied_as_one_word() -> None:
    """Gaps of a fifth of an em would come out as spaces."""
    pdf = TYPESETTER.pdf(a_slip(a_draft()))
    assert "一次性告知单" in pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range()
    streams = [
        zlib.decompress(stream) for stream in re.findall(rb"FlateDecode.*?stream\n(.*?)endstream", pdf, re.DOTALL)
    ]
    spoken = "一次性告知单".encode("utf-16-be").hex().encode()
    assert [stream for stream in streams if b"/Span<</ActualText<feff" + spoken + b">>>BDC" in stream]


def test_a_long_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    """GIVEN 60 rows of several lines THEN each page of the table begins with the head and no row is torn."""
    requirement = "全款或首付款发票，加盖发票专用章，与合同一致"
    pages = one_copy(a_draft(Heading("二、", "所需材料"), materials(60, requirement)))
    assert len(pages) > 2
    head = "".join(HEAD)
    for number in range(1, 61):
        row = f"{number}材料{number}号原件1公安机关{requirement}须提供"
        (page,) = [page for page in pages if f"材料{number}号" in page]
        assert row in page
        assert head in page
    assert sum(page.count(head) for page in pages) == len([page for page in pages if "材料" in page])


def test_a_row_taller_than_a_page_goes_on_overleaf() -> None:
    """GIVEN a cell of two thousand characters THEN all of them are printed, under the head on each page."""
    text = "".join(chr(0x4E00 + at) for at in range(2000))
    pages = one_copy(a_draft(materials(1, text)))
    assert len(pages) > 1
    assert all("填报要求" in page for page in pages)
    assert not set(text) - set("".join(pages))


def height_of(page: pdfium.PdfPage, text: str) -> tuple[float, float]:
    """Where a text stands: its bottom and its top above the lower edge of the page, in points."""
    reader = page.get_textpage()
    found = reader.search(text).get_next()
    assert found, text
    boxes = [reader.get_charbox(at) for at in range(found[0], found[0] + found[1])]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


@pytest.mark.parametrize("lines", range(24, 50, 1))
def test_signatures_never_stand_alone(lines: int) -> None:
    """GIVEN any length of text THEN the page with the signatures also has a line of it, and they are there once."""
    pdf = TYPESETTER.pdf(a_slip(a_draft(*paragraphs(lines))))
    pages = pages_of(pdf)[: len(pages_of(pdf)) // 2]
    last = pdfium.PdfDocument(pdf)[len(pages) - 1]
    assert height_of(last, f"第{lines - 1}行")[0] > height_of(last, "经办人")[1] + 6
    assert "经办人（签名）" in pages[-1]
    assert sum("经办人（签名）" in page for page in pages) == 1
    assert f"第{lines - 1}行" in pages[-1]
    assert [at for page in pages for at in map(int, re.findall(r"第(\d+)行", page))] == list(range(lines))


def a_full_draft(rows: int) -> tuple[Draft, list[str]]:
    """A slip of a table and eight headed paragraphs, and a text of each of its lines from the table downwards."""
    parts = [part for at in range(8) for part in (Heading(f"{at}、", "标题"), Paragraph((Run(f"第{at}段"),)))]
    rest = [text for at in range(8) for text in (f"{at}、标题", f"第{at}段")]
    return a_draft(materials(rows), *parts), [*(f"材料{at}号" for at in range(1, rows + 1)), *rest, "经办人"]


@pytest.mark.parametrize("rows", range(10, 19))
def test_a_slight_overflow_is_set_tighter_on_one_page(rows: int) -> None:
    """GIVEN what fills a page or runs over it by six rows at most THEN it is on one, no line touches another, and
    nothing is lost or in the margins."""
    draft, lines = a_full_draft(rows)
    pdf = TYPESETTER.pdf(a_slip(draft))
    (text,) = one_copy(draft)
    assert [line for line in (*squeezed(draft.texts()), *lines) if line not in text] == []
    page = pdfium.PdfDocument(pdf)[0]
    places = [height_of(page, line) for line in lines]
    assert all(upper[0] > lower[1] + 1 for upper, lower in pairwise(places))
    assert not ink_outside(pdf, 36)


def test_only_as_tight_as_needed() -> None:
    """GIVEN more and more rows THEN the lines come closer by and by, never too close; when that does not help either,
    a slip of two pages has the lines of a short one. A text has the same size in all of them."""
    pitches, sizes = [], set()
    for rows in (1, 12, 14, 16, 18, 19):
        draft, _ = a_full_draft(rows)
        document = pdfium.PdfDocument(TYPESETTER.pdf(a_slip(draft)))
        last = document[len(document) // 2 - 1]
        heading, paragraph = height_of(last, "7、标题"), height_of(last, "第7段")
        pitches.append(round(heading[0] - paragraph[0], 1))
        sizes.add(round(paragraph[1] - paragraph[0], 2))
        assert len(document) == (4 if rows == 19 else 2)
    assert pitches[0] == pitches[1] == pitches[-1]
    assert pitches[1] > pitches[2] > pitches[3] > pitches[4] > 10.5 * 1.25
    assert len(sizes) == 1


def test_a_tightened_slip_is_the_same_bytes_anywhere() -> None:
    """A reprint chooses the spacing that the first print chose, and the preview shows it."""
    draft, _ = a_full_draft(16)
    slip = a_slip(draft)
    first = TYPESETTER.pdf(slip)
    TYPESETTER.pdf(a_slip(a_full_draft(30)[0]))
    assert TYPESETTER.pdf(slip) == first
    assert Typesetter(FONTS).pdf(slip) == first
    preview, print_ = pdfium.PdfDocument(TYPESETTER.preview(draft, copy=COPY_LABELS[0])), pdfium.PdfDocument(first)
    assert height_of(preview[0], "第7段") == height_of(print_[0], "第7段")
    assert len(pages_of(TYPESETTER.pdf(slip, reprint_mark="补打 第99次"))) == 2


def test_a_heading_stays_with_its_text() -> None:
    """No heading at the foot of a page."""
    for lines in range(30, 45):
        pages = one_copy(a_draft(*paragraphs(lines), Heading("九、", "补救"), Paragraph((Run("末段"),))))
        assert [("九、补救" in page) for page in pages] == ["末段" in page for page in pages]


def test_every_page_tells_whose_it_is() -> None:
    """GIVEN a slip of several pages THEN each shows unit, copy label, number, and its place among them."""
    pages = pages_of(TYPESETTER.pdf(a_slip(a_draft(materials(60))), watermark="样本", reprint_mark="补打 第2次"))
    half = len(pages) // 2
    for at, page in enumerate(pages):
        label = "第二联交当事人" if at >= half else "第一联存档"
        folio = f"第{at % half + 1}页共{half}页"
        for text in ("临沧市住房公积金管理中心", label, "临公积金耿一告〔2026〕128号", folio, "样本", "补打第2次"):
            assert text in page


def test_a_single_page_has_no_page_number() -> None:
    """第1页 共1页 would be noise."""
    (page,) = one_copy(a_draft())
    assert "共1页" not in page


def test_the_check_code_follows_the_first_note() -> None:
    """The foot line."""
    assert "一式二份。校验码7f3a91c2d04e目录2026.11" in one_copy(a_draft())[0]


def test_a_preview_is_the_same_page_with_its_holes_left_open() -> None:
    """GIVEN a draft THEN its preview has the words of the paper in the same places, but number, code and QR."""
    draft = a_draft(materials(3))
    (preview,) = pages_of(TYPESETTER.preview(draft, copy=COPY_LABELS[1]))
    printed = pages_of(TYPESETTER.pdf(a_slip(draft), watermark="草稿"))[1]
    printed = printed.replace("临公积金耿一告〔2026〕128号", "出具时编号").replace("7f3a91c2d04e", "")
    assert preview == printed


def test_what_the_code_is_for_stands_beside_it_on_every_copy_and_not_on_a_slip_of_before() -> None:
    draft = a_draft(materials(3))
    captioned = replace(draft, signatures=replace(draft.signatures, caption="窗口扫码用"))
    assert all("窗口扫码用" in page for page in pages_of(TYPESETTER.pdf(a_slip(captioned))))
    assert not any("扫码" in page for page in pages_of(TYPESETTER.pdf(a_slip(draft))))


def test_a_preview_shows_a_missing_character_as_missing() -> None:
    """While typing nothing is refused; the page says what it cannot draw."""
    draft = a_draft(applicant="罗\ue000克")
    assert "罗〓克" in pages_of(TYPESETTER.preview(draft, copy=COPY_LABELS[0]))[0]


def test_a_missing_character_is_named_and_never_printed() -> None:
    """GIVEN private use and control characters THEN they are named, and printing is refused."""
    draft = a_draft(applicant="罗\ue000克\u00ad\u202e\t\n")
    assert TYPESETTER.missing(draft) == ["\ue000", "\u00ad", "\u202e", "\t"]
    with pytest.raises(Refusal, match="字库"):
        TYPESETTER.pdf(a_slip(draft))


def test_a_paper_of_a_later_layout_is_refused_rather_than_drawn_otherwise() -> None:
    later = replace(a_slip(a_draft()), layout=LAYOUT + 1)
    with pytest.raises(Refusal, match=f"第{LAYOUT + 1}版.*请升级程序") as refused:
        TYPESETTER.pdf(later)
    assert refused.value.code == "layout-unknown"


def test_preflight_is_silent_about_what_can_be_printed() -> None:
    """Long is no problem; only what no page can hold is one."""
    assert TYPESETTER.preflight(a_draft(materials(60), applicant="长" * 500)) == []


def test_a_tall_row_and_long_signatures_do_not_meet() -> None:
    """GIVEN a foot of half a page and a row of another half THEN the row is taken apart rather than overprinted."""
    draft = a_draft(materials(1, "长" * 399 + "末"), notes=("注" * 1800,))
    assert TYPESETTER.preflight(draft) == []
    pdf = TYPESETTER.pdf(a_slip(draft))
    document = pdfium.PdfDocument(pdf)
    last = document[len(document) // 2 - 1]
    assert height_of(last, "末")[0] > height_of(last, "经办人")[1]
    assert sum(page.count("长") for page in one_copy(draft)) == 399


def test_a_bare_draft_is_a_page() -> None:
    """Empty tables, fields, signatures and notes take no room and do no harm."""
    body = (Fields(()), Fields(((),)), Table("materials", (), ()), Table("x", ("甲",), ()), Paragraph(()))
    draft = Draft(SlipKind.GUIDANCE, "", "", "指引单", "", body, Signatures((), ()), ())
    assert "指引单" in one_copy(draft)[0]
    assert TYPESETTER.page_count(draft) == 1


def test_preflight_names_what_no_page_can_hold() -> None:
    """A foot of a whole page, a table of thirty columns."""
    wide = Table("wide", tuple(map(str, range(30))), ())
    assert [problem[:2] for problem in TYPESETTER.preflight(a_draft(wide, notes=("长" * 4000,)))] == ["表格", "标题"]


def test_metadata_names_the_paper_and_nobody() -> None:
    """Title and number; not a word from the fields."""
    document = pdfium.PdfDocument(TYPESETTER.pdf(a_slip(a_draft())))
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == "一次性告知单 临公积金耿一告〔2026〕128号"
    assert "罗" not in "".join(metadata.values())


def test_a_slip_is_a_small_file() -> None:
    """Kibibytes, for the spooler of an old printer."""
    assert len(TYPESETTER.pdf(a_slip(a_draft(materials(6))))) < 150 * 1024


def test_caches_are_bounded() -> None:
    """GIVEN many different slips THEN what is remembered stays within its limits."""
    makers = [TYPESETTER._maker(which) for which in PaperFormat]
    running = [layout._running for maker in makers for layout in maker._layouts.values()]
    for cached in (TYPESETTER.breaker.lines, *running):
        assert cached.cache_info().maxsize is not None
