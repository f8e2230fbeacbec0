"""上岗练习在窗口里怎样走：开始一轮，看受理台办了什么，说对不对，空台以后出下一题，练完给看这一轮."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.cases.act_entry import ActRecorded, act_in
from counter_assistant.domain.entry import ACTS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.training.exercising import Run, in_words
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext
from counter_assistant.ui.training.band import ExerciseBand

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.page import DeskPage
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.shell.main_window import MainWindow

NAMES = ("上岗练习", "实训练习")
INITIALS = ("sglx", "sxlx")


class Exercising(QObject):
    """A run at the desk, if there is one. `show` shows a page in the place of all pages; `chance` draws the situations."""

    def __init__(
        self, office: Office, context: PageContext, window: MainWindow, desk: DeskPage, show: Callable[[CardPage], object],
        chance: Random | None = None,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._office, self._context, self._window, self._desk, self._show = office, context, window, desk, show
        self.chance = chance or Random()
        self.run: Run | None = None
        self._learner = ""
        self.band = ExerciseBand(window)
        self.band.hide()
        self.band.ended.connect(self.stop)
        window.show_band(self.band)
        desk.recorded.connect(self._recorded)
        desk.matter_changed.connect(self._go_on)
        self._seen, self._told = 0, False
        context.office_changed.connect(self._end_with_the_learner)
        context.offer(NamedAction(NAMES, INITIALS, lambda _window: self.begin()), self.begin)

    def begin(self) -> None:
        """Starts a run, in the place of the one there was."""
        try:
            self.run = Run(self._office, self.chance)
        except Refusal as refusal:
            self._window.status.say(str(refusal))
            return
        self._seen, self._learner = self._office.book.head()[0], self._office.profile.current_clerk
        self._context.show_band(True)
        self._ask()

    def stop(self) -> None:
        """The learner has had enough; nothing is left of it."""
        self.run = None
        self.band.hide()
        self._context.show_band(False)

    def _end_with_the_learner(self) -> None:
        """Somebody else is at the window: what came of the run is not theirs to see."""
        if self.run is not None and self._office.profile.current_clerk != self._learner:
            self.stop()

    def _ask(self) -> None:
        run = self.run
        self._told = False
        if run is not None and run.current is not None:
            self.band.ask(len(run.done) + 1, len(run.exercises), in_words(run.current, run.visitor))

    def _recorded(self) -> None:
        """Something was recorded at the desk: it is what the learner did with the situation, if it is an act."""
        run = self.run
        if run is None or run.current is None or self._told or (act := self._newest()) is None:
            return
        done = run.handled(act)
        self._told = True
        self.band.tell(len(run.done), len(run.exercises), done.remarks)

    def _go_on(self) -> None:
        """The desk is empty again: the next situation, or what came of all of them."""
        run = self.run
        if run is None or not self._told or self._desk.matter is not None:
            return
        if run.current is not None:
            self._ask()
        else:
            self._show_result(run)

    def _show_result(self, run: Run) -> None:
        from counter_assistant.ui.training.result_page import ResultPage

        page = ResultPage(run.done)
        page.again.connect(page.finished)
        page.again.connect(self.begin)
        self.stop()
        self._show(page)

    def _newest(self) -> ActRecorded | None:
        """The act that was recorded since the last look."""
        entries = [entry for kind in ACTS if (entry := self._office.book.latest(kind)) is not None]
        newest = max(entries, key=lambda entry: entry.seq, default=None)
        if newest is None or newest.seq <= self._seen:
            return None
        self._seen = newest.seq
        return act_in(content_of(newest))
