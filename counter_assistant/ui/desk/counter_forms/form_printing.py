"""把填好的表、空白的表送去打印：它们不编号、不入档，打不出来再按一次就是。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.operations.counter_forms.of_matter import FormsOfMatter, filled, form_pdf
from counter_assistant.printing.jobs import OR_PDF, PrintJob
from counter_assistant.ui.print_service import PrintService

if TYPE_CHECKING:
    from counter_assistant.domain.counter_forms.form import CounterForm
    from counter_assistant.operations.office import Office


class FormPrinting(QObject):
    """Sends forms to the printer through a service of its own, so that no answer is taken for that of a numbered paper."""

    said = Signal(str, str)
    """How it goes, in a sentence, and the role of that."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._service: PrintService | None = None

    def send(self, forms: FormsOfMatter, chosen: Sequence[CounterForm], *, blank: bool) -> None:
        """Prints these forms, filled or blank. All are set before the first is sent.

        Raises:
            Refusal: `missing-glyph`.
        """
        office = self._office
        papers = [
            (form.title, form_pdf(office, filled(office, forms, form, blank=blank), forms.case.known, blank=blank))
            for form in chosen
        ]
        self.said.emit(f"{'、'.join(title for title, _ in papers)}正在送打印机。", "secondary")
        for title, pdf in papers:
            self._sending().submit(pdf, title)

    def close_down(self) -> None:
        """Lets what is on its way reach the printer before the window closes."""
        if self._service:
            self._service.wait()

    def _sending(self) -> PrintService:
        """The service. What it says of a paper that can be saved instead is left out: forms are not kept."""
        if self._service is None:
            self._service = PrintService(self._office.folder, parent=self)
            self._service.printed.connect(self._printed)
            self._service.refused.connect(lambda refusal: self.said.emit(str(refusal).replace(OR_PDF, ""), "error"))
        return self._service

    def _printed(self, job: PrintJob) -> None:
        self.said.emit(job.sentence, "attention" if job.held else "done")
