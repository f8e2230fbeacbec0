"""代办人各栏：姓名、关系、电话、证件号码。Shown only where somebody acts for the applicant."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit

SHARES = (72, 82, 112, 164)
"""Of the row's width: a name, 与申请人的关系, an eleven digit number, and eighteen digits."""


class RelationEdit(EntryEdit):
    """The relation to the applicant: typed, or taken from those that the answer leaves (↓ and Enter, or a click)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("与申请人的关系")
        self.offered = QStringListModel(self)

    def offer(self, relation: str, offered: tuple[str, ...]) -> None:
        """Says what stands on paper where nothing is typed, and offers several to choose from."""
        self.setPlaceholderText(relation or "关系")
        several = list(offered) if len(offered) > 1 else []
        if several != self.offered.stringList():
            self.offered.setStringList(several)
        if several and self.completer() is None:
            completer = QCompleter(self.offered, self)
            completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            completer.highlighted.connect(self.chosen)
            completer.activated.connect(self.chosen)
            self.setCompleter(completer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        back = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.offered.stringList() and not self.text() and not back:
            self.completer().complete()


class AgentFields(QWidget):
    """The fields of the agent, in the row beneath those of the applicant. What document it is, the number itself says."""

    def __init__(self, name: EntryEdit, phone: EntryEdit, id_number: EntryEdit) -> None:
        super().__init__()
        self.relation = RelationEdit()
        self.fields: dict[str, EntryEdit] = {
            "agent_name": name, "agent_relation": self.relation, "agent_phone": phone,
            "agent_id_number": id_number,
        }  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for field, share in zip(self.fields.values(), SHARES, strict=True):
            field.setMinimumWidth(0)
            row.addWidget(field, share)
