"""Where the cards lie, for every size of window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.ui.desk.layout import Rect, Wishes, arrange


def wishes(**changed: Any) -> Wishes:
    usual: dict[str, Any] = {"search": 126, "questions_shown": True, "applicant": lambda _: 80, "decision": lambda _: 100, "buttons": 38,
             "bar": 0}  # fmt: skip
    return Wishes(**{**usual, **changed})


def overlaps(a: Rect, b: Rect) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@given(st.integers(950, 3840), st.integers(500, 2100), st.booleans(), st.sampled_from((0, 36)))
def test_the_parts_lie_on_the_page_and_never_on_each_other(width: int, height: int, asked: bool, line: int) -> None:
    places = arrange(width, height, wishes(questions_shown=asked, bar=line), round)
    places.pop("overlay", None)
    for x, y, w, h in places.values():
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    names = list(places)
    assert [(a, b) for a in names for b in names if a < b and overlaps(places[a], places[b])] == []


def test_at_1366_by_768_the_columns_are_those_of_the_still() -> None:
    places = arrange(1290, 694, wishes(), round)
    assert [places[name][2] for name in ("search", "materials", "preview")] == [348, 486, 412]


def test_a_wider_screen_gives_the_paper_more_room_first() -> None:
    usual, wider = arrange(1290, 900, wishes(), round), arrange(1400, 900, wishes(), round)
    assert wider["materials"][2] == usual["materials"][2]
    assert wider["preview"][2] > usual["preview"][2]


@pytest.mark.parametrize(("width", "folded"), [(1290, False), (1017, True)])
def test_at_125_percent_the_paper_folds(width: int, folded: bool) -> None:
    assert ("folded" in arrange(width, 540, wishes(), round)) is folded
