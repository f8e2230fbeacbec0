"""恢复向导：台账坏了、不见了、不是它、换回了旧的，带着经办人选一份拷贝、照纸填号、恢复好、打开.

Everything that takes long is done in a thread; whatever stops it, one book is there that opens, or the one that was there before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people import recovery
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.safekeeping.recovering.anew import begin_anew
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate, Found, candidates, chosen
from counter_assistant.operations.safekeeping.recovering.keeping_present import keep_present
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.operations.sealing import Opened, by_passphrase, by_sheet
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.ui import local_settings
from counter_assistant.ui.file_dialog import ask_for_folder
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.recovery.guide_frame import GuideFrame
from counter_assistant.ui.sealing.deriving import Deriving

ASKS_WHO = frozenset(("not-permitted", "unknown-clerk", "another-clerk", "nobody-acts"))
SECOND_MS = 1000
WORKING = "正在恢复，请等它做完。"


class GuidePage(GuideFrame):
    """What is shown while a book cannot be worked with that can be made again."""

    restored = Signal(object)
    """The book is there again: an `Opened` of whoever restored a sealed one, else None."""
    retried = Signal()
    look_wanted = Signal()
    leave_wanted = Signal()
    _stepped = Signal(str)

    def __init__(
        self,
        folder: Path,
        refusal: Refusal,
        opened: Opened | None = None,
        book: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`opened` is how the book was opened before it was refused; `book` its unique name, where that is known."""
        super().__init__(refusal, may_look=refusal.code == TURNED_BACK, parent=parent)
        self.folder, self._book = folder, book
        self._opened, self._by_sheet, self._wanted = opened, False, ""
        self._found, self._more = Found((), 0, None), tuple[Candidate, ...]()
        self._agreed, self._consent = dict[str, bool](), words.Consent("", {})
        here = Candidate(folder / BOOK_NAME, words.PRESENT, sealed=is_sealed(folder))
        self._present = (here,) if refusal.code == TURNED_BACK else ()
        self._done: Opened | None = None
        self._over = False
        self._step, self._since = "", 0.0
        self._work, self._tick = Deriving(self), QTimer(self, interval=SECOND_MS)
        self._connect(refusal)
        self._doing: Callable[[Any], None] = self._show_found
        self._search()

    def _connect(self, refusal: Refusal) -> None:
        self._work.done.connect(self._came)
        self._work.refused.connect(self._refused)
        self._work.may_try.connect(lambda: self.message.say("可以再试了。", "secondary"))
        self._stepped.connect(self._show_step)
        self._tick.timeout.connect(self._show_time)
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        for act in (self.act.clicked, self.list.taken, self.secret.edit.entered):
            act.connect(self._act)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.list.itemClicked.connect(lambda _item: self.list.setFocus())
        self.agree.clicked.connect(self._agree)
        self.turn.clicked.connect(self._turn)
        self.choose.clicked.connect(self._choose)
        self.again.clicked.connect(self._search if refusal.code == TURNED_BACK else self.retried)
        self.anew.clicked.connect(self._anew)
        self.look.clicked.connect(self.look_wanted)
        self.leave.clicked.connect(self._leave)

    def _search(self) -> None:
        """Looks for copies and journals, in the thread: a share may not answer."""
        self.message.say(words.SEARCHING, "secondary")
        self._doing = self._show_found
        self._work.start(lambda: candidates(self.folder, kept_outside(self.folder), self._book))

    @property
    def unsaved(self) -> str:
        return WORKING if self._tick.isActive() else ""

    def tell(self, said: str) -> None:
        self.message.say(said, "attention")

    def take_scan(self, scan: Scan) -> bool:
        return self.asks_numbers and self.numbers.take(scan.digits)

    @property
    def candidate(self) -> Candidate | None:
        """The copy that is marked."""
        row, all_ = self.list.currentRow(), (*self._more, *self._found.candidates)
        return all_[row] if 0 <= row < len(all_) else None

    def _came(self, what: object) -> None:
        self._doing(what)

    def _show_found(self, found: Found) -> None:
        self._found = replace(found, candidates=(*found.candidates, *self._present))
        self.fill(self._found, self._more)
        self.act.setEnabled(self.candidate is not None)
        if self.candidate is None:
            self.message.say(words.NONE, "secondary")
            self.again.setFocus()
        self.setFocusProxy(self.list if self.candidate else self.again)
        self.setFocus()
        self._chosen()

    def _chosen(self) -> None:
        """Another copy is marked: what was agreed to was about the one before."""
        self._agreed, self._consent, self._wanted = {}, words.Consent("", {}), ""
        self.offer("")
        if self.candidate is None:
            return
        away = words.AWAY.format(self._found.journal_away) if self._found.journal_away else ""
        self.message.say(words.CHOOSE + away, "secondary")
        self._ask_secret(on=self.candidate.sealed and self._opened is None)

    def _ask_secret(self, *, on: bool) -> None:
        known = local_settings.load(self.folder).opener
        self.ask_secret(on=on, by_sheet=self._by_sheet, known=known)
        if on:
            self.message.say(words.SHEET if self._by_sheet else words.SECRET, "secondary")

    def _turn(self) -> None:
        self._by_sheet = not self._by_sheet
        self.secret.edit.clear()
        self._ask_secret(on=True)

    def _choose(self) -> None:
        if path := ask_for_folder(self, "备份的文件夹"):
            self.take(path)

    def take(self, path: Path) -> None:
        """Puts a folder or a file that somebody chose before what was found, and marks it."""
        self._more = (chosen(path), *self._more)
        self._show_found(self._found)

    def _act(self) -> None:
        """Restores from the copy that is marked; once that is done, opens the book."""
        if self._over:
            self.restored.emit(self._done)
            return
        candidate = self.candidate
        if candidate is None or self._work.busy or self.secret.edit.composing:
            return
        if self.asks_numbers and not self.numbers.typed and not self._agreed.get("none_since"):
            self.message.say(words.NO_NUMBER, "error")
            return
        asks = candidate.sealed and self._opened is None
        for field in (self.who, self.secret) if asks else ():
            if not field.edit.text().strip():
                field.show_fault("请填写")
                field.edit.setFocus()
                return
        self._begin(candidate)

    def _begin(self, candidate: Candidate) -> None:
        who = self._opened.who if self._opened else self.who.edit.text().strip()
        alone, named = candidate.source == candidate.journal, candidate.made is None
        task = Restoring(
            candidate.source, self.folder, system_clock, who, last=self.numbers.typed if self.asks_numbers else (),
            journal=None if alone else candidate.journal,
            with_journal=named or candidate.journal is not None or self._found.journal_away is not None, steps=self._stepped.emit,
            by_master=KeyAct.OPENED_BY_SHEET if self._by_sheet else None,
        )  # fmt: skip
        self.work(on=True)
        self._step, self._since = words.BEGIN, monotonic()
        self._show_time()
        self._tick.start()
        self._doing = self._show_done
        secret = self.secret.edit.text()
        self._work.start(partial(self._restore, replace(task, **self._agreed), secret, self._by_sheet))  # type: ignore[arg-type]

    def _restore(self, task: Restoring, secret: str, by_the_sheet: bool) -> tuple[Done, Opened | None]:
        """In the thread: restores, and opens the keys of what is there then for whoever did it."""
        before = self._opened

        def opening(ring: KeyRing) -> BookKey:
            if before and before.key.name.hex() == ring.book:
                return before.key
            if by_the_sheet:
                return ring.by_sheet(recovery.from_words(secret)).key
            return ring.by_passphrase(task.by, secret).key

        keeps = task.source == self.folder / BOOK_NAME
        done = keep_present(task, opening) if keeps else restore(task, opening)
        if not is_sealed(self.folder) or before:
            return done, before
        return done, (by_sheet if by_the_sheet else by_passphrase)(self.folder, task.by, secret)

    def _show_step(self, step: str) -> None:
        self._step = words.STEPS[step]
        self._show_time()

    def _show_time(self) -> None:
        self.message.say(words.TOOK.format(self._step, int(monotonic() - self._since)), "secondary")

    def _show_done(self, came: tuple[Done, Opened | None]) -> None:
        done, self._done = came
        self._finish(words.done_in_words(done), words.NEXT)

    def _finish(self, said: str, then: str) -> None:
        self._tick.stop()
        self._over = True
        self.work(on=False)
        self.secret.edit.clear()
        self.end(said)
        self.message.say(then, "secondary")

    def _refused(self, refusal: Refusal) -> None:
        self._tick.stop()
        self.work(on=False)
        self._consent = words.CONSENTS.get(refusal.code, words.Consent("", {}))
        if refusal.code == "last-numbers-needed":
            self.ask_numbers(on=True)
            self.message.say(words.NUMBERS, "attention")
        else:
            self.message.say(words.said(refusal), "error")
        self.offer(self._consent.label)
        if refusal.code in ASKS_WHO:
            self.ask_who()
        elif not self.asks_numbers:
            (self.secret.edit if self.secret.isVisible() else self.list).setFocus()

    def _agree(self) -> None:
        self._agreed |= self._consent.change
        self._act()

    def _anew(self) -> None:
        """Said plainly first; the same key again does it."""
        if self._wanted != words.ANEW:
            self._wanted = words.ANEW
            self.message.say(words.ANEW, "attention")
            return
        try:
            begin_anew(self.folder, system_clock)
        except Refusal as refusal:
            self._refused(refusal)
        else:
            self._finish(words.BEGUN, " ")

    def _leave(self) -> None:
        """Back to the list; from there out of the program, once that was said."""
        if self.asks_numbers:
            self.ask_numbers(on=False)
            self._chosen()
        elif self._wanted == words.ONCE_MORE:
            self.leave_wanted.emit()
        else:
            self._wanted = words.ONCE_MORE
            self.message.say(words.ONCE_MORE, "attention")

    def close_down(self) -> None:
        self._work.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
