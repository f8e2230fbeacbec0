"""电话模式的另一半：照着念的清单，和通话记录。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel

NO_ITEM = "受理台还没有选事项。选好以后，这里按念的次序列出材料和时限。"


class NoteEdit(QPlainTextEdit):
    """The call note. `finished`: Ctrl+Enter; `pressed`: the mouse wants to type here."""

    finished = Signal()
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("通话记录")
        self.setPlaceholderText("对方问了什么，怎样答复的")
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(72))
        self._preedit = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._preedit and event.key() in (*ENTER, Qt.Key.Key_Escape):
            event.accept()
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._preedit = ""
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)


class CallSide(QWidget):
    """What is read out beside the phrases of a call, and the note of it. `noted`: the clerk wants it recorded."""

    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("来电")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        rows.setSpacing(theme.px(4))
        self.title = PlainLabel("照着念", "secondary")
        self._inside = QWidget()
        self._inside.setObjectName("inside")
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(4))
        self._lines.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("照着念的清单")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        self.note = NoteEdit()
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.hide()
        self.title.setObjectName("reading")
        self.fault.setObjectName("note_fault")
        self.record = QPushButton("登记为咨询　Ctrl+回车")
        self.record.setAccessibleName("把通话记录登记为咨询，Ctrl+回车")
        self.record.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.record)
        rows.addWidget(self.title)
        rows.addWidget(area, 1)
        rows.addWidget(PlainLabel("通话记录", "secondary"))
        rows.addWidget(self.note)
        rows.addWidget(self.fault)
        rows.addLayout(foot)
        self.record.clicked.connect(self._emit_note)
        self.note.finished.connect(self._emit_note)
        self.note.textChanged.connect(lambda: self.fault.say(""))
        self.lines: list[str] = []
        """What is read out, line by line."""
        self.show_lines("", ())

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Shows the checklist of the item on the desk, in the order in which it is read out."""
        shown = list(lines) or [NO_ITEM]
        self.title.setText(f"照着念 · {title}" if title else "照着念")
        if shown == self.lines:
            return
        self.lines = shown
        for label in self._inside.findChildren(PlainLabel):
            self._lines.removeWidget(label)
            label.hide()
            label.setParent(None)
            label.deleteLater()
        for n, text in enumerate(shown):
            self._lines.insertWidget(n, PlainLabel(text, "dense" if lines else "hint", wrap=True))

    def clear(self) -> None:
        """Empties the note, once it is recorded."""
        self.note.setPlainText("")

    def _emit_note(self) -> None:
        self.noted.emit(self.note.toPlainText())
