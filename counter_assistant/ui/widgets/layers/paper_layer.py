"""盖住整页的一层：左边是要看、要填的，右边是一张纸，可以滚、可以翻页。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.paper_view import PaperView

STEP = 48


class PaperLayer(QFrame):
    """Lies over the whole page as long as it is open, and keeps the keys; `closed`: no longer."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget, widest: int, share: int, paper: PaperView | None = None) -> None:
        """The left side takes `share` percent of the width, at most `widest`; `paper` is what shows the page, if it is another."""
        super().__init__(parent)
        self._page, self._focus = parent, FocusReturn()
        self._widest, self._share = widest, share
        self.setObjectName("layer")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.paper = paper or PaperView()
        self.area = QScrollArea()
        self.left = QWidget()
        self.column = QVBoxLayout(self.left)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))

    def lay_out_paper(self, hint: str) -> None:
        """Puts both sides together, once the left one is made."""
        self.area.setWidget(self.paper)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right = QVBoxLayout()
        right.setSpacing(theme.px(4))
        right.addWidget(PlainLabel(hint, "hint", wrap=True))
        right.addWidget(self.area, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(10))
        line.setSpacing(theme.px(14))
        line.addWidget(self.left)
        line.addLayout(right, 1)
        for followed in (self.area.viewport(), self._page):
            followed.installEventFilter(self)

    def open_layer(self) -> None:
        """Shows it; where it was open already it stays so."""
        if self.isHidden():
            self._focus.keep()
        self.fit()
        self.show()
        self.raise_()
        self.area.verticalScrollBar().setValue(0)

    def tab_order(self) -> Sequence[QWidget]:
        """What Tab goes through."""
        raise NotImplementedError

    def fit(self) -> None:
        """As large as the page, the paper as wide as its column."""
        margin = theme.px(12)
        self.setGeometry(margin, margin, self._page.width() - 2 * margin, self._page.height() - 2 * margin)
        self.left.setFixedWidth(min(theme.px(self._widest), self.width() * self._share // 100))
        self.fit_paper()

    def fit_paper(self) -> None:
        """The paper fills the width of its column, and is scrolled."""
        width = self.area.viewport().width()
        self.paper.resize(width, round((width - theme.px(20)) * self.paper.ratio) + theme.px(44))

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a paper as wide as its column."""
        self.paper.show_pdf(pdf)
        self.fit_paper()

    def close_overlay(self) -> bool:
        """Closes it and gives the focus back; False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self.paper.clear()
        self._focus.give_back()
        self.closed.emit()
        return True

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab stays within it: what lies beneath is not to be changed unseen."""
        stops = [widget for widget in self.tab_order() if widget is self or not widget.isHidden()]
        order = [widget for widget in stops if widget.isEnabled()] or [
            self
        ]  # one that is disabled would hold the focus back
        focused = next((n for n, widget in enumerate(order) if widget.hasFocus()), 0)
        order[(focused + (1 if next_ else -1)) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the desk beneath."""
        event.accept()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        bar, page = self.area.verticalScrollBar(), self.area.viewport().height() - theme.px(STEP)
        moves: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - theme.px(STEP)),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + theme.px(STEP)),
            Qt.Key.Key_PageUp: lambda: self._turn(-1) if control else bar.setValue(bar.value() - page),
            Qt.Key.Key_PageDown: lambda: self._turn(1) if control else bar.setValue(bar.value() + page),
            Qt.Key.Key_Escape: self.close_overlay,
        }
        if act := moves.get(event.key()):
            act()

    def _turn(self, pages: int) -> None:
        self.paper.turn(pages)
        self.area.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It follows the page, and the paper its column; nothing is kept back."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self.fit() if watched is self._page else self.fit_paper()
        return super().eventFilter(watched, event)
