"""把期限的逐日计算打出来：一张不编号的单页，纸上没有当事人的姓名。"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.calendar.time_limit import binding
from counter_assistant.domain.cases.case import Case, own_clock
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.guides import count_sheet
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.print_service import PrintService

TITLE = "期限计算表"
NOTHING = "先选一件有时限的办件，再打印期限计算表。"


class DayCountPrinting(QObject):
    """Prints how the limit of a case is counted, day by day."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""

    def __init__(self, office: Office, service: PrintService | None, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._service = service or PrintService(office.folder, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(lambda refusal: self.reported.emit(str(refusal), "error"))

    def print_count(self, case: Case | None) -> None:
        """Sends the count of the limit that binds a case to the printer; says why where there is nothing to count."""
        if case is None or own_clock(case) is None:
            self.reported.emit(NOTHING, "attention")
            return
        try:
            deadline = binding(case.clocks, self._office.calendar)
            if deadline is None:
                self.reported.emit("计时中止，恢复以后才能逐日计算。", "attention")
                return
            sheet = count_sheet(self._office, case.item_name, deadline)
            pdf = self._office.program.typesetter.sheet(sheet, self._office.watermark)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        self.reported.emit(f"{TITLE}正在送打印机。", "secondary")
        self._service.submit(pdf, TITLE)

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _printed(self, job: PrintJob) -> None:
        self.reported.emit(f"{TITLE}：{job.sentence}", "attention" if job.held else "done")
