"""体检的一页：一行一样，要办的在上面，写明怎么办；F9 再看一遍。看的时候可以回去办件，结果留着."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.safekeeping.checkup import LEGEND, CheckLine, Level
from counter_assistant.ui.announcing import acting, announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.checkup.checking import Checking
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel

AGAIN, STOP = "再看一遍", "停下"
STEP = "正在核对整本台账：第 {} 步，共 {} 步。可以先返回办件，结果留在这里。"
BEGINS = "正在核对整本台账。可以先返回办件，结果留在这里。"
_ROLES = {
    Level.WELL: "done",
    Level.ATTENTION: "attention",
    Level.BAD: "error",
    Level.OPEN: "secondary",
    Level.WAITS: "secondary",
}
TOP = Qt.AlignmentFlag.AlignTop
_SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class CheckupPage(CardPage):
    """Shows what a Checking found and finds."""

    KEYS = (("F9", "再看一遍；看的时候是停下"), ("↑ ↓", "往上、往下看"), ("Esc", "返回"))
    """The keys of this page, for F1."""

    def __init__(self, checking: Checking, parent: QWidget | None = None) -> None:
        super().__init__("体检", 960, parent)
        self.checking = checking
        self._told = ""
        self.headline = PlainLabel("", "loud")
        self.headline.setObjectName("headline")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.act = ActionButton(AGAIN, "F9", self, loud=True)
        self.act.setObjectName("act")
        self.leave = ActionButton("返回", "Esc", self)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.act.clicked.connect(self._act)
        self.leave.clicked.connect(self.finished)
        checking.changed.connect(self._show)
        self.setFocusProxy(self.act)
        if checking.result is None:
            checking.begin()
        self._show()

    def _lay_out(self) -> None:
        rows = self.card.rows
        rows.setSpacing(theme.px(8))
        rows.addWidget(self.headline)
        rows.addWidget(self.area, 1)
        foot = in_line(self.message, self.leave, self.act)
        foot.setStretch(0, 1)
        rows.addLayout(foot)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)
        page.setStretch(1, 100)  # the card takes the height that there is, since what it says may be long

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _SCROLLS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + by * theme.px(40))

    def _act(self) -> None:
        self.checking.stop() if self.checking.running else self.checking.begin()

    def _show(self) -> None:
        running, result = self.checking.running, self.checking.result
        if result is None:
            return
        self.act.rename(STOP if running else AGAIN)
        step, of = self.checking.step
        self.message.setText((STEP.format(step, of) if of else BEGINS) if running else "")
        self.headline.setText(result.headline)
        self.card.hint.setText(f"{chinese_time(result.at)} 看的　{LEGEND}")
        at = self.area.verticalScrollBar().value()
        self.area.setWidget(_rows(result.to_do, result.well))
        self.area.verticalScrollBar().setValue(at)
        self._tell(result.to_do)

    def _tell(self, to_do: Sequence[CheckLine]) -> None:
        """Has a screen reader say what is wrong, each time that it is something else or is looked at once more."""
        wrong = "".join(_in_words(line) for line in to_do if line.level is Level.BAD)
        if wrong != self._told or acting():
            self._told = wrong
            announce(self, wrong, urgent=True)


def _in_words(line: CheckLine) -> str:
    return f"{line.subject.label} {line.level.mark} {line.sentence}{line.remedy}"


def _rows(to_do: Sequence[CheckLine], well: Sequence[CheckLine]) -> QWidget:
    """What is to be done, one under the other, with what to do beside it; then the rest in two columns."""
    made = QWidget()
    made.setObjectName("inside")
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, theme.px(8), 0)
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(6))
    for column in (2, 5):
        grid.setColumnMinimumWidth(column - 2, theme.px(14))
        grid.setColumnMinimumWidth(column - 1, theme.px(60))
        grid.setColumnStretch(column, 1)
    for row, line in enumerate(to_do):
        _put(grid, row, 0, line)
        grid.addWidget(PlainLabel(line.remedy, "dense", wrap=True), row, 3, 1, 3, TOP)
    grid.setRowMinimumHeight(len(to_do), theme.px(8))
    for n, line in enumerate(well):
        _put(grid, len(to_do) + 1 + n // 2, 3 * (n % 2), line)
    grid.setRowStretch(grid.rowCount(), 1)
    return made


def _put(grid: QGridLayout, row: int, column: int, line: CheckLine) -> None:
    role = _ROLES[line.level]
    said = PlainLabel(line.sentence, role if line.is_to_do else "dense", wrap=True)
    said.setObjectName(line.subject.value)
    said.setAccessibleName(_in_words(line))
    grid.addWidget(PlainLabel(line.level.mark, role), row, column, TOP)
    grid.addWidget(PlainLabel(line.subject.label, "secondary"), row, column + 1, TOP)
    grid.addWidget(said, row, column + 2, TOP)
