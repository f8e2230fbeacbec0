"""办事指南成册：一本里什么都有，目录上的页码翻得到，可以中途停下。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import Reached, run_through
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.displays.order import DisplayOrder, MadeDisplay, make_display
from tests.make import an_office, confirmed


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def pages_of(office: Office, day: date | None = None) -> list[str]:
    made = run_through(make_display(office, DisplayOrder(DisplayKind.GUIDE_BOOK, day=day)))
    assert isinstance(made, MadeDisplay)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(made.pdf)]


def test_each_item_stands_on_the_page_that_the_contents_name(office: Office) -> None:
    pages = pages_of(office)
    found = re.findall(r"([A-D]\d\d)(\D+?)（示例）…+(\d+)", "".join(pages[1:3]))
    assert len(found) == 48
    for code, name, page in found:
        assert re.search(f"编码{code}", pages[int(page)]), (code, page)
        assert name in pages[int(page)]
        assert f"—{page}—" in pages[int(page)]


def test_all_pages_are_numbered_and_the_last_one_says_by_which_law_it_goes(office: Office) -> None:
    pages = pages_of(office)
    assert [f"—{n}—" in page for n, page in enumerate(pages)] == [False, *[True] * (len(pages) - 1)]
    assert "所引法规的版本" in pages[-1]
    assert "《住房公积金管理条例》2026年修订，2026年9月20日起施行2026年9月20日" in pages[-1]
    number = re.search(r"所引法规的版本…+(\d+)", pages[2])
    assert number is not None
    assert int(number[1]) == len(pages) - 1


def test_the_cover_says_by_which_day_and_that_nothing_of_it_is_promised_yet(office: Office) -> None:
    cover = pages_of(office)[0]
    assert all(
        words in cover
        for words in (
            "临沧市住房公积金管理中心",
            "办事指南",
            "服务事项48项，按2026年11月23日的规定",
            "机构人员为示例",
            "不作为承诺",
        )
    )
    office.decide_profile(confirmed(office.profile))
    assert "机构人员为示例" not in pages_of(office)[0]


def test_another_day_has_its_own_law(office: Office) -> None:
    pages = pages_of(office, date(2026, 9, 1))
    assert "按2026年9月1日的规定" in pages[0]
    assert "2026年9月20日起施行" not in pages[-1]


def test_it_says_how_far_it_is_and_stops_where_nobody_asks_for_more(office: Office) -> None:
    told: list[Reached] = []

    def hear(one: Reached) -> bool:
        told.append(one)
        return True

    assert run_through(make_display(office, DisplayOrder(DisplayKind.GUIDE_BOOK)), hear)
    assert [one.done for one in told] == list(range(1, 50))
    assert {one.all for one in told} == {49}
    assert run_through(make_display(office, DisplayOrder(DisplayKind.GUIDE_BOOK)), lambda one: one.done < 3) is None


def test_a_name_that_no_font_draws_is_refused_before_anything_is_drawn(office: Office) -> None:
    office.__dict__["profile"] = replace(office.profile, address="\u0f40路 1 号")
    with pytest.raises(Refusal, match="字库中没有“\u0f40”"):
        pages_of(office)
