"""材料行上的“须改的原因”：就地写，写到忌语，话说在它下面。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.presentation.state import LONGEST_DEFECT
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.fields.guarded import Guarded
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.ui.desk.presentation.view_model import MaterialRow

PROMPT = "哪里要改，例如：未盖发票专用章；回车确定"


class ReasonEdit(EntryEdit):
    """Where 须改 gets its reason, on the line itself. Enter keeps it, Esc leaves the line as it was."""

    dropped = Signal()

    def __init__(self, row: MaterialRow, place: QRect, parent: QWidget) -> None:
        super().__init__(f"{row.name}须改的原因", PROMPT, parent)
        self.material = row.id
        self.setProperty("small", True)
        self.setMaxLength(LONGEST_DEFECT)
        self.setText(row.defect)
        self.setGeometry(place)
        self._list, self._layer = parent, QFrame(parent)
        self._layer.setObjectName("layer")
        self._label = PlainLabel("", "error", wrap=True)
        rows = QVBoxLayout(self._layer)
        rows.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        rows.addWidget(self._label)
        self._layer.hide()
        self.guarded = Guarded(self)
        self.guarded.sentence_changed.connect(self._tell)

    def put_away(self) -> None:
        """Closes the field and what was said beneath it."""
        for widget in (self, self._layer):
            widget.hide()
            widget.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.composing:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, sentence: str) -> None:
        """Says it beneath the field, or above it on the last line of the list."""
        self.mark_wrong(bool(sentence))
        self.setAccessibleDescription(sentence)
        self._label.say(sentence)
        self._layer.setVisible(bool(sentence))
        place, left = self.geometry(), theme.px(8)
        width = self._list.width() - 2 * left
        layout = self._layer.layout()
        assert layout is not None
        height = layout.totalHeightForWidth(width)
        below = place.bottom() + theme.px(3)
        fits = below + height <= self._list.height()
        self._layer.setGeometry(left, below if fits else place.top() - theme.px(3) - height, width, height)
        self._layer.raise_()
