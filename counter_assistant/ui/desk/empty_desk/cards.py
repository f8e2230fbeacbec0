"""空着的台面右边的三张卡片：放下的几位、今天、刚才。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.empty_desk.put_aside import PutAside
from counter_assistant.ui.desk.empty_desk.today import Today
from counter_assistant.ui.desk.search.results import ROW, Row, RowList
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel

MOST_DONE = 12
NOTHING_DONE = "还没有出过文书。出具以后，最近的几份在这里。"


class JustDone(Card):
    """What was done last: the newest papers, which are opened in the archive."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("刚才", "点一下看原件、补打", parent)
        self.list = RowList("刚才出具的文书", marked_only_in_focus=True)
        self.list.setObjectName("just_done")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.none = PlainLabel(NOTHING_DONE, "secondary", wrap=True)
        self.rows.addWidget(self.none)
        self.rows.addWidget(self.list, 1)
        self.rows.addStretch(0)
        self._papers: Sequence[Row] = ()
        self.show_papers(())

    def show_papers(self, rows: Sequence[Row]) -> None:
        """Shows the papers, the newest first, as many as there is room for."""
        self._papers = rows
        self._fit()
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.hint.setVisible(bool(rows))

    def _fit(self) -> None:
        """Shows no line in part."""
        margins, gap = self.rows.contentsMargins(), self.rows.spacing()
        room = self.height() - margins.top() - margins.bottom() - self.head.sizeHint().height() - 2 * gap
        self.list.results.fill(self._papers[: max(room // theme.px(ROW), 1)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class EmptyDeskCards:
    """The cards beside the search while nobody stands at the desk, all of them children of the page."""

    def __init__(self, page: QWidget) -> None:
        self.aside, self.today, self.done = PutAside(page), Today(page), JustDone(page)
        self.by_place: dict[str, QWidget] = {"aside": self.aside, "today": self.today, "done": self.done}

    def show(self, on: bool) -> None:
        """Shows the cards, or none of them."""
        for card in self.by_place.values():
            card.setVisible(on)
