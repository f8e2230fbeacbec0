"""服务一位当事人到底：出具、差什么、下一位、取回草稿。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.matter import item_of
from counter_assistant.operations.intake.reviewed import NEEDED
from counter_assistant.ui.desk.controllers.autosave import Autosave
from counter_assistant.ui.desk.controllers.issuing import ActResult, Issuing
from counter_assistant.ui.desk.controllers.printer_choice import PrinterChoice
from counter_assistant.ui.desk.presentation.applicant_fields import FIELD_OF_REFUSAL
from counter_assistant.ui.desk.presentation.missing import in_one_sentence
from counter_assistant.ui.desk.presentation.request_mapping import state_of
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.widgets.reading_time import ReadingTime

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.earlier import EarlierNotices
    from counter_assistant.ui.desk.controllers.preview_update import PreviewUpdate
    from counter_assistant.ui.printing.sending import Printing


class Session(QObject):
    """What is done for the applicant on the desk, from the first word to the paper in their hand."""

    status_message = Signal(str)
    draft_message = Signal(str)
    approval_wanted = Signal(str)
    """The id of an item that the centre is to approve before it can be issued."""
    drafts_changed = Signal()
    """Other drafts wait now, or another is offered."""
    recorded = Signal()
    """An act is in the book: a paper was issued, or something was recorded without one."""

    def __init__(
        self, model: DeskModel, cards: CardSet, earlier: EarlierNotices, preview: PreviewUpdate, printing: Printing
    ) -> None:
        super().__init__(model)
        self._model, self._cards, self._earlier, self._preview = model, cards, earlier, preview
        self._printing = printing
        self._reading = ReadingTime()
        self.open_review: Callable[[str], bool] = lambda _uuid: False
        """Shows the paper of a draft to whoever is to review it; False where that is not the current clerk."""
        self.autosave = Autosave(model.office, self)
        self.issuing = Issuing(model.office, printing, self)
        self.printer_choice = PrinterChoice(
            cards, printing, model.office.folder, self._print_there, self.status_message.emit
        )
        self._connect_parts()
        self._connect_cards()

    def _connect_parts(self) -> None:
        self._model.edited.connect(self._keep)
        self._preview.print_wanted.connect(self.issuing.print_again)
        self.autosave.saved.connect(self.draft_message)
        self.autosave.status_message.connect(self.status_message)
        self.issuing.done.connect(self._show_done)
        self.issuing.refused.connect(self._show_refusal)
        self.issuing.copied.connect(self._cards.issued.copied)
        self.issuing.printing.connect(self._cards.issued.printed)
        self.issuing.sending.changed.connect(self._name_again)

    def _connect_cards(self) -> None:
        cards = self._cards
        cards.buttons.issue.connect(self.issue)
        cards.buttons.oral.connect(self.issue_orally)
        cards.decision.go_to_missing.connect(self._go_to_missing)
        cards.issued.next_wanted.connect(self.next_applicant)
        cards.issued.same_wanted.connect(self.same_visitor)
        cards.issued.print_wanted.connect(self.issuing.print_again)
        cards.issued.save_wanted.connect(self.save_paper)
        cards.issued.message_wanted.connect(self.issuing.copy_message)
        cards.issued.letter_wanted.connect(self.issuing.copy_letter)
        cards.empty_desk.aside.wanted.connect(self.restore_draft)
        cards.empty_desk.aside.discarded.connect(self._discard_draft)
        for left in (cards.applicant.field_left, cards.paper_fields.field_left):
            left.connect(self.autosave.flush)

    @property
    def served(self) -> bool:
        """Whether the applicant on the desk has what they came for."""
        return self.issuing.finished

    @property
    def matter(self) -> Matter | None:
        """What is on the desk, as it was done where it was; None while nothing has begun."""
        presented = self._model.presented
        return self.issuing.matter or (presented.matter if presented else None)

    # Issuing

    def issue(self) -> None:
        """F9: issues what the decision says, or says what is missing."""
        self._issue(oral=False)

    def issue_orally(self) -> None:
        """Ctrl+F9: records that the notice was spoken."""
        self._issue(oral=True)

    def _issue(self, *, oral: bool) -> None:
        model, cards = self._model, self._cards
        cards.materials.list.keep_reason()
        if model.presented is None or self.served or self._reading.running:
            return
        if missing := model.missing(oral=oral):
            model.flag(*(one.key for one in missing))
            return self._refuse(in_one_sentence(missing))
        if words := self._earlier.words_before_issuing("Ctrl+F9" if oral else "F9"):
            cards.decision.ask(words)
            return self._reading.begin()
        cards.decision.refuse("")
        self.autosave.flush()
        cards.buttons.show_verdict(model.presented.verdict, busy=True)
        self.issuing.issue(model.state, model.presented, oral=oral, confirmed=self._earlier.confirmed)
        return None

    def _print_there(self) -> None:
        """Another printer was chosen: for what is on the desk, or for what was just issued."""
        if self.served:
            self.issuing.print_again()
        else:
            self.issue()

    def save_paper(self) -> None:
        """Ctrl+S: the paper as a file."""
        self.issuing.save(self._cards.page)

    def _name_again(self) -> None:
        """The same key prints again what did not come out, or reprints what did."""
        number = self.issuing.sending.shown
        if number:
            self._cards.issued.name_again(self.issuing.sending.label(number))

    def _show_refusal(self, refusal: Refusal) -> None:
        if refusal.code == NEEDED:
            return self._ask_review(refusal)
        if key := FIELD_OF_REFUSAL.get(refusal.code):
            self._model.flagged.add(key)
        return self._refuse(str(refusal))

    def _ask_review(self, refusal: Refusal) -> None:
        """Somebody else looks at the paper first: the visitor is put aside, and the next one may come."""
        self._model.state.asked_review = True
        self.autosave.make_own()
        if self.next_applicant():
            self.status_message.emit(f"已放下，待复核。{refusal.remedy}")

    def _refuse(self, sentence: str) -> None:
        decision = self._cards.decision
        if self._model.presented:
            self._cards.buttons.show_verdict(self._model.presented.verdict, busy=False)
        decision.refuse(sentence)
        decision.setFocus()

    def _go_to_missing(self) -> None:
        """Enter on the refusal: to the first place that can be put right."""
        missing = self._model.missing()
        self._cards.decision.refuse("")
        if missing and missing[0].key == "approval":
            self.approval_wanted.emit(self._model.state.item)
        elif missing:
            self._cards.go_to(missing[0].key)

    def _show_done(self, done: ActResult) -> None:
        cards = self._cards
        self.autosave.settle()
        cards.show_issued(True)
        cards.issued.show_issued(done.title, done.number, done.summary, paper=done.pdf is not None)
        cards.issued.copies.setVisible(bool(done.letter))
        self._preview.show_issued(done.pdf)
        cards.issued.next.setFocus()
        self.draft_message.emit("")
        self.recorded.emit()

    # The next one

    def next_applicant(self) -> bool:
        """Clears the desk. What was not issued is kept and offered again; where it cannot be kept it stays, and that is said."""
        try:
            self.leave()
        except Refusal as refusal:
            self.status_message.emit(f"没有放下，还在台上：{refusal}")
            return False
        return True

    def leave(self) -> None:
        """Clears the desk, for the next applicant or for another clerk. What was not issued is kept and offered again.

        Raises:
            Refusal: it cannot be kept, and stays on the desk.
        """
        self._cards.materials.list.keep_reason()
        if not self.served:
            self.autosave.put_aside(self._model.state)
        self._put(DeskState())
        self._cards.search.field.setFocus()

    def same_visitor(self) -> None:
        """The visitor who was served has another matter: the person stays on the desk."""
        if not self.served:
            return
        state = self._model.state.of_the_same_visitor()
        self.issuing.forget()
        self._put(state)
        self._cards.search.field.setFocus()

    def take_request(self, request: Request) -> None:
        """Puts a whole request on the desk, such as that of a case that goes on; what stood there is kept as a draft.

        Raises:
            Refusal: unknown-item, or no-text-for-day where the item has none on the request's day.
        """
        office = self._model.office
        item = item_of(request, office.catalogue, request.on or office.today())
        stored = bool(request.case) and request.slip is not SlipKind.DELAY_NOTICE
        self._take(state_of(request, item, office), stored=stored)
        self._cards.go_to("materials" if item.ours else "asked")

    def make_room_for(self, item_id: str) -> None:
        """An item is to be begun with; another matter that stands on the desk is kept as a draft."""
        state = self._model.state
        if self.served or (state.begun and state.item != item_id):
            self._take(DeskState())

    def _take(self, state: DeskState, *, stored: bool = False) -> None:
        """Puts another state on the desk. What stood there and was not issued is kept as a draft. `stored`: the other stands in
        the book as well, so that it is a draft only once it is changed."""
        self._cards.materials.list.keep_reason()
        aside = None if self.served else self.autosave.put_aside(self._model.state)
        self._put(state)
        if stored:
            self.autosave.note_stored(state)
        else:
            self.autosave.note(state)
        if aside:
            self.draft_message.emit(f"已存草稿，办完按 Ctrl+Z 取回：{aside.title()}")

    def _put(self, state: DeskState) -> None:
        """Another state stands on the desk, and what was done for the one before no longer counts."""
        self.issuing.forget()
        self._model.put(state)
        self.drafts_changed.emit()

    # Drafts

    def _keep(self) -> None:
        self.autosave.note(self._model.state)

    def restore_draft(self, uuid: str = "") -> None:
        """Puts a draft back on the desk: the one of that id, else the one that is offered."""
        state, autosave = self._model.state, self.autosave
        if not (state.pristine or autosave.is_as_restored(state)):
            return
        if (wanted := uuid or autosave.next_uuid) and self.open_review(wanted):
            return
        if restored := autosave.restore_draft(uuid):
            self._put(restored)
            if restored.begun:
                self._cards.go_to("materials" if restored.item else "asked")
            if autosave.offered:
                self.draft_message.emit(f"再按 Ctrl+Z 取更早的草稿：{autosave.offered.title()}")

    def continue_draft(self, uuid: str) -> None:
        """Puts a draft back on the desk; another visitor who stands there is put aside."""
        if self._model.state.uuid != uuid:
            self._take(DeskState())
            self.restore_draft(uuid)

    def clear_restored(self) -> None:
        """Something else is to be seen: a draft that stands on the desk as it was restored goes back to the others."""
        if not self._model.state.pristine:
            self._put(DeskState())

    def offer_own_drafts(self) -> None:
        """Another clerk may be at the window: what waits is theirs first."""
        self.autosave.offer_own()
        self.drafts_changed.emit()

    def _discard_draft(self, uuid: str) -> None:
        self.autosave.discard(uuid)
        self.drafts_changed.emit()

    def close_down(self) -> None:
        """The window closes: what is on the desk is written, the last paper leaves."""
        self._cards.materials.list.keep_reason()
        if not self.served:
            self.autosave.note(self._model.state)
        self.autosave.flush()
        self._printing.wait()
