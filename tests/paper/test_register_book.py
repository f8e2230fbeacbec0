"""The printed book of a register: sheets that lie across, heads and totals on each page, nothing cut off, nothing parsed."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from counter_assistant.domain.papers.ruled_book import BookColumn, RuledBook, sums_of
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program
from counter_assistant.printing.media import media_of
from tests.make import text_of

COLUMNS = (BookColumn("序号", 4), BookColumn("内容", 30), BookColumn("件数", 6, adds=True))


def book(rows: int = 3, text: str = "门口台阶请装扶手") -> RuledBook:
    made = tuple((n, f"{text}{n}", n % 5) for n in range(1, rows + 1))
    return RuledBook(
        "某市住房公积金管理中心　某管理部", "意见建议登记簿", "", "2026年11月1日至2026年11月30日", COLUMNS, made,
        ("制表人：", "审核人：", "日期："), ("守则 一(二)2⑺", "从台账列出"),
    )  # fmt: skip


def pages_of(made: RuledBook) -> list[str]:
    document = pypdfium2.PdfDocument(program().typesetter.book(made))
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_a_short_book_is_one_sheet_of_a4_across_with_its_totals_and_lines_to_sign_on() -> None:
    (page,) = pages_of(book())
    for part in (
        "意见建议登记簿",
        "某管理部",
        "第1页共1页",
        "序号内容件数",
        "门口台阶请装扶手3",
        "本页小计3条6",
        "合计3条6",
        "制表人：",
        "守则一(二)2",
    ):
        assert part in page
    pdf = program().typesetter.book(book())
    assert (media_of(pdf), program().typesetter.book(book()) == pdf) == ("A4", True)


@pytest.mark.parametrize("rows", [0, 1, 23, 24, 25, 26, 120])
def test_each_page_has_its_heads_and_what_its_own_rows_come_to(rows: int) -> None:
    made = book(rows)
    pages = pages_of(made)
    counts = [re.search(r"本页小计(\d+)条", page) for page in pages]
    assert sum(int(found[1]) for found in counts if found) == rows
    assert all("序号内容件数" in page and f"第{n}页共{len(pages)}页" in page for n, page in enumerate(pages, 1))
    assert [f"合计{rows}条{sums_of(COLUMNS, made.rows)[2]}" in page for page in pages] == [False] * (len(pages) - 1) + [
        True
    ]
    assert ["制表人" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    for n in range(1, rows + 1):
        assert sum(f"门口台阶请装扶手{n}" in page for page in pages) >= 1


def test_a_row_higher_than_a_page_goes_on_and_is_counted_once() -> None:
    long = "".join(f"第{n}句话。" for n in range(1, 900))
    pages = pages_of(replace(book(1), rows=((1, long, 2), (2, "短", 3))))
    whole = "".join(pages)
    assert len(pages) > 2
    assert all(f"第{n}句话" in whole for n in (1, 400, 899))
    assert [int(found) for page in pages for found in re.findall(r"小计(\d+)条", page)].count(1) >= 1
    assert sum(int(found) for found in re.findall(r"小计(\d+)条", whole)) == 2
    assert "合计2条5" in pages[-1]


def test_what_looks_like_markup_is_printed_and_what_has_no_glyph_is_refused() -> None:
    hostile = "<b>=HYPERLINK(1)</b> &amp; {{ x }} %s"
    assert "".join(hostile.split()) in pages_of(replace(book(1), rows=((1, hostile, 0),)))[0]
    with pytest.raises(Refusal, match="字库中没有"):
        program().typesetter.book(replace(book(1), rows=((1, "\U0010fffd", 0),)))


def test_a_mark_and_a_watermark_are_there() -> None:
    marked = program().typesetter.book(replace(book(), mark="示例"), "样本")
    text = "".join(text_of(marked).split())
    assert "意见建议登记簿（示例）" in text
    assert "样本" in text
    assert pages_of(replace(book(), signatures=(), columns=COLUMNS[:2], rows=((1, "a"),)))[0].count("1条") == 2
