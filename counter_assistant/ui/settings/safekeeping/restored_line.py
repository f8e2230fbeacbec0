"""本机里恢复以后的一行：由什么恢复的，哪些号不再出；查过了，都对的，按一下，备份接着做."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backup_state import backup_state
from counter_assistant.operations.safekeeping.restored import arrived, confirm_restored, skipped_in_words
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel

WAITS = "{} 恢复的：{}{}请到档案查一查最近的文书和编号；都对了，按一下，备份就接着做。"
CONFIRMED = "已确认，记入台账：备份接着做，现在就做一份。"
NO_PLACE = "请按 Ctrl+D 选放备份的地方。"


class RestoredLine(QWidget):
    """The button of the line, there as long as a restored book waits for somebody to say that it is right; `label` names it, and `note`
    says what was restored. `owner` is where its key works."""

    confirmed = Signal()
    """Somebody has said so: a copy is to be made now."""

    def __init__(self, office: Office, owner: QWidget) -> None:
        super().__init__(owner)
        self._office = office
        self.label = PlainLabel("恢复以后", "attention", parent=owner)
        self.note = PlainLabel("", "hint", wrap=True, parent=owner)
        self.note.setObjectName("restored_note")
        self.right = ActionButton("查过了，都对", "Alt+Y", owner)
        self.right.setObjectName("restored_right")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.right)
        self.right.clicked.connect(self._confirm)
        self.load()

    def load(self) -> None:
        """Shows whether a restored book waits."""
        waits = not self._office.database.closed and self._office.journal.pauses
        self._show(waits)
        entry = self._office.book.latest(EntryKind.RESTORED) if waits else None
        if entry:
            said = Restored.from_payload(entry.payload)
            more = f"这台电脑上原来那一本的 {said.lost} 条不在里面。" if said.lost else ""
            more += skipped_in_words(said)
            unclear = self._office.prints.of_before()
            more += f"来的文书里 {unclear} 份不知道打出来没有。" if unclear else ""
            self.note.say(WAITS.format(chinese_time(entry.time), arrived(self._office, entry).in_words, more), "hint")

    def _show(self, on: bool) -> None:
        for part in (self.label, self, self.note):
            part.setVisible(on)
        self.right.setEnabled(on)

    def _confirm(self) -> None:
        try:
            confirm_restored(self._office)
        except Refusal as refusal:
            self.note.say(str(refusal), "error")
            return
        named = backup_state(self._office.folder, self._office.clock()).settings.place
        self._show(False)
        self.label.show()
        self.note.say(CONFIRMED if named else CONFIRMED + NO_PLACE, "done")
        self.confirmed.emit()
