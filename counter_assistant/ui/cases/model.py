"""办件列表：一页一页地取，最急的在前。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QModelIndex

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.operations.on_duty import OnDuty
from counter_assistant.ui.cases.words import Sentence, due_in_words, owner_of
from counter_assistant.ui.widgets.records.record_model import Index, RecordModel

PAGE = 100
COLUMNS = ("申请人", "事项", "状态", "期限", "经办人", "编号")
APPLICANT, ITEM, STAGE, DUE, OWNER, NUMBER = range(len(COLUMNS))

Fetch = Callable[[int], list[Case]]
"""At most a page of cases, after so many that are there already."""


class CasesModel(RecordModel):
    """The cases of a list. `load_font` is given every name before it is drawn, as its characters may be rare ones."""

    def __init__(
        self, today: Callable[[], date], duty: Callable[[], OnDuty], load_font: Callable[[str], object],
        prints: Callable[[], Mapping[str, PaperPrint]] = dict,
    ) -> None:  # fmt: skip
        """`duty`: who is there, asked with each list. `prints`: what is known of the printing of papers, by number."""
        super().__init__(COLUMNS)
        self._prints = prints
        self._missing: frozenset[str] = frozenset()
        self._today, self._ask_duty, self._load_font = today, duty, load_font
        self._duty = duty()
        self._fetch: Fetch = lambda _after: []
        self._rows: list[Case] = []
        self._kept: Case | None = None
        self._complete = True
        self._day = today()

    def fill(self, fetch: Fetch, kept: Case | None = None, place: int = 0) -> None:
        """Starts another list, whose pages `fetch` gives.

        `kept` is a case that stays visible, at `place`, though it may have left the list: the one just acted on.
        """
        self._fetch = fetch
        rows, self._duty = self._page(0), self._ask_duty()
        self._missing = frozenset(number for number, paper in self._prints().items() if paper.missing)
        self.beginResetModel()
        self._rows, self._kept, self._day = rows, None, self._today()
        if kept is not None and self.place_of(kept.id) < 0:
            self._kept = kept
            self._rows.insert(min(max(place, 0), len(self._rows)), kept)
            self._load_font(kept.applicant)
        self.endResetModel()

    def renew(self, n: int, case: Case) -> None:
        """Replaces the n-th case by what it is now."""
        if self._rows[n] != case:
            self._rows[n] = case
            self.dataChanged.emit(self.index(n, 0), self.index(n, len(COLUMNS) - 1))

    def case(self, n: int) -> Case:
        """The n-th case."""
        return self._rows[n]

    def place_of(self, case_id: str) -> int:
        """Where a case stands among those fetched; -1 where it does not."""
        return next((n for n, case in enumerate(self._rows) if case.id == case_id), -1)

    def unprinted(self, n: int) -> bool:
        """Whether the newest paper of the n-th case did not come out."""
        papers = self._rows[n].papers
        return bool(papers) and papers[-1] in self._missing

    def due(self, n: int) -> Sentence:
        """What the n-th row says of its day."""
        return due_in_words(self._rows[n], self._day)

    def count(self) -> int:
        return len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        more = self._page(len(self._rows) - (self._kept is not None))
        if self._kept is not None and any(case.id == self._kept.id for case in more):
            more, self._kept = [case for case in more if case.id != self._kept.id], None
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def _page(self, after: int) -> list[Case]:
        rows = self._fetch(after)
        self._complete = len(rows) < PAGE
        self._load_font("".join(case.applicant + case.item_name for case in rows))
        return rows

    def cell(self, row: int, column: int) -> str:
        case = self._rows[row]
        match column:
            case 0:
                return case.applicant or "未留姓名"
            case 1:
                return case.item_name or case.item
            case 2:
                return case.stage.label
            case 3:
                return self.due(row).text
            case 4:
                return owner_of(case, self._duty)
            case _:
                number = case.papers[-1] if case.papers else "未出文书"
                return f"{number} 未打印" if self.unprinted(row) else number
