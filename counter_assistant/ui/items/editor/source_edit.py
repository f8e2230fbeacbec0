"""就地写明一行话的依据：文号、第几条、日期，字不变；现在的依据写在上面."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import source_in_words
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.word_button import WordButton
from counter_assistant.ui.items.source_fields import SourceFields, Typed
from counter_assistant.ui.widgets.labels import PlainLabel

KEYS = "回车到下一栏，最后一栏写好，Esc 不改"


class SourceEdit(QFrame):
    """The three fields of a source over the row that it is of, filled in with `offered` where the row has none of the centre's."""

    changed = Signal(object)
    done = Signal(object, int)
    """What was typed; and how many places to go on."""
    escaped = Signal()

    def __init__(self, name: str, source: Source | None, offered: Source | None, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layer")
        self.setAccessibleName(name)
        self.fields = SourceFields(today)
        self.fields.show_source(source if source and source.kind == "centre" else offered)
        self.setFocusProxy(self.fields.fields["document"])
        self.begun = self.fields.typed
        self.fields.label.hide()  # what is asked stands above
        rows, head = QVBoxLayout(self), QHBoxLayout()
        rows.setContentsMargins(*(theme.px(8),) * 4)
        rows.setSpacing(theme.px(6))
        now = f"现在：{source_in_words(source)}。" if source else ""
        self.now = PlainLabel(f"{name}　{now}{KEYS}", "hint", wrap=True)
        self.now.setObjectName("present_source")
        head.addWidget(self.now, 1)
        head.addWidget(WordButton("好", "写好了", self._finish, quiet=True))
        rows.addLayout(head)
        rows.addWidget(self.fields)
        self.fields.filled.connect(self._finish)
        for edit in self.fields.fields.values():
            edit.textEdited.connect(lambda _text: self.changed.emit(self.value))

    @property
    def value(self) -> Typed:
        """What stands in the fields."""
        return self.fields.typed

    @property
    def modified(self) -> bool:
        """Whether anything was typed that did not stand there."""
        return self.value != self.begun

    def fit(self, width: int) -> None:
        """Takes so much width, and the height that it then needs."""
        self.setFixedWidth(width)
        self.now.ensurePolished()
        self.now.setFixedHeight(self.now.heightForWidth(width - theme.px(60)))
        self.setFixedHeight(self.minimumSizeHint().height())

    def mark_wrong(self, code: str) -> None:
        """Frames the field that a refusal is about, and goes there."""
        self.fields.mark_wrong(code)

    def _finish(self) -> None:
        self.done.emit(self.value, 0)

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes round its three fields: left to itself it would go on in the guide beneath."""
        edits = list(self.fields.fields.values())
        at = next((n for n, edit in enumerate(edits) if edit.hasFocus()), -1 if on else 0)
        edits[(at + (1 if on else -1)) % len(edits)].setFocus(
            Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
