"""复核：左边是这一件的几行字，右边是将要印出的那张纸，只能看；F9 同意，或者写理由退回修改。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.paper_view import PaperView

STEP = 48
_A4 = 297 / 210


class ReviewPaper(QFrame):
    """Over the whole page. `agreed` and `sent_back` (with the reason as typed) are what the reviewer says; `closed`: nothing."""

    agreed = Signal()
    sent_back = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._focus = parent, FocusReturn()
        self.setObjectName("layer")
        self.setAccessibleName("复核")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PlainLabel("", "title", wrap=True)
        self.title.setObjectName("review_title")
        self.reason = LabelledField("review_reason", "退回的理由", "退回修改时写")
        self.message = PlainLabel("", "error", wrap=True)
        self.message.setObjectName("review_message")
        self.agree = ActionButton("同意", "F9", self, loud=True)
        self.send_back = ActionButton("退回修改", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.paper = PaperView()
        self.area = QScrollArea()
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(LinkButton("Esc", "先不看", self.close_overlay), 0, Qt.AlignmentFlag.AlignTop)
        self._told = QScrollArea()
        self._told.setFrameShape(QFrame.Shape.NoFrame)
        self._told.setWidgetResizable(True)
        self._told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(8))
        for part in (head, self._told, self.message, self.reason, self.agree, self.send_back):
            left.addLayout(part) if isinstance(part, QHBoxLayout) else left.addWidget(part, part is self._told)
        self.agree.setMinimumHeight(theme.px(38))
        self.area.setWidget(self.paper)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hint = PlainLabel("↑ ↓ 看纸面，Ctrl+PgDn 翻页；内容只能看，要改的退回给经办人", "hint")
        right = QVBoxLayout()
        right.setSpacing(theme.px(4))
        right.addWidget(hint)
        right.addWidget(self.area, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(10))
        line.setSpacing(theme.px(14))
        line.addWidget(self._left)
        line.addLayout(right, 1)

    def _connect(self) -> None:
        self.agree.clicked.connect(self.agreed)
        self.send_back.clicked.connect(self._send_back)
        self.reason.changed.connect(lambda _text: self.say(""))
        self.reason.edit.entered.disconnect(self.reason.edit.focusNextChild)
        self.reason.edit.entered.connect(self._send_back)
        for followed in (self.area.viewport(), self._page):
            followed.installEventFilter(self)

    def show_paper(self, title: str, facts: Sequence[tuple[str, str]], pdf: bytes) -> None:
        """Shows a paper that waits, and opens."""
        self.title.setText(title)
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, theme.px(4), 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for n, (label, text) in enumerate(facts):
            grid.addWidget(PlainLabel(label, "secondary"), n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(text, wrap=True), n, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(facts), 1)
        self._told.setWidget(rows)
        for ground in (self._told.viewport(), rows):
            ground.setAutoFillBackground(False)
        self.reason.edit.clear()
        self.say("")
        self.paper.show_pdf(pdf)
        if self.isHidden():
            self._focus.keep()
        self.fit()
        self.show()
        self.raise_()
        self.area.verticalScrollBar().setValue(0)
        self.setFocus()

    def say(self, fault: str) -> None:
        """Says why what was pressed was not done; empty takes it back."""
        self.message.say(fault)

    def fit(self) -> None:
        """As large as the page, the paper as wide as its column."""
        margin = theme.px(12)
        self.setGeometry(margin, margin, self._page.width() - 2 * margin, self._page.height() - 2 * margin)
        self._left.setFixedWidth(min(theme.px(380), self.width() * 38 // 100))
        self._fit_paper()

    def _fit_paper(self) -> None:
        width = self.area.viewport().width()
        self.paper.resize(width, round((width - theme.px(20)) * _A4) + theme.px(44))

    def close_overlay(self) -> bool:
        """Closes it and gives the focus back; False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self.paper.clear()
        self._focus.give_back()
        self.closed.emit()
        return True

    def _send_back(self) -> None:
        if self.reason.edit.text().strip():
            self.sent_back.emit(self.reason.edit.text())
        else:
            self.say("请写要改什么，再退回。")
            self.reason.edit.setFocus()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab stays within it: what lies beneath is not to be changed unseen."""
        order = [self, self.reason.edit, self.agree, self.send_back]
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
            self.fit() if watched is self._page else self._fit_paper()
        return super().eventFilter(watched, event)
