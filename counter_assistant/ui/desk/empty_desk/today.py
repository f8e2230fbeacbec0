"""今天一行：超期、到期、待补……只列不是零的；点一下，或者 Tab 到它再回车，就去看那一份清单。"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.palette import Palette
from counter_assistant.ui.desk.search.results import INSET
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel

SHOWN = (CaseList.OVERDUE, CaseList.TODAY, CaseList.WAITING, CaseList.ASKED, CaseList.HELD)
NOTHING = "没有超期、到期和待补的。"
_INKS: Mapping[CaseList, Callable[[Palette], str]] = {
    CaseList.OVERDUE: lambda colours: colours.overdue, CaseList.TODAY: lambda colours: colours.attention,
}  # fmt: skip


REVIEW, UNPRINTED, KIT_STALE, REGISTERS, COMPLAINTS = "待复核", "未打印", "备用单要换", "登记到期", "投诉要办"
AWAY = "离岗"


class Figure(QAbstractButton):
    """What a list is called and how many stand on it; with an `ink` of its own it presses."""

    def __init__(self, name: str, label: str, ink: Callable[[Palette], str] | None = None) -> None:
        super().__init__()
        self._label, self._ink = label, ink
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._font = theme.type_(theme.LOUD - 1, bold=ink is not None)
        self.hide()

    def show_count(self, n: int) -> None:
        """Shows how many there are; nothing where there are none."""
        self.say(f"{self._label} {n}" if n else "", f"{self._label} {n} 件，去看")

    def say(self, text: str, spoken: str) -> None:
        """Shows a figure in words, or nothing where the text is empty; `spoken` is how it is read out."""
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._font).horizontalAdvance(self.text()) + theme.px(INSET + 6), theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, painter = theme.palette(), QPainter(self)
        ink = self._ink(colours) if self._ink else colours.text
        painter.setFont(self._font)
        painter.setPen(theme.colour(ink))
        place = self.rect().adjusted(theme.px(INSET), 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.underMouse():
            line = QRect(place.left(), place.bottom() - theme.px(5), self.width() - theme.px(INSET + 6), 1)
            theme.fill(painter, line, ink)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))


class Today(Card):
    """The card 今天. `chosen`: a list of cases is wanted; `review_wanted`: the first of the papers that wait for the current clerk;
    `closing_wanted`: the day that is to be closed; `printing_wanted`: the papers that did not come out; `kit_wanted`: the
    kits for when the power is out; `registers_wanted`: what waits in the registers; `complaints_wanted`: the complaints, of which only their keepers see a figure;
    `away_wanted`: the absences."""

    chosen = Signal(object)
    review_wanted = Signal()
    closing_wanted = Signal()
    printing_wanted = Signal()
    kit_wanted = Signal()
    registers_wanted = Signal()
    complaints_wanted = Signal()
    away_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("今天", "点一下，或者 Tab、回车去看", parent)
        self.figures = {which: Figure(which.value, which.label, _INKS.get(which)) for which in SHOWN}
        self.review = Figure("to_review", REVIEW, lambda colours: colours.attention)
        self.review.clicked.connect(self.review_wanted)
        self.unprinted = Figure("unprinted", UNPRINTED, lambda colours: colours.overdue)
        self.unprinted.clicked.connect(self.printing_wanted)
        self.registers = Figure("registers_due", REGISTERS, lambda colours: colours.attention)
        self.registers.clicked.connect(self.registers_wanted)
        self.complaints = Figure("complaints_due", COMPLAINTS, lambda colours: colours.attention)
        self.complaints.clicked.connect(self.complaints_wanted)
        self.away = Figure("away", AWAY)
        self.away.clicked.connect(self.away_wanted)
        self.closing = Figure("closing", "")
        self.closing.clicked.connect(self.closing_wanted)
        self.kit = Figure("kit", KIT_STALE, lambda colours: colours.attention)
        self.kit.clicked.connect(self.kit_wanted)
        self.nothing = PlainLabel(NOTHING, "secondary")
        self.nothing.setObjectName("nothing_today")
        flow = FlowLayout(theme.px(4), theme.px(12))
        flow.addWidget(self.nothing)
        for which, figure in self.figures.items():
            figure.clicked.connect(lambda _=False, which=which: self.chosen.emit(which))
            flow.addWidget(figure)
        flow.addWidget(self.away)
        flow.addWidget(self.registers)
        flow.addWidget(self.complaints)
        flow.addWidget(self.unprinted)
        flow.addWidget(self.review)
        flow.addWidget(self.closing)
        flow.addWidget(self.kit)
        self.rows.addLayout(flow)
        self.rows.addStretch(1)
        self.hint.hide()

    def show_counts(
        self,
        counts: Mapping[CaseList, int],
        to_review: int,
        closing: str = "",
        unprinted: int = 0,
        stale: int = 0,
        registers: int = 0,
        complaints: int = 0,
        away: str = "",
    ) -> None:
        """Shows the figures that are not zero, and what is to be closed, in words. `stale`: items of kits (停电备用单) that are out of date;
        `away`: who is away and who stands in, in words."""
        self.away.say(f"{AWAY} {away}" if away else "", f"{AWAY} {away}，去看")
        self.kit.show_count(stale)
        self.unprinted.show_count(unprinted)
        self.registers.show_count(registers)
        self.complaints.show_count(complaints)
        for which, figure in self.figures.items():
            figure.show_count(counts[which])
        self.review.show_count(to_review)
        self.closing.say(closing, f"{closing}，去结账")
        pressing = to_review or closing or unprinted or stale or registers or complaints or away
        some = bool(pressing) or any(counts[which] for which in self.figures)
        self.nothing.setVisible(not some)
        self.hint.setVisible(some)
