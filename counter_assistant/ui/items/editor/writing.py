"""就地写的一处：打开、写着就核对、共用的问改哪里、拿下写好的；毛病和拒绝说在它下面."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.effects import faults_of
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.condition_editor import ConditionEditor
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.editor.lines.faults import Row, remark
from counter_assistant.ui.items.editor.lines.guide_lines import is_row
from counter_assistant.ui.items.editor.lines.slots import Editing, Made, Slot, Way
from counter_assistant.ui.items.editor.opened import Field, Remark, field_for, place, value_of
from counter_assistant.ui.items.editor.picker import Picker
from counter_assistant.ui.items.editor.sentence_edit import SentenceEdit
from counter_assistant.ui.items.editor.source_edit import SourceEdit
from counter_assistant.ui.items.in_slices import PAUSE, InSlices
from counter_assistant.ui.items.source_fields import SourceFields

ROOM = 300
"""Pixels beneath the words that a list to pick from should have."""
UNGIVEN = Source("centre", document="…")
"""Stands for the document while one writes: only what is kept must name it."""


class Writing(QObject):
    """What is open in the guide, if anything is."""

    made = Signal(object)
    """What was given comes to this, a `Made`."""
    went_on = Signal(int)
    """After Tab: how many places to go on."""
    row_removed = Signal()
    """The row of the current place goes; nothing is open any more."""

    def __init__(self, text: GuideText, bar: SourceFields, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._text, self._bar, self._today = text, bar, today
        self._editing: Editing | None = None
        self._said: Mapping[Row, Sequence[str]] = {}
        self._slot: Slot | None = None
        self.field: Field | None = None
        self._scopes: Picker | None = None
        self._after: ServiceItem | None = None
        self.remark = Remark(text.viewport())
        self._check = InSlices(parent=self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._check_written)
        self._check.found.connect(self._show_written)

    def show(self, editing: Editing, said: Mapping[Row, Sequence[str]]) -> None:
        """What is opened from now on belongs to this text; `said` is what the check says of its rows already."""
        self._editing, self._said = editing, said

    @property
    def open(self) -> bool:
        """Whether a field, a list or the question whom a change is for is open."""
        return self.field is not None or self._scopes is not None

    @property
    def asking(self) -> bool:
        """Whether it is asked whom a change is for."""
        return self._scopes is not None

    @property
    def modified(self) -> bool:
        """Whether something is being written that differs from what stands there."""
        slot, field = self._slot, self.field
        if isinstance(field, SourceEdit):
            return field.modified
        return slot is not None and field is not None and field.value not in (slot.value, str(slot.value))

    def begin(self, slot: Slot) -> None:
        """Opens a place."""
        assert self._editing is not None
        viewport = self._text.viewport()
        field = field_for(slot, self._editing.item, viewport, self._bar, self._today)
        if field is None:
            self.remark.say(slot.why, self._text.rect_of(slot))
            return
        self._slot, self.field = slot, field
        self._text.make_room(slot, 0 if isinstance(field, SentenceEdit) else theme.px(ROOM))
        place(field, self._text.rect_of(slot), viewport)
        field.setFocus()
        field.changed.connect(lambda _value: self._touched())
        if isinstance(field, ConditionEditor):
            field.grew.connect(self.follow)
        field.done.connect(self._done)
        field.escaped.connect(self.close)
        if isinstance(field, SentenceEdit | Picker):
            field.in_row = is_row(slot.spot) and not slot.adds
            field.row_removed.connect(self.leave_row)
        self._say("")

    def leave_row(self) -> None:
        """Closes the place that is open, and its row goes, whichever place has become the current one meanwhile."""
        assert self._slot is not None
        key = self._slot.key
        self.close()
        self._text.go_to(key)
        self.row_removed.emit()

    def ask(self, slot: Slot) -> None:
        """Asks whom an act is for that needs nothing else to be given."""
        self._slot = slot
        self._ask_scope("", 0)

    def take(self) -> bool:
        """Takes what is open, before something else is shown; False where it cannot be taken, which is said there."""
        if self._scopes:
            self._scopes.setFocus()
            return False
        if self.field is None or not self.modified:
            self.close()
            return True
        return self._take(self.field.value)

    def close(self) -> None:
        """Closes what is open, and gives the keyboard back to the text."""
        self._pause.stop()
        self._check.stop()
        self.remark.hide()
        self._close_scopes()
        field, self.field, self._slot = self.field, None, None
        if field:
            self._text.setFocus()
            field.hide()
            field.deleteLater()

    def follow(self) -> None:
        """The text was scrolled or another place is current: what is open goes along."""
        if self._slot is None or not self.open:
            self.remark.hide()
            return
        if self.field:
            place(self.field, self._text.rect_of(self._slot), self._text.viewport())
        if self._scopes:
            place(self._scopes, self._place, self._text.viewport())
        elif self.remark.isVisible():
            self.remark.say(self.remark.label.text(), self._place)

    @property
    def _place(self) -> QRect:
        """Where what is said belongs: beneath what is open, else at the current place."""
        if self.field:
            return self.field.geometry()
        current = self._text.current
        return self._text.rect_of(current) if current else QRect()

    def say(self, words: str) -> None:
        """Says at the current place why something was not done."""
        self.remark.say(words, self._place)

    def _say(self, words: str) -> None:
        """Says beneath what is open what is wrong with it, and before that whom it concerns besides."""
        if self.field:
            scopes = self._slot.scopes if self._slot else ()
            shared = f"写好以后选：{'，还是'.join(choice.label for choice in scopes)}。" if scopes else ""
            self.remark.say(shared + words, self._place)

    def _touched(self) -> None:
        """Something was typed: the check waits until the hand rests."""
        self._check.stop()
        self._pause.start()

    def _check_written(self) -> None:
        """Checks the text as it would read, without asking for the document yet."""
        if self.field is None or self._slot is None or self._editing is None or self._scopes:
            return
        slot, given = self._slot, self.field.value
        try:
            self._after = self._editing.text_after(self._made(slot, given, slot.codes, lambda: UNGIVEN))
        except Refusal as refusal:
            self._say(str(refusal))
            return
        if self._after is not None:
            self._check.begin(faults_of(self._after, self._editing.catalogue), after=0)

    def _show_written(self, faults: Sequence[Fault]) -> None:
        """Says beneath what is written what the check says of its row, and what it says anew of others."""
        if self._slot is not None and self._after is not None:
            self._say(remark(self._after, faults, self._slot.spot, self._said))

    def _made(self, slot: Slot, given: Any, codes: Sequence[str], source: Callable[[], Source]) -> Made:
        """What comes of what was given, for the first of those for whom it can be.

        Raises:
            Refusal: what the act refuses for the first of them, where it can be for nobody.
        """
        value = value_of(slot, given, self._today)
        if slot.way is Way.TEXT:
            refuse_forbidden({slot.label: value})
        refusals: list[Refusal] = []
        for code in codes:
            try:
                return slot.act(value, source, code)
            except Refusal as refusal:
                refusals.append(refusal)
        raise refusals[0]

    def _done(self, given: Any, on: int) -> None:
        if self._take(given, on) and on:
            self.went_on.emit(on)

    def _take(self, given: Any, on: int = 0, scope: str = "") -> bool:
        """Takes what was given at the open place, once it is known whom it is for; whether it could be taken."""
        slot = self._slot
        assert slot is not None
        if self.field and slot.way is not Way.SOURCE and given in (slot.value, str(slot.value)):
            self.close()
            return True
        try:
            made = self._made(slot, given, (scope,) if scope else slot.codes, lambda: self._bar.source(self._today))
        except Refusal as refusal:
            self._close_scopes()
            self._refuse(refusal)
            return False
        if slot.scopes and not scope:
            self._ask_scope(given, on)
            return False
        self.close()
        self.made.emit(made)
        return True

    def _refuse(self, refusal: Refusal) -> None:
        self._pause.stop()  # what the check would say, which knows no document, must not take the refusal away
        self._check.stop()
        if self.field is None:
            self.close()
            self.say(str(refusal))
            return
        self._say(str(refusal))
        if isinstance(self.field, SourceEdit):
            self.field.mark_wrong(refusal.code)
        elif refusal.code == "source-missing":
            self._bar.mark_wrong(refusal.code)

    def _ask_scope(self, given: Any, on: int) -> None:
        """Opens the question whom the change is for."""
        slot = self._slot
        assert slot is not None
        self.remark.hide()
        picker = Picker("改哪里" if self.field else slot.label, slot.scopes, (), self._text.viewport(), several=False)
        self._scopes = picker
        place(picker, self._place, self._text.viewport())
        picker.setFocus()

        def done(code: str, _on: int) -> None:
            if self._take(given, on, code) and on:
                self.went_on.emit(on)

        picker.done.connect(done)
        picker.escaped.connect(self._leave_scopes)

    def _leave_scopes(self) -> None:
        """Nobody is to be changed: back to what was written."""
        self._close_scopes()
        if self.field is None:
            self.close()

    def _close_scopes(self) -> None:
        picker, self._scopes = self._scopes, None
        if picker:
            (self.field or self._text).setFocus()  # before it is hidden: Qt would tab out of it, to the next place
            picker.hide()
            picker.deleteLater()
