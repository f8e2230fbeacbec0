"""办件列表的样子：超期的日期红字加粗并写明几天；左右键换清单。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.cases.model import APPLICANT, DUE, ITEM, NUMBER, OWNER, STAGE, CasesModel
from counter_assistant.ui.cases.words import ATTENTION, OVERDUE
from counter_assistant.ui.widgets.records.quiet_table import Look, TurningTable

WIDTHS = {APPLICANT: 104, STAGE: 84, DUE: 142, OWNER: 72, NUMBER: 184}


class CasesTable(TurningTable):
    """The list of cases."""

    def __init__(self, model: CasesModel, parent: QWidget | None = None) -> None:
        super().__init__("办件列表", model, _Looks(model), WIDTHS, parent)

    def fold(self, folded: bool) -> None:
        """Leaves number and clerk out where the case at the right needs the room."""
        for column in (NUMBER, OWNER):
            self.setColumnHidden(column, folded)
        self.share_width()


class _Looks:
    def __init__(self, model: CasesModel) -> None:
        self._model = model

    def look(self, row: int, column: int) -> Look:
        """Who and what come first; a day at risk is loud."""
        colours = theme.palette()
        if column == DUE:
            role = self._model.due(row).role
            ink = {OVERDUE: colours.overdue, ATTENTION: colours.attention}.get(role, colours.secondary)
            return Look(ink, bold=role in (OVERDUE, ATTENTION))
        ink = colours.text if column in (APPLICANT, ITEM) else colours.secondary
        if column == NUMBER and self._model.unprinted(row):
            ink = colours.overdue
        elide = Qt.TextElideMode.ElideLeft if column == NUMBER else Qt.TextElideMode.ElideRight
        return Look(ink, elide=elide)
