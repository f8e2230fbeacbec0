"""The three palettes: what is read stands out from what it stands on, and the style sheet takes every colour from them."""

from __future__ import annotations

import pytest

from counter_assistant.ui.appearance.palette import CONTRAST, DARK, LIGHT, Palette, preferred
from counter_assistant.ui.appearance.style_sheet import style_sheet

READABLE = 4.5
ON = {
    "ground": ("text", "secondary"), "card": ("text", "secondary", "hint", "accent", "done", "attention", "overdue"),
    "accent": ("on_accent",), "bar": ("on_bar",), "chosen": ("text",), "attention_soft": ("text", "attention"),
    "done_soft": ("text",),
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_what_is_read_stands_out(palette: Palette) -> None:
    colours = palette._asdict()
    faint = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for ground, texts in ON.items()
        for text in texts
        if contrast(colours[text], colours[ground]) < READABLE
    }
    assert faint == {}


def test_high_contrast_goes_before_dark() -> None:
    assert preferred(dark=True, contrast=True) is preferred(dark=False, contrast=True) is CONTRAST
    assert (preferred(dark=True, contrast=False), preferred(dark=False, contrast=False)) == (DARK, LIGHT)


def test_the_style_sheet_grows_with_the_type() -> None:
    sheet = style_sheet(LIGHT, lambda length: round(length * 2))
    assert "font-size: 32px" in sheet
    assert "$" not in sheet
