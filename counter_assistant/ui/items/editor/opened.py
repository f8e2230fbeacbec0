"""打开的一处：按怎样改，放上写字的框、挑选的清单、条件的一句或者依据；毛病说在它下面。"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import typed_source
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.condition_editor import ConditionEditor
from counter_assistant.ui.items.editor.lines.slots import Slot, Way
from counter_assistant.ui.items.editor.picker import Picker
from counter_assistant.ui.items.editor.sentence_edit import SentenceEdit
from counter_assistant.ui.items.editor.source_edit import SourceEdit
from counter_assistant.ui.items.source_fields import SourceFields
from counter_assistant.ui.widgets.labels import PlainLabel

NARROWEST, NUMBER_WIDTH, LONG = 180, 56, 24
"""The least width of a field in pixels, of one for a number, and the characters beyond which it takes the whole width."""
Field = SentenceEdit | Picker | ConditionEditor | SourceEdit


def field_for(slot: Slot, item: ServiceItem, parent: QWidget, bar: SourceFields, today: date) -> Field | None:
    """What a slot is changed with; None where it is closed. A source is offered as it stands in the `bar`."""
    match slot.way:
        case Way.TEXT | Way.NUMBER:
            return SentenceEdit(slot.label, str(slot.value), parent)
        case Way.ONE:
            return Picker(slot.label, slot.choices, (slot.value,), parent, several=False)
        case Way.MANY:
            return Picker(slot.label, slot.choices, slot.value, parent, several=True)
        case Way.CONDITION:
            return ConditionEditor(slot.label, item, slot.value, parent)
        case Way.SOURCE:
            return SourceEdit(slot.label, slot.value, bar.given(today), today, parent)
    return None


def value_of(slot: Slot, given: Any, today: date) -> Any:
    """What was given, as the slot's act takes it.

    Raises:
        Refusal: `not-a-number`; what `typed_source` refuses.
    """
    if slot.way is Way.SOURCE:
        document, clause, day = given
        return typed_source(document, clause, day, today, undated=today)
    if slot.way is not Way.NUMBER:
        return given
    digits = str(given).strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 7):
        raise Refusal("not-a-number", f"“{given}”不是数字。", f"{slot.label}请写数字，如 1。")
    return int(digits)


class Remark(QFrame):
    """What is wrong, beneath what is open: the refusal of an act, or what the check says of the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("remark")
        self.label = PlainLabel("", "attention", wrap=True)
        self.label.setObjectName("said")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        rows.addWidget(self.label)
        self.hide()

    def say(self, text: str, place: QRect) -> None:
        """Says it beneath a place of the viewport, above it where there is no room; nothing where it is empty."""
        self.label.say(text)
        self.setVisible(bool(text))
        if text:
            room = self._room
            width = max(min(theme.px(460), room.width() - theme.px(24)), theme.px(200))
            self.setFixedWidth(width)
            self.ensurePolished()
            self.label.ensurePolished()
            self.setFixedHeight(self.label.heightForWidth(width - theme.px(24)) + theme.px(10))
            left = min(place.left(), room.width() - width - theme.px(8))
            below = place.bottom() + theme.px(2)
            top = below if below + self.height() <= room.height() else place.top() - self.height() - theme.px(2)
            self.move(QPoint(max(left, 0), max(top, 0)))
            self.raise_()


def place(field: Field, words: QRect, room: QWidget) -> None:
    """Puts a field over the words that it changes; what is picked stands beneath them."""
    margin, widest = theme.px(6), room.width() - theme.px(12)
    top = words.top() - theme.px(4)
    if isinstance(field, SentenceEdit):
        least = NUMBER_WIDTH if field.value.isdecimal() else NARROWEST
        width = min(max(words.width() + theme.px(48), theme.px(least)), widest)
        field.fit(widest if len(field.value) > LONG or words.width() > widest // 2 else width)
    elif isinstance(field, ConditionEditor | SourceEdit):
        field.fit(widest)
    else:
        top = words.bottom() + theme.px(2)
    top = max(min(top, room.height() - field.height() - theme.px(2)), 0)
    field.move(max(min(words.left() - margin, room.width() - field.width() - margin), margin), top)
    field.show()
    field.raise_()
