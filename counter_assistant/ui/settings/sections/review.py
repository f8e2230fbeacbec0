"""核对：纸上会印的每一项，左边是单位，右边是人员和岗位；还是示例的标出来，回车就去改。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant import paths
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.profile_review import MARK, PRINTED, ReviewLine, review, stopping_words
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.quiet_table import Look, QuietTable
from counter_assistant.ui.widgets.records.record_model import Index, RecordModel

SAME = "同示例"
PEOPLE = ("clerks", "posts")
RIGHT = "没有示例了。逐行看过，都对的按 F9 确认；有不对的，选中按回车去改。"
CHANGE = "选中一行按回车去改，改好按 Ctrl+回车 回来。"
SAME_NOTE = "“同示例”：与示例写的一样，可能正好是本单位的，请看一眼。"
WHAT, TEXT, STATE = range(3)
_HEADS = ("项目", "纸上印的", "核对")
ROW = 26


class ReviewModel(RecordModel):
    """The lines of one side of the review."""

    def __init__(self) -> None:
        super().__init__(_HEADS)
        self.lines: list[ReviewLine] = []

    def fill(self, lines: Sequence[ReviewLine]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def look(self, row: int, column: int) -> Look:
        """An example stands out by its word and its ink."""
        line, colours = self.lines[row], theme.palette()
        if line.example and column != WHAT:
            return Look(colours.overdue, bold=column == STATE)
        return Look(colours.text if column == TEXT else colours.secondary)

    def count(self) -> int:
        return len(self.lines)

    def cell(self, row: int, column: int) -> str:
        line = self.lines[row]
        return (line.label, line.text or "（空）", _state(line))[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (self.cell(index.row(), column) for column in (WHAT, TEXT, STATE))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.text}\n印在：{PRINTED[OfficeProfile][line.group].where}"
        return super().data(index, role)


def _state(line: ReviewLine) -> str:
    return MARK if line.example else SAME if line.same else ""


class ReviewSection(QWidget):
    """Two lists; ↑ ↓ within one, ← → between them, Enter leads to where a line is changed."""

    line_chosen = Signal(object)
    """The ReviewLine that is to be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rare = RareCharacters(paths.resources() / "fonts")
        self.sentence = PlainLabel("", "attention", wrap=True)
        self.sentence.setObjectName("sentence")
        self.note = PlainLabel(SAME_NOTE, "hint", wrap=True)
        self.alone = PlainLabel("", "attention", wrap=True)
        self.alone.setObjectName("alone")
        self.models = (ReviewModel(), ReviewModel())
        self.tables = (_Side("本单位", self.models[0], 116), _Side("人员和岗位", self.models[1], 70))
        self.back = ActionButton("返回", "Esc", self)
        self.agree = ActionButton("都是本单位的，确认", "F9", self, loud=True)
        self.agree.setMinimumSize(theme.px(220), theme.px(38))
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        for table, stretch in zip(self.tables, (4, 5), strict=True):
            sides.addWidget(table, stretch)
            table.opened.connect(lambda table=table: self.line_chosen.emit(table.line))
            table.sideways.connect(lambda table=table: self._beside(table).setFocus())
            table.focused.connect(lambda table=table: self._beside(table).clearSelection())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(self.sentence)
        rows.addLayout(sides, 1)
        rows.addWidget(self.alone)
        rows.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(10))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.agree)
        return foot

    @property
    def examples(self) -> list[ReviewLine]:
        """The lines that stop the confirmation."""
        return [line for model in self.models for line in model.lines if line.stops]

    def show_profile(self, profile: OfficeProfile, example: OfficeProfile) -> None:
        """Shows what papers print of a profile, and what of it is the example's. `to_first` marks a line of it, once it can be seen."""
        lines = review(profile, example)
        self._rare.show("".join(line.text for line in lines))
        for model, people in zip(self.models, (False, True), strict=True):
            model.fill([line for line in lines if (line.group in PEOPLE) is people])
        stopping = self.examples
        words = f"{stopping_words(stopping)}{CHANGE}" if stopping else RIGHT
        self.sentence.say(words, "error" if stopping else "done")
        self.agree.setEnabled(not stopping)
        self.note.setText(SAME_NOTE if any(line.same and not line.example for line in lines) else "")

    def to_first(self) -> None:
        """Marks the first line that stops the confirmation, else the first of all."""
        for table in self.tables:
            table.setCurrentIndex(table.model().index(table.first_stop(), 0))
        first = next((table for table in self.tables if table.line.stops), self.tables[0])
        self._beside(first).clearSelection()
        first.setFocus()

    def _beside(self, table: _Side) -> _Side:
        return self.tables[table is self.tables[0]]


class _Side(QuietTable):
    """One side of the review; a row is marked only on the side that has the focus."""

    sideways = Signal()
    focused = Signal()

    def __init__(self, name: str, model: ReviewModel, label_width: int) -> None:
        super().__init__(f"核对：{name}", model, model, {WHAT: label_width, STATE: 64})
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self._model = model

    @property
    def line(self) -> ReviewLine:
        """The line chosen."""
        return self._model.lines[max(self.currentIndex().row(), 0)]

    def first_stop(self) -> int:
        """The place of the first line that stops, else of the first."""
        return next((n for n, line in enumerate(self._model.lines) if line.stops), 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.selectRow(max(self.currentIndex().row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit()
        else:
            super().keyPressEvent(event)
