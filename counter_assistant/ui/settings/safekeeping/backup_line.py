"""本机里备份的一行：最近一份核对过的是什么时候的、在哪里；现在备份，另选一个地方."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backup_state import backup_state, name_place
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_for_folder
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel

TITLE = "另存备份的地方：另一块盘、U 盘或者共享文件夹"
NAMED = "从现在起也放到 {}。"


class BackupLine(QWidget):
    """The buttons of the line; `note` says how the copies are. `owner` is where their keys work."""

    asked = Signal()
    """A copy is to be made now."""

    def __init__(self, office: Office, owner: QWidget) -> None:
        super().__init__(owner)
        self._office = office
        self._is_under_way: Callable[[], bool] = lambda: False
        self.note = PlainLabel("", "hint", wrap=True, parent=owner)
        self.note.setObjectName("backup_note")
        self.now = ActionButton("现在备份", "Ctrl+B", owner)
        self.place = ActionButton("另选地方", "Ctrl+D", owner)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.now, 1)
        line.addWidget(self.place, 1)
        self.now.clicked.connect(self.asked)
        self.place.clicked.connect(self._choose)

    def follow(self, is_under_way: Callable[[], bool]) -> None:
        """Asks from now on whether a copy is being made, before it says that one is missing somewhere."""
        self._is_under_way = is_under_way
        self.show_state()

    def show_state(self, said: str = "", heed: bool = False, *, refused: bool = False) -> None:
        """Shows how the copies are, after what was `said` of the one that goes on or did not succeed. What is to be heeded asks for what is
        to be done itself; `refused` here and by nobody else."""
        state, under_way = backup_state(self._office.folder, self._office.clock()), self._is_under_way()
        role = "attention" if heed or (state.lacks and not under_way) else "hint"
        self.note.say(said + state.in_words(under_way=under_way or heed), "error" if refused else role)

    def _choose(self) -> None:
        folder = ask_for_folder(self, TITLE)
        if folder:
            self.name(folder)

    def name(self, folder: Path) -> None:
        """Names a place, into which a copy is put at once."""
        try:
            place = name_place(self._office, folder)
        except Refusal as refusal:
            self.show_state(str(refusal), refused=True)
            return
        self.show_state(NAMED.format(place))
        self.asked.emit()
