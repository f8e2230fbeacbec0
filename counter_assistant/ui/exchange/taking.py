"""收网点的一包：在另一个进程里收，窗口照常；说得出收到哪里，停得下来，停下的什么也没有放进去。"""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merge_process import Task, answered, command
from counter_assistant.operations.exchange.taking import Accepted, accept, record_taken
from counter_assistant.operations.office import Office
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.bundle_file import Bundle
from counter_assistant.storage.exchange.progress import Step

WAIT_MS = 5000
"""How long a process that was told to stop is waited for: what it does between two looks takes less."""


class Taking(QObject):
    """Takes one bundle at a time. `taken` has what was Received, `refused` the Refusal that came instead."""

    reached = Signal(str)
    """How far it is, in words."""
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._process: QProcess | None = None
        self._accepted: Accepted | None = None
        self._told: dict[str, Any] = {}

    @property
    def running(self) -> bool:
        """Whether a bundle is being taken."""
        return self._process is not None

    def begin(self, bundle: Bundle, pair: Pair, trust: str = "") -> None:
        """Takes a bundle, unless one is being taken; it is opened with the centre's `pair`, and the fingerprint of the branch's key is `trust` where
        somebody compared it.

        Raises:
            Refusal: what `accept` refuses; nothing is begun then.
        """
        if self.running:
            return
        self._accepted, self._told = accept(self._office, bundle, trust), {}
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        program, *arguments = command()
        process.start(program, arguments)
        process.write(Task(self._office.folder, bundle.path, self._office.database.key, pair).to_line())

    def stop(self) -> None:
        """Has it stop where it is; that it did is said as its refusal is. What is in the book already stays there, and is said as well."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def close_down(self) -> None:
        """Stops, and waits until it has; what was in the book by then is recorded."""
        self.stop()
        if self._process is not None and not self._process.waitForFinished(WAIT_MS):
            self._process.kill()  # what was not durable yet is undone at the next opening
            self._process.waitForFinished(WAIT_MS)

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                self._told = json.loads(bytes(self._process.readLine().data()))
            except ValueError:
                return  # that it ends without an answer is told when it has ended
            if "reached" in self._told:
                step, done = self._told["reached"]
                self.reached.emit(self._in_words(Step(step), done))

    def _in_words(self, step: Step, done: int) -> str:
        """核对包里的记录，第 4401 条，共 16639 条；前面等着的一包更长的，不说共几条。"""
        assert self._accepted is not None
        manifest = self._accepted.bundle.manifest
        of = manifest.said.entries if step is Step.SHOWN else manifest.lines
        return f"{step.label}，第 {done + 1} 条{f'，共 {of} 条' if done < of else ''}"

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished()

    def _finished(self, *_: object) -> None:
        """It has answered; or ended without an answer: killed, or it could not begin."""
        self._hear()
        process, self._process = self._process, None
        if process is None or self._accepted is None:
            return
        process.deleteLater()
        try:
            received = record_taken(self._office, self._accepted, answered(self._told))
        except Refusal as refusal:
            self.refused.emit(refusal)
        else:
            self.taken.emit(received)
