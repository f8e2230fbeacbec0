"""难字的姓名：没有编码的字用“＿”占位，别的系统里写成什么记在旁边。"""

from __future__ import annotations

import re

UNCODED = "＿"
"""Stands in a name for a character that has no code: it is written by hand on the paper, and never by another one in its place."""

_BETWEEN = re.compile(r"[、，,；;/／\n]+")


def uncoded_places(*names: str) -> int:
    """How many characters of these names have no code."""
    return sum(name.count(UNCODED) for name in names)


def read_forms(text: str) -> tuple[str, ...]:
    """The forms of a name, each once, from a text that parts them by 、 and its like."""
    parts = (" ".join(part.split()) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))
