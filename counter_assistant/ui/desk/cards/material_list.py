"""材料清单：空格记已交，Ctrl+A 全部，E 在行上就地写须改的原因。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from counter_assistant.ui.announcing import announce_line
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.material_rows import (
    COUNTS_WIDTH,
    NAME_AT,
    OPEN,
    STATE_WIDTH,
    TIGHT,
    MaterialPainter,
    MaterialRows,
)
from counter_assistant.ui.widgets.fields.entry_edit import is_enter

if TYPE_CHECKING:
    from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit
    from counter_assistant.ui.desk.presentation.view_model import MaterialRow


class MaterialList(QListView):
    """The lines and their keys."""

    ticked = Signal(str)
    all_ticked = Signal()
    mended = Signal(str, str)
    why_asked = Signal()
    keep_wanted = Signal()
    done = Signal()
    resized = Signal()
    """Its lines have another width now, as when a scroll bar came."""

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

    def current_row(self) -> MaterialRow | None:
        """The line under the cursor."""
        at = self.currentIndex().row()
        return self.model_.rows[at] if 0 <= at < len(self.model_.rows) else None

    def fit(self) -> None:
        """Makes the lines as high as the list has room for."""
        model = self.model_
        if not model.rows:
            return  # to ask for the viewport makes PySide look through all widgets of Qt: not before the first paint
        view = self.viewport()
        if self.painter_.fit(model.rows, view.width(), view.height(), reasons=model.reasons):
            self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():
            QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))

    def least_height(self) -> int:
        """What its lines take, each as low as it may be."""
        return sum(theme.px(OPEN if row.tone == "open" else TIGHT) for row in self.model_.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, text = self.current_row(), event.text()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space and row and row.tickable:
            self.tick_current()
        elif event.key() == Qt.Key.Key_A and control:
            self.all_ticked.emit()
        elif event.key() == Qt.Key.Key_E and not control and row and row.tickable:
            self.mend_current()
        elif text in ("?", "？") and text:
            self.why_asked.emit()
        elif is_enter(event):
            self.done.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
                             Qt.Key.Key_PageDown):  # fmt: skip
            super().keyPressEvent(event)
        else:
            event.ignore()

    def tick_current(self) -> None:
        """Marks the line under the cursor as handed in, or takes the mark away."""
        self.setFocus()
        if (row := self.current_row()) and row.tickable:
            self.ticked.emit(row.id)

    def mend_current(self) -> None:
        """Asks what is to be mended of the line under the cursor."""
        self.setFocus()
        if (row := self.current_row()) and row.tickable:
            self.ask_defect(row)

    def ask_defect(self, row: MaterialRow) -> None:
        """Opens the reason field on the current line."""
        from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit

        self.drop_editor()
        rect = self.visualRect(self.currentIndex())
        width = rect.width() - theme.px(NAME_AT + COUNTS_WIDTH + STATE_WIDTH)
        place = QRect(rect.x() + theme.px(NAME_AT - 6), rect.bottom() - theme.px(25), width, theme.px(24))
        editor = self.editor = ReasonEdit(row, place, self.viewport())
        editor.guarded.keep(self.kept)
        editor.guarded.keep_wanted.connect(self._quote)
        editor.entered.connect(self._entered)
        editor.left.connect(self.keep_reason)
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
            back = self.window().focusWidget() is editor  # also where another program is before it
            editor.put_away()
            if back:
                self.setFocus()

    def _entered(self) -> None:
        """Enter keeps the reason, but goes nowhere while the guard has something to say."""
        if self.editor is not None and not self.editor.guarded.sentence:
            self.keep_reason()

    def keep_reason(self) -> None:
        """Keeps the reason that is being written, as it is before the desk issues, or somebody else comes to it."""
        if self.editor is not None:
            material, why = self.editor.material, self.editor.text()
            self.drop_editor()
            self.mended.emit(material, why)

    def _quote(self) -> None:
        """What stands here is a quotation: it is kept, and its reason asked for."""
        self.keep_reason()
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
        announce_line(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.resized.emit()
