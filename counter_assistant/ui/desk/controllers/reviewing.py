"""复核：放下的几位里哪些等人看、怎样了；打开一件，同意或者退回修改。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.controllers.preview_update import DRAFT
from counter_assistant.ui.desk.presentation.present import matter_asked
from counter_assistant.ui.desk.presentation.review_words import facts_of, row_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.ui.desk.controllers.autosave import Waiting
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.session import Session
    from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper


class Reviewing(QObject):
    """What the current clerk may say of papers that others have put aside to be reviewed."""

    status_message = Signal(str)
    recorded = Signal()
    """Something was said of a paper, and is in the book."""

    def __init__(self, model: DeskModel, session: Session, page: QWidget) -> None:
        super().__init__(model)
        self._model, self._session, self._page = model, session, page
        self._overlay: ReviewPaper | None = None
        self._matter: Matter | None = None
        session.open_review = self.open
        session.drafts_changed.connect(self.close)

    def words(self, waiting: Waiting) -> str:
        """How the paper of a visitor put aside stands, where it was put aside to be reviewed."""
        matter = self._matter_of(waiting)
        return row_words(self._model.office, matter) if matter else ""

    def is_for_me(self, waiting: Waiting) -> bool:
        """Whether the current clerk may say something of the paper of a visitor put aside."""
        from counter_assistant.operations.issuing.reviewing import may_decide

        matter = self._matter_of(waiting)
        return matter is not None and may_decide(self._model.office, matter)

    def for_me(self) -> list[str]:
        """What the current clerk may say something of: the paper and whose it is, the one that waits longest first."""
        waiting = [one for one in reversed(self._session.autosave.waiting()) if self.is_for_me(one)]
        matters = (self._matter_of(one) for one in waiting)
        return [f"{m.kind.in_words}　{m.applicant.name}　{m.clerk.name}交" for m in matters if m and m.kind]

    def open(self, uuid: str = "") -> bool:
        """Opens the paper of a draft, by default of the one that waits longest; False where the current clerk has nothing to
        say of it, so that the draft is gone on with."""
        drafts = {one.state.uuid: one for one in reversed(self._session.autosave.waiting()) if self.is_for_me(one)}
        waiting = drafts.get(uuid) if uuid else next(iter(drafts.values()), None)
        if waiting is None or (matter := self._matter_of(waiting)) is None:
            return False
        self._session.clear_restored()
        self._matter = matter
        self._show(matter)
        return True

    def close(self) -> None:
        """Nothing is said of the paper that is open."""
        if self._overlay is not None:
            self._overlay.close_overlay()

    def _matter_of(self, waiting: Waiting) -> Matter | None:
        """What was put aside, as whoever put it aside issues it; None where no review was asked for, or it cannot be read."""
        if not waiting.state.asked_review:
            return None
        try:
            return matter_asked(self._model.office, waiting.state, waiting.clerk)
        except Refusal:
            return None

    def _show(self, matter: Matter) -> None:
        from counter_assistant.operations.issuing.reviewing import paper_to_review

        office = self._model.office
        facts = facts_of(office, matter)
        self._model.fonts.show("".join(text for _, text in facts))
        assert matter.kind is not None
        try:
            draft = paper_to_review(office, matter)
            pdf = office.program.typesetter.preview(draft, copy=COPY_LABELS[1], watermark=DRAFT)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return
        self.overlay.show_paper(f"复核：{matter.kind.in_words}", facts, pdf)

    @property
    def overlay(self) -> ReviewPaper:
        """The layer that shows the paper, made when it is first opened."""
        if self._overlay is None:
            from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper

            self._overlay = ReviewPaper(self._page)
            self._overlay.agreed.connect(lambda: self._decide(agreed=True))
            self._overlay.sent_back.connect(lambda reason: self._decide(agreed=False, reason=reason))
        return self._overlay

    def _decide(self, *, agreed: bool, reason: str = "") -> None:
        from counter_assistant.operations.issuing.reviewing import decide

        matter = self._matter
        assert matter is not None
        try:
            decide(self._model.office, matter, agreed=agreed, reason=reason)
        except Refusal as refusal:
            self.overlay.say(str(refusal))
            return
        self.close()
        said = "已同意" if agreed else "已退回修改"
        self.status_message.emit(
            f"{said}：{matter.applicant.name}　{matter.item.name}，由 {matter.clerk.name} 接着办。"
        )
        self.recorded.emit()
