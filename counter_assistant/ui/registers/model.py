"""登记的列表：一页一页地取，新的在前；待办的按哪天急排。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.registers.complaint_lines import SealedLine
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from counter_assistant.ui.widgets.records.record_model import Index, RecordModel

PAGE = 100
COLUMNS = ("时间", "登记", "内容", "状态", "期限", "经办人")
WHEN, KIND, LINE, STATE, DUE, CLERK = range(len(COLUMNS))
Line = RegisterLine | SealedLine
Fetch = Callable[[int], Sequence[Line]]
"""At most a page of lines, after so many that are there already."""


class RegisterModel(RecordModel):
    """The lines of a list. `load_font` is given what each says before it is drawn, as names have rare characters."""

    def __init__(
        self, today: Callable[[], date], profile: Callable[[], OfficeProfile], load_font: Callable[[str], object]
    ) -> None:
        super().__init__(COLUMNS)
        self._today, self._profile, self._load_font = today, profile, load_font
        self._fetch: Fetch = lambda _after: []
        self._rows: list[Line] = []
        self._complete = True
        self._day = today()

    def fill(self, fetch: Fetch) -> None:
        """Starts another list, whose pages `fetch` gives."""
        self._fetch = fetch
        rows = self._page(0)
        self.beginResetModel()
        self._rows, self._day = rows, self._today()
        self.endResetModel()

    def line(self, n: int) -> Line:
        """The n-th line."""
        return self._rows[n]

    def place_of(self, kind: RegisterKind, seq: int) -> int:
        """Where a line stands among those fetched; -1 where it does not."""
        found = (
            n
            for n, line in enumerate(self._rows)
            if isinstance(line, RegisterLine) and (line.kind, line.seq) == (kind, seq)
        )
        return next(found, -1)

    def late(self, n: int) -> int:
        """By how many days the n-th line is late; 0 where it is due today, -1 where it is not due yet or has no day."""
        due = self._rows[n].due
        return max((self._day - due).days, -1) if due else -1

    def count(self) -> int:
        return len(self._rows)

    def cell(self, row: int, column: int) -> str:
        line = self._rows[row]
        match column:
            case 0:
                if line.time is None:
                    return ""
                year = "" if line.time.year == self._day.year else f"{line.time.year}-"
                return f"{year}{line.time:%m-%d %H:%M}"
            case 1:
                return line.label
            case 2:
                return line.line
            case 3:
                return line.in_words
            case 4:
                return self._due(row)
            case _:
                return self._profile().clerk_names.get(line.clerk, line.clerk)

    def _due(self, row: int) -> str:
        due, late = self._rows[row].due, self.late(row)
        if due is None:
            return ""
        if late > 0:
            return f"{due:%m-%d} 超期{late}天"
        return "今天到期" if late == 0 else f"{due:%m-%d}"

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if more := self._page(len(self._rows)):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def _page(self, after: int) -> list[Line]:
        rows = list(self._fetch(after))
        self._complete = len(rows) < PAGE
        self._load_font("".join(line.line for line in rows))
        return rows
