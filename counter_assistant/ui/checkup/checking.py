"""体检：快的当场看；整本台账在另一个进程里核对，窗口照常办件；结果留到下一次."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import SLOW, CheckLine, Checkup, Level, Subject
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.backup_process import Work, command, to_bytes
from counter_assistant.operations.safekeeping.checkup.checkup import checkup, unread_line
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import PrintService

CUT_OFF = "核对停下了，没有看完。"
_CUT_OFF = [CheckLine(subject, Level.OPEN, CUT_OFF) for subject in SLOW]
LOOKING = "正在看本机的打印机。"
WAIT_MS = 2000


class Checking(QObject):
    """Looks at everything when `begin` is called. `result` is the newest Checkup, None before the first; `changed` follows what is known."""

    changed = Signal()

    def __init__(self, office: Office, service: PrintService | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._service = service or PrintService(office.folder, parent=self)
        self._service.seen.connect(self._see_printers)
        self._process: QProcess | None = None
        self._found: list[CheckLine] = []
        self.result: Checkup | None = None
        self.step = (0, 0)
        """Which step of how many of the whole book's check goes on."""

    @property
    def running(self) -> bool:
        """Whether the whole book is being checked."""
        return self._process is not None

    def begin(self) -> None:
        """Looks at everything anew, if the book is not being checked just now."""
        if self.running or self._office.database.closed:
            return
        try:
            self.result = checkup(self._office).with_lines([CheckLine(Subject.PRINTER, Level.OPEN, LOOKING)])
        except Refusal as refusal:
            self.result = Checkup(self._office.clock(), (unread_line(refusal),))
        else:
            self._service.look()
            self._start()
        self.changed.emit()

    def stop(self) -> None:
        """Ends the check of the whole book; what is known by then stays."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(WAIT_MS)
            process.deleteLater()
            self._take(_CUT_OFF)

    def _start(self) -> None:
        database, process = self._office.database, QProcess(self)
        task = Task(self._office.folder, database.now(), database.key, make=False)
        self._process, self._found, self.step = process, [], (0, 0)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        program, *arguments = command()
        process.start(program, arguments)
        process.write(to_bytes(task, Work.CHECK))
        process.closeWriteChannel()

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                self._follow(json.loads(bytes(self._process.readLine().data())))
            except (ValueError, KeyError, TypeError):
                return  # that it ends without an answer is told when it has ended

    def _follow(self, told: dict[str, Any]) -> None:
        if "reached" in told:
            step, of = told["reached"]
            self.step = (int(step), int(of))
            self.changed.emit()
        else:
            self._found = [CheckLine.from_json(line) for line in told["lines"]]

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished()

    def _finished(self, *_: object) -> None:
        """It has answered; or ended without an answer: killed, or it could not begin."""
        self._hear()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self._take(self._found or _CUT_OFF)

    def _take(self, lines: list[CheckLine]) -> None:
        if self.result:
            self.result = self.result.with_lines(lines)
        self.changed.emit()

    def _see_printers(self, printers: list[Printer]) -> None:
        chosen = local_settings.load(self._service.folder).printer
        used = [one for one in printers if one.name == chosen or (not chosen and one.is_default)]
        self._take([rules.printer(used[0].label, used[0].trouble) if used else rules.printer("", "")])
