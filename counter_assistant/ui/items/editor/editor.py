"""改一个事项：指南就是编辑器，没有对话框；写的时候就地核对。

Every act is told by `acted`; whoever keeps the revision takes it and shows the text that then holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import moved
from counter_assistant.domain.revision.effects import faults_of
from counter_assistant.domain.revision.revision import TextEdited
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.editor.lines.faults import Row, by_row
from counter_assistant.ui.items.editor.lines.guide_lines import guide_lines, is_row, without_row
from counter_assistant.ui.items.editor.lines.questions import answer_at, removing_answer, with_answer_moved
from counter_assistant.ui.items.editor.lines.slots import Editing, Made, Slot
from counter_assistant.ui.items.editor.writing import Writing
from counter_assistant.ui.items.in_slices import InSlices
from counter_assistant.ui.items.source_fields import SourceFields
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

REMOVE = {False: "去掉这一行", True: "去掉这个回答"}


class ItemEditor(QWidget):
    """The guide of one item, whose words can be changed in their places."""

    acted = Signal(object)
    """An act of the revision: mostly a `TextEdited`, which of a copy is a new item."""
    undo_wanted = Signal()

    def __init__(self, today: date, posts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._posts = today, dict(posts)
        self._editing: Editing | None = None
        self._said: dict[Row, list[str]] = {}
        self.bar = SourceFields(today)
        self.text = GuideText("事项的指南，可以改")
        self.text.setObjectName("editable_guide")
        self.state = PlainLabel("", "hint")
        self.state.setObjectName("check_state")
        self.writing = Writing(self.text, self.bar, today, self)
        self._whole = InSlices(parent=self)
        self.next_fault = LinkButton("Alt+N", "下一处毛病", self._next_fault)
        self.row_links = (
            LinkButton("Alt+↑", "上移", lambda: self._move(-1)),
            LinkButton("Alt+↓", "下移", lambda: self._move(1)),
            LinkButton("Ctrl+Delete", REMOVE[False], self._remove_by_link),
        )
        self.setFocusProxy(self.text)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        foot = FlowLayout(theme.px(2), theme.px(8))
        for widget in (self.state, self.next_fault, *self.row_links):
            foot.addWidget(widget)
        self.next_fault.hide()
        rows.addWidget(self.bar)
        rows.addWidget(self.text, 1)
        rows.addLayout(foot)

    def _connect(self) -> None:
        add_shortcuts(self, {"Alt+N": self._next_fault})
        self.text.opened.connect(self._open)
        self.text.moved.connect(self._follow)
        self.text.row_moved.connect(self._move)
        self.text.row_removed.connect(self._remove)
        self.text.undone.connect(self._undo)
        self.bar.filled.connect(self._back_to_work)
        self.writing.made.connect(self._give)
        self.writing.went_on.connect(self.text.go_on)
        self.writing.row_removed.connect(self._remove)
        self._whole.found.connect(self._show_faults)

    def show_item(self, item: ServiceItem, catalogue: Catalogue, codes: Collection[str] = ()) -> None:
        """Shows a text, another item from its name on; what may be picked is in `catalogue`, no new item has one of `codes`."""
        self.writing.close()
        another = self._editing is None or self._editing.item.id != item.id
        if another:
            self._said = {}
        self._editing = Editing(item, catalogue, self._posts, initials, codes)
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
        return self.writing.take()

    @property
    def source(self) -> Source | None:
        """What carries the changes, if it is filled in."""
        return self.bar.given(self._today)

    def say(self, refusal: Refusal) -> None:
        """Says at the current place why something was not done."""
        self.writing.say(str(refusal))

    def _show(self) -> None:
        assert self._editing is not None
        self.writing.show(self._editing, self._said)
        self.text.show_lines(guide_lines(self._editing), self._said)

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        """Shows what the check says of the text, each fault beneath its row."""
        assert self._editing is not None
        said = by_row(self._editing.item, faults)
        if said != self._said and not self.writing.open:
            self._said = said
            self._show()
        self.state.say(f"核对：{len(faults)} 处要看" if faults else "核对：没有毛病", "attention" if faults else "done")
        self.next_fault.setVisible(bool(faults))

    def _next_fault(self) -> None:
        """Goes to the next place of which the check says something, after the last to the first."""
        if not self.writing.open and self._said:
            self.text.go_to_next(self._said)

    def _open(self, slot: Slot) -> None:
        """Opens a place; what is open is taken first, and stays open where it is refused."""
        if self.writing.take():
            slot = next((now for now in self.text.slots if now.key == slot.key), slot)
            self.text.go_to(slot.key)
            self.writing.begin(slot)

    def _give(self, made: Made) -> None:
        assert self._editing is not None
        if made != self._editing.item:
            self.acted.emit(TextEdited(made) if isinstance(made, ServiceItem) else made)

    def _back_to_work(self) -> None:
        (self.writing.field or self.text).setFocus()

    @property
    def _marked(self) -> Slot | None:
        """The current place, where it is of a row that can be moved and taken away now."""
        slot = self.text.current
        return slot if slot and is_row(slot.spot) and not self.writing.open else None

    def _move(self, by: int) -> None:
        slot, editing = self._marked, self._editing
        if slot is None or editing is None:
            return
        spot, at = slot.spot, slot.key
        assert spot.index is not None
        if answer_at(spot):
            made = with_answer_moved(editing, spot, by)
        else:
            made = moved(editing.item, spot.field, spot.index, by)
            at = at.replace(f"[{spot.index}]", f"[{spot.index + by}]")
        if made != editing.item:
            self._give(made)
            self.text.go_to(at)

    def _remove_by_link(self) -> None:
        """As the key does it: a place that is open and as it was goes with its row."""
        if self.writing.field and not self.writing.modified and not self.writing.asking:
            self.writing.leave_row()
        else:
            self._remove()

    def _remove(self) -> None:
        slot, editing = self._marked, self._editing
        if slot is None or editing is None:
            return
        try:
            if not answer_at(slot.spot):
                self._give(without_row(editing.item, slot.spot))
            elif (removing := removing_answer(editing, slot.spot)).scopes:
                self.writing.ask(removing)
            else:
                self._give(removing.act("", lambda: self.bar.source(self._today)))
        except Refusal as refusal:
            self.say(refusal)

    def _undo(self) -> None:
        if not self.writing.open:
            self.undo_wanted.emit()

    def _follow(self) -> None:
        """Another place is current, or lies elsewhere."""
        self.writing.follow()
        slot = self.text.current
        for link in self.row_links:
            link.setEnabled(slot is not None and is_row(slot.spot))
        self.row_links[-1].rename(REMOVE[bool(slot and answer_at(slot.spot))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self._follow)
