"""表单的尺寸：竖放的表和横放的清册，行高由宽到紧."""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.paper.geometry.measures import MM, Measures

UPRIGHT = Measures((210 * MM, 297 * MM), 20 * MM, 170 * MM, 13 * MM, 286 * MM, title=18.0, title_pitch=27.0)
WIDE = Measures((297 * MM, 210 * MM), 15 * MM, 267 * MM, 11 * MM, 201 * MM, title=17.0, title_pitch=25.0)
GROUP_WIDTH = 27.0
"""Of the leftmost column, which takes two characters side by side."""
NAME_PITCH = 11.5
"""Between the characters of a group's name, one below the other."""
LABEL_WIDTH = 77.0


@dataclass(frozen=True, slots=True)
class Density:
    """How closely a form is set: the least height of a row, the size of what is declared, and the room to sign in, in points."""

    row: float
    declared: float
    sign: float
    opinion: float


OF_REGISTERS = Density(19.5, 9.5, 20.0, 50.0)
DENSITIES = (
    Density(26.0, 10.5, 25.0, 66.0),
    Density(23.5, 10.5, 23.0, 60.0),
    Density(21.0, 10.0, 21.0, 56.0),
    Density(18.5, 9.5, 19.0, 52.0),
)
"""What is tried, in this order, for a form to fit on one page; the first where none does."""
