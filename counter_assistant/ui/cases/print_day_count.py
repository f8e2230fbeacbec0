"""把期限的逐日计算打出来：一张不编号的单页，纸上没有当事人的姓名。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.calendar.time_limit import binding
from counter_assistant.domain.cases.case import own_clock
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.publications.guides import count_sheet
from counter_assistant.printing import PrintJob
from counter_assistant.ui.print_service import PrintService

if TYPE_CHECKING:
    from counter_assistant.ui.cases.page import CasesPage

TITLE = "期限计算表"
NOTHING = "先选一件有时限的办件，再打印期限计算表。"


class CountPrinting(QObject):
    """Ctrl+P on the 办件 page."""

    def __init__(self, page: CasesPage, service: PrintService | None) -> None:
        super().__init__(page)
        self._page = page
        self._service = service or PrintService(page.office.database.path.parent, parent=self)
        self._service.printed.connect(self._printed)
        self._service.refused.connect(lambda refusal: page.say(str(refusal), "error"))

    def print_count(self) -> None:
        """Sends the count of the limit that binds the marked case to the printer."""
        page = self._page
        if page.case is None or own_clock(page.case) is None:
            page.say(NOTHING, "attention")
            return
        try:
            deadline = binding(page.case.clocks, page.office.calendar)
            if deadline is None:
                page.say("计时中止，恢复以后才能逐日计算。", "attention")
                return
            sheet = count_sheet(page.office, page.case.item_name, deadline)
            pdf = page.office.program.typesetter.sheet(sheet, page.office.watermark)
        except Refusal as refusal:
            page.say(str(refusal), "error")
            return
        page.say(f"{TITLE}正在送打印机。", "secondary")
        self._service.submit(pdf, TITLE)

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._service.wait()

    def _printed(self, job: PrintJob) -> None:
        self._page.say(f"{TITLE}：{job.sentence}", "attention" if job.held else "done")
