"""常去的单位：光标在“应去的单位”里时列在栏下；按一个数字，或者打字再回车，名称、电话、地址一起填好。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_assistant.operations.intake.usual_bodies import WITH_A_KEY
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

if TYPE_CHECKING:
    from counter_assistant.domain.people.office_profile import Body
    from counter_assistant.ui.desk.cards.field_widgets import TextField

ROW, WIDTH = 28, 460
BY_KEY = "按数字键选，或者打字查找"
BY_ENTER = "回车取选中的，上下键换一个；Tab 照打的写"


class UsualBodies(QFrame):
    """The list beneath the field. The keys stay with the field; `search` gives the bodies for what is typed in it.

    `text_shown`: words are about to be shown whose font may not be loaded yet.
    """

    picked = Signal(object)
    text_shown = Signal(str)

    def __init__(self, field: TextField, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("layer")
        self.setAccessibleName("常去的单位")
        self.search: Callable[[str], list[Body]] = lambda _typed: []
        self._line = field.line
        self._found: list[Body] = []
        self.list = QuietList("常去的单位", row=ROW)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.foot = PlainLabel(BY_KEY, "hint")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        rows.setSpacing(theme.px(4))
        rows.addWidget(self.list, 1)
        rows.addWidget(self.foot)
        self._line.installEventFilter(self)
        self._line.textEdited.connect(self._offer)
        self.list.itemClicked.connect(lambda _item: self._take(self.list.currentRow()))
        self.hide()

    def close_overlay(self) -> bool:
        """Closes it; False where it was not open."""
        was = self.isVisible()
        self.hide()
        return was

    def fit(self) -> None:
        """Places it beneath the field, within the page; above the field where there is no room beneath."""
        page = self.parentWidget()
        if page is None or self.isHidden():
            return
        rows = min(len(self._found), WITH_A_KEY)
        height = rows * theme.px(ROW) + self.foot.sizeHint().height() + theme.px(20)
        width = min(max(self._line.width(), theme.px(WIDTH)), page.width() - theme.px(24))
        place = self._line.mapTo(page, QPoint(0, self._line.height() + theme.px(2)))
        x = min(place.x(), page.width() - width - theme.px(12))
        above = self._line.mapTo(page, QPoint(0, 0)).y() - height - theme.px(2)
        y = place.y() if place.y() + height <= page.height() or above < 0 else above
        self.setGeometry(x, y, width, height)

    def _offer(self, typed: str) -> None:
        """Shows what fits; nothing is chosen while nothing is typed, so that Enter then leaves the field empty."""
        self._found = self.search(typed)
        self.text_shown.emit("".join(body.name + body.what_for for body in self._found))
        self.list.clear()
        for n, body in enumerate(self._found, 1):
            key = f"{n}　" if not self._line.text() and n <= WITH_A_KEY else ""
            self.list.add(key + body.name, "　".join(part for part in (body.what_for, body.phone) if part))
        self.list.setCurrentRow(0 if typed else -1)
        self.foot.setText(BY_ENTER if typed else BY_KEY)
        self.setVisible(bool(self._found))
        self.fit()
        self.raise_()

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._found):
            body = self._found[place]
            self.hide()
            self.picked.emit(body)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FocusIn if not self._line.text():
                self._offer("")
            case QEvent.Type.FocusOut | QEvent.Type.Hide:
                self.hide()
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and not self._line.composing:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key was the list's: a digit in an empty field, the arrows, Enter on a chosen line."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            return self._walk(step)
        if not self.isVisible():
            return False
        chosen, digit = self.list.currentRow(), event.text()
        if event.key() in ENTER and chosen >= 0:
            self._take(chosen)
            return True
        if not self._line.text() and digit.isdecimal() and 1 <= int(digit) <= min(len(self._found), WITH_A_KEY):
            self._take(int(digit) - 1)
            return True
        return False

    def _walk(self, step: int) -> bool:
        if not self.isVisible():
            self._offer("")  # all of them, so that one that was taken may be changed for another
        self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), len(self._found) - 1))
        self.foot.setText(BY_ENTER)
        return True
