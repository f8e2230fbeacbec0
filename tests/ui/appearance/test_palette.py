"""The three palettes: what is read stands out from what it stands on, and the style sheet takes every colour from them."""

from __future__ import annotations

import re
from itertools import product

import pytest

from counter_assistant.ui.appearance.palette import CONTRAST, DARK, LIGHT, Palette, preferred
from counter_assistant.ui.appearance.style_sheet import style_sheet

READABLE = 4.5
INKS = ("text", "secondary", "hint", "accent", "done", "attention", "overdue")
GROUNDS = ("ground", "card", "chosen", "attention_soft", "done_soft")
"""What is written in any of these inks may stand on any of these grounds."""
SET_APART = (("on_accent", "accent"), ("on_bar", "bar"), ("card", "focus"), ("card", "done"), ("card", "attention"),
             ("text", "paper_ground"), ("secondary", "paper_ground"))  # fmt: skip
"""The other pairs of ink and ground: what is selected in a field, the marks in a box, the words in place of a paper."""
PAIRS = (*product(INKS, GROUNDS), *SET_APART)
each_palette = pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@each_palette
def test_every_ink_stands_out_from_every_ground_that_it_stands_on(palette: Palette) -> None:
    colours = palette._asdict()
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < READABLE} == {}


@each_palette
def test_what_a_rule_writes_stands_out_from_what_it_fills(palette: Palette) -> None:
    """A selected word and a button that cannot be pressed too."""
    faint, seen = [], 0
    for selector, rule in re.findall(r"([^{}]+)\{([^}]*)\}", style_sheet(palette, round)):
        for ground, ink in (
            ("background", "color"), ("selection-background-color", "selection-color"),
            ("background", "placeholder-text-color"),
        ):  # fmt: skip
            pair = [re.search(rf"(?<![-\w]){key}: (#\w+)", rule) for key in (ground, ink)]
            if pair[0] and pair[1]:
                seen += 1
                if contrast(pair[0][1], pair[1][1]) < READABLE:
                    faint.append(selector.strip())
    assert faint == []
    assert seen > 10


def test_high_contrast_goes_before_dark() -> None:
    assert preferred(dark=True, contrast=True) is preferred(dark=False, contrast=True) is CONTRAST
    assert (preferred(dark=True, contrast=False), preferred(dark=False, contrast=False)) == (DARK, LIGHT)


def test_the_style_sheet_grows_with_the_type() -> None:
    sheet = style_sheet(LIGHT, lambda length: round(length * 2))
    assert "font-size: 32px" in sheet
    assert "$" not in sheet
