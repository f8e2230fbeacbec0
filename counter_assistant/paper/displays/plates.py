"""窗口牌和桌牌的纸面：粗框大字；桌牌两面一样，从当中对折。"""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.displays.cards import DeskPlate, WindowPlate
from counter_assistant.domain.displays.display_kind import DisplaySize
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import (
    CENTRE,
    LEFT,
    Block,
    Box,
    Image,
    Picture,
    Placed,
    Text,
    set_lines,
    stack_lines,
)
from counter_assistant.paper.displays.fitting import LEADING, Area, Fitter, Sizes
from counter_assistant.paper.displays.tiles import tiled
from counter_assistant.paper.geometry.imposition import Leaf, Part, dashes
from counter_assistant.paper.geometry.measures import A4, MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

FOLD = "沿四边裁下，沿当中的虚线对折"
SMALL = 8.0
LARGEST, LARGEST_NAME = 0.42, 0.3
"""The height of a plate's words by its own: of those of the service code, which have a joint, and of a name, which is rather on one line."""
INSET = 0.035
"""How far the frame lies within a plate, by its height."""


class PlateMaker:
    """Draws plates."""

    def __init__(self, breaker: LineBreaker) -> None:
        self._breaker, self._fitter = breaker, Fitter(breaker)

    def over_window(
        self, plate: WindowPlate, script: Image | None, size: DisplaySize
    ) -> tuple[Measures, list[list[Placed]], list[Leaf]]:
        """The plate of a window, and the sheets it is printed on; `script` are words in another script as a picture."""
        m = _measures(size)
        page = [Placed(0.0, self._window(plate, script, *m.page))]
        if size.is_spread:
            return m, [page], tiled(self._breaker, size, m)
        stock = sorted((mm * MM for mm in size.stock.mm), reverse=True)
        sheet = (stock[0], stock[1]) if size.width > size.height else (stock[1], stock[0])
        shift, lift = (sheet[0] - m.page[0]) / 2, (sheet[1] - m.page[1]) / 2
        cut = () if lift < 1 else (Placed(0.0, _cut_around(*m.page)),)
        return m, [page], [Leaf(sheet, 0, (Part(cut, lift, shift),))]

    def on_desks(
        self, plates: Sequence[DeskPlate], size: DisplaySize
    ) -> tuple[Measures, list[list[Placed]], list[Leaf]]:
        """The plates of desks, a sheet for each: one face under the other, which stands on its head, with a fold between them."""
        m = _measures(size)
        width, height = m.page
        sheet = A4.page
        shift, lift = (sheet[0] - width) / 2, (sheet[1] - 2 * height) / 2
        fold = Block(0.0, self._said(width, height), (*dashes(0.0, width), *_cut_around(width, height).rules))
        upper = Part((Placed(0.0, _cut_around(width, height)),), lift + height, shift, turned=True)
        parts = (Part((Placed(0.0, fold),), lift, shift), upper)
        pages = [[Placed(0.0, self._desk(plate, width, height))] for plate in plates]
        return m, pages, [Leaf(sheet, at, parts) for at in range(len(pages))]

    def _window(self, plate: WindowPlate, script: Image | None, width: float, height: float) -> Block:
        inset = INSET * height
        inner = width - 6 * inset
        second = Area(3 * inset, 3 * inset + height * 0.5, inner, height * 0.22)
        share = 0.5 if plate.second or script else 0.72
        words = Area(3 * inset, 3 * inset, inner, height * share)
        ways = ("\n".join(plate.words), "".join(plate.words))
        largest = height * (LARGEST if len(plate.words) > 1 else LARGEST_NAME)
        sizes = Sizes(largest, height * 0.1, 2)
        lines, size = self._fitter.largest(ways, words.width, words.height, sizes, strong=True)
        top = words.top + (words.height - len(lines) * size * LEADING) / 2
        texts = [*stack_lines(lines, words.left, top, words.width, size, size * LEADING, CENTRE)]
        if script is None and plate.second:
            texts += self._fitter.put(plate.second, second, Sizes(height * 0.17, height * 0.05, 2))
        foot = Area(3 * inset, height * 0.85, inner, height * 0.09)
        texts += self._fitter.put(plate.foot, foot, Sizes(height * 0.06, height * 0.025, 2))
        pictures = (_within(second, script),) if script else ()
        return Block(height, tuple(texts), bars=_inner(width, height, inset), pictures=pictures)

    def _desk(self, plate: DeskPlate, width: float, height: float) -> Block:
        inset = INSET * height
        left, inner = 4 * inset, width - 8 * inset
        name = Area(left, 2 * inset, inner * 0.62, height * 0.42)
        texts = [*self._fitter.put(plate.name, name, Sizes(64.0, 18.0, 2), strong=True, align=LEFT)]
        title = Area(left + inner * 0.66, 2 * inset, inner * 0.34, height * 0.42)
        texts += self._fitter.put(plate.title, title, Sizes(30.0, 10.0, 2))
        top, each = height * 0.54, height * 0.4 / len(plate.rows)
        for at, (label, text) in enumerate(plate.rows):
            row = Area(left, top + at * each, inner, each)
            texts += self._fitter.put(f"{label}　{text}", row, Sizes(20.0, 9.0, 2), align=LEFT)
        rule = (left, height * 0.51, left + inner, height * 0.51)
        return Block(height, tuple(texts), bars=(*_inner(width, height, inset), rule))

    def _said(self, width: float, height: float) -> tuple[Text, ...]:
        """What to do with it, beneath what is cut out."""
        lines = set_lines(self._breaker, (Run(FOLD),), width, SMALL)
        return stack_lines(lines, 0.0, height + 6, width, SMALL, SMALL * 1.3)


def _measures(size: DisplaySize) -> Measures:
    """Those of a plate: no margins."""
    width, height = size.width * MM, size.height * MM
    return Measures((width, height), 0.0, width, 0.0, height, bar=_weight(height))


def _within(area: Area, image: Image) -> Picture:
    """A picture in the middle of a place, as large as goes into it."""
    scale = min(area.width / image.width, area.height / image.height)
    width, height = image.width * scale, image.height * scale
    left, top = area.left + (area.width - width) / 2, area.top + (area.height - height) / 2
    return Picture(left, top, width, height, image)


def _inner(width: float, height: float, inset: float) -> tuple[Box, ...]:
    """The frame within a plate; two sides are longer by the weight of the line, so that the corners are filled."""
    right, bottom, beyond = width - inset, height - inset, _weight(height) / 2
    across = ((inset - beyond, y, right + beyond, y) for y in (inset, bottom))
    return (*across, *((x, inset, x, bottom) for x in (inset, right)))


def _weight(height: float) -> float:
    """How thick the lines of a plate are, to be seen from afar."""
    return max(height / 110, 1.5)


def _cut_around(width: float, height: float) -> Block:
    """Dashes to cut along on all four sides."""
    across = [*dashes(0.0, width), *dashes(0.0, width, height)]
    down = [(x, y0, x, y1) for x in (0.0, width) for y0, _, y1, _ in dashes(0.0, height)]
    return Block(0.0, rules=(*across, *down))
