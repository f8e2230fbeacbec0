"""恢复的一页：选一份拷贝，要口令的输口令，照纸填号，在旁边做好、核对过，换上；向导和新电脑都用它.

Everything that takes long is done in a thread; whatever stops it, one book is there that opens, or the one that was there before.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.safekeeping.book_held_against import NumbersRefused
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate, Found, chosen
from counter_assistant.operations.safekeeping.restoring import Done, Restoring
from counter_assistant.operations.sealing import Opened
from counter_assistant.ui import local_settings
from counter_assistant.ui.file_dialog import ask_for_folder
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.recovery.asking_numbers import AskingNumbers
from counter_assistant.ui.recovery.guide_frame import GuideFrame
from counter_assistant.ui.recovery.opened_again import restore_and_open
from counter_assistant.ui.sealing.deriving import MAY_TRY, Deriving

ASKS_WHO = frozenset(("not-permitted", "unknown-clerk", "another-clerk", "nobody-acts"))
SECOND_MS = 1000
WORKING = "正在恢复，请等它做完。"


class RestoringPage(GuideFrame):
    """Lists what there is to restore from, asks what nobody else knows, and restores; where the copies are, and the way back, is said by who builds on it."""

    restored = Signal(object)
    """The book is there again: an `Opened` of whoever restored a sealed one, else None."""
    begun = Signal()
    """A copy is about to take the place of the book that is there."""
    not_done = Signal()
    """Nothing came of it."""
    _stepped = Signal(str)

    CHOOSE = words.CHOOSE
    """What is said of the copies that are listed."""
    NONE = words.NONE
    """What is said where nothing is found."""
    NEXT = words.NEXT
    """What is to be done once it is restored."""

    def __init__(
        self,
        folder: Path,
        heading: tuple[str, str, str],
        opened: Opened | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """The `heading` is the title, the sentence under it and what `Esc` is called; `opened` how the present book was opened."""
        super().__init__(*heading, parent)
        self.folder = folder
        self._opened, self._by_sheet, self._wanted = opened, False, ""
        self._found, self._more = Found((), 0, None), tuple[Candidate, ...]()
        self._marked, self._asking_numbers = 0, AskingNumbers(self)
        self._agreed, self._consent = dict[str, bool](), words.Consent("", {})
        self._done: Opened | None = None
        self._over = False
        self._step, self._since = "", 0.0
        self._work, self._tick = Deriving(self), QTimer(self, interval=SECOND_MS)
        self._doing: Callable[[Any], None] = self._show_found
        self._connect()

    def _connect(self) -> None:
        self._work.done.connect(self._came)
        self._work.refused.connect(self._refused)
        self._work.may_try.connect(lambda: self.message.say(MAY_TRY, "secondary"))
        self._stepped.connect(self._show_step)
        self._tick.timeout.connect(self._show_time)
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        for act in (self.act.clicked, self.list.taken, self.secret.edit.entered):
            act.connect(self._act)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.list.itemClicked.connect(lambda _item: self.list.setFocus())
        self.agree.clicked.connect(self._agree)
        self.numbers.changed.connect(lambda _follows: self._offer())
        self.turn.clicked.connect(self._turn)
        self.choose.clicked.connect(self._choose)
        self.leave.clicked.connect(self._leave)

    @abstractmethod
    def found_now(self) -> Found:
        """What there is to restore from: looked for in the thread, since a share or a stick may not answer."""

    @abstractmethod
    def go_back(self) -> None:
        """`Esc` was pressed where nothing is left to go back to on the page."""

    def search(self) -> None:
        """Looks for what there is; not while something else is under way."""
        if self._work.busy:
            return
        self.message.say(words.SEARCHING, "secondary")
        self._doing = self._show_found
        self._work.start(self.found_now)

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
        self._found = found
        self._show_all()

    def _show_all(self) -> None:
        self.fill(self._found, self._more, self._marked)
        self.act.setEnabled(self.candidate is not None)
        if self.candidate is None:
            unread = self._found.unread
            self.message.say(*((words.said(unread), "error") if unread else (self.NONE, "secondary")))
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
        unread = words.said(self._found.unread) if self._found.unread else ""
        self.message.say(
            words.about(self.candidate, self.CHOOSE) + away + unread, "attention" if unread else "secondary"
        )
        self._ask_secret(on=self._asks_secret(self.candidate))

    def _asks_secret(self, candidate: Candidate | None) -> bool:
        return candidate is not None and candidate.sealed and self._opened is None

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
        """Puts what lies in a folder that somebody chose before what was found, and marks the best of it."""
        if self._work.busy:
            return
        self.message.say(words.SEARCHING, "secondary")
        self._doing = self._add_chosen
        self._work.start(partial(chosen, path))

    def _add_chosen(self, found: Found) -> None:
        self._more, self._marked = found.candidates, found.best
        self._show_all()

    def _act(self) -> None:
        """Restores from the copy that is marked; once that is done, opens the book."""
        if self._over:
            self.restored.emit(self._done)
            return
        candidate = self.candidate
        if candidate is None or self._work.busy or self.secret.edit.composing:
            return
        if self.asks_numbers and not self._asking_numbers.may_go_on():
            return
        for field in (self.who, self.secret) if self._asks_secret(candidate) else ():
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
            none_since=self.asks_numbers and self._asking_numbers.none_since,
        )  # fmt: skip
        self.begun.emit()
        self.work(on=True)
        self._step, self._since = words.BEGIN, monotonic()
        self._show_time()
        self._tick.start()
        self._doing = self._show_done
        secret = self.secret.edit.text()
        task = replace(task, **self._agreed)  # type: ignore[arg-type]
        self._work.start(partial(restore_and_open, task, self._opened, secret, by_the_sheet=self._by_sheet))

    def _show_step(self, step: str) -> None:
        self._step = words.STEPS[step]
        self._show_time()

    def _show_time(self) -> None:
        self.message.say(words.TOOK.format(self._step, int(monotonic() - self._since)), "secondary")

    def _show_done(self, came: tuple[Done, Opened | None]) -> None:
        done, self._done = came
        self.finish(words.done_in_words(done), (words.IF_LOW if done.said.skipped else "") + self.NEXT)

    def finish(self, said: str, then: str) -> None:
        """Nothing is left but to open the book."""
        self._tick.stop()
        self._over = True
        self.work(on=False)
        self.secret.edit.clear()
        self.end(said)
        self.message.say(then, "secondary")

    def _refused(self, refusal: Refusal) -> None:
        self._tick.stop()
        self.not_done.emit()
        self.work(on=False)
        self._consent = words.CONSENTS.get(refusal.code, words.Consent("", {}))
        if refusal.code == "last-numbers-needed" and isinstance(refusal, NumbersRefused):
            self._asking_numbers.begin(refusal)
        elif refusal.code == "copy-missing" and self.asks_numbers:
            self.message.say(words.PULLED_OUT, "error")
        else:
            self.message.say(words.said(refusal), "error")
            if isinstance(refusal, NumbersRefused):
                self.numbers.show_about(refusal)
        self._offer()
        if refusal.code in ASKS_WHO:
            self.ask_who(sealed=self._asks_secret(self.candidate))
        else:
            self._give_focus()

    def _give_focus(self) -> None:
        """What was off while something was done has lost the focus, and with it every key."""
        places = (self.numbers, self.secret.edit, self.list, self.again)
        next(place for place in places if place is self.again or place.isVisible()).setFocus()

    def _offer(self) -> None:
        """What may be agreed to after a refusal; where numbers are asked for, else that there are none."""
        if self.asks_numbers and not self._consent.label:
            self._asking_numbers.offer()
        else:
            self.offer(self._consent.label, alone=self._consent.alone)

    def _agree(self) -> None:
        if self._consent.label:
            self._agreed |= self._consent.change
        else:
            self._asking_numbers.say_none()
            if not self._asking_numbers.none_since:
                return
        self._act()

    def _leave(self) -> None:
        """Back to the fields, to the list; from there back to where this page came from."""
        if not self.asks_numbers:
            self.go_back()
        elif not self._asking_numbers.take_back():
            self.ask_numbers(on=False)
            self._chosen()

    def close_down(self) -> None:
        self._work.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
