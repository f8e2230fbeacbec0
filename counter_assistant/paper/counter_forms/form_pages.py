"""整页的表：上面是单位、表名和一行小字，中间是框，下面是盖什么章、一式几份。"""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.counter_forms.filling import FilledForm
from counter_assistant.domain.counter_forms.frame_words import FrameWords
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, RIGHT, Block, Box, Placed, Text, frame, set_lines, stack_lines
from counter_assistant.paper.counter_forms.bands import Band, BandMaker
from counter_assistant.paper.counter_forms.measures import DENSITIES, GROUP_WIDTH, NAME_PITCH, UPRIGHT, Density
from counter_assistant.paper.geometry.measures import Measures
from counter_assistant.paper.line_breaking import LineBreaker

SMALL = 8.0


class Frame:
    """What is around the rows of every form: the head, the foot, the names of the groups."""

    def __init__(self, breaker: LineBreaker, measures: Measures) -> None:
        self._breaker, self.m = breaker, measures

    def label(self, text: str) -> Block:
        """Which copy it is, above the thick rule at the right."""
        m = self.m
        lines = set_lines(self._breaker, (Run(text),), m.width / 2, m.label)
        return Block(m.label_pitch, stack_lines(lines, 0, 0, m.width, m.label, m.label_pitch, RIGHT))

    def head(self, filled: FilledForm, words: FrameWords, page: int, pages: int) -> Block:
        """The unit over the thick rule, the title with its mark, and a small line; on a further page the title is small."""
        m = self.m
        texts = list(self._line(words.unit, 0.0))
        bars: tuple[Box, ...] = ((0.0, m.label_pitch + 1.5, m.width, m.label_pitch + 1.5),)
        y = m.label_pitch + 4
        if page == 0:
            title = set_lines(self._breaker, (Run(filled.form.title, strong=True),), m.width, m.title)
            texts += stack_lines(title, 0, y, m.width, m.title, m.title_pitch, CENTRE)
            y += m.title_pitch * len(title)
            mark = set_lines(self._breaker, (Run(f"（{words.mark}）"),), m.width, m.mark)
            texts += stack_lines(mark, 0, y - 2, m.width, m.mark, m.label_pitch, CENTRE)
            y += m.label_pitch
        else:
            texts += self._line(f"{filled.form.title}（续）", y)
            y += m.label_pitch
        for text, align in zip(words.line, (0.0, CENTRE, RIGHT), strict=True):
            lines = set_lines(self._breaker, (Run(text),), m.width / 2, m.mark)
            texts += stack_lines(lines[:1], 0, y, m.width, m.mark, m.label_pitch, align)
        if pages > 1:
            texts += self._line(f"第{page + 1}页　共{pages}页", m.label_pitch + 4, RIGHT)
        return Block(y + m.label_pitch + 2, tuple(texts), bars=bars)

    def foot(self, filled: FilledForm, words: FrameWords) -> Block:
        """Which seal, how many copies and whither, what else is to be known; then what is the program's."""
        form, m = filled.form, self.m
        count = f"份数：{len(form.copies)}份（{'；'.join(form.copies)}）"
        said = ("　".join((f"盖章：{form.seal}", count)), *form.notes, "　".join(words.foot))
        texts: list[Text] = []
        y = 3.0
        for text in said:
            lines = set_lines(self._breaker, (Run(text),), m.width, SMALL)
            texts += stack_lines(lines, 0, y, m.width, SMALL, m.foot_pitch)
            y += m.foot_pitch * len(lines)
        return Block(y, tuple(texts))

    def framed(self, bands: Sequence[Band]) -> Block:
        """The rows of a page in their frame, each run of one group beside its name."""
        m = self.m
        texts: list[Text] = []
        rules: list[Box] = []
        fills: list[Box] = []
        y, start = 0.0, 0.0
        for at, (group, block) in enumerate(bands):
            texts += [text._replace(x=text.x + GROUP_WIDTH, y=text.y + y) for text in block.texts]
            rules += [(x0 + GROUP_WIDTH, y0 + y, x1 + GROUP_WIDTH, y1 + y) for x0, y0, x1, y1 in block.rules]
            fills += [(x + GROUP_WIDTH, y0 + y, width, height) for x, y0, width, height in block.fills]
            y += block.height
            if at + 1 == len(bands) or bands[at + 1].group != group:
                texts += self._name(group, start, y)
                rules.append((0.0, y, m.width, y))
                start = y
            else:
                rules.append((GROUP_WIDTH, y, m.width, y))
        rules.append((GROUP_WIDTH, 0.0, GROUP_WIDTH, y))
        return Block(y, tuple(texts), tuple(rules), bars=frame(m.width, y), fills=tuple(fills))

    def _name(self, name: str, start: float, end: float) -> list[Text]:
        """The name of a group, one character below the other in the middle of its rows; in two columns where it is long."""
        columns = 1 if len(name) * NAME_PITCH <= end - start - 4 else 2
        rows = -(-len(name) // columns)
        top = start + (end - start - rows * NAME_PITCH) / 2
        texts: list[Text] = []
        for at, character in enumerate(name):
            (line,) = set_lines(self._breaker, (Run(character),), 100, self.m.label)
            middle = GROUP_WIDTH * (1 + 2 * (at // rows)) / (2 * columns)
            x = middle - line.width * self.m.label / 2000
            texts += stack_lines((line,), x, top + NAME_PITCH * (at % rows), 100, self.m.label, NAME_PITCH)
        return texts

    def _line(self, text: str, y: float, align: float = 0.0) -> tuple[Text, ...]:
        m = self.m
        lines = set_lines(self._breaker, (Run(text),), m.width, m.label)
        return stack_lines(lines[:1], 0, y, m.width, m.label, m.label_pitch, align)


class FormMaker:
    """Fills the pages of a form that stands upright."""

    def __init__(self, breaker: LineBreaker) -> None:
        self.frame = Frame(breaker, UPRIGHT)
        self._bands = BandMaker(breaker, UPRIGHT, UPRIGHT.width - GROUP_WIDTH, 2)

    def pages(self, filled: FilledForm, words: FrameWords) -> list[list[Placed]]:
        """The pages of one copy without its label: as loosely set as fits on one page, or on several."""
        tried = [self._parted(self._all(filled, density), filled, words) for density in DENSITIES]
        parts = next((parts for parts in tried if len(parts) == 1), min(tried, key=len))
        m, foot = UPRIGHT, self.frame.foot(filled, words)
        pages = []
        for at, bands in enumerate(parts):
            head = self.frame.head(filled, words, at, len(parts))
            top = m.top + head.height
            pages.append(
                [Placed(m.top, head), Placed(top, self.frame.framed(bands)), Placed(m.bottom - foot.height, foot)]
            )
        return pages

    def _all(self, filled: FilledForm, density: Density) -> list[Band]:
        bands = [band for group in filled.groups for band in self._bands.group(group, density)]
        bands += [self._bands.declaration(declared, density) for declared in filled.declarations]
        if filled.form.opinions:
            bands.append(self._bands.opinions(filled.form.opinions, density))
        return bands

    def _parted(self, bands: Sequence[Band], filled: FilledForm, words: FrameWords) -> list[list[Band]]:
        """The rows page by page: as many as fit."""
        m, foot = UPRIGHT, self.frame.foot(filled, words)
        parts: list[list[Band]] = [[]]
        room = m.bottom - m.top - foot.height - self.frame.head(filled, words, 0, 1).height - 2
        further = m.bottom - m.top - foot.height - self.frame.head(filled, words, 1, 2).height - 2
        left = room
        for band in bands:
            if band.block.height > left and parts[-1]:
                parts.append([])
                left = further
            parts[-1].append(band)
            left -= band.block.height
        return parts
