"""各份清单：已超期、今天到期……每份有多少件，Alt+数字换清单。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.records.search_field import TURNS

LISTS = tuple(CaseList)
ALARMING = frozenset((CaseList.OVERDUE, CaseList.TODAY))
NOT_FOUND = "没有找到。可以少打几个字，或者换成编号、证件或电话的后四位、事项再试。"
EMPTY = {
    CaseList.OVERDUE: "没有超期的办件。", CaseList.TODAY: "今天没有到期的办件。", CaseList.SOON: "三个工作日内没有到期的办件。",
    CaseList.WAITING: "没有等当事人补材料的办件。\n出具补办件通知书或者材料不齐的告知以后，会在这里等他再来。",
    CaseList.HELD: "没有待定的办件。\n需要几个科室协办、查证或者政策不明的，登记以后在这里跟着。",
    CaseList.ASKED: "没有待答复的咨询。\n当场答不了的咨询登记以后在这里，三个工作日内答复。",
    CaseList.HANDED_ON: "没有转办后要督办的事。\n开了转办单的，在这里跟到办完为止。",
    CaseList.OPEN: "没有未结的办件。\n受理、待补、待答复、转办的每一件都会在这里，最急的在最上面。",
    CaseList.CLOSED: "还没有结束的办件。\n办结、答复、退回、撤回的在这里，随时能查。",
}  # fmt: skip


class CaseLists(QWidget):
    """One chip for each list; none is chosen while something is searched for.

    Tab comes here: then a digit alone chooses a list, as do left and right; Enter or down goes on to the cases.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("清单")
        self.current = CaseList.OPEN
        self.chips = {which: ListChip(str(n), which) for n, which in enumerate(LISTS, 1)}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = FlowLayout(theme.px(6), theme.px(6), self)
        line.setContentsMargins(*(theme.px(3),) * 4)
        for which, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, which=which: self.choose(which))
            line.addWidget(chip)

    def choose(self, which: CaseList) -> None:
        """Chooses a list."""
        self.current = which
        self.chosen.emit(which)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = Qt.Key(event.key()), event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and digit.isdecimal() and 1 <= int(digit) <= len(LISTS):
            self.choose(LISTS[int(digit) - 1])
        elif plain and key in TURNS:
            self.turn(TURNS[key])
        elif key in (*ENTER, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.colour(theme.palette().focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))

    def begin(self, counts: Mapping[CaseList, int]) -> None:
        """Chooses what is most urgent: overdue, else today, else everything that is open."""
        self.current = next((which for which in (CaseList.OVERDUE, CaseList.TODAY) if counts[which]), CaseList.OPEN)

    def turn(self, by: int) -> None:
        """Chooses the list so many places on, from the last to the first again."""
        self.choose(LISTS[(LISTS.index(self.current) + by) % len(LISTS)])

    def show_state(self, counts: Mapping[CaseList, int], *, searching: bool) -> None:
        """Shows how many cases are on each, and which one is shown."""
        for which, chip in self.chips.items():
            chip.count(counts[which])
            chip.setChecked(which is self.current and not searching)


class ListChip(Chip):
    """The name of a list and its count: red where cases are overdue, amber where they are due today."""

    def __init__(self, key: str, which: CaseList) -> None:
        super().__init__(key, which.label)
        self._which, self._count = which, 0
        self.setObjectName(which.value)
        self.count(0)

    def count(self, n: int) -> None:
        """Shows another count."""
        self._count = n
        self.rename(f"{self._which.label} {n}")
        self.setAccessibleName(f"{self._which.label}，{n} 件，Alt+{self._key}")

    def _write(self, painter: QPainter, ink: str, key_ink: str) -> None:
        colours = theme.palette()
        if self._count and self._which in ALARMING and not self.isChecked():
            ink = colours.overdue if self._which is CaseList.OVERDUE else colours.attention
        super()._write(painter, ink, key_ink)
