"""读卡：证件放上去，或者按 F12，姓名、证件号码、证件类型就填好；台上填了别的，先说一声，再按一次才换。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal

from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderAnswer
from counter_assistant.ui.desk.presentation.card_values import AGENT, APPLICANT, CardFields, holds_another, values_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_assistant.ui.card_reading import CardReading
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.input import Input
    from counter_assistant.ui.desk.controllers.session import Session

READING = "正在读卡……"
NO_CARD = "没有读到证件：请把证件放在读卡器上；已经放着的，拿起来再放一次。"
NO_READER = "这台电脑没有设置读卡器，请到设置的“本机”里选。"
NEXT_CARD = "读到下一位的证件，换到下一位时自动填入。"
ANOTHER = "台上已填{}，与读到的证件（{}，尾号 {}）不同。再按 F12 换成证件上的。"

COMPOSED = "还没有打完的字"
_OF_USE = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate}


class _Waiting(NamedTuple):
    """A card that would replace what was typed: where, and what the page said of that."""

    card: IdentityCard
    fields: CardFields
    another: str


class CardIntake(QObject):
    """Puts what a card says into the fields in hand, the applicant's or the agent's, as if it were typed there.

    A card that waits is one that would replace what was typed, or that came while the applicant before was still served.
    """

    status_message = Signal(str)

    def __init__(self, model: DeskModel, cards: CardSet, typing: Input, session: Session, reading: CardReading) -> None:
        super().__init__(model)
        self._model, self._cards, self._typing, self._session = model, cards, typing, session
        self._reading = reading
        self._waiting: _Waiting | None = None
        self._next: IdentityCard | None = None
        reading.laid.connect(self._offer)
        reading.answered.connect(self._answer)
        reading.trouble.connect(self.status_message)
        model.restarted.connect(self._start)
        cards.applicant.edited.connect(self._forget_words)
        cards.applicant.card_wanted.connect(self.ask)

    def ask(self) -> None:
        """F12: reads the card now, or takes the one that waits."""
        if self._session.served:
            return
        if self._waiting:
            self._offer(self._waiting.card, replacing=self._waiting)
        elif self._reading.ask():
            self._say(READING)
        else:
            self.status_message.emit(NO_READER)

    def watch(self, page: QWidget) -> None:
        """Notices cards while this page is in use, and leaves the reader to other programs while it is not."""
        self._page = page
        page.installEventFilter(self)
        self._follow_page()

    def close_down(self) -> None:
        """The window closes."""
        self._reading.wait()

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        if event.type() in _OF_USE:
            self._follow_page()
        return False

    def _follow_page(self) -> None:
        if self._page.isVisible() and self._page.isActiveWindow():
            self._reading.start()
        else:
            self._reading.stop()
        self._cards.applicant.offer_card(self._reading.is_set_up)

    def _answer(self, reading: ReaderAnswer) -> None:
        if isinstance(reading, IdentityCard):
            self._offer(reading)
        else:
            self._say(NO_CARD if isinstance(reading, NoCard) else reading.sentence)

    def _say(self, words: str) -> None:
        """Beside the fields that the card fills; in the status line while nobody is at the desk and they are not seen."""
        self._cards.applicant.say_of_card(words)
        if self._cards.empty:
            self.status_message.emit(words)

    def _offer(self, card: IdentityCard, replacing: _Waiting | None = None) -> None:
        """A card was read. `replacing`: the key was pressed at what the page said of this card."""
        if self._session.served:
            self._keep_for_next(card)
            return
        applicant, fields = self._cards.applicant, self._fields_for(card)
        another = COMPOSED if applicant.composing else holds_another(self._model.state, card, fields)
        waiting = _Waiting(card, fields, another)
        if another and waiting != replacing:
            self._waiting = waiting
            applicant.say_of_card(ANOTHER.format(another, card.name or "没有姓名", card.number[-4:]))
        elif another != COMPOSED:
            self._fill(card, fields)

    def _fields_for(self, card: IdentityCard) -> CardFields:
        """The fields that the cursor is in. Elsewhere the second card of two people at the window is the agent's."""
        applicant, state = self._cards.applicant, self._model.state
        if applicant.in_hand:
            return AGENT if applicant.agent_in_hand else APPLICANT
        second = state.has_agent() and holds_another(state, card, APPLICANT)
        return AGENT if second and not (state.agent_name or state.agent_id_number) else APPLICANT

    def _fill(self, card: IdentityCard, fields: CardFields) -> None:
        """Every text takes the way of a typed one, with its doubts; then the cursor goes on to what no card knows."""
        applicant, state = self._cards.applicant, self._model.state
        self._typing.take_read(values_of(card, fields))
        self._waiting = None
        applicant.put(state)
        self._model.flag(fields.name, fields.id_number)
        applicant.say_of_card("".join(card.doubts(self._model.office.today())))
        if applicant.in_hand and not getattr(state, fields.phone):
            applicant.go_to(fields.phone)

    def _keep_for_next(self, card: IdentityCard) -> None:
        """The applicant has what they came for: another card is the next one's, the same card is forgotten on the reader."""
        if card.number != self._model.state.id_number:
            self._next = card
            self.status_message.emit(NEXT_CARD)

    def _start(self) -> None:
        """Another state stands on the desk: nothing of the card before is to be seen."""
        card, self._next, self._waiting = self._next, None, None
        self._cards.applicant.say_of_card("")
        if card and self._model.state.pristine:
            self._fill(card, APPLICANT)

    def _forget_words(self) -> None:
        """Somebody typed: what is in the fields is another now than the words say. The card still waits."""
        if self._waiting:
            self._cards.applicant.say_of_card("")
