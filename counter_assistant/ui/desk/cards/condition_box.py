"""办理条件：待核、已核，或者因回答而不符合、要核实。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeySequence, QMouseEvent, QMoveEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from counter_assistant.domain.formatting import STAR
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import plain_tip
from counter_assistant.ui.widgets.marks import draw_box
from counter_assistant.ui.widgets.reading_time import ReadingTime

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import EligibilityCondition

BOX = 16
TO_CONFIRM = "待本中心核定"
MARK = f"\u2060{STAR}"  # a word joiner before it: the mark never begins a line


class ConditionBox(QAbstractButton):
    """A condition with its mark; Space or a click turns 待核 into 已核, unless the click was meant for what stood there a moment before.
    `entered`: the keys are its own now."""

    entered = Signal()

    def __init__(self, condition: EligibilityCondition) -> None:
        super().__init__()
        self.setObjectName(condition.id)
        self.setText(condition.text)
        self.setShortcut(QKeySequence())  # an ampersand in it gives it no key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._condition = condition
        self._checked, self._broken, self.moved = False, False, ReadingTime()
        self._explain()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """The state in words."""
        spoken_against = "不符合" if self._condition.refuses else "请核实"
        return "已核" if self._checked else spoken_against if self._broken else "待核"

    def refresh(self, condition: EligibilityCondition, *, checked: bool, broken: bool) -> None:
        """Shows the state; the condition itself may have been approved meanwhile."""
        if (condition, checked, broken) != (self._condition, self._checked, self._broken):
            self._condition, self._checked, self._broken = condition, checked, broken
            self._explain()
            self.updateGeometry()
            self.update()

    def _explain(self) -> None:
        """The mark in words, for a screen reader and for the mouse."""
        open_ = self._condition.source.to_confirm
        self.setAccessibleName(f"办理条件：{self.text()}，{self.words}" + (f"；{TO_CONFIRM}" if open_ else ""))
        self.setToolTip(plain_tip(f"{STAR}{TO_CONFIRM}") if open_ else "")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.begin()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.moved.running:
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @property
    def sentence(self) -> str:
        """The condition as it is painted."""
        return self.text() + (MARK if self._condition.source.to_confirm else "")

    def _room(self, width: int) -> QRect:
        return QRect(theme.px(BOX + 12), theme.px(4), max(width - theme.px(BOX + 12 + 52), 40), 10_000)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(theme.type_(theme.DENSE))
        text = metrics.boundingRect(self._room(width), Qt.TextFlag.TextWordWrap, self.sentence)
        return max(text.height() + theme.px(8), theme.px(26))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = "ticked" if self._checked else "mend" if self._broken else "empty"
        draw_box(painter, QRectF(theme.px(4), theme.px(5), theme.px(BOX), theme.px(BOX)), kind)
        painter.setFont(theme.type_(theme.DENSE))
        painter.setPen(theme.colour(colours.text))
        painter.drawText(self._room(self.width()), Qt.TextFlag.TextWordWrap, self.sentence)
        ink = colours.done if self._checked else colours.attention if self._broken else colours.hint
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.type_(theme.SMALL, bold=self._broken and not self._checked))
        place = QRect(self.width() - theme.px(56), theme.px(4), theme.px(52), theme.px(18))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.words)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
