"""带标签的输入框：标签在上，要改什么就写在它旁边。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel


class LabelledField(QWidget):
    """A label, a hint or the fault beside it, and the field. Enter goes on to the next field."""

    changed = Signal(str)

    def __init__(self, key: str, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._hint = hint
        self.edit = EntryEdit(label, " ")
        self.edit.setObjectName(key)
        self._note = ShrinkingLabel("", "hint")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        self._label = PlainLabel(label, "secondary")
        head.addWidget(self._label)
        head.addWidget(self._note, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        rows.addLayout(head)
        rows.addWidget(self.edit)
        self.edit.textEdited.connect(self.changed)
        self.edit.entered.connect(self.edit.focusNextChild)
        self.show_fault("")

    def rename(self, label: str) -> None:
        """Renames the field."""
        self._label.setText(label)
        self.edit.setAccessibleName(label)

    def rename_hint(self, hint: str) -> None:
        """Says something else beside the field."""
        self._hint = hint
        self.show_fault("")

    def show_fault(self, fault: str) -> None:
        """Shows what is wrong, or the hint where nothing is."""
        self.edit.mark_wrong(bool(fault))
        self._note.say(fault or self._hint or " ", "error" if fault else "hint")
        self.edit.setAccessibleDescription(fault or self._hint)

    @property
    def fault(self) -> str:
        """The sentence beside the field while it is wrong."""
        return self.edit.accessibleDescription() if self.edit.property("wrong") else ""


def mark_refused(fields: Mapping[str, LabelledField], wrong: str) -> None:
    """Frames the field that a sentence beneath them is about, and puts the cursor there; without one, frames none."""
    for key, labelled in fields.items():
        labelled.edit.mark_wrong(key == wrong)
    if wrong in fields:
        fields[wrong].edit.setFocus()
        fields[wrong].edit.selectAll()
