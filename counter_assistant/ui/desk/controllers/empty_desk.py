"""空着的台面：最常办的、放下的几位、今天的几个数、刚才出的文书。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import SEALED_ITEMS
from counter_assistant.operations.cases.find_case import horizon
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import away_in_words
from counter_assistant.operations.registers.keeping import due_today
from counter_assistant.operations.registers.office_day import away_for_hours
from counter_assistant.operations.safekeeping.closing import to_close_in_words
from counter_assistant.ui.desk.cards.item_search import DIGITS
from counter_assistant.ui.desk.controllers.reviewing import Reviewing
from counter_assistant.ui.desk.empty_desk.cards import MOST_DONE
from counter_assistant.ui.desk.search.lookup import UNNAMED, Lookup, when_in_words
from counter_assistant.ui.desk.search.results import Row
from counter_assistant.ui.shell.requests import (
    CloseDay,
    RecordComplaint,
    ShowCases,
    ShowKit,
    ShowRegisters,
    ShowUnprinted,
)

if TYPE_CHECKING:
    from counter_assistant.operations.registers.complaint_lines import PressingComplaints
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.autosave import Waiting
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.session import Session

LOOK_AGAIN_MS = 60_000
"""How often what is shown is read anew while nobody comes: a day may turn, a limit may pass."""
COUNTED_DAYS = 30
"""Over so many days what is issued here is counted."""


class EmptyDesk(QObject):
    """Keeps the cards of the empty desk true to the book, while they are seen."""

    wanted = Signal(object)
    """A PageRequest: what is to be seen that another page shows."""
    status_message = Signal(str)

    def __init__(self, model: DeskModel, cards: CardSet, session: Session, is_shown: Callable[[], bool]) -> None:
        super().__init__(model)
        self._model, self._cards, self._session, self._is_shown = model, cards, session, is_shown
        reviewing = self._reviewing = Reviewing(model, session, cards.page)
        self._counted: date | None = None
        self._complaints: PressingComplaints | None = None
        self._lookup = Lookup(model.office, self.wanted.emit, model.fonts.show)
        cards.search.records = self._lookup.records
        aside = cards.empty_desk.aside.list
        cards.search.field.turned.connect(lambda: aside.setFocus() if aside.isVisible() else None)
        aside.left.connect(cards.search.field.setFocus)
        aside.typed.connect(self._type_on)
        cards.empty_desk.today.chosen.connect(lambda which: self.wanted.emit(ShowCases(which)))
        cards.empty_desk.today.review_wanted.connect(reviewing.open)
        cards.empty_desk.today.closing_wanted.connect(lambda: self.wanted.emit(CloseDay()))
        cards.empty_desk.today.printing_wanted.connect(lambda: self.wanted.emit(ShowUnprinted()))
        cards.empty_desk.today.registers_wanted.connect(lambda: self.wanted.emit(ShowRegisters()))
        cards.empty_desk.today.away_wanted.connect(lambda: self.wanted.emit(ShowRegisters("absence")))
        cards.empty_desk.today.complaints_wanted.connect(lambda: self.wanted.emit(ShowRegisters("complaint")))
        cards.empty_desk.today.kit_wanted.connect(lambda: self.wanted.emit(ShowKit()))
        model.office.prints.listen(self.refresh)
        session.drafts_changed.connect(self.refresh)
        reviewing.recorded.connect(self.refresh)
        reviewing.recorded.connect(session.recorded)
        reviewing.status_message.connect(self.status_message)
        self._look_again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.refresh)
        self._look_again.start()

    def to_review(self) -> list[str]:
        """The papers that wait for the current clerk, in words, the one that waits longest first."""
        return self._reviewing.for_me()

    def review(self) -> None:
        """Opens the first of them."""
        if not self._reviewing.open():
            self.status_message.emit("没有等您复核的文书了。")

    def close_down(self) -> None:
        """The window closes: nothing is read any more."""
        self._look_again.stop()

    def lead_away(self, item_id: str) -> bool:
        """Whether an item is a complaint, which is recorded sealed on its own page and never stands on the desk; what stands there stays."""
        category = SEALED_ITEMS.get(item_id)
        if category is None:
            return False
        state, search = self._model.state, self._cards.search
        search.take(state.item, state.item_name) if state.item else search.clear()
        self.wanted.emit(RecordComplaint(category.value))
        return True

    def refresh(self) -> None:
        """Reads anew what is shown; nothing while somebody stands at the desk, or another page is shown."""
        from counter_assistant.operations.kit.kits import outdated
        from counter_assistant.operations.registers.complaint_lines import PressingComplaints

        if not self._is_shown():
            return
        office, cards = self._model.office, self._cards.empty_desk
        self._complaints = self._complaints or PressingComplaints(office)
        today = office.today()
        discarded = self._session.autosave.discarded
        waiting, words = self._session.autosave.waiting(), self._reviewing.words
        drafts = [(one.state.uuid, draft_row(one, words(one), today)) for one in waiting]
        self._model.fonts.show("".join(row.text + row.detail for _, row in drafts))
        cards.aside.show_drafts(drafts, discarded.title() if discarded else "")
        try:
            to_review = sum(map(self._reviewing.is_for_me, waiting))
            counts, unprinted = office.cases.counts(horizon(office)), len(office.prints.unprinted())
            stale = len(outdated(office))
            closing, due = to_close_in_words(office), due_today(office)
            cards.today.show_counts(
                counts, to_review, closing, unprinted, stale, due, self._complaints.count(), _away(office)
            )
            cards.done.show_papers(self._lookup.latest(MOST_DONE))
            if self._counted != today:  # once a day: the digits must not change under the hand
                since = today - timedelta(days=COUNTED_DAYS)
                self._cards.search.show_usual(office.archive.most_issued(since, len(DIGITS)))
                self._counted = today
        except Refusal as refusal:
            self.status_message.emit(str(refusal))

    def _type_on(self, event: QKeyEvent) -> None:
        """What is typed in the list belongs to the search."""
        field = self._cards.search.field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        key = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        QApplication.sendEvent(field, key)


def draft_row(waiting: Waiting, review: str, today: date) -> Row:
    """A visitor put aside: who, what about, how far it came, when it was put aside, and by whom where that was another. Where the
    paper was to be reviewed, `review` says how that stands."""
    state, other = waiting.state, f"{waiting.other} 放下的" if waiting.other else ""
    done = [
        other,
        "申请" if state.applying else "咨询",
        f"已交 {len(state.received)} 件" if state.received else "",
        f"答了 {len(state.answers)} 问" if state.answers else "",
    ]
    asked = state.item_name or state.details.get("asked", "").strip() or "未选事项"
    told = (review, other) if review else done if state.item else (other,)
    how_far = "，".join(part for part in told if part)
    return Row(state.name or UNNAMED, when_in_words(waiting.saved, today), detail=asked, more=how_far, person=True)


def _away(office: Office) -> str:
    """Who is away now: for days, with who stands in, and for hours."""
    return "、".join(filter(None, (away_in_words(office), away_for_hours(office))))
