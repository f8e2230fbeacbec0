"""A name that other systems cannot write: which it is, where it has no code, how it is written elsewhere."""

from __future__ import annotations

import pytest

from counter_assistant.domain.typed_text.other_forms import read_forms, uncoded_places


def test_places_without_a_code_are_counted_over_all_names() -> None:
    assert uncoded_places("王＿", "") == 1
    assert uncoded_places("＿＿", "李＿") == 3
    assert uncoded_places() == 0


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("", ()), ("谢坤", ("谢坤",)), ("谢坤、谢(kun)", ("谢坤", "谢(kun)")), (" 谢坤 ；谢坤,XIE  KUN/ ", ("谢坤", "XIE KUN")), ("、", ()),
    ],
)  # fmt: skip
def test_forms_are_parted_by_what_people_part_them_by(text: str, forms: tuple[str, ...]) -> None:
    assert read_forms(text) == forms
