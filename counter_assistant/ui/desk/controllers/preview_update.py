"""预览的节奏：改了什么就重排一次；一口气改了几处，只排最后的样子。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.cards.preview import Preview

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.view_model import Sight

DRAFT = "草稿"


class Previewing(QObject):
    """Sets the page of the newest sight as soon as no key is waiting."""

    troubled = Signal(str)

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._wanted: tuple[Office, Sight] | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._set_page)

    @property
    def waiting(self) -> bool:
        """Whether a page is still to be set."""
        return self._timer.isActive()

    def want(self, office: Office, sight: Sight) -> None:
        """The page of this sight is to be seen."""
        self._wanted = (office, sight)
        self.resume()

    def resume(self) -> None:
        """Sets what is waiting, such as after the folded paper was opened."""
        if self._wanted and not self._preview.isHidden():
            self._timer.start()

    def drop(self) -> None:
        """Nothing is to be seen any more."""
        self._timer.stop()
        self._wanted = None

    def _set_page(self) -> None:
        from counter_assistant.domain.papers.slip import COPY_LABELS
        from counter_assistant.operations.issuing.issue import draft_of

        if self._wanted is None:
            return
        (office, sight), self._wanted = self._wanted, None
        if sight.verdict.kind is None:
            self._preview.show_words(f"{sight.verdict.title}。")
            return
        try:
            draft = draft_of(office, sight.matter, sight.verdict.kind)
            pdf = office.program.typesetter.preview(draft, copy=COPY_LABELS[1], watermark=office.watermark or DRAFT)
        except Refusal as refusal:
            self.troubled.emit(str(refusal))
            return
        self._preview.show_pdf(pdf)
