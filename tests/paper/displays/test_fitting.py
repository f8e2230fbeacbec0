"""大字：能多大就多大，不出框。"""

from __future__ import annotations

import pytest

from counter_assistant.paper.displays.fitting import LEADING, Area, Fitter, Sizes
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.line_breaking import LineBreaker
from tests.places import FONTS

FITTER = Fitter(LineBreaker(FontFallback(FONTS)))


def test_a_short_text_is_as_large_as_allowed() -> None:
    lines, size = FITTER.fit("李某", 500, 100, Sizes(40, 10))
    assert ([line.text for line in lines], size) == (["李某"], 40)


def test_a_longer_one_fills_the_width() -> None:
    (line,), size = FITTER.fit("字" * 20, 500, 100, Sizes(40, 10))
    assert 0.94 * 500 < line.width * size / 1000 <= 500


def test_the_height_bounds_it_as_well() -> None:
    _, size = FITTER.fit("李某", 500, 30, Sizes(40, 10))
    assert 0.9 * 30 < size * LEADING <= 30


def test_it_goes_on_to_a_second_line_where_it_would_become_small() -> None:
    one, _ = FITTER.fit("字" * 11, 300, 200, Sizes(40, 10, 2))
    two, size = FITTER.fit("字" * 20, 300, 200, Sizes(40, 10, 2))
    assert (len(one), len(two)) == (1, 2)
    assert size > 300 / 20


def test_the_last_line_is_not_one_character() -> None:
    lines, _ = FITTER.fit("字" * 13, 300, 100, Sizes(26, 25, 2))
    assert min(len(line.text) for line in lines) > 3


def test_what_does_not_fit_at_all_is_set_at_the_smallest_and_whole() -> None:
    lines, size = FITTER.fit("字" * 100, 100, 20, Sizes(40, 10, 2))
    assert size == 10
    assert "".join(line.text for line in lines) == "字" * 100


def test_of_two_ways_the_larger_is_taken_and_else_the_first() -> None:
    lines, _ = FITTER.largest(("本窗口\n暂停服务", "本窗口暂停服务"), 300, 200, Sizes(90, 10, 2))
    assert [line.text for line in lines] == ["本窗口", "暂停服务"]
    lines, _ = FITTER.largest(("本窗口\n暂停服务", "本窗口暂停服务"), 600, 60, Sizes(90, 10, 2))
    assert [line.text for line in lines] == ["本窗口暂停服务"]


@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
def test_a_text_stands_in_the_middle_of_the_height_of_its_place(align: float) -> None:
    (text,) = FITTER.put("李某", Area(10, 20, 200, 100), Sizes(40, 10), align=align)
    assert text.x == pytest.approx(10 + align * (200 - 80))
    assert text.y - 0.38 * 40 == pytest.approx(70)
