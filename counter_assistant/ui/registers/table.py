"""登记列表的样子：超期的红字加粗并写明几天；左右键换清单。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.registers.settling import State
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.registers.model import CLERK, DUE, KIND, LINE, STATE, WHEN, RegisterModel
from counter_assistant.ui.widgets.records.quiet_table import Look, TurningTable

WIDTHS = {WHEN: 100, KIND: 56, STATE: 80, DUE: 118, CLERK: 72}


class RegisterTable(TurningTable):
    """The list of lines."""

    WIDEST = 1.0

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__("登记列表", model, _Looks(model), WIDTHS, parent)

    def fold(self, folded: bool) -> None:
        """Leaves the clerk and the register out where the line at the right needs the room."""
        for column in (CLERK, KIND):
            self.setColumnHidden(column, folded)
        self.share_width()


class _Looks:
    def __init__(self, model: RegisterModel) -> None:
        self._model = model

    def look(self, row: int, column: int) -> Look:
        """What is said comes first; a day at risk is loud, what was taken back is struck out."""
        colours, line = theme.palette(), self._model.line(row)
        late = self._model.late(row)
        if column == DUE and late >= 0:
            return Look(colours.overdue if late else colours.attention, bold=True)
        ink = colours.text if column == LINE else colours.secondary
        return Look(ink, struck=column == LINE and (line.void or line.in_words == State.WITHDRAWN.label))
