"""单页的纸面：without number, signatures and QR code, on as many pages as it needs."""

from __future__ import annotations

import pypdfium2
import pytest

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Element, Heading, Paragraph, Run, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.sheets import DAY_COUNT, arrange_sheet
from counter_assistant.paper.typesetter import Typesetter
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
NO_GLYPH = "\U0003fffd"


def a_sheet(*body: Element) -> Sheet:
    return Sheet("某中心", "某管理部", "办事指南", "示例", body, ("目录 2026.11", "机构人员为示例"))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def rows(count: int) -> Table:
    head = ("序", "材料", "原件、复印件", "出具单位", "填报要求", "什么情况下需要")
    cells = tuple(
        tuple(map(Run, (str(n), f"材料{n}号", "原件1", "某局", "在有效期内", "都需要"))) for n in range(count)
    )
    return Table("guide_materials", head, cells)


def test_a_sheet_has_neither_number_nor_signatures() -> None:
    (page,) = pages_of(TYPESETTER.sheet(a_sheet(Heading("一、", "政策规定"), Paragraph((Run("条例"),)))))
    assert page.startswith("某中心某管理部办事指南（示例）一、政策规定条例")
    assert page.endswith("目录2026.11机构人员为示例")
    for word in ("编号", "校验码", "签名", "第一联"):
        assert word not in page


def test_a_long_sheet_runs_over_with_its_head_row_and_folio() -> None:
    pages = pages_of(TYPESETTER.sheet(a_sheet(rows(90))))
    assert len(pages) > 1
    for n, page in enumerate(pages, 1):
        assert f"第{n}页共{len(pages)}页" in page
        assert "什么情况下需要" in page
    assert all("办事指南（续）" in page for page in pages[1:])
    assert "".join(pages).count("在有效期内") == 90


def test_a_missing_glyph_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        TYPESETTER.sheet(a_sheet(Paragraph((Run(f"名{NO_GLYPH}"),))))
    assert refused.value.code == "missing-glyph"


def test_a_watermark_is_drawn_and_the_bytes_are_the_same_each_time() -> None:
    plain, marked = TYPESETTER.sheet(a_sheet()), TYPESETTER.sheet(a_sheet(), "样本")
    assert "样本" in pages_of(marked)[0]
    assert "样本" not in pages_of(plain)[0]
    assert plain == TYPESETTER.sheet(a_sheet())


def test_data_is_never_markup() -> None:
    hostile = "<b>粗</b>{{ 7*7 }}&amp;"
    (page,) = pages_of(TYPESETTER.sheet(a_sheet(Paragraph((Run(hostile),)))))
    assert hostile.replace(" ", "") in page


def test_an_empty_table_leaves_nothing_behind() -> None:
    names = "unit branch title mark notes subject_label subject due_label due counted_label counted explanation"
    blocks = dict.fromkeys([*names.split(), "provisional", "day_count_head"], "甲")
    sheet = arrange_sheet(DAY_COUNT, blocks | {"provisional": ""}, {"day_count": ()})
    assert [type(element).__name__ for element in sheet.body] == ["Fields", "Paragraph"]
