"""核定的架子：左边待核定的，中间一句一句，右边改前改后，下面批准和送核。What they do is the mode's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.item_card import ItemCard
from counter_assistant.ui.items.effects.failing_line import FailingLine
from counter_assistant.ui.items.effects.visit_line import VisitLine
from counter_assistant.ui.items.effects.visits_row import VisitsRow
from counter_assistant.ui.items.effects.whole_pages import WholePages
from counter_assistant.ui.items.review.approval_bar import ApprovalBar
from counter_assistant.ui.items.review.changes_view import ChangesView
from counter_assistant.ui.items.review.confirm_line import ConfirmLine
from counter_assistant.ui.items.review.editions_line import EditionsLine
from counter_assistant.ui.items.review.lists import OpenLists
from counter_assistant.ui.items.review.pack.view import PackView
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.items.review.sheet.view import SheetView
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel

LOW = 640
"""Pixels of the page beneath which there is room for the text only if the rest is folded: a window of 614 leaves 540."""


class ReviewFrame(QWidget):
    """The parts of the mode in their places. At the foot stands one thing at a time."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lists, self.card, self.changes = OpenLists(), SentenceCard(), ChangesView()
        self.item, self.visits = ItemCard(office), VisitsRow()
        self.sheet, self.pack = SheetView(), PackView()
        self.pages, self.column = WholePages(), QWidget()
        self.bar, self.confirm, self.editions = ApprovalBar(self), ConfirmLine(), EditionsLine()
        self.visit, self.failing = VisitLine(), FailingLine()
        self.lines = (self.confirm, self.editions, self.visit, self.failing)
        self.trouble, self.why = Card("核定目录"), PlainLabel("", "body", wrap=True, aloud=True)
        self.why.setObjectName("trouble_words")
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.rows.addWidget(self.why, 1)
        self.trouble.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for line in self.lines:
            line.closed.connect(lambda: self.show_at_foot(self.bar))
        self.instead: tuple[QWidget, ...] = (self.trouble, self.sheet, self.pack, self.pages)
        self._foot: QWidget | None = None
        """What stood at the foot before something was shown in place of everything."""
        self._lay_out()
        self._put(None)
        self.show_at_foot(self.bar)
        self.show_middle(self.card)

    def _lay_out(self) -> None:
        line, above, middle, rows = QHBoxLayout(self), QHBoxLayout(), QVBoxLayout(self.column), QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        line.setContentsMargins(*(theme.px(12),) * 4)
        for layout in (line, above, middle, rows):
            layout.setSpacing(theme.px(10))
        line.addWidget(self.lists)
        line.addLayout(rows, 1)
        rows.addLayout(above, 1)
        middle.addWidget(self.card, 1)
        middle.addWidget(self.item, 1)
        middle.addWidget(self.visits)
        above.addWidget(self.column, 1)
        above.addWidget(self.changes)
        for instead in self.instead:
            above.addWidget(instead, 1)
        for part in (self.bar, *self.lines):
            rows.addWidget(part)

    def show_middle(self, part: SentenceCard | ItemCard) -> None:
        """Shows the sentences or the editor; the keyboard belongs to what is shown."""
        part.show()
        self.setFocusProxy(part)
        part.setFocus()  # before the other is hidden: Qt would tab out of it, which turns the list
        for each in (self.card, self.item):
            each.setVisible(each is part)

    @property
    def middle(self) -> QWidget:
        """What holds the keyboard in the middle: the sentences, or the text of the editor."""
        return self.item.editor.text if self.editing else self.card

    @property
    def editing(self) -> bool:
        """Whether the editor of an item is shown."""
        return not self.item.isHidden()

    def show_at_foot(self, part: QWidget | None) -> None:
        """Shows the bar or one of the lines at the foot, or none."""
        for each in (self.bar, *self.lines):
            each.setVisible(each is part)

    def at_foot(self, part: QWidget) -> bool:
        """Whether this one of them is shown."""
        return not part.isHidden()

    def ask(self, title: str, words: str, button: str, act: Callable[[], object]) -> None:
        """Asks once, at the foot, before something is done."""
        self.confirm.ask(title, words, button, act)
        self.show_at_foot(self.confirm)
        self.confirm.button.setFocus()

    def show_taking(self, part: SheetView | PackView | None) -> None:
        """Shows what is to be taken, a sheet or a pack, in place of everything; or everything again. Nothing is sent meanwhile."""
        if part:
            self.show_middle(self.card)
        self._show_instead(part)
        self.bar.setEnabled(part is None)
        self.setFocusProxy(part.text if part else self.card)
        self.setFocus()

    def show_pages(self, *, shown: bool) -> None:
        """Shows the whole pages in place of everything, or everything again."""
        self._show_instead(self.pages if shown else None)
        if shown:
            self.pages.setFocus()

    def show_trouble(self, words: str) -> None:
        """Shows why there is nothing to review, in place of everything; or everything again."""
        self.why.say(words)
        self._show_instead(None)
        if words:
            self.show_middle(self.card)
            self._put(self.trouble)

    @property
    def covered(self) -> bool:
        """Whether something is shown in place of everything."""
        return any(not each.isHidden() for each in self.instead)

    def _show_instead(self, part: QWidget | None) -> None:
        """Shows this in place of everything, with nothing at the foot; or everything again, with what stood there."""
        focused = self.focusWidget()
        if part and focused:
            focused.clearFocus()  # before it is hidden: Qt would tab out of it, which turns the list
        self._put(part)
        if part and self._foot is None:
            self._foot = next((each for each in (self.bar, *self.lines) if self.at_foot(each)), self.bar)
            self.show_at_foot(None)
        elif part is None and self._foot:
            self.show_at_foot(self._foot)
            self._foot = None

    def _put(self, part: QWidget | None) -> None:
        part = part or (self.trouble if self.why.text() else None)
        for each in self.instead:
            each.hide()  # beside the others it would make the window wider than the screen
        for each in (self.lists, self.column, self.changes):
            each.setVisible(part is None)
        if part:
            part.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lists.setFixedWidth(min(max(theme.px(220), round(self.width() * 0.2)), theme.px(360)))
        low = self.height() < theme.px(LOW)
        self.visits.fold(low=low)
        self.bar.fold(low=low)
        self.changes.setFixedWidth(min(max(theme.px(260), round(self.width() * 0.31)), theme.px(560)))
