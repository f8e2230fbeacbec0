"""把一份文书送去打印，看着它打出来；没打出来的再送同样的几张，可能还会打出来的先问一声。

A record comes first and paper after it: a reprint is counted before it is printed, and sheets that did not come out go again without
being counted. What may still come out is asked about: the second press takes the old job out of its queue and sends another.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.print_state import PaperPrint, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.unprinted import sheets_of
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import Asked, PrintJob, of_slip
from counter_assistant.ui.file_dialog import ask_where_to_save

FILE_MARK = "电子副本"
"""Printed on a saved file in the place of 补打, so that its print-out is never taken for one of the two copies."""
REPRINT, SEND_AGAIN = "补打一式二份", "再送打印机"
ASK = "再按一次 Ctrl+P，就撤下原来的任务，重送这几张。"
PRINTED_ELSEWHERE = "在别处打出来以后，请到档案里查“未打印”，按 Ctrl+D 注明。"
_ROLES = {PrintState.HELD: "attention", PrintState.ENDED: "error", PrintState.UNKNOWN: "error"}


class Printing(Protocol):
    """How papers reach the printer: ui.print_service.PrintService. Printing takes seconds and runs in a worker there."""

    @property
    def printed(self) -> Any: ...

    @property
    def refused(self) -> Any: ...

    @property
    def seen(self) -> Any: ...

    def submit(self, pdf: bytes, title: str, instead_of: Asked | None = None) -> None: ...

    def look(self) -> None: ...

    def wait(self) -> bool: ...


class PaperSending(QObject):
    """Sends slips through one service, and follows the one that is `shown`."""

    said = Signal(str, str)
    """How a paper's printing goes, in a sentence, and the role of that: secondary, done, attention or error."""
    counted = Signal()
    """A reprint was recorded: the archive says something else of the slip now."""
    changed = Signal()
    """What is known of a paper's printing is something else now."""
    answered = Signal(str, object)
    """The system took the paper of this number, or refused it: its Refusal, else None."""

    def __init__(self, office: Office, service: Printing, parent: QObject, besides: str = "") -> None:
        """`besides`: what else can be done on this page about a paper that was not taken."""
        super().__init__(parent)
        self._besides = besides
        self._office, self._service = office, service
        self._sent: deque[tuple[str, int]] = deque()
        self._asked = self._shown = ""
        self._last: PaperPrint | None = None
        service.printed.connect(self._printed)
        service.refused.connect(self._refused)
        office.prints.listen(self._follow)

    @property
    def shown(self) -> str:
        """The number of the slip whose printing is told; empty for none."""
        return self._shown

    def show(self, number: str) -> None:
        """Another slip is shown: what becomes of its printing is told from now on."""
        self._shown = number
        self._last = self._office.prints.of(number) if number else None

    @property
    def busy(self) -> bool:
        """Whether a paper is being handed over."""
        return bool(self._sent)

    def first(self, number: str, pdf: bytes) -> None:
        """Prints the two copies of a slip that was just issued."""
        self.show(number)
        self.said.emit("正在送打印机。", "secondary")
        self._send(number, pdf, 0)

    def again(self, number: str) -> None:
        """Prints a slip once more: a reprint, counted; or the same sheets, where they did not come out."""
        if self._sent:  # a second press: one reprint is one pair of sheets
            return
        self.show(number)
        paper = self._office.prints.of(number)
        if paper is None or paper.is_of_before:
            self._reprint(number)
        elif paper.may_come_out and self._asked != number:
            self._asked = number
            self.said.emit(f"{paper.in_words}{ASK}", "attention")
        else:
            self.send_known(paper)

    def send_known(self, paper: PaperPrint) -> None:
        """Sends the sheets of a paper that did not come out, in the place of a job that may be there."""
        self._asked = ""
        try:
            pdf = sheets_of(self._office, paper)
        except Refusal as refusal:
            self.said.emit(str(refusal), "error")
            self.answered.emit(paper.number, refusal)
            return
        self.said.emit("正在送打印机，不另计次数。", "secondary")
        old = Asked(paper.number, paper.printer, paper.job) if paper.job and paper.may_come_out else None
        self._send(paper.number, pdf, paper.sheet, old)

    def label(self, number: str) -> str:
        """What Ctrl+P does with a slip."""
        paper = self._office.prints.of(number)
        return REPRINT if paper is None or paper.is_of_before else SEND_AGAIN

    def save(self, number: str, window: QWidget) -> None:
        """Saves a slip where the clerk says: the sheets themselves where they did not come out, to be printed elsewhere; else a copy that
        is marked as one."""
        paper = self._office.prints.of(number)
        own = None if paper is None or paper.may_come_out else paper
        try:
            record = reprint_and_void.show(self._office, number)
            if own:
                pdf, mark = sheets_of(self._office, own), f"补打{own.sheet}" if own.sheet else ""
            else:
                pdf, mark = reprint_and_void.pdf_of(self._office, record, FILE_MARK), FILE_MARK
            path = ask_where_to_save(window, file_name(number, mark, record.slip.qr))
            if path is not None:
                save_pdf(pdf, path)
                self.said.emit(f"已存为 {path.name}。{PRINTED_ELSEWHERE if own else ''}", "done")
        except Refusal as refusal:
            self.said.emit(str(of_slip(refusal)), "error")

    def _reprint(self, number: str) -> None:
        try:
            pdf, count = reprint_and_void.reprint(self._office, number)
        except Refusal as refusal:
            self.said.emit(str(refusal), "error")
            return
        self.counted.emit()
        self.said.emit(f"第 {count} 次补打已登记，正在送打印机。", "secondary")
        self._send(number, pdf, count)

    def _send(self, number: str, pdf: bytes, sheet: int, instead_of: Asked | None = None) -> None:
        try:
            self._office.prints.begin(number, sheet)
        except Refusal as refusal:
            self.said.emit(str(of_slip(refusal)), "error")
            self.answered.emit(number, refusal)
            return
        self._sent.append((number, sheet))
        self._service.submit(pdf, number, instead_of)

    def _printed(self, job: PrintJob) -> None:
        if not self._sent:
            return
        number, sheet = self._sent[0]
        self._office.prints.sent(number, job)
        self._sent.popleft()
        which = f"第 {sheet} 次补打：" if sheet else ""
        if number == self._shown:
            self.said.emit(f"{which}{job.sentence}", _ROLES.get(job.report.state, "done"))
        self.answered.emit(number, None)

    def _refused(self, refusal: Refusal) -> None:
        if not self._sent:
            return
        number, _ = self._sent[0]
        self._office.prints.refused(number, refusal)
        self._sent.popleft()
        if number == self._shown:
            paper = self._office.prints.of(number)
            times = f"第 {paper.tries} 次没有送出去：" if paper and paper.tries > 1 else ""
            self.said.emit(f"{times}{of_slip(refusal)}（再按 Ctrl+P 重送，不另计次数{self._besides}）", "error")
        self.answered.emit(number, refusal)

    def _follow(self) -> None:
        """Says what became of the paper that is shown, once its queue knows."""
        paper, before = self._office.prints.of(self._shown) if self._shown else None, self._last
        self._last = paper
        if not self._sent and before and before.is_open:
            if paper is None:
                self.said.emit(f"{'补打的' if before.sheet else '存档联、当事人联'}已打出。", "done")
            elif paper.state is not before.state and paper.state in _ROLES:
                self.said.emit(paper.in_words, _ROLES[paper.state])
        self.changed.emit()
