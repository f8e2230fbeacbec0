"""登记簿一本：横放的表，每页小计，末页合计；打印出来给人签名存放，不编号、不入档."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Cell = str | int


class BookColumn(NamedTuple):
    """A column: its head, its width in parts of the page, and whether its cells are numbers that are added up."""

    head: str
    width: int
    adds: bool = False


@dataclass(frozen=True, slots=True)
class RuledBook:
    """A book of rows. `mark` is printed beside the title, `extent` says of which days it is; `signatures` are lines to sign on,
    `notes` the parts of the foot line."""

    unit: str
    title: str
    mark: str
    extent: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    signatures: tuple[str, ...]
    notes: tuple[str, ...]

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        cells = [str(cell) for row in self.rows for cell in row]
        heads = [column.head for column in self.columns]
        return [self.unit, self.title, self.mark, self.extent, *heads, *cells, *self.signatures, *self.notes]


def sums_of(columns: Sequence[BookColumn], rows: Sequence[Sequence[Cell]]) -> dict[int, int]:
    """What the columns that are added up come to, by their place."""
    return {
        at: sum(cell for row in rows if isinstance(cell := row[at], int))
        for at, column in enumerate(columns)
        if column.adds
    }
