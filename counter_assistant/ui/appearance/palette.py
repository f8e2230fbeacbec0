"""三套颜色：浅色、深色和高对比。

Every ink keeps a contrast of at least 4.5:1 on every ground that text stands on, a chosen row too, which is why the hints
and the green are a shade darker than usual.
"""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """The colours by what they mean. Never colour alone: a word or a mark goes with each."""

    ground: str
    card: str
    line: str
    field_line: str
    text: str
    secondary: str
    hint: str
    accent: str
    on_accent: str
    bar: str
    on_bar: str
    chosen: str
    focus: str
    done: str
    done_soft: str
    attention: str
    attention_soft: str
    overdue: str
    paper_ground: str


LIGHT = Palette(
    "#EEF1F4", "#FFFFFF", "#D5DBE1", "#AEB9C4", "#1F2933", "#52606D", "#5E6A77", "#12395B", "#FFFFFF", "#12395B",
    "#FFFFFF", "#E4ECF4", "#1C6EA4", "#2A7742", "#E6F2EA", "#8A5A00", "#FFFAF0", "#C0392B", "#DDE3E8",
)  # fmt: skip
DARK = Palette(
    "#171C22", "#20272F", "#36414C", "#566473", "#E6EBF0", "#B4C0CB", "#98A5B2", "#9CC4E8", "#10202E", "#0F2A43",
    "#FFFFFF", "#2B3A49", "#5FB0E6", "#7CCB95", "#22382A", "#F0B95A", "#332A18", "#FF8A7A", "#12161B",
)  # fmt: skip
CONTRAST = Palette(
    "#000000", "#000000", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFF00", "#000000", "#000000",
    "#FFFFFF", "#003A6B", "#00FFFF", "#00FF66", "#00331A", "#FFD24D", "#332600", "#FF9E9E", "#000000",
)  # fmt: skip


def preferred(*, dark: bool, contrast: bool) -> Palette:
    """The palette for what the system asks for."""
    if contrast:
        return CONTRAST
    return DARK if dark else LIGHT
