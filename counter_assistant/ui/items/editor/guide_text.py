"""可以改的指南：读起来与给公众看的一样，能改的字下面有虚线，依据在右边；Text goes in by a cursor, never as markup."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.guide_writer import GuideWriter
from counter_assistant.ui.items.editor.lines.faults import Row, row_at, row_of
from counter_assistant.ui.items.editor.lines.slots import Line, Slot
from counter_assistant.ui.items.editor.sentence_edit import is_removal
from counter_assistant.ui.widgets.fields.entry_edit import is_enter
from counter_assistant.ui.widgets.fields.reading_text import ReadingText

MARGIN = 8
"""Pixels beside the text."""


class GuideText(ReadingText):
    """The lines of a text. One slot is the current one: arrows and Tab go on, Enter or a click opens it."""

    opened = Signal(object)
    """A slot, to be changed."""
    moved = Signal()
    """Another slot is the current one, or the text was scrolled."""
    row_moved = Signal(int)
    row_removed = Signal()
    undone = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, MARGIN, parent)
        self.setTabChangesFocus(False)  # Tab goes from slot to slot
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the width is the same before and after
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.slots: list[Slot] = []
        self._ends: list[tuple[int, int]] = []
        self._rows: dict[Row, list[int]] = {}
        self._open: list[Row] = []
        self._shown: tuple[Sequence[Line], Mapping[Row, Sequence[str]]] = ((), {})
        self._laid_out_for = 0
        self._current = 0
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.moved.emit())

    @property
    def current(self) -> Slot | None:
        """The slot that Enter opens."""
        return self.slots[self._current] if self.slots else None

    def show_lines(self, lines: Sequence[Line], said: Mapping[Row, Sequence[str]]) -> None:
        """Shows other lines, each row with what the check says of it, and stays where it was, by slot and by sight."""
        key, held = self.current.key if self.current else "", self.verticalScrollBar().value()
        self._shown, self._laid_out_for = (lines, said), self.viewport().width()
        self.clear()
        written = GuideWriter(self.document(), self._laid_out_for - 2 * theme.px(MARGIN)).write(lines, said)
        self.slots, self._ends, self._rows = written.slots, written.ends, written.rows
        self._open = list({row_of(line): None for line in lines if line.open})
        keys = [slot.key for slot in self.slots]
        self._current = keys.index(key) if key in keys else min(self._current, max(len(keys) - 1, 0))
        self.verticalScrollBar().setValue(held)
        self._show_current()
        self._mark()

    def go_to(self, key: str) -> None:
        """Makes the slot of a key the current one."""
        self._go(next((n for n, slot in enumerate(self.slots) if slot.key == key), self._current))

    def go_to_next(self, rows: Collection[Row]) -> None:
        """Makes the first slot of the next of these rows the current one, after the last of them that of the first."""
        firsts: dict[Row, int] = {}
        for n, slot in enumerate(self.slots):
            firsts.setdefault(row_at(slot.spot), n)
        wanted = sorted(n for row, n in firsts.items() if row in rows)
        if wanted:
            self._go(next((n for n in wanted if n > self._current), wanted[0]))

    def go_on(self, by: int) -> None:
        """Makes the slot so many places on the current one."""
        self._go(min(max(self._current + by, 0), len(self.slots) - 1))

    def _go(self, n: int) -> None:
        self._current = n
        self._show_current()
        self._mark()
        self.moved.emit()

    def rect_of(self, slot: Slot) -> QRect:
        """Where the words of a slot stand in the viewport; over the whole width where they take several lines."""
        n = self.slots.index(slot)
        first, last = (self._at(place) for place in self._ends[n])
        if first.top() == last.top():
            return QRect(first.topLeft(), last.bottomLeft()).normalized()
        margin = theme.px(8)
        return QRect(margin, first.top(), self.viewport().width() - 2 * margin, last.bottom() - first.top())

    def row_rect(self, row: Row) -> QRect:
        """Where the lines of a row stand in the viewport."""
        layout, rect = self.document().documentLayout(), QRectF()
        for number in self._rows.get(row, ()):
            rect = rect.united(layout.blockBoundingRect(self.document().findBlockByNumber(number)))
        place = rect.toRect().translated(0, -self.verticalScrollBar().value())
        return QRect(
            theme.px(2), place.top() - theme.px(2), self.viewport().width() - theme.px(4), place.height() + theme.px(4)
        )

    def _at(self, place: int) -> QRect:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return self.cursorRect(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._laid_out_for and self._shown[0]:
            QTimer.singleShot(0, self._lay_out_again)

    def _lay_out_again(self) -> None:
        """What stands at the end of a line has another room."""
        if self.viewport().width() != self._laid_out_for:
            self.show_lines(*self._shown)
            self.moved.emit()

    def _mark(self) -> None:
        """Tints the current slot and says it to whoever cannot see it."""
        slot = self.current
        selections = []
        if slot:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._ends[self._current][0])
            cursor.setPosition(self._ends[self._current][1], QTextCursor.MoveMode.KeepAnchor)
            # PySide6 names these in no stub.
            selection.cursor = cursor  # type: ignore[attr-defined]
            tint = QTextCharFormat()
            tint.setBackground(theme.colour(theme.palette().chosen))
            selection.format = tint  # type: ignore[attr-defined]
            selections = [selection]
            words = self.document().toPlainText()[slice(*self._ends[self._current])]
            self.setAccessibleDescription(f"{slot.label}：{words}")
        self.setExtraSelections(selections)
        self.viewport().update()

    def _show_current(self) -> None:
        """Scrolls until the row of the current slot is in sight."""
        if self.current is None:
            return
        rect, bar = self.row_rect(row_at(self.current.spot)), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - theme.px(8))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + min(rect.bottom() - self.viewport().height() + theme.px(8), rect.top()))

    def make_room(self, slot: Slot, pixels: int) -> None:
        """Scrolls a slot up until there is so much room beneath it, as far as its own row stays in sight."""
        lacking = self.rect_of(slot).bottom() + pixels - self.viewport().height()
        bar = self.verticalScrollBar()
        if lacking > 0:
            bar.setValue(bar.value() + max(min(lacking, self.row_rect(row_at(slot.spot)).top()), 0))

    def _slot_at(self, point: QPoint) -> int | None:
        place = self.cursorForPosition(point).position()
        found = [n for n, (start, end) in enumerate(self._ends) if start <= place <= end]
        return next((n for n in found if self.rect_of(self.slots[n]).adjusted(-4, -4, 4, 4).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        n = self._slot_at(event.position().toPoint())
        if n is not None:
            self._go(n)
            self.opened.emit(self.slots[n])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._slot_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _own(event: QKeyEvent) -> bool:
        return is_enter(event) or event.matches(QKeySequence.StandardKey.Undo)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes from slot to slot, and beyond the last or the first out of the text."""
        n = self._current + (1 if on else -1)
        if 0 <= n < len(self.slots):
            self._go(n)
            return True
        return super().focusNextPrevChild(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif is_enter(event) and self.current:
            self.opened.emit(self.current)
        elif event.key() in down and alt:
            self.row_moved.emit(down[Qt.Key(event.key())])
        elif is_removal(event):
            self.row_removed.emit()
        elif event.key() in down:
            self._go(self._other_line(down[Qt.Key(event.key())]))
        elif event.key() in steps:
            self.go_on(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _other_line(self, by: int) -> int:
        """The first slot of the next line that has one, or of the one before."""
        lines = [self.document().findBlock(start).blockNumber() for start, _ in self._ends]
        here = lines[self._current] if lines else 0
        wanted = [line for line in lines if (line > here if by > 0 else line < here)]
        if not wanted:
            return self._current
        return lines.index(min(wanted) if by > 0 else max(wanted))

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_open()
        super().paintEvent(event)
        if self.current is None or not self.current.spot.field:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus() or self.viewport().isAncestorOf(self.window().focusWidget() or self)
        painter.setPen(
            QPen(theme.colour(theme.palette().focus if focused else theme.palette().line), 2 if focused else 1)
        )
        rect = self.row_rect(row_at(self.current.spot))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))

    def _paint_open(self) -> None:
        """The ground of the rows that the centre has yet to confirm."""
        painter, colours = QPainter(self.viewport()), theme.palette()
        for row in self._open:
            rect = self.row_rect(row)
            if rect.bottom() > 0 and rect.top() < self.viewport().height():
                theme.fill(painter, rect, colours.attention_soft)
                theme.fill(painter, QRect(rect.x(), rect.y(), theme.px(3), rect.height()), colours.attention)
        painter.end()
