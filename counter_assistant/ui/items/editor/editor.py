"""改一个事项：指南就是编辑器，没有对话框；写的时候就地核对。

Every act gives a whole changed text by `edited`; whoever keeps the revision takes it and shows the text that then holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import moved
from counter_assistant.domain.revision.effects import faults_of
from counter_assistant.domain.revision.revision import ItemRetired
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.storage.content.pinyin import initials
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.condition_editor import ConditionEditor
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.editor.lines.faults import Row, by_row, remark
from counter_assistant.ui.items.editor.lines.guide_lines import guide_lines, is_row, without_row
from counter_assistant.ui.items.editor.lines.slots import Changed, Editing, Slot, Way
from counter_assistant.ui.items.editor.opened import Field, Remark, field_for, place, value_of
from counter_assistant.ui.items.editor.sentence_edit import SentenceEdit
from counter_assistant.ui.items.in_slices import PAUSE, InSlices
from counter_assistant.ui.items.source_fields import SourceFields
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

ROOM = 300
"""Pixels beneath the words that a list to pick from should have."""
UNGIVEN = Source("centre", document="…")
"""Stands for the document while one writes: only what is kept must name it."""


class ItemEditor(QWidget):
    """The guide of one item, whose words can be changed in their places."""

    edited = Signal(object)
    """The changed text, a `ServiceItem`; of a copy it is a new item."""
    question_defined = Signal(object)
    """A `Question` that is new, just before the text that asks it."""
    retired = Signal(str)
    """The item is to be handled no more."""
    undo_wanted = Signal()

    def __init__(self, today: date, posts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posts = dict(posts)
        self._item: ServiceItem | None = None
        self._catalogue: Catalogue | None = None
        self._codes: Collection[str] = ()
        self._said: dict[Row, list[str]] = {}
        self._slot: Slot | None = None
        self._field: Field | None = None
        self.bar = SourceFields(today)
        self.text = GuideText("事项的指南，可以改")
        self.text.setObjectName("editable_guide")
        self.state = PlainLabel("", "hint")
        self.state.setObjectName("check_state")
        self.remark = Remark(self.text.viewport())
        self._whole, self._written = InSlices(parent=self), InSlices(parent=self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.setFocusProxy(self.text)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        foot = FlowLayout(theme.px(2), theme.px(8))
        foot.addWidget(self.state)
        add_shortcuts(self, {"Alt+N": self._next_fault})
        for key, text, act in (
            ("Alt+N", "下一处毛病", self._next_fault), ("Alt+↑", "上移", lambda: self._move(-1)), ("Alt+↓", "下移", lambda: self._move(1)),
            ("Ctrl+Delete", "去掉这一行", self._remove),
        ):  # fmt: skip
            foot.addWidget(LinkButton(key, text, act))
        rows.addWidget(self.bar)
        rows.addWidget(self.text, 1)
        rows.addLayout(foot)

    def _connect(self) -> None:
        self.text.opened.connect(self._open)
        self.text.moved.connect(self._follow)
        self.text.row_moved.connect(self._move)
        self.text.row_removed.connect(self._remove)
        self.text.undone.connect(self._undo)
        self.bar.filled.connect(self._back_to_work)
        self._pause.timeout.connect(self._check_written)
        self._whole.found.connect(self._show_faults)
        self._written.found.connect(self._show_written)

    def show_item(self, item: ServiceItem, catalogue: Catalogue, codes: Collection[str] = ()) -> None:
        """Shows a text, another item from its name on; what may be picked is in `catalogue`, no new item has one of `codes`."""
        self._close()
        another = self._item is None or self._item.id != item.id
        if another:
            self._said = {}
        self._item, self._catalogue, self._codes = item, catalogue, codes
        self._show()
        if another:
            self.text.go_to("name.")
        self._whole.begin(faults_of(item, catalogue), after=0)

    def open_at(self, key: str) -> None:
        """Opens the place of a key, as a click there does."""
        for slot in [slot for slot in self.text.slots if slot.key == key]:
            self._open(slot)

    def take_open(self) -> bool:
        """Takes what is being written, before something else is shown; False where it cannot be taken, which is said there."""
        return self._field is None or self._take(self._field.value)

    @property
    def writing(self) -> bool:
        """Whether something is being written that differs from what stands there."""
        slot, field = self._slot, self._field
        return slot is not None and field is not None and field.value not in (slot.value, str(slot.value))

    def say(self, refusal: Refusal) -> None:
        """Says at the current place why something was not done."""
        slot = self.text.current
        if slot:
            self.remark.say(str(refusal), self._field.geometry() if self._field else self.text.rect_of(slot))

    def _show(self) -> None:
        assert self._item is not None
        assert self._catalogue is not None
        editing = Editing(self._item, self._catalogue, self._posts, initials, self._codes)
        self._lines = guide_lines(editing)
        self.text.show_lines(self._lines, self._said)

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        """Shows what the check says of the text, each fault beneath its row."""
        assert self._item is not None
        said = by_row(self._item, faults)
        if said != self._said and self._field is None:
            self._said = said
            self._show()
        self.state.say(f"核对：{len(faults)} 处要看" if faults else "核对：没有毛病", "attention" if faults else "done")

    def _next_fault(self) -> None:
        """Goes to the next place of which the check says something, after the last to the first."""
        if self._field is None and self._said:
            self.text.go_to_next(self._said)

    def _open(self, slot: Slot) -> None:
        """Opens a place; what is open is taken first, and stays open where it is refused."""
        if self._field and not self._take(self._field.value):
            return
        slot = next((now for now in self.text.slots if now.key == slot.key), slot)
        assert self._item is not None
        self.text.go_to(slot.key)
        field = field_for(slot, self._item, self.text.viewport())
        if field is None:
            self.remark.say(slot.why, self.text.rect_of(slot))
            return
        self._slot, self._field = slot, field
        self.text.make_room(slot, 0 if isinstance(field, SentenceEdit) else theme.px(ROOM))
        place(field, self.text.rect_of(slot), self.text.viewport())
        field.setFocus()
        field.changed.connect(lambda _value: self._touched())
        if isinstance(field, ConditionEditor):
            field.grew.connect(self._follow)
        field.done.connect(self._done)
        field.escaped.connect(self._close)

    def _touched(self) -> None:
        """Something was typed: the check waits until the hand rests."""
        self._written.stop()
        self._pause.start()

    def _check_written(self) -> None:
        """Checks the text as it would read, without asking for the document yet."""
        if self._field is None or self._slot is None or self._catalogue is None:
            return
        try:
            made = self._made(self._slot, self._field.value, lambda: UNGIVEN)
        except Refusal as refusal:
            self._remark(str(refusal))
            return
        if isinstance(made, ItemRetired):
            return
        self._text = made.text if isinstance(made, Changed) else made
        self._written.begin(faults_of(self._text, self._catalogue), after=0)

    def _show_written(self, faults: Sequence[Fault]) -> None:
        """Says beneath what is written what the check says of its row, and what it says anew of others."""
        if self._slot is None:
            return
        self._remark(remark(self._text, faults, self._slot.spot, self._said))

    def _remark(self, words: str) -> None:
        if self._field:
            self.remark.say(words, self._field.geometry())

    def _made(self, slot: Slot, given: Any, source: Callable[[], Source]) -> ServiceItem | Changed | ItemRetired:
        value = value_of(slot, given)
        if slot.way is Way.TEXT:
            refuse_forbidden({slot.label: value})
        return slot.act(value, source)

    def _done(self, given: Any, on: int) -> None:
        if self._take(given) and on:
            self.text.go_on(on)

    def _take(self, given: Any) -> bool:
        """Takes what was given at the open place; whether it could be taken."""
        slot = self._slot
        assert slot is not None
        if given in (slot.value, str(slot.value)):
            self._close()
            return True
        try:
            made = self._made(slot, given, self.bar.source_or_today)
        except Refusal as refusal:
            self._remark(str(refusal))
            if refusal.code == "source-missing":
                self.bar.mark_wrong(refusal.code)
            return False
        self._close()
        self._give(made)
        return True

    def _give(self, made: ServiceItem | Changed | ItemRetired) -> None:
        if isinstance(made, ItemRetired):
            self.retired.emit(made.item)
            return
        if isinstance(made, Changed) and made.question:
            self.question_defined.emit(made.question)
        text = made.text if isinstance(made, Changed) else made
        if text != self._item:
            self.edited.emit(text)

    def _close(self) -> None:
        """Closes what is open, and gives the keyboard back to the text."""
        self._pause.stop()
        self._written.stop()
        self.remark.hide()
        field, self._field, self._slot = self._field, None, None
        if field:
            self.text.setFocus()
            field.hide()
            field.deleteLater()

    def _back_to_work(self) -> None:
        (self._field or self.text).setFocus()

    def _move(self, by: int) -> None:
        slot = self.text.current
        if self._item and slot and is_row(slot.spot) and self._field is None:
            assert slot.spot.index is not None
            made = moved(self._item, slot.spot.field, slot.spot.index, by)
            if made != self._item:
                at = slot.key.replace(f"[{slot.spot.index}]", f"[{slot.spot.index + by}]")
                self.edited.emit(made)
                self.text.go_to(at)

    def _remove(self) -> None:
        slot = self.text.current
        if self._item and slot and is_row(slot.spot) and self._field is None:
            try:
                self.edited.emit(without_row(self._item, slot.spot))
            except Refusal as refusal:
                self.say(refusal)

    def _undo(self) -> None:
        if self._field is None:
            self.undo_wanted.emit()

    def _follow(self) -> None:
        """The text was scrolled or another place is current: what is open goes along."""
        if self._field is None:
            self.remark.hide()
        elif self._slot:
            place(self._field, self.text.rect_of(self._slot), self.text.viewport())
            if self.remark.isVisible():
                self._remark(self.remark.label.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self._follow)
