"""卡片照着台上的来：清单、决定、本单另填各栏、哪一栏不对。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.papers.kinds import ACCEPTING
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.ui.desk.cards.materials import NOT_OURS
from counter_assistant.ui.desk.presentation.applicant_fields import offered
from counter_assistant.ui.desk.presentation.paper_fields import conditions_of
from counter_assistant.ui.hall.beside import BesideOthers

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter


class CardUpdate:
    """Shows the cards what the model says."""

    def __init__(self, model: DeskModel, cards: CardSet) -> None:
        self._model, self._cards = model, cards
        model.restarted.connect(self._restart)
        model.item_taken.connect(self._ask)
        model.presented_changed.connect(self._show)
        model.faults_changed.connect(self._show_faults)
        model.refused.connect(cards.decision.refuse)
        self._beside = BesideOthers(model, cards.applicant)
        cards.applicant.fill_id_types({kind.value: kind.label for kind in IdType})

    def offer_clerks(self) -> None:
        """Offers the clerks of the office wherever one is chosen."""
        clerks = self._model.office.profile.clerks
        self._cards.paper_fields.fill_clerks({clerk.staff_number: f"{clerk.name}　{clerk.duty}" for clerk in clerks})

    def _restart(self) -> None:
        """Another state stands on the desk: nothing of the one before is to be seen."""
        cards, state = self._cards, self._model.state
        cards.show_issued(False)
        cards.materials.clear()
        cards.applicant.start(state)
        cards.decision.refuse("")
        cards.questions.hide()
        self._show_nothing()
        if state.item:
            cards.search.take(state.item, state.item_name)
        else:
            cards.search.clear()

    def _ask(self, item: ServiceItem) -> None:
        cards = self._cards
        cards.materials.clear()
        cards.questions.set_item(item)
        cards.questions.show()
        cards.order_tabs()

    def _show(self, tint: bool) -> None:
        if self._model.presented is None:
            self._show_nothing()
        else:
            self._show_matter(self._model.presented, tint=tint)
        self._show_faults()

    def _show_matter(self, presented: PresentedMatter, *, tint: bool) -> None:
        cards, state = self._cards, self._model.state
        if state.item:
            cards.questions.refresh(state, presented.matter.item, presented.broken)
            cards.materials.refresh(presented.rows, presented.left_out, presented.reasons, tint=tint)
        else:
            cards.materials.clear(NOT_OURS)
        cards.decision.show_verdict(presented.verdict, applying=state.applying)
        cards.buttons.show_verdict(presented.verdict, busy=False)
        if any(entry.key == "condition" for entry in presented.paper_fields):
            cards.paper_fields.choice_field("condition").fill(conditions_of(presented.matter))
        cards.paper_fields.show_fields(presented.paper_fields)
        cards.applicant.show_agent(state.has_agent(), presented.relation, offered(state))
        accepting = presented.matter.kind in ACCEPTING
        cards.applicant.ask_number(presented.id_hint, needed=presented.id_needed, of_agent=accepting)

    def _show_nothing(self) -> None:
        """No matter is on the desk: nothing is decided, nothing is to be filled in."""
        cards = self._cards
        if not self._model.state.item:
            cards.materials.clear()
        cards.decision.show_verdict(None, applying=False)
        cards.buttons.show_verdict(None, busy=False)
        cards.paper_fields.show_fields(())

    def _show_faults(self) -> None:
        """Says beneath the fields what is wrong with those that are flagged."""
        cards, model = self._cards, self._model
        cards.materials.list.kept = model.quoting
        cards.applicant.show_faults(model.flagged_faults())
        cards.applicant.show_offer(model.offer(flagged=True) if model.flagged else None)
        cards.paper_fields.show_faults(model.flagged_missing())
