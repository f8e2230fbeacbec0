"""档案列表的样子：作废的一行划去，并写明“作废”。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.archive.model import APPLICANT, CLERK, ITEM, NUMBER, STATE, TIME, TITLE, ArchiveModel
from counter_assistant.ui.widgets.records.quiet_table import Look, QuietTable

WIDTHS = {NUMBER: 192, TITLE: 112, APPLICANT: 98, TIME: 96, CLERK: 64, STATE: 104}


class ArchiveTable(QuietTable):
    """The list of slips."""

    def __init__(self, model: ArchiveModel, parent: QWidget | None = None) -> None:
        super().__init__("文书列表", model, _Looks(model), WIDTHS, parent)

    def fold(self, folded: bool) -> None:
        """Leaves the item and the clerk out where the paper needs the room."""
        for column in (ITEM, CLERK, TITLE):
            self.setColumnHidden(column, folded)
        stretch = QHeaderView.ResizeMode.Stretch
        self.horizontalHeader().setSectionResizeMode(
            APPLICANT, stretch if folded else QHeaderView.ResizeMode.Interactive
        )
        self.horizontalHeader().setSectionResizeMode(ITEM, stretch)
        self.share_width()


class _Looks:
    def __init__(self, model: ArchiveModel) -> None:
        self._model = model

    def look(self, row: int, column: int) -> Look:
        """The number, the name and the item come first; a void slip is struck, and its word is red."""
        slip, colours = self._model.row(row), theme.palette()
        if column == STATE:
            paper = self._model.print_of(row)
            missing = slip.void or (paper is not None and paper.missing)
            ink = colours.overdue if missing else colours.attention if slip.reprints else colours.secondary
            return Look(ink, bold=missing)
        ink = colours.text if column in (NUMBER, APPLICANT, ITEM) else colours.secondary
        elide = Qt.TextElideMode.ElideMiddle if column == NUMBER else Qt.TextElideMode.ElideRight
        return Look(colours.hint if slip.void else ink, struck=slip.void, elide=elide)
