"""备份自己做：没有人在台前时、下班以后和关窗时，在另一个进程里；做不成才在状态行说一声。"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant import __version__
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.schedule import AGAIN

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.safekeeping.backing_up import Task
    from counter_assistant.operations.safekeeping.backup_process import Work
    from counter_assistant.operations.safekeeping.second_place.place_watch import PlaceWatch

LOOK_MS, FIRST_MS, UPGRADED_MS, ASK_MS = 120_000, 15_000, 1_000, 200
"""How often it is looked whether a copy is due, how long after the opening first, how long where another version was installed, and how often
whether one is done."""
GOING_ON, DONE = "正在备份……", "备份做好了。"
UPGRADED = "程序由 {} 升级到 {}，台账、人员、口令、打印机都没有动；完整的备份做好了。"


class BackingUp(QObject):
    """Makes a copy of the book when one is due and nobody is served, and whenever `begin` is called; puts what is new beside the last one;
    verifies those that wait; carries to the second place what has not reached it; rehearses a restore once a week.

    `overdue` is what the status line says, empty while all is well. `told` is how a copy stands that somebody asked for, once that the
    program was upgraded and what it found was copied, and of any other what did not succeed, else empty; and whether it is to be heeded.
    """

    overdue = Signal(str)
    told = Signal(str, bool)

    def __init__(self, office: Office, nobody_is_served: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._nobody_is_served = office, nobody_is_served
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before: datetime | None = None
        self._asked = self._making = False
        self._upgraded_from = ""
        self._place: PlaceWatch | None = None
        self._lines: tuple[datetime, tuple[int, str]] = (office.clock(), (0, ""))
        self._timer, self._ask = QTimer(self, interval=LOOK_MS), QTimer(self, interval=ASK_MS)
        self._timer.timeout.connect(self.look)
        self._ask.timeout.connect(self._hear)

    def watch(self) -> None:
        """Looks by itself from now on, as a program does that somebody has started."""
        if not self._office.training:
            self._timer.start()
            QTimer.singleShot(FIRST_MS, self, self.look)
            QTimer.singleShot(UPGRADED_MS, self, self._look_for_upgrade)

    @property
    def running(self) -> bool:
        """Whether the other process is at work."""
        return self._process is not None

    def look(self) -> None:
        """Begins, if something is due and nobody is served; says how the copies are."""
        if self.running or self._office.database.closed:
            return
        now = self._office.clock()
        waits = self._not_before is not None and now < self._not_before <= now + AGAIN
        try:
            if not waits and self._begins(now):
                return
        except Refusal as refusal:
            self._failed(refusal)
        self._tell()

    def _look_for_upgrade(self) -> None:
        """Copies what the version before left, before anybody has done anything with this one."""
        from counter_assistant.operations.safekeeping.backup_state import upgraded_from

        with suppress(Refusal):  # look, a moment later, says what hinders it
            if (
                not self.running
                and not self._office.database.closed
                and upgraded_from(self._office, self._office.clock())
            ):
                self._start(make=True)

    def _begins(self, now: datetime) -> bool:
        """Begins what is due. What is new is put beside the last copy whoever is served: that takes a moment."""
        from counter_assistant.operations.safekeeping import backup_state as due
        from counter_assistant.operations.safekeeping.backup_process import Work
        from counter_assistant.operations.safekeeping.checkup.rehearsing import rehearsal_is_due

        office, nobody = self._office, self._nobody_is_served()
        if nobody and due.full_copy_is_due(office, now):
            self._start(make=True)
        elif due.new_lines_are_due(office, now, *self._lines) or (nobody and due.verification_is_due(office)):
            self._lines = (now, office.book.head())
            self._start(make=False)
        elif nobody and self._place_watch.carrying_is_due(now):
            self._place_watch.tried(now)
            self._start(make=False)
        elif nobody and rehearsal_is_due(office, now):
            self._start(make=False, work=Work.REHEARSE)
        return self.running

    def begin(self) -> None:
        """Makes a copy now, if none is being made."""
        from counter_assistant.operations.safekeeping.backup_state import refuse_training, refuse_unconfirmed

        if self.running or self._office.database.closed:
            return
        try:
            refuse_training(self._office.training)
            refuse_unconfirmed(self._office)
            self._start(make=True)
            self._asked = True
            self.told.emit(GOING_ON, False)
        except Refusal as refusal:
            self.told.emit(str(refusal), True)

    def before_leaving(self) -> str:
        """What whoever closes the window is to know: that something has not reached the second place, which is away; else empty."""
        if self._office.database.closed:
            return ""
        with suppress(Refusal):
            return self._place_watch.before_leaving(self._office.clock())
        return ""

    def leave(self) -> None:
        """The program ends: what was recorded since the last copy is copied, and what has not reached the second place carried there, by a process
        that nobody waits for."""
        from counter_assistant.operations.safekeeping.backup_process import start
        from counter_assistant.operations.safekeeping.backup_state import full_copy_is_due

        if self._office.database.closed or (self.running and self._making):
            return
        try:
            now = self._office.clock()
            make = full_copy_is_due(self._office, now, leaving=True)
            if make or (not self.running and self._place_watch.carrying_is_due(now, leaving=True)):
                start(self._task(make=make), heard=False)
        except Refusal:
            return  # the next opening looks again, and says so where there is none of today

    def _start(self, *, make: bool, work: Work | None = None) -> None:
        from counter_assistant.operations.safekeeping.backup_process import Work, start
        from counter_assistant.operations.safekeeping.backup_state import upgraded_from

        self._upgraded_from = upgraded_from(self._office, self._office.clock()) if make else ""
        self._process = start(self._task(make=make), work or Work.BACK_UP)
        self._asked, self._making = False, make
        self._ask.start()

    @property
    def _place_watch(self) -> PlaceWatch:
        if self._place is None:
            from counter_assistant.operations.safekeeping.second_place.place_watch import PlaceWatch

            self._place = PlaceWatch(self._office)
        return self._place

    def _task(self, *, make: bool) -> Task:
        from counter_assistant.operations.safekeeping.backing_up import Task

        database = self._office.database
        return Task(self._office.folder, database.now(), database.key, make)

    def _hear(self) -> None:
        from counter_assistant.operations.safekeeping.backup_process import answer

        process = self._process
        if process is None or process.poll() is None:
            return
        self._process = None
        self._ask.stop()
        assert process.stdout is not None
        with process.stdout as said:
            line = said.read()
        if self._office.database.closed:  # it looked at a file that is another one by now
            return
        try:
            told = answer(line)
            self._not_before = None
            upgraded = UPGRADED.format(self._upgraded_from, __version__) if self._upgraded_from else ""
            done = ("" if told.only_here else DONE) if self._asked else upgraded
            self.told.emit("".join((done, *told.warnings)), bool(told.warnings))
        except Refusal as refusal:
            self._failed(refusal)
        self._tell()

    def _failed(self, refusal: Refusal) -> None:
        self._not_before = self._office.clock() + AGAIN
        self.told.emit(str(refusal), True)

    def _tell(self) -> None:
        from counter_assistant.operations.safekeeping.backup_state import backup_state

        if not (self._office.training or self._office.database.shared or self._office.database.offline):
            self.overdue.emit(backup_state(self._office.folder, self._office.clock()).alarm)
