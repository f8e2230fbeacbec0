"""What is typed to find a character by its parts."""

from __future__ import annotations

import pytest

from counter_assistant.domain.typed_text.parts_query import PartsQuery, read_parts, waits_for_digit


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", PartsQuery()),
        ("木木木", PartsQuery(("木", "木", "木"))),
        ("⿱亠思", PartsQuery(("亠", "思"))),
        ("⻢", PartsQuery(("马",))),
        ("㇀口", PartsQuery(("㇀", "口"))),
        ("口mao", PartsQuery(("口",), "mao")),
        ("Lü ", PartsQuery(reading="lv")),
        ("=36", PartsQuery(total=36)),
        ("金＋５", PartsQuery(("金",), rest=5)),
        ("水=12+ 8", PartsQuery(("水",), total=12, rest=8)),
        ("12 、?", PartsQuery()),
        ("= +", PartsQuery()),
    ],
)
def test_ideographs_are_parts_letters_a_reading_and_signs_make_strokes(text: str, query: PartsQuery) -> None:
    assert read_parts(text) == query


@pytest.mark.parametrize(
    ("query", "empty"),
    [
        (PartsQuery(), True),
        (PartsQuery(rest=5), True),
        (PartsQuery(("木",)), False),
        (PartsQuery(reading="mu"), False),
        (PartsQuery(total=4), False),
    ],
)
def test_strokes_besides_parts_that_nobody_named_look_for_nothing(query: PartsQuery, empty: bool) -> None:
    assert query.empty is empty


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("金", False),
        ("金+", True),
        ("金+1", True),
        ("金+12", False),
        ("=", True),
        ("＝３", True),
        ("金+5 ", False),
        ("", False),
    ],
)
def test_a_digit_says_strokes_only_after_their_sign(text: str, waits: bool) -> None:
    assert waits_for_digit(text) is waits
