"""一排清单：每份一个键、一个名字、有几件；左右键换，Tab 到这里时单按它的键就换."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.palette import Palette
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.records.search_field import TURNS

Ink = Callable[[Palette], str]


class ListChip(Chip):
    """The name of a list and its count. One with an `alarm` is written in that colour while it has any."""

    def __init__(self, key: str, name: str, label: str, alarm: Ink | None = None) -> None:
        super().__init__(key, label)
        self._label, self._alarm, self._count = label, alarm, 0
        self.setObjectName(name)

    def count(self, n: int, *, zero: bool = True) -> None:
        """Shows another count; `zero`: even where there is none."""
        self._count = n
        self.rename(f"{self._label} {n}" if n or zero else self._label)
        self.setAccessibleName(f"{self._label}，{n} 件，Alt+{self._key}")

    def _write(self, painter: QPainter, ink: str, key_ink: str) -> None:
        if self._count and self._alarm and not self.isChecked():
            ink = self._alarm(theme.palette())
        super()._write(painter, ink, key_ink)


class ListChips(QFrame):
    """One chip for each list; none is chosen while something is searched for.

    Tab comes here: then the key of a list alone chooses it, as do left and right; Enter or down goes on to its rows.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, name: str, chips: Mapping[Any, ListChip], first: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.current, self.chips = first, dict(chips)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = FlowLayout(theme.px(6), theme.px(6), self)
        line.setContentsMargins(*(theme.px(3),) * 4)
        for which, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, which=which: self.choose(which))
            line.addWidget(chip)

    @property
    def lists(self) -> Sequence[Any]:
        """The lists that are offered, in their order."""
        return tuple(which for which, chip in self.chips.items() if not chip.isHidden())

    def choose(self, which: Any) -> None:
        """Chooses a list, if it is offered."""
        if which in self.lists:
            self.current = which
            self.chosen.emit(which)

    def turn(self, by: int) -> None:
        """Chooses the list so many places on, from the last to the first again."""
        self.choose(self.lists[(self.lists.index(self.current) + by) % len(self.lists)])

    def show_state(self, counts: Mapping[Any, int], *, searching: bool, zeros: bool = True) -> None:
        """Shows how many are on each, and which one is shown; `zeros`: also that there are none."""
        for which, chip in self.chips.items():
            chip.count(counts.get(which, 0), zero=zeros)
            chip.setChecked(which is self.current and not searching)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = Qt.Key(event.key()), event.text().upper()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        wanted = next((which for which in self.lists if self.chips[which].key == typed), None)
        if plain and typed and wanted is not None:
            self.choose(wanted)
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
