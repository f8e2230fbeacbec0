"""典型来访怎样记、怎样删：都是这一稿里的一步，退得回。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import newest, newest_or_none
from counter_assistant.domain.revision.visits import VisitRun, visit_of
from counter_assistant.operations.catalogue.visiting import (
    remove_visit,
    visits_run,
    visits_run_in_slices,
    write_visit,
    write_visit_of_today,
)
from counter_assistant.ui.items.in_slices import PAUSE, InSlices

if TYPE_CHECKING:
    from counter_assistant.operations.catalogue.revising import Revising
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.review.frame import ReviewFrame


class Visiting(QObject):
    """What the row of typical visits shows and what the line at the foot does."""

    kept = Signal(str)
    """A visit was written down or taken away, as this sentence says."""
    gone_through = Signal(object)
    """How all of them go, a sequence of `VisitRun`; None while that is not known."""

    def __init__(self, office: Office, frame: ReviewFrame) -> None:
        super().__init__(frame)
        self._office, self._frame = office, frame
        self._revising: Revising | None = None
        self._item = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._run)
        self._all = InSlices(lambda: not office.database.closed, self)
        self._all.found.connect(self.gone_through)
        self._shown: object = None
        frame.visits.wanted.connect(self.ask)
        frame.visit.written.connect(self._write)
        frame.visit.removed.connect(self._remove)
        frame.failing.removed.connect(self._remove_failing)

    def show_item(self, revising: Revising, item: str) -> None:
        """Goes through the visits of an item as the revision would have it told, when the hand rests."""
        if (revising, item) != (self._revising, self._item):
            self._frame.visits.show_runs(())
        self._revising, self._item = revising, item
        self._pause.start()
        if revising.revision is not self._shown:
            self._shown = revising.revision
            self.gone_through.emit(None)
            self._all.begin(visits_run_in_slices(self._office, revising))

    @property
    def waiting(self) -> bool:
        """Whether what is shown may be of the text before the last act."""
        return self._pause.isActive() or self._all.running

    def _run(self) -> None:
        self._pause.stop()
        if self._office.database.closed:
            return
        revising, item = self._revising, self._item
        self._frame.visits.show_runs(visits_run(self._office, revising, item) if revising and item else ())

    def ask(self, run: VisitRun | None = None) -> None:
        """Opens the line at the foot for a visit of the marked item, or for a new one."""
        revising, item = self._revising, self._item
        if revising and run and run.visit.item not in revising.working.items:
            self._frame.bar.say(f"{run.in_words()}。停办的事项没有来访：按 F9，按 Delete 删去这一个。", "attention")
            return
        if (
            self._frame.covered
            or revising is None
            or item not in revising.working.items
            or not self._frame.item.editor.take_open()
        ):
            return
        text = newest(revising.working, item)
        told = newest_or_none(revising.base, item)
        self._frame.visit.ask(text, run.visit if run else None, told_today=told is not None, differs=told is not text)
        self._frame.show_at_foot(self._frame.visit)
        self._frame.visit.begin()
        if run and not run.passed:
            self._frame.visit.say(f"{run.in_words()}。")

    def _write(self, as_changed: bool) -> None:
        line, revising = self._frame.visit, self._revising
        assert revising is not None
        name = line.name.edit.text().strip()
        try:
            if as_changed:
                write_visit(revising, visit_of(newest(revising.working, line.item), name, line.answers, line.purpose))
            else:
                write_visit_of_today(self._office, revising, line.item, name, line.answers, line.purpose)
        except Refusal as refusal:
            line.say(str(refusal))
            return
        line.close_line()
        self.kept.emit(f"已记下典型来访“{name}”。")

    def _remove(self) -> None:
        line, revising = self._frame.visit, self._revising
        assert revising is not None
        try:
            remove_visit(revising, line.item, line.visit.name)
        except Refusal as refusal:
            line.say(str(refusal))
            return
        line.close_line()
        self.kept.emit(f"已删去典型来访“{line.visit.name}”。")

    def _remove_failing(self, run: VisitRun) -> None:
        """Takes one away in the list of those that fail, where one of an item that is handled no more is, too."""
        line, revising = self._frame.failing, self._revising
        assert revising is not None
        try:
            remove_visit(revising, run.visit.item, run.visit.name)
        except Refusal as refusal:
            line.title.say(str(refusal), "error")
            return
        left = [each for each in visits_run(self._office, revising) if not each.passed]
        line.fill(left)
        if not left:
            line.close_line()
        self.kept.emit(f"已删去典型来访“{run.visit.name}”。")
