"""受理台：把一位当事人从“查事项”带到“拿到文书”，全程可以只用键盘。

The page puts the parts together and lays them out: cards (cards/), what runs them (controllers/, about one `DeskModel`), and
what opens over them (overlays/). The office is opened behind the first paint, or when the first item is taken; nothing of
the controllers is needed before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.card_set import CardSet
from counter_assistant.ui.desk.keys import KEYS, OPENING
from counter_assistant.ui.desk.placement import Placement
from counter_assistant.ui.widgets.page import Page

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.card_reading import CardReading
    from counter_assistant.ui.desk.cards.item_search import Finder
    from counter_assistant.ui.desk.controllers.card_intake import CardIntake
    from counter_assistant.ui.desk.controllers.card_update import CardUpdate
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.empty_desk import EmptyDesk
    from counter_assistant.ui.desk.controllers.input import Input
    from counter_assistant.ui.desk.controllers.overlays import Overlays
    from counter_assistant.ui.desk.controllers.preview_update import PreviewUpdate
    from counter_assistant.ui.desk.controllers.session import Session
    from counter_assistant.ui.desk.controllers.shortcuts import Shortcuts
    from counter_assistant.ui.desk.controllers.spoken import Spoken
    from counter_assistant.ui.printing.sending import Printing


class DeskPage(Page):
    """The start page. `open_office` gives the office at the latest when the first item is taken.

    `printing` is what papers are sent through, `reading` what reads identity cards; without them this PC's own are made when
    the office opens.
    """

    case_wanted = Signal(str)
    """The number of a paper, or what its QR code holds, was entered here: its case is to be shown."""
    wanted = Signal(object)
    """A PageRequest: something is to be seen that another page shows."""
    recorded = Signal()
    """Something was recorded in the book."""
    approval_wanted = Signal(str)
    """The id of an item whose approval is to be recorded."""
    matter_changed = Signal()
    """Another matter is on the desk, the same one further on, or it was issued."""

    KEYS = KEYS

    model: DeskModel
    _card_update: CardUpdate
    empty_desk: EmptyDesk
    _preview_update: PreviewUpdate
    _overlays: Overlays
    _session: Session
    _input: Input
    _intake: CardIntake
    _shortcuts: Shortcuts
    _spoken: Spoken

    def __init__(
        self,
        search: Callable[[str], list[IndexEntry]],
        open_office: Callable[[], Office],
        printing: Printing | None = None,
        reading: CardReading | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("受理台")
        self._open_office, self._printing, self._reading = open_office, printing, reading
        self.attached = False
        cards = self._cards = CardSet(self, search)
        self._placement = Placement(cards)
        cards.search.opened.connect(self._place)
        cards.search.chosen.connect(self._choose)
        cards.search.numbered.connect(self.case_wanted)
        cards.search.asked_elsewhere.connect(self.ask_elsewhere)
        cards.applicant.resized.connect(self._place)
        cards.decision.resized.connect(self._place)
        cards.folded_paper.opened.connect(lambda: self._open_paper(True))

    # The office

    def attach(self, office: Office) -> None:
        """The office is open: the desk comes to life. Nothing happens where it has already."""
        from counter_assistant.ui.card_reading import CardReading
        from counter_assistant.ui.desk.controllers.card_intake import CardIntake
        from counter_assistant.ui.desk.controllers.card_update import CardUpdate
        from counter_assistant.ui.desk.controllers.desk_model import DeskModel
        from counter_assistant.ui.desk.controllers.empty_desk import EmptyDesk
        from counter_assistant.ui.desk.controllers.input import Input
        from counter_assistant.ui.desk.controllers.overlays import Overlays
        from counter_assistant.ui.desk.controllers.preview_update import PreviewUpdate
        from counter_assistant.ui.desk.controllers.session import Session
        from counter_assistant.ui.desk.controllers.shortcuts import Shortcuts
        from counter_assistant.ui.desk.controllers.spoken import Spoken
        from counter_assistant.ui.desk.counter_forms.filling import FormFilling
        from counter_assistant.ui.print_service import PrintService

        if self.attached:
            return
        cards, model = self._cards, DeskModel(office, self)
        cards.complete()
        self.model = model
        self._card_update = CardUpdate(model, cards)
        self._preview_update = PreviewUpdate(model, cards.preview)
        self.turn_large = self._preview_update.turn_large
        overlays = self._overlays = Overlays(model, cards, self)
        printing = self._printing or PrintService(office.folder, parent=self)
        self._session = Session(model, cards, overlays.earlier, self._preview_update, printing)
        self.forms, self.continue_draft = FormFilling(model, cards, self._session), self._session.continue_draft
        self._input = Input(model, cards, overlays.bodies)
        self.ask_other_forms = self._input.ask_other_forms
        self._spoken = Spoken(model, self._session, cards.spoken, self)
        reading = self._reading or CardReading(office.folder, parent=self)
        self._intake = CardIntake(model, cards, self._input, self._session, reading)
        self._intake.watch(self)
        self._shortcuts = Shortcuts(
            model, cards, self._session, overlays, self._input,
            toggle_paper=self._toggle_paper, fold_paper=self._fold_paper, read_card=self._intake.ask, forms=self.forms,
        )  # fmt: skip
        self.empty_desk = EmptyDesk(model, cards, self._session, lambda: cards.empty and self.isVisible())
        self.attached = True
        self._listen()
        self.renew_office()
        for key, text in cards.applicant.typed().items():  # while the office was being opened
            cards.applicant.edited.emit(key, text)
        self.empty_desk.refresh()

    def _listen(self) -> None:
        """Places the parts anew where one changed its size, and passes on what the window is to know."""
        cards, model, session = self._cards, self.model, self._session
        resized = (card.resized for card in (cards.issued, cards.earlier_bar, cards.spoken, cards.empty_desk.aside))
        for changed in (*resized, model.presented_changed, model.faults_changed):
            changed.connect(self._place)
        model.restarted.connect(self._fold_paper)
        model.matter_changed.connect(self.matter_changed)
        session.recorded.connect(self.matter_changed)
        session.recorded.connect(self.recorded)
        session.approval_wanted.connect(self.approval_wanted)
        session.draft_message.connect(self.draft_message)
        empty, preview, earlier = self.empty_desk, self._preview_update, self._overlays.earlier
        empty.wanted.connect(self.wanted)
        for told in (empty, model, session, preview, earlier, self._intake, self._spoken, self.forms):
            told.status_message.connect(self.status_message)

    def give_way(self, on: bool) -> None:
        """The window says something over the page, to which the page's own line gives way."""
        if self.attached:
            self._cards.earlier_bar.give_way(on)

    def renew_office(self) -> None:
        """What the office decides from is another now, such as its profile or a calendar, or is there for the first time."""
        if self.attached:
            self._card_update.offer_clerks()
            self._session.offer_own_drafts()
            self.model.refresh()

    def leave_to_another(self) -> None:
        if self.attached:
            self._session.leave()

    def _ensure_office(self) -> None:
        """Opens the office now where it was not. Raises Refusal."""
        if not self.attached:
            self.attach(self._open_office())

    def _open_for_key(self) -> None:
        try:
            self._ensure_office()
        except Refusal as refusal:
            self.status_message.emit(str(refusal))

    def _choose(self, item_id: str, name: str) -> None:
        """The first item may be taken before the office is open."""
        self._open_for_key()
        if self.attached and not self.empty_desk.lead_away(item_id):
            self._input.choose(item_id, name)

    def take_request(self, request: Request) -> None:
        """Puts a whole request on the desk, such as that of a case that goes on; what stood there is kept as a draft.

        Raises:
            Refusal: the office cannot be opened, or the item has no text on the request's day.
        """
        self._ensure_office()
        self._session.take_request(request)

    def take_item(self, item_id: str, name: str) -> None:
        """Begins with an item; another matter that stood on the desk is kept as a draft.

        Raises:
            Refusal: the office cannot be opened.
        """
        self._ensure_office()
        if self.empty_desk.lead_away(item_id):
            return
        self._session.make_room_for(item_id)
        self._cards.search.take(item_id, name)
        self._input.choose(item_id, name)

    def ask_elsewhere(self, asked: str = "") -> None:
        """Begins with a question that is none of our items, in the visitor's words."""
        self._open_for_key()
        if self.attached:
            self._input.ask_elsewhere(asked)

    def find_by_name(self, actions: Finder) -> None:
        """What can be done by name is found by the search, too."""
        self._cards.search.doable = actions

    @property
    def matter(self) -> Matter | None:
        """What is on the desk; None while nothing has begun."""
        return self._session.matter if self.attached else None

    @property
    def served(self) -> bool:
        """Whether the applicant on the desk has what they came for."""
        return self.attached and self._session.served

    def remember(self) -> Callable[[], object]:
        return self.model.remember() if self.attached else super().remember()

    def _place(self) -> None:
        self._cards.show_empty(not self.attached or self.model.state.vacant)
        self._cards.search.greet(self._cards.empty, free=not self.attached or not self.model.state.begun)
        self.setMinimumHeight(self._placement.place(self.size()))
        if self.attached:
            self._overlays.fit()

    def _open_paper(self, on: bool) -> bool:
        changed = self._placement.open_paper(on)
        self._place()
        self._resume_preview()
        return changed

    def _toggle_paper(self) -> None:
        if self._cards.folded_paper.isHidden():
            self._cards.preview.toggle_words()
        else:
            self._open_paper(not self._placement.paper_open)

    def _fold_paper(self) -> bool:
        return self._open_paper(False)

    def _resume_preview(self) -> None:
        if self.attached:
            self._preview_update.resume()

    def close_down(self) -> None:
        """The window closes."""
        if self.attached:
            for part in (self._cards.search, self.empty_desk, self._session, self._intake, self.forms.printing):
                part.close_down()
            self._overlays.earlier.drop()
            self._preview_update.drop()
        self._cards.preview.show_words()  # gives pdfium's bitmap back

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._place()
            self._resume_preview()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.attached:
            self.empty_desk.refresh()
        self._place()  # the style sheet has given the labels their sizes only now
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """A shown page that nothing stands on waits in the search; by now a case or an item may have been put on it."""
        if self.isVisible() and not (self.attached and not self.model.state.pristine):
            self._cards.search.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.attached and event.key() in OPENING:
            self._open_for_key()
        act = self._shortcuts.act_of(event) if self.attached else None
        if act is None:
            super().keyPressEvent(event)
        else:
            event.accept()
            act()
