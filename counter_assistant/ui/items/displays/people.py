"""谁的胸牌、桌牌，谁在一览表上：一人一行，空格打勾，Ctrl+A 全选全不选。"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.quiet_list import QuietList

NUMBER = Qt.ItemDataRole.UserRole + 2
ROW = 28
WITH_PHOTO = "有照片"


class PeopleList(QuietList):
    """Who works here; everybody is ticked at first. `changed`: others are ticked now."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("工作人员", ROW, whole_hints=True)
        self.setObjectName("people")
        self._known: tuple[tuple[str, str], ...] = ()
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def show_people(self, people: Sequence[Clerk]) -> None:
        """Shows these people; where they are the same as before, who is ticked stays so."""
        known = tuple((one.staff_number, one.name) for one in people)
        if known == self._known:
            return
        self._known = known
        self.blockSignals(True)
        self.clear()
        for one in people:
            item = self.add(one.name, one.staff_number)
            item.setData(NUMBER, one.staff_number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.setCurrentRow(0)
        self.blockSignals(False)

    @property
    def marked(self) -> tuple[str, str]:
        """The staff number and the name of the marked one; empty where there is nobody."""
        item = self.currentItem()
        return (str(item.data(NUMBER)), item.text()) if item else ("", "")

    @property
    def ticked(self) -> tuple[str, ...]:
        """The staff numbers of those who are ticked."""
        rows = (self.item(row) for row in range(self.count()))
        return tuple(str(item.data(NUMBER)) for item in rows if item.checkState() is Qt.CheckState.Checked)

    def show_photos(self, with_photo: Collection[str]) -> None:
        """Says beside each name whether there is a photo."""
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            number = str(item.data(NUMBER))
            self.rename(item, item.text(), WITH_PHOTO if number in with_photo else number)
        self.blockSignals(False)
        self.viewport().update()

    def forget(self) -> None:
        """Forgets who was ticked and who has a photo."""
        self._known = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tick_all()
        elif event.key() in ENTER and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _tick_all(self) -> None:
        """Ticks everybody; nobody where everybody was ticked."""
        to = Qt.CheckState.Unchecked if len(self.ticked) == self.count() else Qt.CheckState.Checked
        self.blockSignals(True)
        for row in range(self.count()):
            self.item(row).setCheckState(to)
        self.blockSignals(False)
        self.changed.emit()
