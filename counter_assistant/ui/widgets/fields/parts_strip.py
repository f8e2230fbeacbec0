"""部件检字：在姓名栏里按 Ctrl+N，栏下展开一条，打部件、笔画、读音，按数字把字填进姓名。

A strip beneath the field and no dialog: the card stays where it is, Esc closes the strip, and the cursor is back in the name.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from counter_assistant.domain.typed_text.other_forms import UNCODED
from counter_assistant.domain.typed_text.parts_query import read_parts, waits_for_digit
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import give_focus
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.fields.candidate_grid import IN_A_ROW, ROWS, CandidateGrid
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

SIGN = "难字"
PROMPT = "部件，如 木木"
HOW = "逐个打部件；=16 总笔画，+5 部件以外的笔画，字母是读音"
NOTHING = "没有这样的字：少打一个部件再试；没有编码的按 0"
KEYS = "按数字取，↓ 下一行，没有编码的按 0"
WIDEST = f"{KEYS}　　1 国　64 画　U+2A6D6"
"""As much as is ever said beneath the characters: there is room for it from the beginning, so that nothing moves."""


class PartsStrip(QFrame):
    """The strip of a page, for each of its fields that it watches. `show_characters` loads the fonts of what is about to be seen."""

    described = Signal(str)
    """A character has no code: `UNCODED` stands in the field for it, and these are its parts."""

    def __init__(self, page: QWidget, show_characters: Callable[[str], object]) -> None:
        super().__init__(page)
        self.setObjectName("layer")
        self.setAccessibleName("部件检字")
        self._show_characters = show_characters
        self._field: EntryEdit | None = None
        self._signs: dict[EntryEdit, tuple[QAction, str]] = {}
        """The sign of each field, and the hint of the field, which names the key where the sign is not."""
        self._limit = IN_A_ROW * ROWS
        self.line, self.grid, self.foot = EntryEdit("部件检字", PROMPT), CandidateGrid(), PlainLabel(HOW, "hint")
        self.line.setObjectName("parts")
        self.foot.setObjectName("parts_foot")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(6))
        rows.setSpacing(theme.px(4))
        foot = QHBoxLayout()
        foot.addWidget(self.foot, 1)
        foot.addWidget(LinkButton("Esc", "收起", self.close_overlay))
        rows.addWidget(self.line)
        rows.addWidget(self.grid)
        rows.addLayout(foot)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.left.connect(lambda: QTimer.singleShot(0, self, self._close_if_left))
        self.line.entered.connect(lambda: self.grid.take(1))
        self.grid.taken.connect(self._take)
        self.hide()

    def watch(self, field: EntryEdit) -> None:
        """Opens beneath a field, by Ctrl+N in it, or by its sign, which stands at its end while the cursor is in it."""
        field.installEventFilter(self)
        sign = field.addAction(QIcon(), EntryEdit.ActionPosition.TrailingPosition)
        sign.setText(SIGN)
        for button in field.findChildren(QToolButton):  # Qt makes it for the action, and gives it no name
            button.setAccessibleName(SIGN)
        sign.setToolTip("难字　Ctrl+N")
        sign.setVisible(False)
        sign.triggered.connect(lambda _=False: self.open(field))
        self._signs[field] = sign, field.placeholderText()

    def _show_sign(self, field: EntryEdit, *, shown: bool) -> None:
        if field in self._signs:
            sign, hint = self._signs[field]
            sign.setIcon(_drawn(self.devicePixelRatioF()))
            sign.setVisible(shown)
            field.setPlaceholderText(hint.partition("　")[0] if shown else hint)

    def open(self, field: EntryEdit) -> None:
        """Opens beneath a field, empty."""
        self._field = field
        self.foot.setMinimumWidth(self.foot.fontMetrics().horizontalAdvance(WIDEST))
        self.line.clear()
        self._look()
        self.show()
        self.fit()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_overlay(self) -> bool:
        """Closes it and goes back into the field; False where it was not open."""
        if self.isHidden():
            return False
        field, self._field = self._field, None
        self.hide()
        give_focus(field)
        return True

    def fit(self) -> None:
        """Places it beneath the field, within the page; above the field where there is no room beneath."""
        page = self.parentWidget()
        if page is None or self._field is None or self.isHidden():
            return
        size = self.sizeHint()
        width = min(max(size.width(), self._field.width()), page.width() - theme.px(24))
        below = self._field.mapTo(page, QPoint(0, self._field.height() + theme.px(2)))
        above = self._field.mapTo(page, QPoint(0, 0)).y() - size.height() - theme.px(2)
        y = below.y() if below.y() + size.height() <= page.height() or above < 0 else above
        self.setGeometry(min(below.x(), page.width() - width - theme.px(12)), y, width, size.height())

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here, as in whatever lies over a page: Esc goes back into the field."""
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, EntryEdit) and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_sign(watched, shown=event.type() is QEvent.Type.FocusIn)
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return super().eventFilter(watched, event)
        act = self._act_in_strip(event) if watched is self.line else self._act_in_field(watched, event)
        if act is None:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            act()
        return True

    def _act_in_field(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        if isinstance(watched, EntryEdit) and _opens(event) and not watched.composing:
            return lambda: self.open(watched)
        return None

    def _act_in_strip(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here; None where it is typed."""
        if self.line.composing:
            return None
        if event.key() == Qt.Key.Key_Escape or _opens(event):
            return self.close_overlay
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}.get(
            Qt.Key(event.key())
        )
        if step:
            return lambda: self._walk(step)
        digit = event.text()
        if "1" <= digit <= "9" and not waits_for_digit(self.line.text()):
            return lambda: self.grid.take(int(digit))
        if digit == "0" and not waits_for_digit(self.line.text()):
            return self._take_uncoded
        return None

    def _walk(self, step: int) -> None:
        while self.grid.row + step >= len(self.grid.found) // IN_A_ROW and len(self.grid.found) == self._limit:
            self._limit += IN_A_ROW * ROWS
            self.grid.show_found(self._found(), keep_row=True)
        self.grid.walk(step)
        self._show_characters(self.grid.shown)
        self._say()

    def _look(self) -> None:
        self._limit = IN_A_ROW * ROWS
        self.grid.show_found(self._found())
        self._show_characters(self.grid.shown)
        self._say()

    def _found(self) -> list[str]:
        from counter_assistant.operations.program import program

        query = read_parts(self.line.text())
        return [] if query.empty else program().ideographs.find(query, self._limit)

    def _say(self) -> None:
        """What the first of the row is, so that it is held against the document before it is taken."""
        from counter_assistant.operations.program import program

        if not self.grid.in_row:
            self.foot.setText(NOTHING if self.line.text().strip() else HOW)
            return
        first, ideographs = self.grid.in_row[0], program().ideographs
        self.foot.setText(f"{KEYS}　　1 {first}　{ideographs.strokes(first)} 画　U+{ord(first):04X}")

    def _take(self, character: str) -> None:
        field = self._field
        self.close_overlay()
        if field is not None:
            field.insert(character)
            field.textEdited.emit(field.text())

    def _take_uncoded(self) -> None:
        parts = "".join(read_parts(self.line.text()).parts)
        self._take(UNCODED)
        self.described.emit(parts)

    def _close_if_left(self) -> None:
        """Another widget of the window was gone to; while another program is in front it stays."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.line:
            self.hide()


def _drawn(ratio: float) -> QIcon:
    """字 in a frame, in the ink of hints as they are now."""
    side = theme.px(18)
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour(theme.palette().secondary))
    painter.setFont(theme.type_(theme.SMALL))
    area = QRect(0, 0, side, side)
    painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), 3, 3)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, SIGN[-1])
    painter.end()
    return QIcon(drawn)


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier
