"""Where the cards lie, for every size of window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.ui.desk.layout import Rect, Wishes, arrange, arrange_empty, least_height, least_height_empty


def wishes(**changed: Any) -> Wishes:
    usual: dict[str, Any] = {"search": 126, "questions_shown": True, "applicant": lambda _: 80, "decision": lambda _: 100, "buttons": 38,
             "bar": 0}  # fmt: skip
    return Wishes(**{**usual, **changed})


def overlaps(a: Rect, b: Rect) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@given(
    st.integers(950, 3840), st.integers(500, 2100), st.booleans(), st.sampled_from((0, 36)), st.sampled_from((0, 70, 120)),
)  # fmt: skip
def test_the_parts_lie_on_the_page_and_never_on_each_other(
    width: int, height: int, asked: bool, line: int, spoken: int
) -> None:
    places = arrange(
        width, height, wishes(questions_shown=asked, bar=line, spoken=lambda _: (spoken,) if spoken else ()), round
    )
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


@pytest.mark.parametrize(("least", "height"), [(420, 120), (480, 80), (520, 0)])
def test_what_is_said_is_cut_short_for_a_long_list_and_gives_way_to_a_longer(least: int, height: int) -> None:
    places = arrange(1290, 694, wishes(spoken=lambda _: (120, 80), list_least=least), round)
    spoken = places.get("spoken", (0, 0, 0, 0))
    assert spoken[3] == height
    assert places["materials"][3] >= least


@given(st.integers(950, 3840), st.integers(600, 2100), st.integers(0, 900), st.sampled_from((0, 70, 120)))
def test_the_fields_of_the_applicant_stay_where_they_are_whatever_is_listed_and_said(
    width: int, height: int, least: int, spoken: int
) -> None:
    """GIVEN a hand on its way to a field WHEN an answer makes the list shorter THEN what it clicks is that field."""
    plain = arrange(width, height, wishes(), round)
    fuller = arrange(width, height, wishes(spoken=lambda _: (spoken,) if spoken else (), list_least=least), round)
    assert fuller["applicant"] == plain["applicant"]


@pytest.mark.parametrize("width", [760, 1017, 1290, 1900])
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("line", [0, 36])
def test_at_the_least_height_the_list_is_as_high_as_its_smallest_and_no_part_is_lower(
    width: int, asked: bool, line: int
) -> None:
    wanted = wishes(questions_shown=asked, bar=line, list_smallest=170, act=300)
    least = least_height(width, wanted, round)
    places = arrange(width, least, wanted, round)
    heights = {name: place[3] for name, place in places.items()}
    assert heights["materials"] >= 170
    assert heights.get("preview", 120) >= 120
    assert heights.get("questions", 132) >= 132
    lower = {name: place[3] for name, place in arrange(width, least - 1, wanted, round).items()}
    assert lower["materials"] < 170 or lower.get("preview", 120) < 120 or lower.get("questions", 132) < 132


@pytest.mark.parametrize(("width", "column"), [(760, "materials"), (1290, "preview")])
def test_the_buttons_have_the_width_of_their_words(width: int, column: str) -> None:
    assert arrange(width, 690, wishes(act=430), round)["buttons"][2] >= 430
    assert arrange(width, 690, wishes(act=430), round)[column][2] >= 430


@pytest.mark.parametrize("aside", [60, 96, 300])
def test_at_the_least_height_of_the_empty_desk_who_was_put_aside_is_seen(aside: int) -> None:
    least = least_height_empty(aside, round)
    assert arrange_empty(1000, least, aside, round)["aside"][3] == min(aside, 96)
