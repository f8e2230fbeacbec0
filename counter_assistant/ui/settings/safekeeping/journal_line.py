"""本机里的一行：流水放在哪个文件夹，写到第几条；选一个，或者不再记。"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.journal_folder import JournalState, journal_state, keep_none, name_folder
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_for_folder
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.labels import PlainLabel

WHAT_FOR = "办一件，别处也记一条；台账坏了由它补齐，号不会重出。请选 U 盘、另一块盘或者共享文件夹。"
WHERE = "在 {}，写到第 {} 条。"
ONE_DISK = "和台账在同一块盘上，盘坏了两处都没有，最好换一处。"
NO_MORE = "不再记流水；写下的留在原处。"
LOOK_MS = 1000


class JournalLine(QWidget):
    """The buttons, and beside them as `note` where the journal is and how far. `owner` is the page on which the key works."""

    def __init__(self, office: Office, owner: QWidget) -> None:
        super().__init__(owner)
        self._office = office
        self.choose = ActionButton("选流水的文件夹", "Ctrl+L", owner)
        self.end = SinglePress("不再记")
        self.end.setAccessibleName("不再记流水")
        self.note = PlainLabel(WHAT_FOR, "hint", wrap=True, parent=owner)
        self.note.setObjectName("journal_note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.choose, 1)
        row.addWidget(self.end)
        self.choose.clicked.connect(self._choose)
        self.end.clicked.connect(self._end)
        self._again = QTimer(self, interval=LOOK_MS)
        self._again.timeout.connect(self.load)

    def load(self) -> None:
        """Shows how the journal stands, again while it is still behind and somebody looks."""
        if self._office.database.closed:
            self._again.stop()
            return
        state = journal_state(self._office)
        self._show(state)
        if state.folder and state.last != state.entries and self.isVisible():
            self._again.start()
        else:
            self._again.stop()

    def _show(self, state: JournalState) -> None:
        self.end.setVisible(state.folder is not None)
        if state.folder is None:
            self.note.say(WHAT_FOR, "hint")
            return
        parts = [WHERE.format(state.folder, state.last) if state.last is not None else f"在 {state.folder}。"]
        parts += [f"{state.warning}。"] if state.warning else []
        parts += [ONE_DISK] if state.one_disk else []
        self.note.say("".join(parts), "hint")

    def _choose(self) -> None:
        folder = ask_for_folder(self, "流水放在哪个文件夹")
        if folder is None:
            return
        try:
            name_folder(self._office, folder)
        except Refusal as refusal:
            self.note.say(str(refusal), "error")
        else:
            self.load()

    def _end(self) -> None:
        try:
            self._show(keep_none(self._office))
        except Refusal as refusal:
            self.note.say(str(refusal), "error")
        else:
            self.note.say(NO_MORE, "done")
            self.choose.setFocus()
