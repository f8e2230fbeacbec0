"""预览的节奏：改了什么就重排一次；一口气改了几处，只排最后的样子。看小字吃力的，换成大字。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.widgets.page_words import COPIES

if TYPE_CHECKING:
    from counter_assistant.ui.desk.cards.preview import Preview
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter

DRAFT = "草稿"
LARGE = "这一位的文书打大字（15 磅）；再按 Ctrl+G 改回来。"
USUAL = "文书按平常的字号打。"


class PreviewUpdate(QObject):
    """Sets the page of the newest matter as soon as no key is waiting."""

    status_message = Signal(str)
    print_wanted = Signal()
    """The visitor was served, and the paper is to be printed once more in the other size of type."""

    def __init__(self, model: DeskModel, preview: Preview) -> None:
        super().__init__(model)
        self._model, self._preview = model, preview
        self._wanted: PresentedMatter | None = None
        self._served = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._set_page)
        model.restarted.connect(self._begin)
        preview.large_wanted.connect(self.turn_large)
        model.presented_changed.connect(self._follow)

    @property
    def waiting(self) -> bool:
        """Whether a page is still to be set."""
        return self._timer.isActive()

    def resume(self) -> None:
        """Sets what is waiting, such as after the folded paper was opened."""
        if self._wanted and not self._preview.isHidden():
            self._timer.start()

    def drop(self) -> None:
        """Nothing that waits is to be seen any more."""
        self._timer.stop()
        self._wanted = None

    def show_issued(self, pdf: bytes | None) -> None:
        """Shows the applicant's copy of what was issued; what was to be set before that is dropped."""
        self.drop()
        self._served = pdf is not None
        self._show_large()
        if pdf is not None:
            self._preview.show_pdf(pdf, COPIES)
            if self._preview.copies:
                self._preview.turn(self._preview.pages // 2)

    def turn_large(self) -> None:
        """Large type for this visitor, or no more; whoever was served gets the paper once more so."""
        state = self._model.state
        state.large_print = not state.large_print
        self._show_large()
        if self._served:
            self.print_wanted.emit()
            return
        self.status_message.emit(LARGE if state.large_print else USUAL)
        self._model.refresh()
        self._model.edited.emit()

    def _begin(self) -> None:
        """Somebody else is at the desk."""
        self._served = False
        self._show_large()
        self._follow()

    def _show_large(self) -> None:
        on = self._model.state.large_print
        self._model.office.at_window.large_print = on
        self._preview.show_large(on, served=self._served)

    def _follow(self) -> None:
        """The page of what is on the desk now is to be seen."""
        self._wanted = self._model.presented
        if self._wanted is None:
            self.drop()
            self._preview.show_words()
        else:
            self.resume()

    def _set_page(self) -> None:
        from counter_assistant.operations.issuing.issue import draft_of
        from counter_assistant.operations.issuing.set_paper import format_of

        presented, self._wanted = self._wanted, None
        office = self._model.office
        if presented is None or office.database.closed:
            return
        kind = presented.verdict.kind
        if kind is None:
            self._preview.show_words(f"{presented.verdict.title}。")
            return
        try:
            draft = draft_of(office, presented.matter, kind)
            which, said = format_of(office, draft)
            watermark = office.watermark or DRAFT
            pdf = office.program.typesetter.preview(draft, copy=COPY_LABELS[1], watermark=watermark, wanted=which)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return
        self._preview.show_pdf(pdf, note=said)
