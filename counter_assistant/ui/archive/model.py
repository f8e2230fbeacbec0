"""档案列表：rows come page by page, by key, so that the first screen is as quick with a million slips as with ten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.ui.widgets.records.record_model import Index, RecordModel

PAGE = 50
"""A screen shows seventeen; of each slip more a page of a large book is read."""
COLUMNS = ("编号", "文书", "申请人", "事项", "出具时间", "经办人", "状态")
NUMBER, TITLE, APPLICANT, ITEM, TIME, CLERK, STATE = range(len(COLUMNS))

Fetch = Callable[[str, int | None], list[ArchiveRow]]
"""The slips that a text finds, newest first, from below the entry `before`."""


class ArchiveModel(RecordModel):
    """What the archive finds. `load_font` is given every name before it is drawn, as its characters may be rare ones."""

    def __init__(
        self, fetch: Fetch, today: Callable[[], date], load_font: Callable[[str], object],
        prints: Callable[[], Mapping[str, PaperPrint]] = dict,
        voids: Callable[[Sequence[ArchiveRow]], Mapping[str, SlipVoided]] = lambda _: {},
    ) -> None:  # fmt: skip
        super().__init__(COLUMNS)
        self._prints, self._read_voids = prints, voids
        self._voids: dict[str, SlipVoided] = {}
        self._known: Mapping[str, PaperPrint] = {}
        self._fetch, self._today, self._load_font = fetch, today, load_font
        self._text = ""
        self._rows: list[ArchiveRow] = []
        self._complete = True

    def find(self, text: str) -> None:
        """Starts a new search."""
        self.beginResetModel()
        self._text = text
        self._known, self._voids = self._prints(), {}
        self._rows = self._page(None)
        self.endResetModel()

    def row(self, n: int) -> ArchiveRow:
        """The n-th slip."""
        return self._rows[n]

    def print_of(self, n: int) -> PaperPrint | None:
        """What is known of the printing of the n-th slip, where it did not come out."""
        return self._known.get(self._rows[n].number)

    def renew_prints(self) -> None:
        """Shows what is known of the printing now; the rows stay."""
        self._known = self._prints()
        if self._rows:
            self.dataChanged.emit(self.index(0, STATE), self.index(len(self._rows) - 1, STATE))

    def place_of(self, number: str) -> int:
        """Where a slip stands among those fetched; -1 where it does not."""
        return next((n for n, row in enumerate(self._rows) if row.number == number), -1)

    @property
    def count_in_words(self) -> str:
        """12 份, or 50 份以上 while there may be more."""
        return f"{len(self._rows)} 份{'' if self._complete else '以上'}"

    def count(self) -> int:
        return len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        more = self._page(self._rows[-1].seq if self._rows else None)
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def _page(self, before: int | None) -> list[ArchiveRow]:
        rows = self._fetch(self._text, before)
        self._complete = len(rows) < PAGE
        self._voids.update(self._read_voids(rows))
        self._load_font("".join(row.applicant + row.item_name for row in rows))
        return rows

    def cell(self, row: int, column: int) -> str:
        return self._text_of(self._rows[row], column)

    def _text_of(self, row: ArchiveRow, column: int) -> str:
        match column:
            case 0:
                return row.number
            case 1:
                return SlipKind(row.kind).in_words
            case 2:
                return row.applicant or ("" if row.bare else "未留姓名")
            case 3:
                return row.item_name
            case 4:
                return self._time(row)
            case 5:
                return row.clerk
            case _:
                return state_in_words(row, self._known.get(row.number), self._voids.get(row.number))

    def _time(self, row: ArchiveRow) -> str:
        if row.issued_at.date() == self._today():
            return f"今天 {row.issued_at:%H:%M}"
        this_year = row.issued_at.year == self._today().year
        return f"{row.issued_at:%m-%d %H:%M}" if this_year else f"{row.issued_at:%Y-%m-%d}"


def state_in_words(row: ArchiveRow, paper: PaperPrint | None = None, voided: SlipVoided | None = None) -> str:
    """已销毁, 作废 or 已更正 goes before everything else, then what did not come out: 未打印; a slip printed once is 已出具."""
    if row.destroyed:
        return "已销毁"
    if row.void:
        return voided.state if voided else "作废"
    if paper and not paper.out:
        return paper.state.label
    return f"补打 {row.reprints} 次" if row.reprints else "已出具"
