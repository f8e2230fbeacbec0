"""从备份恢复：新装的电脑上，用带来的备份接着办；看得见 U 盘上有哪几份，不要了按 Esc 回到第一次打开的那一页."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from counter_assistant.operations.safekeeping.recovering.candidates import Found, carried
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.recovery.guide_frame import CHOICE_KEYS
from counter_assistant.ui.recovery.restoring_page import RestoringPage
from counter_assistant.volumes import sticks


def on_sticks(present: tuple[str, int] = ("", 0)) -> Found:
    """What lies on the sticks that are plugged in; of the `present` book the name and length. It takes as long as they take to be read."""
    return carried(((stick.folder, words.STICK.format(stick.name)) for stick in sticks()), present)


class FromStickPage(RestoringPage):
    """What is shown to somebody who came with a backup to a PC on which nothing was done yet."""

    KEYS = (*CHOICE_KEYS, ("Esc", "返回"))
    """The keys of this page, for F1."""
    CHOOSE = words.CHOOSE_HERE
    NONE = words.NO_STICK
    NEXT = words.NEXT_HERE

    def __init__(self, folder: Path, present: tuple[str, int] = ("", 0), parent: QWidget | None = None) -> None:
        """`present`: the unique name of the book that is open, and how many entries it has."""
        self._present = present
        super().__init__(folder, (words.FROM_STICK, words.GO_ON_HERE, "返回"), None, parent)
        self.again.clicked.connect(self.search)
        self.search()

    def found_now(self) -> Found:
        return on_sticks(self._present)

    def go_back(self) -> None:
        self.finished.emit()
