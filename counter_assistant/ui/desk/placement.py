"""各张卡片在页面上的位置；窄屏时纸面合成一条，展开时盖在清单上。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.layout import (
    GAP,
    NARROW,
    Rect,
    Wishes,
    arrange,
    arrange_empty,
    least_height,
    least_height_empty,
)

if TYPE_CHECKING:
    from counter_assistant.ui.desk.card_set import CardSet


class Placement:
    """Puts every card where the page's size wants it. `paper_open`: the folded paper lies open over the list."""

    def __init__(self, cards: CardSet) -> None:
        self._cards = cards
        self.paper_open = False

    def open_paper(self, on: bool) -> bool:
        """Opens the folded paper over the list, or folds it; True where that changes anything."""
        changed = self.paper_open is not on and not self._cards.folded_paper.isHidden()
        self.paper_open = on
        return changed

    def place(self, size: QSize) -> int:
        """Puts every card in its place on a page of this size; returns the height beneath which something would have no room."""
        cards = self._cards
        if cards.empty:
            return self._place_empty(size)
        if cards.completed:
            cards.paper_fields.fit(narrow=size.width() < theme.px(NARROW))
        wishes = self._wishes()
        places = arrange(size.width(), size.height(), wishes, theme.px)
        narrow = "folded" in places
        cards.folded_paper.setVisible(narrow)
        if narrow and self.paper_open:
            places["preview"] = places["overlay"]
        self._share_decision(places)
        for name, card in self._named().items():
            if name in places:
                card.setGeometry(*places[name])
        cards.preview.setVisible("preview" in places)
        if cards.completed:
            cards.spoken.setVisible("spoken" in places)
            cards.spoken.fit()
        if narrow and self.paper_open:
            cards.preview.raise_()
        return least_height(size.width(), wishes, theme.px)

    def _place_empty(self, size: QSize) -> int:
        """The search, and what stands beside it while nobody is at the desk."""
        cards = self._cards
        cards.folded_paper.hide()
        aside = cards.empty_desk.aside.wanted_height() if cards.completed else 0
        places = arrange_empty(size.width(), size.height(), aside, theme.px)
        cards.decision.setGeometry(*places["decision"])  # 情况 opens beneath it
        cards.search.setGeometry(*places["search"])
        if cards.completed:
            cards.spoken.hide()
            for name, card in cards.empty_desk.by_place.items():
                card.setGeometry(*places[name])
        return least_height_empty(aside, theme.px)

    def _wishes(self) -> Wishes:
        cards, top = self._cards, self._top()
        barred = cards.completed and not cards.earlier_bar.isHidden()
        return Wishes(
            cards.search.wanted_height(), cards.item_shown, lambda width: _height(cards.applicant, width),
            lambda width: _height(top, width) + self._form_height(width),
            theme.px(38), theme.px(36) if barred else 0, self._spoken_heights,
            cards.materials.least_height() if cards.completed else 0,
            cards.materials.smallest_height() if cards.completed else 0, self._acts().sizeHint().width(),
        )  # fmt: skip

    def _spoken_heights(self, width: int) -> tuple[int, ...]:
        cards = self._cards
        return cards.spoken.heights(width) if cards.completed else ()

    def _top(self) -> QWidget:
        """What heads the right column: the decision, or the number that came of it."""
        return self._cards.issued if self._cards.issued_shown else self._cards.decision

    def _acts(self) -> QWidget:
        """The buttons at the foot."""
        return self._cards.issued.buttons if self._cards.issued_shown else self._cards.buttons

    def _named(self) -> dict[str, QWidget]:
        """The cards by the names of their places."""
        cards = self._cards
        named: dict[str, QWidget] = {
            "search": cards.search, "folded": cards.folded_paper, "materials": cards.materials, "applicant": cards.applicant,
            "decision": self._top(), "preview": cards.preview,
            "buttons": self._acts(),
        }  # fmt: skip
        if cards.completed:
            named |= {"bar": cards.earlier_bar, "questions": cards.questions, "paper_fields": cards.paper_fields,
                      "spoken": cards.spoken}  # fmt: skip
        return named

    def _form_height(self, width: int) -> int:
        """What the form takes beneath the decision, with the gap between them."""
        cards = self._cards
        shown = cards.completed and not cards.paper_fields.isHidden()
        return _height(cards.paper_fields, width) + theme.px(GAP) if shown else 0

    def _share_decision(self, places: dict[str, Rect]) -> None:
        """The form of what the paper asks for stands in the decision's place, beneath it."""
        x, y, width, height = places["decision"]
        if form := self._form_height(width):
            places["decision"] = (x, y, width, height - form)
            places["paper_fields"] = (x, y + height - form + theme.px(GAP), width, form - theme.px(GAP))


def _height(card: QWidget, width: int) -> int:
    layout = card.layout()
    assert layout is not None
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else card.sizeHint().height()
