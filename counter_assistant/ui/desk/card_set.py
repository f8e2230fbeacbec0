"""受理台的各张卡片：做好、按纸面次序走 Tab、去到某一处。"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_assistant.ui.desk.cards.applicant import ApplicantCard
from counter_assistant.ui.desk.cards.decision import ActButtons, DecisionCard
from counter_assistant.ui.desk.cards.item_search import ItemSearch
from counter_assistant.ui.desk.cards.materials import Materials
from counter_assistant.ui.desk.cards.preview import FoldedPaper, Preview

if TYPE_CHECKING:
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.desk.cards.bars import EarlierBar, SpokenBar
    from counter_assistant.ui.desk.cards.issued import IssuedCard
    from counter_assistant.ui.desk.cards.paper_fields_form import PaperFieldsForm
    from counter_assistant.ui.desk.cards.questions import Questions
    from counter_assistant.ui.desk.empty_desk.cards import EmptyDeskCards


class CardSet:
    """Makes the cards of a page, all of them its children. What the first paint does not show is made by `complete`."""

    earlier_bar: EarlierBar
    spoken: SpokenBar
    paper_fields: PaperFieldsForm
    questions: Questions
    issued: IssuedCard
    empty_desk: EmptyDeskCards

    def __init__(self, page: QWidget, search: Callable[[str], list[IndexEntry]]) -> None:
        self.page = page
        self.search = ItemSearch(search, page)
        self.materials = Materials(page)
        self.applicant = ApplicantCard(page)
        self.decision = DecisionCard(page)
        self.preview = Preview(page)
        self.buttons = ActButtons(page)
        self.folded_paper = FoldedPaper(page)
        self.folded_paper.hide()
        self.completed, self.empty = False, False
        self.show_empty(True)

    def complete(self) -> None:
        """Makes the cards that are first needed when an item is taken."""
        from counter_assistant.operations.wording.suggestions import ON_THE_DESK
        from counter_assistant.ui.desk.cards.bars import EarlierBar, SpokenBar
        from counter_assistant.ui.desk.cards.issued import IssuedCard
        from counter_assistant.ui.desk.cards.paper_fields_form import PaperFieldsForm
        from counter_assistant.ui.desk.cards.questions import Questions
        from counter_assistant.ui.desk.empty_desk.cards import EmptyDeskCards
        from counter_assistant.ui.desk.presentation.paper_fields import LABELS

        self.earlier_bar = EarlierBar(self.page)
        self.spoken = SpokenBar(ON_THE_DESK, self.page)
        self.paper_fields = PaperFieldsForm(LABELS, self.page)
        self.questions = Questions(self.page)
        self.issued = IssuedCard(self.page)
        self.issued.buttons.setParent(self.page)
        self.empty_desk = EmptyDeskCards(self.page)
        for hidden in (self.questions, self.issued, self.issued.buttons):
            hidden.hide()
        self.completed = True
        self.empty_desk.show(self.empty)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab goes as the paper reads: item, situation, conditions, materials, applicant, acts."""
        fields = self.applicant.fields
        order: list[QWidget] = [
            self.search.field, self.empty_desk.aside.list, *self.empty_desk.today.figures.values(), self.empty_desk.today.review, self.questions,
            *self.questions.boxes.values(), self.materials.list, fields["name"], fields["phone"], fields["id_number"], self.applicant.id_type, *self.applicant.agent.fields.values(),
            *(field.edit for field in self.paper_fields.fields.values()),
            self.buttons.primary, self.buttons.alternative, self.buttons.quiet,
        ]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_empty(self, on: bool) -> None:
        """Nobody stands at the desk: what may be begun or gone on with is seen in the place of what is asked of an applicant."""
        if on is self.empty:
            return
        self.empty = on
        for card in (self.materials, self.applicant, self.decision, self.preview, self.buttons):
            card.setVisible(not on)
        if self.completed:
            self.empty_desk.show(on)

    @property
    def item_shown(self) -> bool:
        """Whether an item is chosen: without one there is nothing to ask."""
        return self.completed and not self.questions.isHidden()

    @property
    def issued_shown(self) -> bool:
        """Whether the number stands in the decision's place."""
        return self.completed and not self.issued.isHidden()

    def show_issued(self, shown: bool) -> None:
        """Puts the number in the decision's place, or the decision back. Once a slip is issued the other cards rest."""
        for widget, on in (
            (self.issued, shown),
            (self.issued.buttons, shown),
            (self.decision, not shown and not self.empty),
            (self.buttons, not shown and not self.empty),
        ):
            widget.setVisible(on)
        if shown:
            self.paper_fields.show_fields(())
        for widget in (self.search, self.questions, self.materials, self.applicant):
            widget.setEnabled(not shown)

    def go_to(self, key: str) -> None:
        """Puts the focus where something is missing (the keys of ui/desk/presentation/missing.py)."""
        if key in self.applicant.fields:
            self.applicant.go_to(key)
        elif key in self.paper_fields.fields:
            self.paper_fields.go_to(key)
        elif key == "defects":
            self.materials.list.ask_forbidden()
        elif key == "item":
            self.search.field.setFocus()
        elif key == "answers":
            self.questions.setFocus()
        elif key == "materials":
            self.materials.list.setFocus()
        elif key == "conditions" and (box := self.questions.first_open()):
            box.setFocus()
        else:
            self.decision.setFocus()
