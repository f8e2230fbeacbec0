"""找到的字，一行九个：数字取这一行的，上下键换行，点一下也取。"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from counter_assistant.ui.appearance import theme

IN_A_ROW, ROWS = 9, 3
CELL, LINE = 44, 36
GLYPH, DIGIT = 22, 11


class CandidateGrid(QFrame):
    """Rows of characters, of which three are seen and one can be taken from by digits."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("candidates")
        self.setAccessibleName("找到的字")
        self.found: list[str] = []
        self.row, self._top = 0, 0

    @property
    def shown(self) -> str:
        """The characters that are seen now."""
        return "".join(self.found[self._top * IN_A_ROW : (self._top + ROWS) * IN_A_ROW])

    @property
    def in_row(self) -> list[str]:
        """Those that a digit takes."""
        return self.found[self.row * IN_A_ROW : (self.row + 1) * IN_A_ROW]

    def show_found(self, found: list[str], *, keep_row: bool = False) -> None:
        """Shows what was found, from its beginning unless it is more of the same."""
        self.found = found
        if not keep_row:
            self.row = self._top = 0
        self._told()

    def walk(self, step: int) -> None:
        """Goes a row up or down, as far as there are any."""
        last = max((len(self.found) - 1) // IN_A_ROW, 0)
        self.row = min(max(self.row + step, 0), last)
        self._top = min(max(self._top, self.row - ROWS + 1), self.row)
        self._told()

    def take(self, number: int) -> None:
        """Takes a character of the row, counted from one; nothing where there is none."""
        if 1 <= number <= len(self.in_row):
            self.taken.emit(self.in_row[number - 1])

    def _told(self) -> None:
        self.setAccessibleDescription("　".join(f"{n} {one}" for n, one in enumerate(self.in_row, 1)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(CELL) * IN_A_ROW, theme.px(LINE) * ROWS)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x, y = int(event.position().x()) // self._cell(), int(event.position().y()) // theme.px(LINE)
        place = (self._top + y) * IN_A_ROW + x
        if x < IN_A_ROW and place < len(self.found):
            self.taken.emit(self.found[place])

    def _cell(self) -> int:
        return max(self.width() // IN_A_ROW, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, palette = QPainter(self), theme.palette()
        glyph, digit = self.font(), self.font()
        glyph.setPixelSize(theme.px(GLYPH))
        digit.setPixelSize(theme.px(DIGIT))
        for n, character in enumerate(self.shown):
            row, column = divmod(n, IN_A_ROW)
            place = QRect(column * self._cell(), row * theme.px(LINE), self._cell(), theme.px(LINE))
            if self._top + row == self.row:
                painter.fillRect(place, theme.colour(palette.chosen))
                painter.setFont(digit)
                painter.setPen(theme.colour(palette.secondary))
                painter.drawText(
                    place.adjusted(theme.px(4), theme.px(2), 0, 0), Qt.AlignmentFlag.AlignLeft, str(column + 1)
                )
            painter.setFont(glyph)
            painter.setPen(theme.colour(palette.text))
            painter.drawText(place.adjusted(theme.px(8), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, character)
