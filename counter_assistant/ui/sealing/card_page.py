"""一页只有一张卡：打开台账、密封台账、口令，都是这样一页，安安静静."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.page import Page


class CardPage(Page):
    """A page that is one card a little above its middle, `width` unscaled pixels wide."""

    finished = Signal()
    """It is done with, or left."""

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.card = Card(title)
        self.card.title.setProperty("role", "loud")
        self.card.setFixedWidth(theme.px(width))
        self.card.rows.setContentsMargins(*(theme.px(n) for n in (24, 16, 24, 20)))
        self.card.rows.setSpacing(theme.px(12))
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        rows.addLayout(in_line(None, self.card, None))
        rows.addStretch(3)

    def leave_to_another(self) -> None:
        self.finished.emit()

    def mark_faults(self, faults: dict[LabelledField, str]) -> bool:
        """Shows what is wrong beside each field, and goes to the first that is; True where none is."""
        for field, fault in faults.items():
            field.show_fault(fault)
        wrong = next((field for field, fault in faults.items() if fault), None)
        if wrong is not None:
            wrong.edit.setFocus()
        return wrong is None


def in_line(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets beside each other; None is the room between them."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(10))
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return line
