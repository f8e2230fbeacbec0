"""出具、口头告知、打印与补打：受理台上会留下记录的几个动作。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from counter_assistant.operations.issuing.issue import Issued
    from counter_assistant.operations.office import Office
    from counter_assistant.printing.jobs import PrintJob
    from counter_assistant.ui.desk.presentation.state import DeskState
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter


class Printing(Protocol):
    """How papers reach the printer: ui.print_service.PrintService. Printing takes seconds and runs in a worker there."""

    @property
    def printed(self) -> Any: ...

    @property
    def refused(self) -> Any: ...

    def submit(self, pdf: bytes, title: str) -> None: ...

    def wait(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ActResult:
    """What an act came to, in the words of the page. `pdf` is None where there is no paper."""

    title: str
    number: str
    summary: str
    pdf: bytes | None


class Issuing(QObject):
    """Does an act once. The book knows a repeated one by the draft's uuid; here a second key finds it done."""

    done = Signal(object)
    refused = Signal(object)
    printing = Signal(str, bool)

    def __init__(self, office: Office, printing: Printing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._printing = printing
        self._last: ActResult | None = None
        self._unprinted = False
        printing.printed.connect(self._printed)
        printing.refused.connect(self._not_printed)

    @property
    def finished(self) -> bool:
        """Whether the applicant on the desk has been served."""
        return self._last is not None

    def forget(self) -> None:
        """The next applicant comes."""
        self._last = None

    def issue(self, state: DeskState, presented: PresentedMatter, *, oral: bool, confirmed: Mapping[str, int]) -> None:
        """Issues what the decision says; with `oral` the notice is spoken and only recorded. `confirmed`: see Request."""
        from counter_assistant.operations.issuing.issue import issue_slip
        from counter_assistant.ui.desk.presentation.missing import spoken

        if self.finished:
            return
        request = (spoken(presented.matter) if oral else presented.matter).request
        try:
            issued = issue_slip(self._office, replace(request, request_id=state.uuid, confirmed=confirmed))
            self._last = self._result_of(issued, presented, oral=oral)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        self.done.emit(self._last)
        self._send(self._last)

    def print_again(self) -> None:
        """Sends a paper that did not print once more; one that did is reprinted, counted and marked 补打."""
        from counter_assistant.operations.archive.reprint_and_void import reprint

        last = self._last
        if last is None or last.pdf is None:
            return
        if self._unprinted:
            self._send(last)
            return
        try:
            pdf, count = reprint(self._office, last.number)
        except Refusal as refusal:
            self.printing.emit(str(refusal), True)
            return
        self.printing.emit(f"补打第 {count} 次，正在送打印……", False)
        self._printing.submit(pdf, last.number)

    def _result_of(self, issued: Issued, presented: PresentedMatter, *, oral: bool) -> ActResult:
        who = "　".join(part for part in (presented.matter.applicant.name, presented.matter.item.name) if part)
        if issued.slip is None:
            from counter_assistant.ui.desk.presentation.decision_text import done_words

            title = "口头告知已记录" if oral else done_words(presented.matter, issued.due)
            return ActResult(title, "", who, None)
        pdf = self._office.program.typesetter.pdf(issued.slip, watermark=self._office.watermark)
        title = f"{issued.slip.draft.title}已出具"
        return ActResult(title, issued.slip.number, f"{who}　校验码 {issued.slip.check_code}", pdf)

    def _send(self, done: ActResult) -> None:
        if done.pdf is not None:
            self._unprinted = True
            self.printing.emit("正在送打印……", False)
            self._printing.submit(done.pdf, done.number)

    def _printed(self, job: PrintJob) -> None:
        self._unprinted = False
        self.printing.emit(job.sentence or "存档联、当事人联已送打印机。", False)

    def _not_printed(self, refusal: Refusal) -> None:
        from counter_assistant.printing.jobs import of_slip

        self.printing.emit(str(of_slip(refusal)), True)
