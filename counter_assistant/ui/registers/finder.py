"""登记的查找框、各份清单和列表：哪些登记，选中的是哪一条。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_search import read_search
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaint_lines import (
    ComplaintLine,
    SealedLine,
    UnfinishedLine,
    complaint_lines,
    unfinished_lines,
)
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.registers.model import PAGE, Line, RegisterModel
from counter_assistant.ui.registers.old_complaints import OldComplaintsLine
from counter_assistant.ui.registers.table import RegisterTable
from counter_assistant.ui.widgets.records.list_chips import ListChip, ListChips
from counter_assistant.ui.widgets.records.search_field import SearchField
from counter_assistant.ui.widgets.records.searched_table import SearchedTable

TITLE, HINT = "登记", "← → 换一本　↑ ↓ 选　F7 登记　F9 办结"
NOT_FOUND = "没有找到。可以少打几个字，或者换一本、换几天再找。"
NOTHING_WAITS = (
    "没有待办的登记。\n等答复的咨询、要督办的转办、要处理的意见、要整改的评价、要备案的结果会在这里，最急的在最上面。"
)
NO_COMPLAINTS = "没有投诉登记。"
BY_ITSELF = "这一本还没有登记。\n在受理台办的事会自己记在这里，不用另填。"
BY_HAND = "这一本还没有登记。\n按 F7 记一条。"


class RegisterFinder(SearchedTable):
    """Shows the lines of a list, or those of it that fit what is typed. One of them is marked, unless there is none.

    What is typed while the list of what waits is shown is looked for in all registers.
    """

    mark_changed = Signal()
    """Another line is marked, or the marked one may have changed."""
    refused = Signal(object)
    """The Refusal of a search."""

    def __init__(self, office: Office, rare: RareCharacters) -> None:
        self._office, self._lines = office, lines_of(office)
        self._filling = False
        self._complaints: tuple[SealedLine, ...] | None = None
        chips = {which: ListChip(which.key, which.value, which.label) for which in RegisterList}
        self.lists = ListChips("登记簿", chips, RegisterList.WAITING)
        self.model = RegisterModel(office.today, lambda: office.profile, rare.show)
        search = SearchField("查找登记", "姓名、首字母、字句；也可写今天、本月、11月、11-20、待办")
        self.old = OldComplaintsLine(office)
        super().__init__(TITLE, HINT, search, table := RegisterTable(self.model), self.lists, self.old)
        search.textChanged.connect(lambda _text: self.refill())
        search.turned.connect(self.lists.turn)
        table.turned.connect(self.lists.turn)
        self.lists.left.connect(table.setFocus)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._mark_moved())
        self.lists.chosen.connect(lambda _which: self.refill())

    @property
    def marked_line(self) -> Line | None:
        """What is marked; None where nothing is."""
        return self.model.line(self.marked) if 0 <= self.marked < self.found else None

    @property
    def line(self) -> RegisterLine | None:
        """The marked line of a register; None where there is none, or a complaint is marked."""
        marked = self.marked_line
        return marked if isinstance(marked, RegisterLine) else None

    def look_for_complaints(self) -> None:
        """Reads the complaints anew, for who keeps their register; nobody else is shown that there are any."""
        found = complaint_lines(self._office)
        self._complaints = None if found is None else (*unfinished_lines(self._office), *found)
        self.lists.chips[RegisterList.COMPLAINT].setVisible(self._complaints is not None)
        if self._complaints is None and self.lists.current is RegisterList.COMPLAINT:
            self.lists.current = RegisterList.WAITING

    def forget_complaints(self) -> None:
        """Somebody else comes: the complaints are read anew for who that is."""
        self._complaints = None
        self.lists.chips[RegisterList.COMPLAINT].setVisible(False)
        if self.lists.current is RegisterList.COMPLAINT:
            self.lists.current = RegisterList.WAITING
            self.refill()

    def show_complaint(self, number: str) -> None:
        """Shows the complaints to who keeps their register, with that one marked; to anybody else, nothing of it."""
        self.look_for_complaints()
        if self._complaints is not None:
            self.lists.current = RegisterList.COMPLAINT
        self.refill()
        complaints = enumerate(self._complaints or ())
        places = [n for n, line in complaints if isinstance(line, ComplaintLine) and line.number == number]
        if places and places[0] < self.found:
            self.table.selectRow(places[0])

    @property
    def query(self) -> RegisterQuery:
        """What is listed now."""
        typed, which = read_search(self.search.text(), self._office.today()), self.lists.current
        waiting = typed.waiting or (which is RegisterList.WAITING and not self.search.text().strip())
        return RegisterQuery(which.kinds, waiting, typed.first, typed.last, typed.text)

    def refill(self, kind: RegisterKind | None = None, seq: int = 0) -> None:
        """Reads the lines again and marks the one named, else the one that was marked, else what stands in its place."""
        before, place = self.line, max(self.marked, 0)
        if kind is None and before is not None:
            kind, seq = before.kind, before.seq
        self._filling = True
        try:
            counts = self._lines.waiting()
            self.model.fill(self._fetch)
            kept = self.model.place_of(kind, seq) if kind else -1
            if self.found:
                self.table.selectRow(kept if kept >= 0 else min(place, self.found - 1))
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        finally:
            self._filling = False
        self._show_counts(counts)
        if not self.found and self.table.hasFocus():
            self.search.setFocus()
        self.show_found(self._nothing())
        self.old.look(shown=self._complaints is not None and self.lists.current is RegisterList.COMPLAINT)
        self.mark_changed.emit()

    def show_line(self, kind: RegisterKind, seq: int) -> None:
        """Shows the register of a line, with that line marked."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.lists.current = next(which for which in list(RegisterList)[1:] if kind in which.kinds)
        self.refill(kind, seq)

    def _show_counts(self, counts: dict[RegisterKind, int]) -> None:
        waiting = {which: sum(counts.get(kind, 0) for kind in which.kinds) for which in RegisterList}
        waiting[RegisterList.COMPLAINT] = sum(
            isinstance(line, UnfinishedLine) or line.due is not None for line in self._complaints or ()
        )
        searching = bool(self.search.text().strip()) and self.lists.current is RegisterList.WAITING
        self.lists.show_state(waiting, searching=searching, zeros=False)

    def _nothing(self) -> str:
        which = self.lists.current
        if which is RegisterList.COMPLAINT:
            return NO_COMPLAINTS
        if self.search.text().strip():
            return NOT_FOUND
        if which is RegisterList.WAITING:
            return NOTHING_WAITS
        return BY_HAND if which.kinds[0].by_hand else BY_ITSELF

    def _fetch(self, after: int) -> Sequence[Line]:
        if self.lists.current is RegisterList.COMPLAINT:
            return (self._complaints or ())[after : after + PAGE]
        return self._lines.found(self.query, limit=PAGE, after=after)

    def _mark_moved(self) -> None:
        if not self._filling:
            self.mark_changed.emit()
