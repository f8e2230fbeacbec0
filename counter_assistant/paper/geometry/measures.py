"""尺寸：每一种纸型的纸、边距、字号、线的粗细和行距。

Lengths are in points (1/72 inch). Those of A4 are a promise to the archive: a slip that was printed on A4 once comes out the
same again (docs/decisions/0003-canvas-drawing.md, docs/decisions/0040-formats.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.papers.formats import FORMATS, PaperFormat

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Spacing:
    """The distances between things, in points, and between lines, as multiples of the size (`leading`, `cell_leading`).

    `pad` is above and below the text of a cell; the others are gaps above what they name, `closing` the one above the
    signatures. The other sizes of the text, the widths and the room to sign in are those of the format. `run_in`: a heading
    begins the line of its text. `summary` is the size of the text in the box at the head.
    """

    leading: float
    cell_leading: float
    pad: float
    heading: float
    paragraph: float
    after_table: float
    closing: float
    run_in: bool = False
    summary: float = 11.5


NORMAL = Spacing(1.4, 1.3, 2.3, heading=8, paragraph=2, after_table=5, closing=10)
TIGHTER = (
    Spacing(1.35, 1.27, 2.0, heading=7, paragraph=1.5, after_table=4.5, closing=9),
    Spacing(1.3, 1.24, 1.8, heading=6, paragraph=1.5, after_table=4, closing=8),
    Spacing(1.26, 1.22, 1.6, heading=5, paragraph=1, after_table=3.5, closing=6),
)
"""What is tried, in this order, for a slip that does not fit on one page."""
TIGHTEST = (
    Spacing(1.24, 1.2, 1.4, heading=4, paragraph=1, after_table=3, closing=5),
    Spacing(1.24, 1.2, 1.4, heading=4, paragraph=1.5, after_table=3, closing=5, run_in=True, summary=11.0),
    Spacing(1.2, 1.17, 1.2, heading=3, paragraph=1, after_table=2.5, closing=4, run_in=True, summary=10.5),
)
"""What is tried then, for a slip with a box at its head; one of before is printed on as many pages as it was."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """How one format looks. `page` is what one copy takes (width, height); `margin`, `top` and `bottom` bound its text.

    `body`, `label`, `dense`, `small`, `title` and `mark` are sizes of text, each pitch a distance between baselines.
    `inset` is kept free on both sides of the number, for the number of the page. `pad_x` is beside the text of a cell. `across` is how many fields stand side by
    side in the head table. `stacked`: of a wide table what would need narrow columns goes under the name in its row, and who signs below each other. `sparing`: spacing gives way to save a sheet.
    `tighter` and `tightest` are the spacings that are tried for a slip that does not fit on one page, the latter only for one
    with a box at its head. `thin` and `bar` are weights of lines; `inked`: the printer has one colour and no grey, so areas
    are not tinted and every stroke of the text is thickened by `thicken`.
    """

    page: tuple[float, float]
    margin: float
    width: float
    top: float
    bottom: float
    body: float = 10.5
    label: float = 9.5
    dense: float = 9.0
    small: float = 8.0
    title: float = 20.0
    title_pitch: float = 31.0
    mark: float = 9.0
    label_pitch: float = 13.5
    foot_pitch: float = 11.5
    inset: float = 70.0
    qr: float = 22 * MM
    qr_column: float = 26 * MM
    qr_quiet: float = 4 * MM
    gutter: float = 6 * MM
    sign_pitch: float = 18.5
    sign_rule: float = 30 * MM
    shortest_rule: float = 15 * MM
    label_width: float = 19 * MM
    pad_x: float = 4.0
    row_limit: float = 480.0
    row_spare: float = 60.0
    kept_whole: float = 170.0
    least_room: float = 160.0
    across: int = 99
    stacked: bool = False
    sparing: bool = False
    normal: Spacing = NORMAL
    tighter: tuple[Spacing, ...] = TIGHTER
    tightest: tuple[Spacing, ...] = TIGHTEST
    thin: float = 0.5
    bar: float = 1.2
    inked: bool = False
    thicken: float = 0.0


def _sheet(which: PaperFormat) -> tuple[float, float]:
    return FORMATS[which].width_mm * MM, FORMATS[which].height_mm * MM


SMALL_PAPER = Spacing(1.34, 1.24, 1.8, heading=6, paragraph=1.5, after_table=4, closing=7, summary=10.0)
SMALL_TIGHTER = (
    Spacing(1.28, 1.2, 1.5, heading=4.5, paragraph=1, after_table=3.5, closing=6, summary=9.5),
    Spacing(1.22, 1.17, 1.2, heading=3.5, paragraph=1, after_table=3, closing=5, summary=9.5),
    Spacing(1.2, 1.15, 1.0, heading=2.5, paragraph=0.5, after_table=2, closing=4, run_in=True, summary=9.0),
)
"""For papers of 9 points."""
LINE_PRINTED = Spacing(1.25, 1.2, 1.4, heading=4, paragraph=1, after_table=3, closing=5, summary=11.0)
LINE_TIGHTER = (
    Spacing(1.2, 1.16, 1.2, heading=3, paragraph=0.5, after_table=2.5, closing=4, summary=11.0),
    Spacing(1.18, 1.15, 1.0, heading=2, paragraph=0.5, after_table=2, closing=4, run_in=True, summary=10.5),
)
"""For papers of 140 mm."""
LARGE_TYPE = Spacing(1.45, 1.34, 3.2, heading=12, paragraph=4, after_table=8, closing=12, summary=17.0)
LARGE_TIGHTER = (Spacing(1.38, 1.28, 2.6, heading=9, paragraph=3, after_table=6, closing=10, summary=16.0),)
"""For papers of 15 points, which are read from the lap."""

A4 = Measures(_sheet(PaperFormat.A4), 22 * MM, 168 * MM, 15 * MM, 285 * MM)
HALVES = Measures(
    (210 * MM, 148.5 * MM), 15 * MM, 180 * MM, 9 * MM, 141 * MM,
    body=9.0, label=9.0, dense=9.0, title=15.0, title_pitch=20.0, mark=9.0, label_pitch=11.5, foot_pitch=10.5,
    qr=18 * MM, qr_column=22 * MM, qr_quiet=3.5 * MM, sign_pitch=16.0, row_limit=150.0, row_spare=30.0,
    sparing=True, normal=SMALL_PAPER, tighter=SMALL_TIGHTER, tightest=(),
)  # fmt: skip
A5 = Measures(
    _sheet(PaperFormat.A5), 12 * MM, 124 * MM, 13 * MM, 197 * MM,
    body=9.0, label=9.0, dense=9.0, small=7.5, title=16.0, title_pitch=23.0, mark=9.0, label_pitch=11.5, foot_pitch=10.0,
    inset=62.0, qr=18 * MM, qr_column=21 * MM, qr_quiet=3.5 * MM, gutter=4 * MM, sign_pitch=17.0, sign_rule=40 * MM,
    shortest_rule=20 * MM, label_width=17 * MM, row_limit=290.0, row_spare=50.0, kept_whole=120.0, across=2, stacked=True,
    sparing=True, normal=SMALL_PAPER, tighter=SMALL_TIGHTER, tightest=(),
)  # fmt: skip
CONTINUOUS = Measures(
    _sheet(PaperFormat.CONTINUOUS), 20.5 * MM, 200 * MM, 8 * MM, 133 * MM,
    label=10.0, dense=10.0, small=9.5, title=16.0, title_pitch=21.0, mark=10.0, label_pitch=12.5, foot_pitch=11.5,
    qr=58.8, qr_column=24 * MM, sign_pitch=17.0, row_limit=200.0, row_spare=30.0, kept_whole=90.0, least_room=80.0,
    sparing=True, normal=LINE_PRINTED, tighter=LINE_TIGHTER, tightest=(), thin=0.8, bar=1.6, inked=True, thicken=0.25,
)  # fmt: skip
"""Tractor holes take 12.7 mm on each side, and a printer of 80 columns reaches 203 mm: the text keeps within 200. At 180 dots to
the inch a line of 0.8 points is two dots, and 58.8 points give every module of the code seven (ISO/IEC 18004: at least four)."""
LARGE = Measures(
    _sheet(PaperFormat.LARGE), 20 * MM, 170 * MM, 14 * MM, 285 * MM,
    body=15.0, label=14.0, dense=15.0, small=12.0, title=25.0, title_pitch=36.0, mark=13.0, label_pitch=18.0,
    foot_pitch=16.0, inset=98.0, sign_pitch=27.0, sign_rule=55 * MM, shortest_rule=30 * MM, label_width=28 * MM, pad_x=6.0, row_limit=420.0,
    across=2, stacked=True, sparing=True, normal=LARGE_TYPE, tighter=LARGE_TIGHTER, tightest=(),
)  # fmt: skip

MEASURES = {
    PaperFormat.A4: A4,
    PaperFormat.HALVES: HALVES,
    PaperFormat.A5: A5,
    PaperFormat.CONTINUOUS: CONTINUOUS,
    PaperFormat.LARGE: LARGE,
}
LAYOUTS = {1: MEASURES}
"""What papers look like by the layout that they were issued in (`domain/papers/slip.py`). A row is never changed."""
