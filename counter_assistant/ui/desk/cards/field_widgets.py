"""本单另填的一栏：标签和提示在上，输入在下；同事从名单里选。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.choice import FormChoice
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.fields.guarded import Guarded
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

HEIGHT = 28


class FieldWidget(QWidget):
    """A label, a hint beside it, and what takes the focus under them."""

    changed = Signal(str)

    def __init__(self, key: str, label: str, edit: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        edit.setObjectName(key)
        edit.setAccessibleName(label)
        self._label, self._hint = PlainLabel(label, "secondary"), ShrinkingLabel("", "hint")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._label)
        head.addWidget(self._hint, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(2))
        rows.addLayout(head)
        rows.addWidget(edit)

    def name_as(self, label: str, hint: str) -> None:
        """What the field is called for the paper in hand."""
        self._label.setText(label)
        self._hint.say(hint or " ")
        self.edit.setAccessibleName(label)

    def put(self, text: str, hint: str) -> None:
        """Shows what the state holds, without saying that it was edited."""
        raise NotImplementedError

    def show_fault(self, fault: str) -> None:
        """Marks the field while it is wrong."""
        self.edit.setAccessibleDescription(fault)


class TextField(FieldWidget):
    """A field to type in."""

    left = Signal()

    def __init__(self, key: str, label: str, parent: QWidget | None = None) -> None:
        self.line = EntryEdit(label, " ")
        self.guarded = Guarded(self.line)
        super().__init__(key, label, self.line, parent)
        usual, framed = theme.px(HEIGHT) - 2, theme.px(HEIGHT) - 4  # a thicker frame must not make it higher
        self.line.setStyleSheet(
            f"QLineEdit {{ min-height: {usual}px; }}"
            f'QLineEdit:focus, QLineEdit[wrong="true"] {{ min-height: {framed}px; }}'
        )
        self.line.textEdited.connect(self.changed)
        self.line.left.connect(self.left)
        self.line.entered.connect(self.line.focusNextChild)

    def put(self, text: str, hint: str) -> None:
        if self.line.text() != text:
            self.line.setText(text)

    def show_fault(self, fault: str) -> None:
        super().show_fault(fault)
        self.line.mark_wrong(bool(fault))


class ChoiceField(FieldWidget):
    """A colleague or a condition, chosen by name; the first entry leaves it open, and the hint says what then holds."""

    def __init__(self, key: str, label: str, parent: QWidget | None = None) -> None:
        self.choice = FormChoice(label)
        self.choice.entered.connect(self.choice.focusNextChild)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        super().__init__(key, label, self.choice, parent)
        self.choice.setStyleSheet(
            f"QComboBox {{ min-height: {theme.px(HEIGHT) - 2}px; }} QComboBox:focus {{ min-height: {theme.px(HEIGHT) - 4}px; }}"
            "QComboBox::drop-down { border: 0; width: 24px; } QComboBox::down-arrow { image: none; }"
        )
        self.choice.addItem("", "")
        self.choice.currentIndexChanged.connect(lambda _: self.changed.emit(self.choice.currentData() or ""))

    def fill(self, offered: Mapping[str, str]) -> None:
        """Offers these by their number or id."""
        with QSignalBlocker(self.choice):
            for n in range(self.choice.count() - 1, 0, -1):
                self.choice.removeItem(n)
            for key, words in offered.items():
                self.choice.addItem(words, key)

    def name_as(self, label: str, hint: str) -> None:
        super().name_as(label, "")

    def put(self, text: str, hint: str) -> None:
        with QSignalBlocker(self.choice):
            self.choice.setItemText(0, hint)
            self.choice.setCurrentIndex(max(self.choice.findData(text), 0))
