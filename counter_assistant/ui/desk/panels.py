"""受理台的各个部分，和它们在页面上的位置。"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.applicant import ApplicantCard
from counter_assistant.ui.desk.cards.decision import ActButtons, DecisionCard
from counter_assistant.ui.desk.cards.item_search import ItemSearch
from counter_assistant.ui.desk.cards.materials import Materials
from counter_assistant.ui.desk.cards.preview import PaperStrip, Preview
from counter_assistant.ui.desk.layout import GAP, NARROW, Rect, Wishes, arrange

if TYPE_CHECKING:
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.desk.cards.draft_bar import DraftLine
    from counter_assistant.ui.desk.cards.issued import IssuedCard
    from counter_assistant.ui.desk.cards.paper_fields_form import DetailsForm
    from counter_assistant.ui.desk.cards.questions import Questions
    from counter_assistant.ui.desk.controllers.earlier import Earlier
    from counter_assistant.ui.desk.overlays.key_help import KeyHelp
    from counter_assistant.ui.desk.overlays.usual_bodies import BodiesLayer


class Panels:
    """Makes the parts of the page and puts each in its place. Tab order is the paper's order.

    What the first paint does not show is made by `complete`, behind it.
    """

    draft_line: DraftLine
    earlier: Earlier
    bodies: BodiesLayer
    details: DetailsForm
    questions: Questions
    issued: IssuedCard
    help: KeyHelp

    def __init__(self, page: QWidget, search: Callable[[str], list[IndexEntry]]) -> None:
        self._page = page
        self.search = ItemSearch(search, page)
        self.materials = Materials(page)
        self.applicant = ApplicantCard(page)
        self.decision = DecisionCard(page)
        self.preview = Preview(page)
        self.buttons = ActButtons(page)
        self.strip = PaperStrip(page)
        self.strip.hide()
        self.paper_open = False
        self._complete = False
        self._issued_shown = False
        self._item_shown = False

    def complete(self) -> None:
        """Makes the parts that are first needed when an item is taken."""
        from counter_assistant.ui.desk.cards.draft_bar import DraftLine
        from counter_assistant.ui.desk.cards.issued import IssuedCard
        from counter_assistant.ui.desk.cards.paper_fields_form import DetailsForm
        from counter_assistant.ui.desk.cards.questions import Questions
        from counter_assistant.ui.desk.controllers.earlier import Earlier
        from counter_assistant.ui.desk.overlays.key_help import KeyHelp
        from counter_assistant.ui.desk.overlays.usual_bodies import BodiesLayer
        from counter_assistant.ui.desk.presentation.paper_fields import LABELS

        self.draft_line = DraftLine(self._page)
        self.earlier = Earlier(self._page)
        self.details = DetailsForm(LABELS, self._page)
        self.bodies = BodiesLayer(self.details.text_field("refer_to"), self._page)
        self.questions = Questions(self._page)
        self.issued = IssuedCard(self._page)
        self.issued.buttons.setParent(self._page)
        self.help = KeyHelp(self._page)
        for hidden in (self.questions, self.issued, self.issued.buttons):
            hidden.hide()
        self._complete = True
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab goes as the paper reads: item, situation, conditions, materials, applicant, acts."""
        fields = self.applicant.fields
        order: list[QWidget] = [
            self.search.field, self.questions, *self.questions.boxes.values(), self.materials.list, fields["name"],
            fields["phone"], fields["id_number"], self.applicant.id_type, *self.applicant.agent.fields.values(),
            *(field.edit for field in self.details.fields.values()),
            self.buttons.primary, self.buttons.alternative, self.buttons.quiet,
        ]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def work(self) -> tuple[QWidget, ...]:
        """The parts that rest once a slip is issued."""
        return (self.search, self.questions, self.materials, self.applicant)

    def show_item(self, shown: bool) -> None:
        """Whether an item is chosen: without one there is nothing to ask."""
        self._item_shown = shown
        self.questions.setVisible(shown)

    def show_issued(self, shown: bool) -> None:
        """Puts the number in the decision's place, or the decision back."""
        self._issued_shown = shown
        for widget, on in (
            (self.issued, shown),
            (self.issued.buttons, shown),
            (self.decision, not shown),
            (self.buttons, not shown),
        ):
            widget.setVisible(on)
        if shown and self._complete:
            self.details.show_fields(())
        for widget in self.work():
            widget.setEnabled(not shown)

    def go_to(self, key: str) -> None:
        """Puts the focus where something is lacking (the keys of ui/desk/presentation/missing.py)."""
        if key in self.applicant.fields:
            self.applicant.go_to(key)
        elif key in self.details.fields:
            self.details.go_to(key)
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

    def open_paper(self, on: bool) -> bool:
        """Opens the folded paper over the list, or folds it; True where that changed anything."""
        changed = self.paper_open is not on and not self.strip.isHidden()
        self.paper_open = on
        return changed

    def place(self, size: QSize) -> None:
        """Puts every part where the page's size wants it."""
        top = self.issued if self._issued_shown else self.decision
        if self._complete:
            self.details.fit(narrow=size.width() < theme.px(NARROW))
        acts = self.issued.buttons if self._issued_shown else self.buttons
        wishes = Wishes(
            self.search.wanted_height(), self._item_shown, lambda w: _height(self.applicant, w),
            lambda w: _height(top, w) + self._details_height(w),
            theme.px(38), theme.px(36) if self._complete and not (self.draft_line.isHidden() and self.earlier.line.isHidden()) else 0,
        )  # fmt: skip
        places = arrange(size.width(), size.height(), wishes, theme.px)
        narrow = "strip" in places
        self.strip.setVisible(narrow)
        if narrow and self.paper_open:
            places["preview"] = places["overlay"]
        parts: dict[str, QWidget] = {
            "search": self.search, "strip": self.strip, "materials": self.materials, "applicant": self.applicant,
            "decision": top, "preview": self.preview, "buttons": acts,
        }  # fmt: skip
        if self._complete:
            line = self.earlier.line if self.draft_line.isHidden() else self.draft_line
            parts |= {"draft_line": line, "questions": self.questions, "details": self.details}
            self._part_details(places)
        for name, part in parts.items():
            if name in places:
                part.setGeometry(*places[name])
        self.preview.setVisible("preview" in places)
        if narrow and self.paper_open:
            self.preview.raise_()
        if self._complete:
            self.earlier.fit()
            self.bodies.fit()
            self.help.raise_()

    def _details_height(self, width: int) -> int:
        """What the form takes beneath the decision, with the gap between them."""
        return _height(self.details, width) + theme.px(GAP) if self._complete and not self.details.isHidden() else 0

    def _part_details(self, places: dict[str, Rect]) -> None:
        x, y, width, height = places["decision"]
        if form := self._details_height(width):
            places["decision"] = (x, y, width, height - form)
            places["details"] = (x, y + height - form + theme.px(GAP), width, form - theme.px(GAP))


def _height(card: QWidget, width: int) -> int:
    layout = card.layout()
    assert layout is not None
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else card.sizeHint().height()
