"""一种标识要填的几栏。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField

KINDS = tuple(SignKind)
COLUMNS, MOST_ROWS = 2, 5
HINTS = {"returns": "14:30，空着就手写", "instead": "5，空着就手写", "reason": "可以空着", "second": "可以空着"}
FAULTY = {"bad-sign-time": "returns", "sign-same-window": "instead"}
"""The fields that refusals are about."""


class SignForm(QWidget):
    """The fields of one sign. `changed`: something was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, LabelledField] = {}
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(theme.px(12))
        self._rows.setVerticalSpacing(theme.px(4))
        self._rows.setRowStretch(MOST_ROWS, 1)

    def open_for(self, kind: SignKind, values: Mapping[str, str]) -> None:
        """The fields of a sign, holding what is proposed."""
        for field in self.fields.values():
            self._rows.removeWidget(field)
            field.hide()
            field.setParent(None)
            field.deleteLater()
        self.fields = {}
        for n, (name, label) in enumerate(kind.fields.items()):
            hint = "空着就手写" if name == "reason" and kind is SignKind.AWAY else HINTS.get(name, "")
            field = self.fields[name] = LabelledField(name, label, hint, self)
            field.edit.setText(values.get(name, ""))
            field.changed.connect(self._typed)
            self._rows.addWidget(field, n // COLUMNS, n % COLUMNS)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.edit.text() for name, field in self.fields.items()}

    def start(self) -> None:
        """Puts the cursor into the first field that is still empty, else into the first."""
        empty = [field for field in self.fields.values() if not field.edit.text()]
        edit = (empty or list(self.fields.values()))[0].edit
        edit.setFocus()
        edit.selectAll()

    def show_fault(self, refusal: Refusal) -> bool:
        """Marks the field that a refusal is about; False where it is about none."""
        field = self.fields.get(FAULTY.get(refusal.code, ""))
        if field is not None:
            field.show_fault(str(refusal))
        return field is not None

    def _typed(self) -> None:
        for field in self.fields.values():
            if field.fault:
                field.show_fault("")
        self.changed.emit()
