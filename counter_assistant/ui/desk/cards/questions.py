"""情形与办理条件：数字键作答，答完自动到下一问。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.domain.formatting import STAR
from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.condition_box import TO_CONFIRM, ConditionBox
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fade import FadeBelow
from counter_assistant.ui.widgets.fields.entry_edit import is_enter
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.reading_time import ReadingTime

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.domain.catalogue.questions import AskedQuestion
    from counter_assistant.ui.desk.presentation.state import DeskState

OF_A_KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class QuestionRow(QFrame):
    """One question with its answers, and a bar beside it while it waits for a digit. A click that was meant for what stood there a moment
    before answers nothing."""

    answered = Signal(str, str)

    def __init__(self, asked: AskedQuestion) -> None:
        super().__init__()
        self.id = asked.id
        self.setObjectName(asked.id)
        self.setAccessibleName(asked.question.text)
        self._waiting, self.moved = False, ReadingTime()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(2), 0, theme.px(2))
        column.setSpacing(theme.px(4))
        column.addWidget(PlainLabel(asked.question.text, "dense"))
        flow = FlowLayout(theme.px(6), squeeze=theme.px(12))
        column.addLayout(flow)
        self.chips: dict[str, Chip] = {}
        options = [(str(n), option.label, option.code) for n, option in enumerate(asked.question.options, 1)]
        for key, label, code in (*options, ("0", "不确定", "")):
            chip = self.chips[code] = Chip(key, label, open_=not code)
            chip.clicked.connect(lambda _=False, code=code: self._clicked(code))
            flow.addWidget(chip)

    def _clicked(self, code: str) -> None:
        if not self.moved.running:
            self.answered.emit(self.id, code)

    def refresh(self, answer: str | None, waiting: bool) -> None:
        """Shows the answer (an empty code: 不确定, None: not yet) and whether digits come here."""
        for code, chip in self.chips.items():
            if chip.isChecked() is not (code == answer):
                chip.setChecked(code == answer)
        if waiting is not self._waiting:
            self._waiting = waiting
            self.update()

    def spoken(self) -> str:
        """The question and its answers by their keys, and which one holds, as a screen reader says it."""
        answers = "，".join(chip.accessibleName() for chip in self.chips.values())
        given = next((chip.text() for chip in self.chips.values() if chip.isChecked()), "")
        return f"{self.accessibleName()}：{answers}" + (f"；现在答的是 {given}" if given else "")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.moved.begin()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._waiting:
            painter = QPainter(self)
            bar = QRectF(0, theme.px(4), theme.px(3), self.height() - theme.px(8))
            painter.fillRect(bar, theme.colour(theme.palette().focus))


class Questions(Card):
    """The card 情形. It takes the digits itself; its answers take the mouse only."""

    digit = Signal(int)
    answered = Signal(str, str)
    went_back = Signal()
    condition = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("情形", "数字键作答 · 0 不确定", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.question_rows: dict[str, QuestionRow] = {}
        self.boxes: dict[str, ConditionBox] = {}
        self.explained = PlainLabel("", "hint")
        self._area = QScrollArea()
        self._area.setAccessibleName("情形各问")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.addWidget(self._area, 1)
        self.fade = FadeBelow(self._area)

    def set_item(self, item: ServiceItem) -> None:
        """Asks the questions of an item."""
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(2))
        self.question_rows = {asked.id: QuestionRow(asked) for asked in item.questions}
        for row in self.question_rows.values():
            row.answered.connect(self.answered)
            column.addWidget(row)
        self.boxes = {}
        if item.conditions:
            column.addLayout(self._conditions_head())
        for condition in item.conditions:
            box = self.boxes[condition.id] = ConditionBox(condition)
            box.clicked.connect(lambda _=False, id_=condition.id: self.condition.emit(id_))
            box.entered.connect(lambda box=box: self._bring_into_view(box))
            column.addWidget(box)
        column.addStretch(1)
        self._area.setWidget(inside)

    def _conditions_head(self) -> QHBoxLayout:
        """The heading of the conditions, and at its end what the mark behind some of them means."""
        head = QHBoxLayout()
        head.setContentsMargins(0, theme.px(6), theme.px(4), 0)
        head.addWidget(PlainLabel("办理条件", "title"))
        head.addStretch(1)
        self.explained = PlainLabel(f"{STAR}{TO_CONFIRM}", "hint")
        head.addWidget(self.explained)
        return head

    def refresh(self, state: DeskState, item: ServiceItem, broken: frozenset[str]) -> None:
        """Shows the answers, the question that waits, and the conditions."""
        arising = {asked.id for asked in state.arising(item)}
        waiting = state.at if self.hasFocus() else ""
        for id_, row in self.question_rows.items():
            row.setVisible(id_ in arising)
            row.refresh(state.answers.get(id_, "" if id_ in state.unsure else None), waiting == id_)
        for condition in item.conditions:
            if box := self.boxes.get(condition.id):
                box.refresh(condition, checked=condition.id in state.checked, broken=condition.id in broken)
        if item.conditions:
            self.explained.setVisible(any(condition.source.to_confirm for condition in item.conditions))
        self._tell(waiting)
        if waiting in self.question_rows:
            QTimer.singleShot(0, self, lambda: self._reveal(waiting))

    def _tell(self, waiting: str) -> None:
        """The question that waits is said of the card, which has the focus; another one while it has it, aloud."""
        row = self.question_rows.get(waiting)
        words, before = row.spoken() if row else "", self.accessibleDescription()
        self.setAccessibleDescription(words)
        if before and words != before:
            announce(self, words)

    def first_open(self) -> ConditionBox | None:
        """The first condition that is still to be checked."""
        return next((box for box in self.boxes.values() if box.words != "已核"), None)

    def _bring_into_view(self, box: ConditionBox) -> None:
        """What Space would tick must be read first."""
        self._area.ensureWidgetVisible(box, 0, theme.px(8))

    def _reveal(self, question_id: str) -> None:
        row, bar = self.question_rows.get(question_id), self._area.verticalScrollBar()
        if row:
            before = bar.value()
            self._area.ensureWidgetVisible(row, 0, theme.px(8))
            if bar.value() != before:
                self._all_moved()

    def _all_moved(self) -> None:
        for row in self.question_rows.values():
            row.moved.begin()
        for box in self.boxes.values():
            box.moved.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text in "0123456789" and not event.modifiers() & OF_A_KEY:
            self.digit.emit(int(text))
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Up):
            self.went_back.emit()
        elif is_enter(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        for row in self.question_rows.values():
            row.refresh(next((c for c, chip in row.chips.items() if chip.isChecked()), None), False)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(theme.palette().focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
