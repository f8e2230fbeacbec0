"""恢复向导：台账坏了、不见了、不是它、换回了旧的，带着经办人选一份拷贝、照纸填号、恢复好、打开."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.safekeeping.recovering.anew import begin_anew
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate, Found, candidates
from counter_assistant.operations.safekeeping.recovering.comparing import LivesElsewhere
from counter_assistant.operations.sealing import Opened
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.recovery.guide_frame import CHOICE_KEYS
from counter_assistant.ui.recovery.restoring_page import RestoringPage
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.styling import set_style


class GuidePage(RestoringPage):
    """What is shown while a book cannot be worked with that can be made again."""

    retried = Signal()
    look_wanted = Signal()
    leave_wanted = Signal()

    KEYS = (*CHOICE_KEYS, ("Ctrl+N", "另起一本"), ("Ctrl+R", "先只看，不能写"), ("Esc", "返回；退出"))
    """The keys of this page, for F1."""

    def __init__(
        self,
        folder: Path,
        refusal: Refusal,
        opened: Opened | None = None,
        book: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`opened` is how the book was opened before it was refused; `book` its unique name, where that is known."""
        super().__init__(folder, (words.TITLE, refusal.sentence, "退出"), opened, parent)
        self._book, may_look = book, refusal.code == TURNED_BACK
        here = Candidate(folder / BOOK_NAME, words.PRESENT, sealed=is_sealed(folder))
        self._present = (here,) if may_look else ()
        self.anew = ActionButton("另起一本", "Ctrl+N", self)
        self.add_other(self.anew)
        self.anew.clicked.connect(self._anew)
        if may_look:
            self.look = ActionButton("先只看", "Ctrl+R", self)
            self.add_other(self.look)
            self.look.clicked.connect(self.look_wanted)
        self.again.clicked.connect(self.search if may_look else self.retried)
        self._elsewhere = isinstance(refusal, LivesElsewhere)
        if self._elsewhere:
            self.CHOOSE = words.LEAVE_HERE
            set_style(self.act, loud=False)
            set_style(self.leave, loud=True)
        self.search()

    def found_now(self) -> Found:
        found = candidates(
            self.folder,
            kept_outside(self.folder),
            self._book,
            self._opened.key if self._opened else None,
        )
        return replace(found, candidates=(*found.candidates, *self._present))

    def _show_all(self) -> None:
        """Where another PC goes on with the book, what lies nearest is to leave."""
        super()._show_all()
        if self._elsewhere:
            self.setFocusProxy(self.leave)
            self.leave.setFocus()

    def _act(self) -> None:
        """Where another PC goes on with the book, the same key again restores it here."""
        if self._elsewhere and not self._over and self._wanted != words.HERE_TOO:
            self._wanted = words.HERE_TOO
            self.message.say(words.HERE_TOO, "attention")
        else:
            super()._act()

    def _anew(self) -> None:
        """Said plainly first; the same key again does it."""
        if self._wanted != words.ANEW:
            self._wanted = words.ANEW
            self.message.say(words.ANEW, "attention")
            return
        try:
            begin_anew(self.folder, system_clock)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
        else:
            self.finish(words.BEGUN, " ")

    def go_back(self) -> None:
        """Out of the program, once that was said."""
        if self._wanted == words.ONCE_MORE:
            self.leave_wanted.emit()
        else:
            self._wanted = words.ONCE_MORE
            self.message.say(words.ONCE_MORE, "attention")
