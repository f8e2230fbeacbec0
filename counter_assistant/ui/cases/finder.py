"""办件的查找框、各份清单和列表：哪些办件，选中的是哪一件。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.find_case import horizon
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.cases.lists import EMPTY, NOT_FOUND, CaseLists
from counter_assistant.ui.cases.model import PAGE, CasesModel
from counter_assistant.ui.cases.table import CasesTable
from counter_assistant.ui.widgets.records.search_field import SearchField
from counter_assistant.ui.widgets.records.searched_table import SearchedTable

TITLE, HINT = "办件", "← → 换清单　↑ ↓ 选　F9 下一步　Ctrl+M 本月一次告知"


class CaseFinder(SearchedTable):
    """Shows the cases of a list, or those that fit what is typed. One of them is marked, unless there is none."""

    mark_changed = Signal()
    """Another case is marked, or the marked one may have changed."""
    refused = Signal(object)
    """The Refusal of a search."""

    def __init__(self, office: Office, rare: RareCharacters) -> None:
        self._office = office
        self._begun, self._filling = False, False
        self.lists = CaseLists()
        self.model = CasesModel(office.today, partial(on_duty, office), rare.show, office.prints.all)
        search = SearchField("查找办件", "姓名、首字母、编号、证件或电话后四位、事项；也可扫码")
        super().__init__(TITLE, HINT, search, table := CasesTable(self.model), self.lists)
        search.textChanged.connect(lambda _text: self.refill())
        search.turned.connect(self.lists.turn)
        table.turned.connect(self.lists.turn)
        self.lists.left.connect(table.setFocus)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._mark_moved())
        self.lists.chosen.connect(lambda _which: self._list_changed())

    @property
    def case(self) -> Case | None:
        """The marked case; None where there is none."""
        return self.model.case(self.marked) if 0 <= self.marked < self.found else None

    def refill(self, keep: str = "", place: int = 0, *, hold: bool = False) -> None:
        """Reads the cases again and marks the one of the id `keep`, else what stands at `place`.

        `hold`: the case of that id stays in the table though it left its list.
        """
        searching = bool(self.search.text().strip())
        self._filling = True
        try:
            counts = self._office.cases.counts(horizon(self._office))
            if not self._begun:
                self.lists.begin(counts)
            self.model.fill(self._fetch, self._office.cases.get(keep) if hold else None, place)
            self._mark(keep, place)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        finally:
            self._filling = False
        self._begun = True
        self.lists.show_state(counts, searching=searching)
        if not self.found and self.table.hasFocus():
            self.search.setFocus()
        self.show_found(NOT_FOUND if searching else EMPTY[self.lists.current])
        self.mark_changed.emit()

    def reread(self, acted: str = "", *, hold: bool = False) -> None:
        """Reads the cases again and keeps the place; the case of the id `acted`, just acted on, stays where it stood."""
        marked = self.case.id if self.case else ""
        self.refill(acted or marked, self.marked, hold=bool(acted) or hold)

    def show_case(self, case: Case, number: str) -> None:
        """Searches for a case by a number of one of its papers, and marks it."""
        self.show_found_by(number if number in case.papers else case.papers[-1], case.id)

    def show_found_by(self, typed: str, case_id: str) -> None:
        """Searches for a text, and marks the case of that id."""
        self.search.blockSignals(True)
        self.search.setText(typed)
        self.search.blockSignals(False)
        self.refill(keep=case_id, hold=True)

    def renew(self) -> Case | None:
        """Reads the marked case again, for the table too; None where none is marked."""
        marked = self.case
        if marked is None:
            return None
        case = self._office.cases.get(marked.id) or marked
        self.model.renew(self.marked, case)
        return case

    def _fetch(self, after: int) -> list[Case]:
        text, cases = self.search.text().strip(), self._office.cases
        if text:
            return cases.found(text, limit=PAGE, after=after)
        return cases.listed(self.lists.current, horizon(self._office), limit=PAGE, after=after)

    def _mark(self, keep: str, place: int) -> None:
        kept, last = self.model.place_of(keep), self.found - 1
        if last >= 0:
            self.table.selectRow(kept if kept >= 0 else min(max(place, 0), last))

    def _mark_moved(self) -> None:
        if not self._filling:
            self.mark_changed.emit()

    def _list_changed(self) -> None:
        if self.search.text():
            self.search.clear()  # reads the cases again by itself
        else:
            self.refill()
