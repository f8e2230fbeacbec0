"""清册：一行一位职工，从表格里贴进来或者打进来；十行一页，每页小计，每页都印总计."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.counter_forms.asked import ValueKind, printed, read_value
from counter_assistant.domain.counter_forms.form import Column, RowTable
from counter_assistant.domain.refusal import Refusal

MOST_ROWS = 2000
LONGEST_CELL = 60

Row = Mapping[str, str]
"""The values of one line, in their plain form, by the key of the column."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What some rows come to: how many they are, and the sum of each column that is added up, in cents; in all and by side."""

    count: int
    sums: Mapping[str, int]
    sides: tuple[tuple[str, int, Mapping[str, int]], ...] = ()


def read_rows(table: RowTable, text: str, today: date) -> tuple[list[Row], list[Refusal]]:
    """The rows of what was typed or pasted, and what is wrong with the lines that are none, each naming its line.

    Cells are parted by tabs, as a spreadsheet copies them; without one by commas, else by blanks. A line that holds the names of columns is
    their head, and passed over.
    """
    rows: list[Row] = []
    faults: list[Refusal] = []
    labels = {column.label for column in table.typed}
    for n, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if not any(cells) or (n == 1 and labels & set(cells)):
            continue
        if len(rows) == MOST_ROWS:
            faults.append(
                Refusal("too-many-rows", f"清册超过 {MOST_ROWS} 行。", "请分成几份，或者直接在业务系统里批量导入。")
            )
            break
        try:
            rows.append(_row(table, cells, today))
        except Refusal as refusal:
            faults.append(Refusal(refusal.code, f"第 {n} 行：{refusal.sentence}", refusal.remedy))
    return rows, faults


def totals_of(table: RowTable, rows: Sequence[Row]) -> Totals:
    """What rows come to."""
    sides = []
    for name, _ in table.sides:
        of_side = [row for row in rows if table.side_of(row[table.side_key]) == name]
        sides.append((name, len(of_side), _sums(table, of_side)))
    return Totals(len(rows), _sums(table, rows), tuple(sides))


def printed_row(table: RowTable, row: Row) -> tuple[str, ...]:
    """The cells of a row as they stand on paper: a month in six digits, and numbers without gaps."""
    return tuple(_printed(column, row.get(column.key, "")) for column in table.columns)


def _printed(column: Column, value: str) -> str:
    return printed(ValueKind.AMOUNT, value) if column.kind == ValueKind.AMOUNT else value


def _sums(table: RowTable, rows: Sequence[Row]) -> dict[str, int]:
    added = [column.key for column in table.columns if column.total]
    return {key: sum(int(row.get(key) or 0) for row in rows) for key in added}


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    parted = re.split(r"[,，;；]", line) if re.search("[,，;；]", line) else line.split()
    return [cell.strip() for cell in parted]


def _row(table: RowTable, cells: Sequence[str], today: date) -> Row:
    """A row, of which every cell is read as its column has it.

    Raises:
        Refusal: `too-many-cells`, `cell-missing`, `unknown-side`; what `read_value` refuses.
    """
    if len(cells) > len(table.typed) and any(cells[len(table.typed) :]):
        wanted = "、".join(column.label for column in table.typed)
        raise Refusal("too-many-cells", f"有 {len(cells)} 格，多了。", f"每行依次是：{wanted}。")
    row: dict[str, str] = {}
    for at, column in enumerate(table.typed):
        value = read_value(
            ValueKind(column.kind), column.label, cells[at] if at < len(cells) else "", today, LONGEST_CELL
        )
        if column.required and not value:
            raise Refusal("cell-missing", f"没有{column.label}。", "请补上这一格。")
        row[column.key] = value
    if table.sides and not table.side_of(row[table.side_key]):
        words = "、".join(word for _, words in table.sides for word in words)
        raise Refusal("unknown-side", f"“{row[table.side_key]}”不认识。", f"可以是：{words}。")
    return row | dict(_computed(table, row))


def _computed(table: RowTable, row: Row) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if column.computed:
            parts = [row[key] for key in column.computed.partition(":")[2].split(",")]
            yield column.key, str(sum(int(part or 0) for part in parts)) if any(parts) else ""
