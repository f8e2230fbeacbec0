"""好差评: five levels of which two are bad, what a bad one asks for, and that nothing of a rating is read loosely."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.rating import (
    MENDED_WITHIN,
    Rating,
    RatingChannel,
    RatingLevel,
    RatingOutcome,
    RatingSettled,
    is_bad,
)

RATING = Rating(
    "2026-11-23", "dissatisfied", "paper", "B08", "租房提取", "告〔2026〕1号", "慢", "139", "2026-12-14", True
)
SETTLED = RatingSettled(7, "mended", "属实", "添了座椅", "11-24 电话告知", "0001")


def test_the_five_levels_are_those_of_the_state_council_and_the_last_two_are_bad() -> None:
    assert [level.label for level in RatingLevel] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert [level.is_bad for level in RatingLevel] == [is_bad(level.value) for level in RatingLevel]
    assert [level.is_bad for level in RatingLevel] == [False, False, False, True, True]
    assert not is_bad("furious")
    assert MENDED_WITHIN == 15


def test_the_channels_and_outcomes_have_their_words() -> None:
    assert [one.label for one in RatingChannel] == ["评价条", "窗口屏幕"]
    assert [one.label for one in RatingOutcome] == ["已整改", "难以整改", "核实不属实"]


def test_no_field_of_a_rating_names_a_clerk() -> None:
    assert {field.name for field in fields(Rating)} == {
        "day", "level", "channel", "item", "item_name", "number", "text", "contact", "due", "provisional",
    }  # fmt: skip


@pytest.mark.parametrize("said", [RATING, SETTLED])
def test_what_was_written_is_read_as_it_was(said: Any) -> None:
    assert type(said).from_payload(said.to_payload()) == said


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        (RATING, "provisional", 1),
        (RATING, "level", 5),
        (RATING, "due", False),
        (SETTLED, "of", "7"),
        (SETTLED, "of", True),
    ],
)
def test_what_is_of_another_sort_is_refused(said: Any, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        type(said).from_payload(said.to_payload() | {name: value})


@pytest.mark.parametrize(
    ("changes", "contact", "code", "sentence", "remedy"),
    [
        (
            {"verified": ""},
            "",
            "register-field-missing",
            "还没有填“核实的情况”。",
            "请补上；难以整改的，写理由和期限。",
        ),
        ({"text": ""}, "", "register-field-missing", "还没有填“怎样整改的”。", "请补上；难以整改的，写理由和期限。"),
        (
            {"told": ""},
            "139",
            "telling-missing",
            "对方留了联系方式，要把结果告诉他。",
            "请写怎样告知的；联系不上的，写哪天、怎样联系过。",
        ),
    ],
)
def test_a_bad_one_is_looked_into_put_right_and_told(
    changes: dict[str, str], contact: str, code: str, sentence: str, remedy: str
) -> None:
    with pytest.raises(Refusal) as refused:
        replace(SETTLED, **changes).checked(contact)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.sentence, refused.value.remedy) == (code, sentence, remedy)


def test_who_left_no_contact_is_told_nothing() -> None:
    for settled, contact in ((SETTLED, "139"), (replace(SETTLED, told=""), "")):
        assert settled.checked(contact) is settled
