"""送核、打印核定稿、放弃一稿、恢复以前的一版：下面一条里的按钮做什么."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Revision
from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.operations.catalogue.approving import last_approver
from counter_assistant.operations.catalogue.editions import KeptEdition, editions
from counter_assistant.operations.catalogue.revising import Revising, acts_unsent, forget_revision
from counter_assistant.operations.catalogue.taking import (
    checked_revision,
    is_revised,
    phrases_changed,
    take_back,
    take_revision,
)
from counter_assistant.operations.catalogue.visiting import visits_run
from counter_assistant.operations.publications.revision_paper import revision_paper
from counter_assistant.ui.items.actions import SheetActions
from counter_assistant.ui.items.review.presentation import Standing, sent_in_words
from counter_assistant.ui.items.typed_approval import FieldRefused

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.review.frame import ReviewFrame
    from counter_assistant.ui.print_service import PrintService

MAY_BE_FORGOTTEN = ("revision-outdated", "statement-gone", "unknown-item")
"""Why a revision cannot be opened over the catalogue of today; it is given up, once that is confirmed."""


class Sending(QObject):
    """What the buttons at the foot do."""

    restarted = Signal()
    """The revision is another now, or none: everything is read anew."""
    recorded = Signal(str)
    """The catalogue is another now: what is said of it."""

    def __init__(self, office: Office, frame: ReviewFrame, service: PrintService | None) -> None:
        super().__init__(frame)
        self._office, self._frame = office, frame
        self._revising: Revising | None = None
        self._known: Entry | None = None
        self._runs: Sequence[VisitRun] | None = None
        self.paper = SheetActions(office, service, frame, "核定稿")
        self.paper.reported.connect(frame.bar.say)
        bar = frame.bar
        bar.send.clicked.connect(self.send)
        bar.print.clicked.connect(lambda: self._with_paper(self.paper.print))
        bar.save.clicked.connect(lambda: self._with_paper(self.paper.save))
        bar.give_up.clicked.connect(self._ask_to_give_up)
        bar.earlier.clicked.connect(self._show_editions)
        frame.editions.wanted.connect(self._ask_to_take_back)
        bar.filled.connect(self.show_standing)

    def show(self, revising: Revising | None, why: str = "") -> None:
        """Shows what can be done with a revision; with one that cannot be opened, because of `why`, and with none."""
        self._revising = revising
        self._known = self._office.book.latest(EntryKind.CONTENT_TAKEN)
        bar = self._frame.bar
        bar.second.show_clerks(self._office.profile)
        bar.suggest({"approver": last_approver(self._office)})
        for button in (bar.send, bar.print, bar.save):
            button.setVisible(revising is not None)
        bar.give_up.setVisible(bool(revising and revising.revision.acts) or why in MAY_BE_FORGOTTEN)
        bar.earlier.setVisible(self._known is not None)

    @property
    def overtaken(self) -> bool:
        """Whether another edition was recorded since the revision was opened."""
        latest = self._office.book.latest(EntryKind.CONTENT_TAKEN)
        return (latest and latest.seq) != (self._known and self._known.seq)

    def suggest(self, source: Source | None) -> None:
        """Fills in what the answers say already: the document and its day."""
        if source:
            day = source.day.isoformat() if source.day else ""
            self._frame.bar.suggest({"number": source.document, "date": day})
        acts = self._revising.revision.acts if self._revising else ()
        self._frame.bar.give_up.setVisible(bool(acts))
        self.show_standing()

    def show_runs(self, runs: Sequence[VisitRun] | None) -> None:
        """How the typical visits go, all of them; None while that is not known."""
        self._runs = runs
        self.show_standing()

    def show_standing(self) -> None:
        """Says beforehand what keeps the revision from being sent, and what comes next."""
        if self._revising is None:
            self._frame.bar.standing.say("")
            return
        revised, open_ = is_revised(self._office, self._revising), len(self._revising.open)
        visits = None if self._runs is None else len(self._runs)
        failing = sum(not run.passed for run in self._runs or ())
        self._frame.bar.show_standing(Standing(revised, open_, visits, failing, self._frame.bar.missing))

    def send(self) -> None:
        """Asks whether the approved revision is recorded. What is missing is asked for where it belongs."""
        revising, bar = self._revising, self._frame.bar
        if revising is None or not self._frame.at_foot(bar) or not self._frame.item.editor.take_open():
            return
        bar.second.show_clerks(self._office.profile)  # who sits here may be another by now
        bar.unfold()
        runs = visits_run(self._office, revising) if self._runs is None else self._runs
        if failing := [run for run in runs if not run.passed]:
            self._frame.failing.show_runs(failing)
            self._frame.show_at_foot(self._frame.failing)
            self._frame.failing.list.setFocus()
            return
        second = bar.second.staff_number
        try:
            taken = checked_revision(self._office, revising, bar.approval(self._office.today()), second)
        except (FieldRefused, Refusal) as refused:
            self._refuse(refused)
            return
        bar.message.say("")
        approval = taken.edition.approval
        name = self._office.profile.clerk(second).name
        words = sent_in_words(revising, len(phrases_changed(self._office)), approval.since, name)
        sent = revising.revision
        self._frame.ask("送核", words, "登记", lambda: self._record(sent, approval, second))

    def _record(self, sent: Revision, approval: Approval, second: str) -> None:
        """Records what was asked about; where it is another by now, it is asked again."""
        revising, bar = self._revising, self._frame.bar
        if revising is None or revising.revision is not sent:
            self.send()
            return
        try:
            entry = take_revision(self._office, revising, approval, second)
        except Refusal as refused:
            self._refuse(refused)
            return
        bar.clear()
        since = chinese_date(approval.since)
        self.announce(entry, f"已登记：{approval.approver}{approval.number}，{since}起受理的适用。")

    def _refuse(self, refused: Refusal | FieldRefused) -> None:
        self._frame.bar.show_refusal(refused)
        if isinstance(refused, Refusal) and refused.code == "revision-outdated":
            self.restarted.emit()

    def announce(self, entry: Entry, words: str) -> None:
        """Another edition was recorded: everything is read anew, and its version is said with these words."""
        self.restarted.emit()
        taken = editions(self._office)
        version = next((each.taken.version for each in taken if each.seq == entry.seq), "")
        self._frame.bar.say(f"目录 {version} {words}", "done")
        self.recorded.emit(f"目录 {version} {words}")

    def _with_paper(self, act: Callable[[str, Sheet], object]) -> None:
        if self._revising is None or not self._frame.item.editor.take_open():
            return
        try:
            revising, progress = self._revising, self._revising.progress
            told = f"待核定的 {progress.all} 句已核 {progress.answered} 句"
            sheet = revision_paper(self._office, revising.base.version, revising.differences, told)
        except Refusal as refusal:
            self._frame.bar.say(str(refusal), "attention")
        else:
            act(self._office.today().isoformat(), sheet)

    def _ask_to_give_up(self) -> None:
        acts = acts_unsent(self._office)
        words = f"这一稿改动 {acts} 处，放弃以后找不回来；现在施行的目录不变。要留底的，先打印核定稿。"
        self._frame.ask("放弃这一稿", words, "放弃这一稿", self._give_up)

    def _give_up(self) -> None:
        forget_revision(self._office)
        self.restarted.emit()
        self._frame.bar.say("已放弃。现在的目录没有变。", "secondary")

    def _show_editions(self) -> None:
        self._frame.editions.show_editions(editions(self._office), self._office.profile)
        self._frame.show_at_foot(self._frame.editions)
        self._frame.editions.list.setFocus()

    def _ask_to_take_back(self, kept: KeptEdition) -> None:
        self._frame.editions.close_line()
        acts = acts_unsent(self._office)
        lost = f"正在改的一稿（{acts} 处）是照现在的目录改的，恢复以后不能送核。" if acts else ""
        taken = kept.taken
        which = f"{taken.version}（{taken.approval.number}，自{chinese_date(taken.approval.since)}起）"
        words = f"恢复目录 {which}，马上照它告知；已经出具的文书不变。{lost}"
        self._frame.ask("恢复这一版", words, "恢复这一版", lambda: self._take_back(kept))

    def _take_back(self, kept: KeptEdition) -> None:
        try:
            entry = take_back(self._office, kept.seq)
        except Refusal as refusal:
            self._frame.bar.say(str(refusal), "error")
            return
        self.announce(entry, "已恢复，马上照它告知。")
