"""公示的表：人员、岗位、带班、承诺，都是一张大字的表，字大到远处也看得清。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class BoardColumn(NamedTuple):
    """A column: its head, its width in parts of the board, whether its texts stand in the middle, whether they are strong, and whether
    they are `whole`, such as numbers, which are not broken as long as a smaller size helps."""

    head: str
    width: int
    centred: bool = True
    strong: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A table to be hung up. `lead` is said under the title, `mark` beside it; `notes` are the lines at the foot, to be read too.

    Columns without any head have no head row.
    """

    unit: str
    title: str
    mark: str
    lead: str
    columns: tuple[BoardColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        cells = [cell for row in self.rows for cell in row]
        return [
            self.unit,
            self.title,
            self.mark,
            self.lead,
            *(column.head for column in self.columns),
            *cells,
            *self.notes,
        ]
