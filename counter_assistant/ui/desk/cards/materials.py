"""材料：空格记已交，Ctrl+A 全部，E 记须改并就地写原因，? 看每一行为什么在或不在。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.material_rows import (
    COUNTS_WIDTH,
    NAME_AT,
    OPEN,
    ROOMY,
    STATE_WIDTH,
    TIGHT,
    MaterialPainter,
    MaterialRows,
    write,
)
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import ClampedLabel, PlainLabel

if TYPE_CHECKING:
    from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit
    from counter_assistant.ui.desk.presentation.view_model import Row

TINT_MS = 1000
LOW = 330
NOT_OURS = "不属于本单位的事，不收材料。"
EMPTY = "选好事项，这里列出这位当事人要带的材料：\n收到一份，按一下空格。"


class MaterialList(QListView):
    """The lines and their keys."""

    ticked = Signal(str)
    all_ticked = Signal()
    mended = Signal(str, str)
    why_asked = Signal()
    keep_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("材料清单")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.model_ = MaterialRows()
        self.setModel(self.model_)
        self.painter_ = MaterialPainter(self)
        self.setItemDelegate(self.painter_)
        self.editor: ReasonEdit | None = None
        self.kept = False

    def current_row(self) -> Row | None:
        """The line under the cursor."""
        at = self.currentIndex().row()
        return self.model_.rows[at] if 0 <= at < len(self.model_.rows) else None

    def fit(self) -> None:
        """Makes the lines as low as they must be for all to be seen, down to a limit."""
        open_ = sum(row.tone == "open" for row in self.model_.rows)
        room = self.viewport().height() - open_ * theme.px(OPEN)
        height = min(max(room // max(len(self.model_.rows) - open_, 1), theme.px(TIGHT)), theme.px(ROOMY))
        if height != self.painter_.height:
            self.painter_.height = height
            self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():
            QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, text = self.current_row(), event.text()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space and row and row.tickable:
            self.ticked.emit(row.id)
        elif event.key() == Qt.Key.Key_A and control:
            self.all_ticked.emit()
        elif event.key() == Qt.Key.Key_E and not control and row and row.tickable:
            self.ask_defect(row)
        elif text in ("?", "？") and text:
            self.why_asked.emit()
        elif event.key() in ENTER:
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
                             Qt.Key.Key_PageDown):  # fmt: skip
            super().keyPressEvent(event)
        else:
            event.ignore()

    def ask_defect(self, row: Row) -> None:
        """Opens the reason field on the current line."""
        from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit

        self.drop_editor()
        rect = self.visualRect(self.currentIndex())
        width = rect.width() - theme.px(NAME_AT + COUNTS_WIDTH + STATE_WIDTH)
        place = QRect(rect.x() + theme.px(NAME_AT - 6), rect.bottom() - theme.px(25), width, theme.px(24))
        editor = self.editor = ReasonEdit(row, place, self.viewport())
        editor.guarded.keep(self.kept)
        editor.guarded.keep_wanted.connect(lambda: self._quote(row))
        editor.entered.connect(lambda: self._entered(row))
        editor.left.connect(lambda: self._keep(row))
        editor.dropped.connect(self.drop_editor)
        editor.show()
        editor.setFocus()
        editor.selectAll()
        editor.guarded.select()

    def ask_forbidden(self) -> None:
        """Opens the reason that holds a forbidden sentence."""
        from counter_assistant.operations.wording.check import find_forbidden

        self.setFocus()
        for at, row in enumerate(self.model_.rows):
            if row.tickable and find_forbidden(row.defect):
                self.setCurrentIndex(self.model_.index(at))
                return self.ask_defect(row)
        return None

    def go_to_mended(self) -> None:
        """The cursor goes to the first line 须改, which Ctrl+A leaves as it is: it must not be out of sight."""
        mended = (at for at, row in enumerate(self.model_.rows) if row.tickable and row.defect)
        if (at := next(mended, None)) is not None:
            self.setCurrentIndex(self.model_.index(at))

    def drop_editor(self) -> None:
        """Closes the reason field without keeping anything."""
        editor, self.editor = self.editor, None
        if editor:
            back = editor.hasFocus()
            editor.put_away()
            if back:
                self.setFocus()

    def _entered(self, row: Row) -> None:
        """Enter keeps the reason, but goes nowhere while the guard has something to say."""
        if self.editor is not None and not self.editor.guarded.sentence:
            self._keep(row)

    def _keep(self, row: Row) -> None:
        if self.editor is not None:
            why = self.editor.text()
            self.drop_editor()
            self.mended.emit(row.id, why)

    def _quote(self, row: Row) -> None:
        """What stands here is a quotation: it is kept, and its reason asked for."""
        self._keep(row)
        self.keep_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.current_row()
        index = self.indexAt(event.position().toPoint())
        if row and row.tickable and index.isValid() and event.position().x() < theme.px(NAME_AT):
            self.ticked.emit(row.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model_.rows:
            first = next((i for i, row in enumerate(self.model_.rows) if row.tickable), 0)
            index = self.model_.index(first)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class ColumnHeads(QWidget):
    """The words over the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, hint = QPainter(self), theme.palette().hint
        places = ((NAME_AT, "材料"), (None, "形式"), (None, "情况"))
        xs = (
            theme.px(NAME_AT),
            self.width() - 1 - theme.px(STATE_WIDTH + COUNTS_WIDTH),
            self.width() - 1 - theme.px(STATE_WIDTH),
        )
        for x, (_, word) in zip(xs, places, strict=True):
            write(painter, QRect(x, 0, theme.px(80), self.height()), word, theme.SMALL, hint)
        painter.setPen(theme.colour(theme.palette().line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class Materials(Card):
    """The card 材料."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("材料", "空格 已交 · Ctrl+A 全部 · E 须改 · ? 理由", parent)
        self.heads = ColumnHeads()
        self.list = MaterialList()
        self.left_out = ClampedLabel(3, "hint")
        self.why = PlainLabel("", "secondary", wrap=True)
        self.empty = PlainLabel(EMPTY, "secondary", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows.setSpacing(0)
        for widget in (self.heads, self.list, self.left_out, self.why, self.empty):
            self.rows.addWidget(widget, 1 if widget in (self.list, self.empty) else 0)
        self.left_out.setContentsMargins(0, theme.px(6), 0, 0)
        self.why.setContentsMargins(0, theme.px(6), 0, 0)
        self._reasons: tuple[str, ...] = ()
        self._tint = QTimer(self, singleShot=True, interval=TINT_MS)
        self._tint.timeout.connect(self._untint)
        self.list.why_asked.connect(self.turn_reasons)
        self.clear()

    def clear(self, words: str = EMPTY) -> None:
        """Nothing is asked for yet; `words` say why."""
        self.list.drop_editor()
        self.list.model_.fill((), frozenset())
        self._reasons = ()
        self._show_reasons(False)
        for widget in (self.heads, self.list, self.left_out, self.hint):
            widget.hide()
        self.empty.setText(words)
        self.empty.show()

    def refresh(
        self, rows: tuple[Row, ...], left_out: tuple[str, ...], reasons: tuple[str, ...], *, tint: bool
    ) -> None:
        """Shows the lines; with `tint` what moved is marked for a second."""
        model, before = self.list.model_, {row.id: (row.detail, row.state) for row in self.list.model_.rows}
        moved = frozenset(row.id for row in rows if row.id not in before) if tint and before else model.tinted
        self._reasons = reasons
        model.fill(rows, moved)
        if moved and tint:
            self._tint.start()
        self.empty.hide()
        for widget in (self.heads, self.list, self.hint):
            widget.show()
        self.left_out.say("" if model.reasons else "\n".join(left_out))
        self.why.say("\n".join(reasons) if model.reasons else "")
        self.list.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.left_out.limit(3 if self.height() > theme.px(LOW) else 2)

    def turn_reasons(self) -> None:
        """Shows why each line is there, and why others are not; or the details again."""
        self._show_reasons(not self.list.model_.reasons)

    def close_reasons(self) -> bool:
        """Esc: back to the details; False where they are shown already."""
        was = self.list.model_.reasons
        self._show_reasons(False)
        return was

    def _show_reasons(self, on: bool) -> None:
        model = self.list.model_
        model.reasons = on and bool(model.rows)
        self.left_out.setVisible(not model.reasons and bool(self.left_out.text()) and bool(model.rows))
        self.why.say("\n".join(self._reasons) if model.reasons else "")
        model.redraw()
        self.list.fit()

    def _untint(self) -> None:
        self.list.model_.tinted = frozenset()
        self.list.model_.redraw()
