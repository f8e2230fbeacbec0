"""档案的查找框和清单：最新的在前，查找是一页一页地取。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from counter_assistant import paths
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import Record, show
from counter_assistant.operations.archive.retention import LISTED as DUE
from counter_assistant.operations.archive.unprinted import LISTED
from counter_assistant.operations.archive.verifying import read_paper_text
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.archive.model import PAGE, ArchiveModel
from counter_assistant.ui.archive.table import ArchiveTable
from counter_assistant.ui.widgets.records.search_field import SearchField
from counter_assistant.ui.widgets.records.searched_table import SearchedTable

if TYPE_CHECKING:
    from counter_assistant.operations.offline.copies import OfflineCopies

TITLE, HINT = "档案", "姓名、首字母、编号、证件或电话后四位、事项、日期；也可扫码"
NONE_YET = "还没有出具过文书。\n在受理台（F2）按 F9 出具的每一份都会在这里，随时能查、能补打。"
ALL_PRINTED = "都打出来了，没有未打印的文书。"
NOT_FOUND = "没有找到。可以少打几个字，或者换成编号、证件或电话的后四位、日期再试。"
OFFLINE = "离线"
"""What is searched for to see what was issued offline; more words may follow."""
OFFLINE_NOTHING = "这里没有。\n现在离线，只查得到这台电脑离线时出具的；大厅的，连上以后再查。"


class SlipFinder(SearchedTable):
    """Finds slips by what is typed; all of them, the newest first, while nothing is."""

    refused = Signal(object)
    """The Refusal of a search."""

    def __init__(self, office: Office) -> None:
        self._office, rare = office, RareCharacters(paths.resources() / "fonts")
        self.model = ArchiveModel(
            self._fetch,
            office.today,
            lambda text: rare.show(text) if _is_rare(text) else None,
            office.prints.all,
            self._voids,
        )
        self._copies: OfflineCopies | None = None
        if office.database.shared:
            # It needs what speaks to a server, which a PC with a book of its own has not.
            from counter_assistant.operations.offline.copies import OfflineCopies

            self._copies = OfflineCopies(office)
        self._due: tuple[ArchiveRow, ...] = ()
        self._none_due = ""
        search = SearchField("查找文书", "输入两个字就开始找，例如“欧阳”或 oy")
        super().__init__(TITLE, HINT, search, ArchiveTable(self.model))
        search.textChanged.connect(lambda _text: self.refill())

    def refill(self, keep: str = "") -> None:
        """Searches for what is typed and marks the slip of the number `keep`, or the first."""
        try:
            self.model.find(self.search.text())
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        typed, offline = self.search.text().strip(), self._office.database.offline
        nothing = NOT_FOUND if typed else NONE_YET
        if offline:
            nothing = OFFLINE_NOTHING
        self.show_found(ALL_PRINTED if self.lists_unprinted else self._none_due if self.lists_due else nothing)
        here = "　离线，大厅的查不到" if offline else "　离线出具的" if self.shows_copies else ""
        self.title.setText(f"{TITLE}　{self.model.count_in_words}{here}" if self.found else f"{TITLE}{here}")
        if self.found:
            self.table.selectRow(max(self.model.place_of(keep), 0))

    def show_due(self, rows: tuple[ArchiveRow, ...], nothing: str) -> None:
        """Lists what is due to be destroyed, the oldest first, or says that there is nothing."""
        self._due, self._none_due = rows, nothing
        self.search.setText(DUE)
        self.refill()

    @property
    def lists_due(self) -> bool:
        """Whether what is due to be destroyed is listed."""
        return self.search.text().strip() == DUE

    @property
    def slip(self) -> ArchiveRow | None:
        """The slip that is marked."""
        return self.model.row(self.marked) if 0 <= self.marked < self.found else None

    @property
    def lists_unprinted(self) -> bool:
        """Whether what was not printed is listed."""
        return self.search.text().strip() == LISTED

    @property
    def shows_copies(self) -> bool:
        """Whether what was found was issued offline by the PCs of the hall."""
        return self.found > 0 and self._beside([self.model.row(0).number])

    @property
    def knows_slip(self) -> bool:
        """Whether the slip of a code is among what was found: a check code is typed with it, or it was issued offline by a PC of the hall."""
        return read_paper_text(self.search.text()).names_paper or self.shows_copies

    def verdict_on(self, check_code: str) -> str:
        """Whether a check code that is typed together with a number is that of a paper; empty where none is."""
        return read_paper_text(self.search.text()).verdict_on(check_code)

    def _fetch(self, text: str, before: int | None) -> list[ArchiveRow]:
        if text.strip() == LISTED:
            return [] if before else [one.row for one in reversed(self._office.prints.unprinted())]
        if text.strip() == DUE:
            return [] if before else list(self._due)
        if self._copies and text.strip().startswith(OFFLINE):
            return [] if before else self._copies.search(text.strip().removeprefix(OFFLINE), PAGE)
        typed = read_paper_text(text)
        wanted = (typed.digits or typed.number) if typed.names_paper else text
        found = self._office.archive.search(wanted, limit=PAGE, before=before)
        if not found and not before and self._copies and wanted.strip():
            return self._copies.search(wanted, PAGE)
        return found

    def record_of(self, number: str) -> Record:
        """The record of a number, also of one that was issued offline and found.

        Raises:
            Refusal: what `reprint_and_void.show` refuses.
        """
        if self._copies and self._copies.has(number):
            return self._copies.show(number)
        return show(self._office, number)

    def _beside(self, numbers: Sequence[str]) -> bool:
        return self._copies is not None and any(map(self._copies.has, numbers))

    def _voids(self, rows: Sequence[ArchiveRow]) -> Mapping[str, SlipVoided]:
        if self._copies and self._beside([row.number for row in rows]):
            return self._copies.voids(rows)
        return self._office.archive.voids(rows)


def _is_rare(text: str) -> bool:
    """Whether the screen's own font may lack a character: all of GB 2312 is in it."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
