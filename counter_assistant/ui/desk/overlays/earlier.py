"""对照：左边上次告知的，右边今天需要的，不同之处写明缘由（守则 一(五)4）."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.overlays.comparison_table import comparison_table
from counter_assistant.ui.desk.presentation.earlier_rows import POSSIBLE, PairRow, rows_of, short_day
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page_words import COPIES
from counter_assistant.ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from counter_assistant.domain.notification.differences import Comparison
    from counter_assistant.operations.notification.earlier import EarlierAct

Keys = dict[int, Callable[[], object]]


class EarlierOverlay(QFrame):
    """The comparison over the page. The old paper comes in its place on `show_paper`, and goes again with O.

    Esc closes it, up and down scroll, left and right go to another earlier act, O asks for the old paper.
    """

    paper_wanted = Signal(str)
    turned = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._number = ""
        self._focus = FocusReturn()
        self.rows: tuple[PairRow, ...] = ()
        self.setObjectName("layer")
        self.setAccessibleName("与上次告知对照")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(10))
        inside.setSpacing(theme.px(4))
        self.summary = PlainLabel("", "loud", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper = PaperView()
        inside.addLayout(self._head())
        inside.addWidget(self.summary)
        inside.addWidget(self.area, 1)
        inside.addWidget(self.paper, 1)
        self.paper.hide()
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(PlainLabel("与上次告知对照", "title"))
        self.which = PlainLabel("", "attention")
        head.addWidget(self.which, 1)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._toggle_paper)
        head.addWidget(self.button)
        head.addWidget(PlainLabel("↑ ↓ 翻看", "hint"))
        head.addWidget(LinkButton("Esc", "关上", self.close_overlay))
        return head

    def show_comparison(self, act: EarlierAct, comparison: Comparison, place: tuple[int, int] = (1, 1)) -> None:
        """Fills it. `place` says which of how many earlier acts this is."""
        today, (n, of) = comparison.now.day, place
        self._number = act.number
        turning = f"← → 第 {n} 次，共 {of} 次" if of > 1 else ""
        self.which.setText("　".join(filter(None, ("" if act.certain else POSSIBLE, turning))))
        self.summary.setText(f"{comparison.summary}。")
        self.rows = tuple(rows_of(comparison))
        then = f"上次　{short_day(act.time, today)}　{act.clerk}　{act.number or '口头告知'}"
        self.area.setWidget(comparison_table(then, f"今天　{today.month}月{today.day}日", self.rows))
        self._show_paper(on=False)

    def show_paper(self, pdf: bytes) -> None:
        """The old paper in the place of the comparison."""
        self.paper.show_pdf(pdf, COPIES)
        self._show_paper(on=True)

    def _show_paper(self, *, on: bool) -> None:
        if not on:
            self.paper.clear()
        self.paper.setVisible(on)
        self.area.setVisible(not on)
        self.summary.setVisible(not on)
        self.button.setText("回到对照　O" if on else "看原单　O")
        self.button.setAccessibleName("回到对照，O" if on else "看上次的原单，O")
        self.button.setVisible(bool(self._number))

    def _toggle_paper(self) -> None:
        if not self.paper.isHidden():
            self._show_paper(on=False)
        elif self._number:
            self.paper_wanted.emit(self._number)

    def open(self) -> None:
        """Opens it over the page and takes the keys; closed, it gives them back to where they were."""
        self._focus.keep()
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def fit(self) -> None:
        """As large as the page has room for, and no wider than reads well."""
        margin = theme.px(12)
        width = min(self._page.width() - 2 * margin, theme.px(1080))
        self.setGeometry((self._page.width() - width) // 2, margin, width, self._page.height() - 2 * margin)

    def close_overlay(self) -> bool:
        """Closes it; False where it was not open."""
        if self.isHidden():
            return False
        had_focus = self.hasFocus()
        self.hide()
        self.paper.clear()
        if had_focus:
            self._focus.give_back()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        act = (self._with_control() if control else self._keys()).get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _with_control(self) -> Keys:
        """As on the desk: Ctrl+L closes it, and the paper is turned with Ctrl."""
        return {
            Qt.Key.Key_L: self.close_overlay,
            Qt.Key.Key_PageUp: lambda: self.paper.turn(-1),
            Qt.Key.Key_PageDown: lambda: self.paper.turn(1),
        }

    def _keys(self) -> Keys:
        page = self.area.height() - theme.px(24)
        return {
            Qt.Key.Key_Escape: self.close_overlay,
            Qt.Key.Key_O: self._toggle_paper,
            Qt.Key.Key_Left: lambda: self.turned.emit(-1),
            Qt.Key.Key_Right: lambda: self.turned.emit(1),
            Qt.Key.Key_Up: lambda: self._scroll(-theme.px(48)),
            Qt.Key.Key_Down: lambda: self._scroll(theme.px(48)),
            Qt.Key.Key_PageUp: lambda: self._scroll(-page),
            Qt.Key.Key_PageDown: lambda: self._scroll(page),
        }

    def _scroll(self, by: int) -> None:
        if not self.paper.isHidden():
            self.paper.turn(1 if by > 0 else -1)
            return
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + by)
