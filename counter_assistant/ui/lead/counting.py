"""数一个月、一年：一步一步，窗口不停，Esc 停下；台账没有新的，数过的月不再数."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.making import Kept, ReportMaking


class Counting(QObject):
    """Counts the report of a period between the keys."""

    progressed = Signal(int, int)
    """How many steps were taken, and of how many."""
    drawable = Signal(object)
    """The Report with the pictures of the period, while the one before is still being counted."""
    made = Signal(object)
    """The Report."""
    failed = Signal(object)
    """The Refusal that ended it."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._kept: Kept = {}
        self._head = -1
        self._making: ReportMaking | None = None
        self._drawn = False
        self._step = QTimer(self, interval=0)
        self._step.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether something is being counted."""
        return self._making is not None

    def begin(self, span: Span) -> None:
        """Counts a period, in place of what is being counted."""
        self.stop()
        head, _ = self._office.book.head()
        if head != self._head:
            self._head = head
            self._kept.clear()
        self._drawn = False
        try:
            self._making = ReportMaking(self._office, span, self._kept)
        except Refusal as refusal:
            self.failed.emit(refusal)
        else:
            self._step.start()

    def forget(self) -> None:
        """Drops what was counted before, so that it is counted anew."""
        self._head = -1

    def stop(self) -> bool:
        """Gives up; what was counted of whole months is kept. False where nothing is being counted."""
        running, self._making = self.running, None
        self._step.stop()
        return running

    def _go_on(self) -> None:
        making = self._making
        if making is None or self._office.database.closed:
            self.stop()
            return
        try:
            if not making.done:
                making.step()
                self.progressed.emit(making.counted, making.total)
                if making.drawable and not self._drawn:
                    self._drawn = True
                    self.drawable.emit(making.report())
                return
            report = making.report()
        except Refusal as refusal:
            self.stop()
            self.failed.emit(refusal)
            return
        self.stop()
        self.made.emit(report)
