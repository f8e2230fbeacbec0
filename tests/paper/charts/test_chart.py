"""The charts: every bar as long as its figure, its number beside it, its name as far as there is room, and a place to click."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Circle, Drawing

from counter_assistant.domain.report.pictures import Bar, Ink, Picture, Subject
from counter_assistant.paper.charts.chart import GREYS, LOOK_FIRST, MOST_ROWS, Chart, chart, shown
from counter_assistant.paper.charts.marks import Area, Stroke, Word, marks_of

SIZE = 12.0


def columns(*counts: int, width: float = 400) -> Chart:
    bars = tuple(Bar(str(n), f"{n + 8}", count) for n, count in enumerate(counts))
    return chart(Picture(Subject.VISITS, sum(counts), bars), width, 200, SIZE, GREYS)


def rates(*bars: Bar) -> Chart:
    return chart(Picture(Subject.TOLD, 100, bars), 400, 200, SIZE, GREYS)


def areas(made: Chart) -> list[Area]:
    return [mark for mark in marks_of(made.drawing) if isinstance(mark, Area)]


def words(made: Chart) -> list[Word]:
    return [mark for mark in marks_of(made.drawing) if isinstance(mark, Word)]


def test_columns_are_as_high_as_their_figures_and_stand_on_one_line() -> None:
    made = columns(10, 5, 0, 20)
    heights = [area.height for area in areas(made)]
    assert heights[3] == pytest.approx(2 * heights[0]) == pytest.approx(4 * heights[1])
    assert heights[2] == 0
    (line,) = (mark for mark in marks_of(made.drawing) if isinstance(mark, Stroke))
    assert all(area.y + area.height == pytest.approx(line.y0) for area in areas(made))
    assert (line.x0, line.x1, line.y0) == (0, 400, line.y1)


def test_one_of_many_is_still_seen() -> None:
    assert areas(columns(1, 100_000))[0].height == 1


def test_each_figure_stands_over_its_column_and_nothing_leaves_the_room() -> None:
    made = columns(10, 5, 20)
    numbers = [word for word in words(made) if word.text in ("10", "5", "20")]
    for word, area in zip(numbers[::1], areas(made), strict=False):
        assert word.y < area.y or word.text not in ("10", "5", "20")
    assert all(0 <= word.y <= 200 and word.y - word.size >= -1 for word in words(made))


def test_a_label_that_is_too_wide_stands_on_two_lines() -> None:
    bars = tuple(Bar(str(n), label, 1) for n, label in enumerate(["8", "9", "10", "17:30后"]))
    narrow = chart(Picture(Subject.VISITS, 4, bars), 120, 200, SIZE, GREYS)
    assert [word.text for word in words(narrow)][-3:] == ["1", "17:30", "后"]
    wide = chart(Picture(Subject.VISITS, 4, bars), 600, 200, SIZE, GREYS)
    assert words(wide)[-1].text == "17:30后"


def test_a_rate_fills_its_part_of_the_ground_and_says_of_how_many() -> None:
    made = rates(Bar("B05", "购买二手房提取", 21, 27, Ink.ATTENTION), Bar("B01", "购买新房", 40, 40))
    ground, bar, _, whole = areas(made)
    assert bar.width == pytest.approx(ground.width * 21 / 27)
    assert whole.width == pytest.approx(ground.width)
    assert [word.text for word in words(made)] == [
        f"购买二手房提取{LOOK_FIRST}", "77%", "27件", "购买新房", "100%", "40件",
    ]  # fmt: skip
    assert (bar.colour, whole.colour) == (GREYS.attention, GREYS.plain)


def test_a_name_without_room_is_cut_and_keeps_its_mark() -> None:
    long = "租赁公租房、保障性租赁住房提取住房公积金"
    cut, marked = (words(rates(bar))[0].text for bar in (Bar("a", long, 30, 30), Bar("a", long, 3, 30, Ink.ATTENTION)))
    assert cut.endswith("…")
    assert cut[:-1] == long[: len(cut) - 1]
    assert marked.endswith(f"…{LOOK_FIRST}")
    assert len(marked) <= len(cut) + 1


def test_what_stands_together_is_a_number_without_a_bar() -> None:
    made = chart(
        Picture(Subject.WAITING, 9, (Bar("a", "发票", 4), Bar("other", "其他", 99, ink=Ink.APART))),
        400,
        200,
        SIZE,
        GREYS,
    )
    ground, bar = areas(made)
    assert bar.width == ground.width, "the most frequent one fills the ground"
    assert [word.text for word in words(made)] == ["发票", "4", "其他", "99"]


def test_every_bar_has_a_place_and_no_two_meet() -> None:
    for made in (columns(1, 2, 3), rates(*(Bar(str(n), "项", 1, 2) for n in range(4)))):
        assert len(made.places) == len(made.bars)
        for one, following in pairwise(made.places):
            assert one.x + one.width <= following.x + 1e-6 or one.y + one.height <= following.y + 1e-6
        last = made.places[-1]
        assert last.x + last.width <= 400 + 1e-6
        assert last.y + last.height <= 200 + 1e-6


def test_of_many_items_those_with_most_are_drawn_and_the_marked_one_among_them() -> None:
    bars = tuple(Bar(str(n), f"项{n}", 20, 20) for n in range(9))
    assert shown(Picture(Subject.TOLD, 1, bars)) == bars[:MOST_ROWS]
    marked = (*bars[:8], Bar("8", "项8", 10, 20, Ink.ATTENTION))
    assert shown(Picture(Subject.TOLD, 1, marked)) == (*marked[: MOST_ROWS - 1], marked[8])
    first = (Bar("0", "项0", 10, 20, Ink.ATTENTION), *bars[1:])
    assert shown(Picture(Subject.TOLD, 1, first)) == first[:MOST_ROWS]
    assert len(shown(Picture(Subject.WAITING, 1, bars))) == 9


def test_nothing_at_all_is_nothing() -> None:
    assert list(marks_of(columns().drawing)) == list(marks_of(rates().drawing)) == []


def test_in_grey_every_ink_can_be_told_from_the_others() -> None:
    levels = sorted(int(GREYS.of(ink)[1:3], 16) for ink in Ink)
    assert all(second - first >= 0x30 for first, second in pairwise(levels))


def test_a_shape_that_nobody_can_draw_is_an_error() -> None:
    drawing = Drawing(10, 10)
    drawing.add(Circle(5, 5, 2))
    with pytest.raises(TypeError):
        list(marks_of(drawing))
