"""一个数打开来：它数的是哪几件，一件一行，回车到办件页看这一件，Esc 回到图上."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.operations.report.behind import CaseLine
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList

NONE = "这个数里没有办件。"
CALLS = "来电没有办件：请到登记页（F5）的首问里看。"
WIDEST, MARGIN = 760, 12


class CasesLayer(QFrame):
    """The cases behind a figure, over the page. `chosen` is the line that is opened."""

    chosen = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._focus = page, FocusReturn()
        self.lines: tuple[CaseLine, ...] = ()
        self.setObjectName("layer")
        self.setAccessibleName("这个数里的办件")
        self.title, self.more = PlainLabel("", "title"), PlainLabel("", "secondary", wrap=True)
        self.more.setObjectName("more")
        self.list = PickedList("这个数里的办件", 32)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(PlainLabel("回车看这一件", "hint"))
        head.addWidget(LinkButton("Esc", "关上", self.close_layer))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        rows.setSpacing(theme.px(8))
        rows.addLayout(head)
        rows.addWidget(self.more)
        rows.addWidget(self.list, 1)
        self.list.entered.connect(self._enter)
        self.list.itemClicked.connect(lambda _item: self._enter())
        self.hide()

    def show_lines(self, title: str, lines: Sequence[CaseLine], more: str = "") -> None:
        """Opens with some cases; `more` is said over them."""
        self.lines = tuple(lines)
        self.title.setText(title)
        self.more.say(more)
        self.list.clear()
        for line in self.lines:
            self.list.add(line.text, line.hint)
        self.list.setCurrentRow(0)
        if self.isHidden():
            self._focus.keep()
        self.fit()
        self.show()
        self.raise_()
        self.list.setFocus()

    def fit(self) -> None:
        """As large as the page has room for, and no wider than reads well."""
        margin = theme.px(MARGIN)
        width = min(self._page.width() - 2 * margin, theme.px(WIDEST))
        self.setGeometry((self._page.width() - width) // 2, margin, width, self._page.height() - 2 * margin)

    def close_layer(self) -> bool:
        """Closes it; False where it was not open."""
        if self.isHidden():
            return False
        self._focus.give_back()
        self.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_layer()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here: what lies beneath is not to be reached while it is covered."""
        return True

    def _enter(self) -> None:
        if 0 <= self.list.currentRow() < len(self.lines):
            self.chosen.emit(self.lines[self.list.currentRow()])
