"""表里的一行行：每一行是一块，宽度去掉最左边的组名；行高随内容长，什么也不裁掉."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from counter_assistant.domain.counter_forms.filling import Cell, FilledGroup
from counter_assistant.domain.counter_forms.form import Declaration
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.blocks import CENTRE, LEFT, Block, Box, Text, set_lines, stack_lines
from counter_assistant.paper.counter_forms.measures import LABEL_WIDTH, NAME_PITCH, Density
from counter_assistant.paper.geometry.measures import MM, Measures
from counter_assistant.paper.line_breaking import LineBreaker

PAD = 4.0
BOX, TICKED = "□", "☑"
OPINION = "□同意　□不同意　□补正"
DATE = "　　　　年　　月　　日"
SIGN_RULE = 34 * MM
GAP = 11.0  # between two options
LEADING = 1.28


class Band(NamedTuple):
    """A row of a form under the name of its group; `block` begins at the right edge of the leftmost column."""

    group: str
    block: Block


class BandMaker:
    """Makes the rows of a form on one sort of paper; `across` is how many fields stand side by side."""

    def __init__(self, breaker: LineBreaker, measures: Measures, width: float, across: int) -> None:
        self._breaker, self._m, self._width, self._across = breaker, measures, width, across

    def group(self, group: FilledGroup, density: Density) -> Iterator[Band]:
        """The rows of a group, high enough for its name beside them."""
        flowed = list(self._flowed(group.cells))
        blocks = [self._row(row, density) for row in flowed]
        lacking = -(-len(group.name) // 2) * NAME_PITCH + 4 - sum(block.height for block in blocks)
        if lacking > 0:
            roomy = replace(density, row=max(block.height for block in blocks) + lacking / len(blocks))
            blocks = [self._row(row, roomy) for row in flowed]
        return (Band(group.name, block) for block in blocks)

    def declaration(self, declared: Declaration, density: Density, *, beside: bool = False) -> Band:
        """What is declared, and a line for each who signs, at the right beneath it; `beside`: all on one line."""
        size = density.declared
        texts: list[Text] = []
        y, inner, pitch = 5.0, self._width - 2 * PAD - 4, size * 1.42
        for paragraph in declared.paragraphs:
            indent = "" if paragraph[1:2] == "、" else "　　"
            lines = set_lines(self._breaker, (Run(indent + paragraph),), inner, size, justified=True)
            texts += stack_lines(lines, PAD + 2, y, inner, size, pitch)
            y += pitch * len(lines)
        rules: list[Box] = []
        y += 3
        for row in _chunks(declared.signed_by, 2 if beside else 1):
            for at, who in enumerate(row):
                right = self._width - PAD if at == len(row) - 1 else self._width / 2 - PAD
                self._signature(who, right, y, density.sign, texts, rules)
            y += density.sign
        return Band(declared.name, Block(y + 3, tuple(texts), tuple(rules)))

    def opinions(self, names: Sequence[str], density: Density) -> Band:
        """A cell for each decision, which is made by hand: what is ticked, who signs, and when."""
        width, size = self._width / len(names), self._m.label
        texts: list[Text] = []
        rules: list[Box] = []
        for at, name in enumerate(names):
            left = width * at
            if at:
                rules.append((left, 0.0, left, density.opinion))
            pitch = (density.opinion - 8) / 3
            for n, text in enumerate((f"{name}意见　{OPINION}", "签名：", DATE)):
                lines = set_lines(self._breaker, (Run(text),), width * 2, size)
                shrunk = min(size, size * (width - 2 * PAD) / max(lines[0].width * size / 1000, 1))
                texts += stack_lines(
                    lines, left + PAD, 4 + pitch * n, width - 2 * PAD, shrunk, pitch, (LEFT, LEFT, 1.0)[n]
                )
        return Band("本中心", Block(density.opinion, tuple(texts), tuple(rules)))

    def _signature(self, who: str, right: float, y: float, height: float, texts: list[Text], rules: list[Box]) -> None:
        """Who signs, a rule to sign on, and the date, ending at `right`."""
        size = self._m.body
        said = f"{who}：" if "（" in who else f"{who}（签名）："
        (name,) = set_lines(self._breaker, (Run(said),), 2000, size)
        (date,) = set_lines(self._breaker, (Run(DATE),), 2000, size)
        start = right - date.width * size / 1000
        texts += stack_lines((date,), start, y, 2000, size, height)
        rule = start - SIGN_RULE
        texts += stack_lines((name,), rule - name.width * size / 1000, y, 2000, size, height)
        rules.append((rule, y + height / 2 + 0.5 * size, start, y + height / 2 + 0.5 * size))

    def _flowed(self, cells: Sequence[Cell]) -> Iterator[list[tuple[Cell, float]]]:
        """The cells in rows, each with its width; the last of a row takes what is left of it."""
        row: list[tuple[Cell, int]] = []
        for cell in cells:
            takes = min(cell.field.width, self._across)
            if row and sum(one for _, one in row) + takes > self._across:
                yield self._filled(row)
                row = []
            row.append((cell, takes))
        if row:
            yield self._filled(row)

    def _filled(self, row: list[tuple[Cell, int]]) -> list[tuple[Cell, float]]:
        column = self._width / self._across
        widths = [column * takes for _, takes in row]
        widths[-1] += self._width - sum(widths)
        return [(cell, width) for (cell, _), width in zip(row, widths, strict=True)]

    def _row(self, row: Sequence[tuple[Cell, float]], density: Density) -> Block:
        drawn = [
            (self._label(cell.field.label), self._value(cell, width - LABEL_WIDTH - 2 * PAD)) for cell, width in row
        ]
        height = max([density.row, *(max(label[1], value[1]) + 5 for label, value in drawn)])
        texts: list[Text] = []
        rules: list[Box] = []
        fills: list[Box] = []
        x = 0.0
        for (cell, width), (label, value) in zip(row, drawn, strict=True):
            fills.append((x, 0.0, LABEL_WIDTH, height))
            texts += [_moved(text, x, (height - label[1]) / 2) for text in label[0]]
            texts += [_moved(text, x + LABEL_WIDTH + PAD, (height - value[1]) / 2) for text in value[0]]
            if cell.field.unit:
                texts += self._unit(cell.field.unit, x + width, height)
            rules.append((x + LABEL_WIDTH, 0.0, x + LABEL_WIDTH, height))
            if x:
                rules.append((x, 0.0, x, height))
            x += width
        return Block(height, tuple(texts), tuple(rules), fills=tuple(fills))

    def _label(self, label: str) -> tuple[tuple[Text, ...], float]:
        return self._set(label, LABEL_WIDTH - 4, (self._m.label, self._m.dense), CENTRE, 2.0)

    def _value(self, cell: Cell, width: float) -> tuple[tuple[Text, ...], float]:
        if cell.field.options:
            return self._options(cell, width)
        return self._set(cell.text, width - (14 if cell.field.unit else 0), (self._m.body, self._m.label), LEFT, 0.0)

    def _set(
        self, text: str, width: float, sizes: Sequence[float], align: float, x: float
    ) -> tuple[tuple[Text, ...], float]:
        """A text in the first size in which it fits on one line, else on several in the last one, and its height."""
        for size in sizes:
            lines = set_lines(self._breaker, (Run(text),), width, size)
            if len(lines) == 1:
                break
        pitch = size * LEADING
        return stack_lines(lines, x, 0.0, width, size, pitch, align), pitch * len(lines)

    def _options(self, cell: Cell, width: float) -> tuple[tuple[Text, ...], float]:
        """Every option with its box, none broken over two lines."""
        size, pitch = self._m.body, self._m.body * 1.5
        texts: list[Text] = []
        x = y = 0.0
        for at, option in enumerate(cell.field.options):
            said = f"{TICKED if at in cell.ticked else BOX}{option.label}"
            (line,) = set_lines(self._breaker, (Run(said, strong=at in cell.ticked),), 4000, size)
            wide = line.width * size / 1000
            if x and x + wide > width:
                x, y = 0.0, y + pitch
            texts += stack_lines((line,), x, y, width, size, pitch)
            x += wide + GAP
        return tuple(texts), y + pitch

    def _unit(self, unit: str, right: float, height: float) -> tuple[Text, ...]:
        size = self._m.label
        (line,) = set_lines(self._breaker, (Run(unit),), 200, size)
        return stack_lines((line,), right - line.width * size / 1000 - PAD, 0.0, 200, size, height)


def _moved(text: Text, x: float, y: float) -> Text:
    return text._replace(x=text.x + x, y=text.y + y)


def _chunks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(names), size):
        yield names[at : at + size]
