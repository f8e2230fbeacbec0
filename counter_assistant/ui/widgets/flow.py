"""流式排列：从左到右，放不下就换行。"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Line = list[tuple[QLayoutItem, QSize]]


class FlowLayout(QLayout):
    """Places its widgets like words of a text. With `squeeze` the last is not left alone on a line: each gives up to so many
    pixels for it, else the one before it comes along."""

    def __init__(self, gap: int, across: int | None = None, parent: QWidget | None = None, *, squeeze: int = 0) -> None:
        super().__init__(parent)
        self._squeeze = squeeze
        self._items: list[QLayoutItem] = []
        self._gap, self._across = gap, gap if across is None else across
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            x = rect.x()
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self._across
            y += max(size.height() for _, size in line) + self._gap
        return max(y - self._gap - rect.y(), 0)

    def _wanted(self, item: QLayoutItem) -> QSize:
        """What it takes where there is room."""
        return item.sizeHint()

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue  # hidden
            size = self._wanted(item)
            if size.width() > width and item.hasHeightForWidth():
                size = QSize(width, item.heightForWidth(width))  # broken where it is, and not cut
            if not lines or size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self._across
        if self._squeeze and len(lines) > 1 and len(lines[-1]) == 1:
            self._keep_company(lines, width)
        return lines

    def _keep_company(self, lines: list[Line], width: int) -> None:
        """Puts the last one, which is alone, on the line before it, or another one beside it."""
        together = lines[-2] + lines[-1]
        over = sum(size.width() + self._across for _, size in together) - self._across - width
        each = -(-over // len(together))
        if each <= self._squeeze:
            lines[-2:] = [[(item, QSize(size.width() - each, size.height())) for item, size in together]]
        elif len(lines[-2]) > 2:
            lines[-1].insert(0, lines[-2].pop())


class ActRow(FlowLayout):
    """What stands before `words` is at the left, what comes after at the right, and the words have what lies between: at least
    `least` pixels, else a line of their own. Without words all is at the right."""

    def __init__(self, gap: int, words: QWidget | None = None, least: int = 0) -> None:
        super().__init__(gap)
        self._words, self._least = words, least

    def _wanted(self, item: QLayoutItem) -> QSize:
        wanted = super()._wanted(item)
        return QSize(self._least, wanted.height()) if self._is_words(item) else wanted

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            spare = rect.width() - sum(size.width() + self._across for _, size in line) + self._across
            grown = [self._grown(item, size, spare) for item, size in line]
            height, x = max(size.height() for _, size in grown), rect.x()
            pushed = any(self._is_words(item) for item, _ in grown)
            for item, size in grown:
                if not pushed and self._is_act(item):
                    x, pushed = x + spare, True
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._across
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0)

    def _grown(self, item: QLayoutItem, size: QSize, spare: int) -> tuple[QLayoutItem, QSize]:
        if not self._is_words(item):
            return item, size
        width = size.width() + spare
        return item, QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height())

    def _is_words(self, item: QLayoutItem) -> bool:
        return self._words is not None and item.widget() is self._words

    def _is_act(self, item: QLayoutItem) -> bool:
        """Whether it comes after the words."""
        before = next((n for n, each in enumerate(self._items) if self._is_words(each)), -1)
        return self._items.index(item) > before
