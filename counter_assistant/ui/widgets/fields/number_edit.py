"""号码的输入框：打的时候照打的，离开以后证件号码遮住、电话分组。"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent

from counter_assistant.domain.formatting import grouped_phone
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit


class RestingEdit(EntryEdit):
    """A number: as it was typed while it has the focus, and in another form once the field is left."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(name, placeholder)
        self.whole = ""
        self.textEdited.connect(self._typed)

    def put(self, number: str) -> None:
        """Shows a number that was typed before."""
        self.whole = number
        self._render()

    def at_rest(self, number: str) -> str:
        """The form that it has while nobody types."""
        raise NotImplementedError

    def _typed(self, text: str) -> None:
        self.whole = text

    def _render(self) -> None:
        shown = self.whole if self.hasFocus() else self.at_rest(self.whole)
        if shown != self.text():
            with QSignalBlocker(self):
                self.setText(shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._render()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._render()


class IdEdit(RestingEdit):
    """The identity number, masked at rest."""

    def at_rest(self, number: str) -> str:
        from counter_assistant.domain.people.identity import mask_id

        return mask_id(number.upper())  # as it is printed: an x at the end is an X


class PhoneEdit(RestingEdit):
    """The telephone number, grouped at rest as it is read out."""

    def at_rest(self, number: str) -> str:
        return grouped_phone(number)
