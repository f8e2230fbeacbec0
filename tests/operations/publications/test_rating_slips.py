"""评价条: three slips to a sheet, five boxes, a place for the QR code, and nobody's name asked."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2

from counter_assistant.domain.papers.rating_slip import RatingSlip
from counter_assistant.domain.registers.rating import RatingLevel
from counter_assistant.operations.publications.rating_slips import rating_slip, rating_slips_pdf
from counter_assistant.paper.blocks import Placed
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.measures import A4
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.register_books.rating_slips import EACH, ON_A_SHEET, rating_slips
from tests.make import an_office, confirmed
from tests.places import FONTS

BREAKER = LineBreaker(FontFallback(FONTS))


def right_edges(slip: RatingSlip) -> list[float]:
    placed = rating_slips(BREAKER, slip)[0]
    return [text.x + text.line.width * text.size / 1000 for text in placed.block.texts]


def test_a_sheet_has_three_slips_with_five_boxes_each_and_no_name_is_asked(tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        slip = rating_slip(office)
        (page,) = pypdfium2.PdfDocument(rating_slips_pdf(office))
    text = "".join(page.get_textpage().get_text_bounded().split())
    for words in slip.texts():
        assert text.count("".join(words.split())) >= ON_A_SHEET
    assert slip.levels == tuple(level.label for level in RatingLevel)
    assert not re.search("您的姓名|姓名：|经办人|工号", text)
    assert "不写姓名" in text
    assert "（示例）" in slip.title


def test_of_an_office_that_said_who_it_is_nothing_is_an_example(tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        office.decide_profile(confirmed(office.profile))
        assert rating_slip(office).title == "评价条"
        assert "监督电话 0883-2129999" in rating_slip(office).note


def test_everything_stays_on_its_slip_even_where_the_office_has_a_long_name(tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        slip = replace(rating_slip(office), note="告" * 150)
    placed: list[Placed] = rating_slips(BREAKER, slip)
    slips = placed[:ON_A_SHEET]
    for n, one in enumerate(slips):
        assert n * EACH < one.top
        assert one.top + one.block.height < (n + 1) * EACH - 5
    assert max(right_edges(slip)) <= A4.width + 0.5
    rules = slips[0].block.rules
    assert all(-0.1 <= x <= A4.width + 0.1 for a, _, b, _ in rules for x in (a, b))
    assert all(0 <= y <= slips[0].block.height for _, a, _, b in rules for y in (a, b))
