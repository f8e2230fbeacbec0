"""填表时问的一栏：打字的，录两遍的，按数字选的，一行一位贴进来的。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from counter_assistant.domain.counter_forms.asked import AGAIN, SECRET, AskedValue, ValueKind, masked
from counter_assistant.domain.counter_forms.form import CounterForm
from counter_assistant.operations.counter_forms.of_matter import ROWS
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import ENTER, EntryEdit
from counter_assistant.ui.widgets.fields.number_edit import RestingEdit
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel

LABEL_WIDTH, ROWS_HEIGHT = 128, 150


class SecretEdit(RestingEdit):
    """A number of an account, a card or a document, of which the last characters are shown once it is left."""

    def __init__(self, name: str, hint: str, kind: ValueKind) -> None:
        super().__init__(name, hint)
        self._kind = kind

    def at_rest(self, number: str) -> str:
        return masked(self._kind, number.strip())


class AskedField(QWidget):
    """A label, what is typed or chosen, and beneath it what is wrong with it. `changed` names the key and the text."""

    changed = Signal(str, str)
    left = Signal()
    entered = Signal()
    reached = Signal(str)
    """The cursor is in it now: its key."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__()
        self.key = key
        self.edits: list[QWidget] = []
        self.setObjectName(f"asked_{key}")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        name = PlainLabel(label, "secondary", wrap=True)
        name.setFixedWidth(theme.px(LABEL_WIDTH))
        self._grid.addWidget(name, 0, 0)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName(f"fault_{key}")
        self._grid.addWidget(self.fault, 1, 1, 1, 2)
        self.fault.hide()

    def add(self, *edits: QWidget) -> None:
        """Puts what is typed or chosen in into the row: one takes all of it, two a half each."""
        self.edits += edits
        for column, edit in enumerate(edits, 1):
            edit.installEventFilter(self)
            self._grid.addWidget(edit, 0, column, 1, 3 - len(edits))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells when the cursor comes into it, and when it leaves what does not tell so itself; nothing is kept back."""
        if event.type() is QEvent.Type.FocusIn:
            self.reached.emit(self.key)
        elif event.type() is QEvent.Type.FocusOut and not isinstance(watched, EntryEdit):
            self.left.emit()
        return super().eventFilter(watched, event)

    def put(self, values: dict[str, str]) -> None:
        """Shows what was typed before."""
        raise NotImplementedError

    def show_fault(self, fault: str) -> None:
        """Says what is wrong, or nothing."""
        self.fault.say(fault)
        for edit in self.edits:
            edit.setAccessibleDescription(fault)
            if isinstance(edit, EntryEdit):
                edit.mark_wrong(bool(fault))


class TypedField(AskedField):
    """A text; a number that is typed twice has two places beside each other."""

    def __init__(self, asked: AskedValue) -> None:
        super().__init__(asked.key, f"{asked.label}（{asked.unit}）" if asked.unit else asked.label)
        self._keys = [asked.key, AGAIN + asked.key] if asked.twice else [asked.key]
        edits: list[EntryEdit] = []
        for key in self._keys:
            hint = "再录一遍" if key.startswith(AGAIN) else asked.hint or " "
            name = f"{asked.label}，{hint}" if hint.strip() else asked.label
            edit = SecretEdit(name, hint, asked.kind) if asked.kind in SECRET else EntryEdit(name, hint)
            edit.setObjectName(key)
            edit.textEdited.connect(lambda text, key=key: self.changed.emit(key, text))
            edit.left.connect(self.left)
            edit.entered.connect(self.entered)
            edits.append(edit)
        self.add(*edits)

    def put(self, values: dict[str, str]) -> None:
        for key, edit in zip(self._keys, self.edits, strict=True):
            if isinstance(edit, SecretEdit):
                edit.put(values.get(key, ""))
            elif isinstance(edit, EntryEdit):
                edit.setText(values.get(key, ""))


class Chips(QFrame):
    """Options that take a digit while they have the focus."""

    taken = Signal(str)
    entered = Signal()

    def __init__(self, asked: AskedValue) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName(asked.key)
        self.setAccessibleName(asked.label)
        inside, row, flow = QWidget(), QHBoxLayout(self), FlowLayout(theme.px(6))
        row.setContentsMargins(theme.px(8), 0, 0, 0)
        row.addWidget(inside)
        inside.setLayout(flow)
        for widget in (inside, self):
            policy = widget.sizePolicy()
            policy.setHeightForWidth(True)
            widget.setSizePolicy(policy)
        self.chips: dict[str, Chip] = {}
        for n, option in enumerate(asked.options, 1):
            chip = self.chips[option.codes[0]] = Chip(str(n), option.label)
            chip.clicked.connect(lambda _=False, code=option.codes[0]: self.taken.emit(code))
            flow.addWidget(chip)

    def show_taken(self, code: str) -> None:
        """Marks the option that holds."""
        for one, chip in self.chips.items():
            chip.setChecked(one == code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self.chips)
        if event.text().isdigit() and 0 < int(event.text()) <= len(codes):
            self.taken.emit(codes[int(event.text()) - 1])
            self.entered.emit()
        elif event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar beside them while digits come here."""
        if self.hasFocus():
            QPainter(self).fillRect(0, 0, theme.px(3), self.height(), theme.colour(theme.palette().focus))


class ChosenField(AskedField):
    """One of a few options, taken by a digit or with the mouse; a second time takes it back."""

    def __init__(self, asked: AskedValue) -> None:
        super().__init__(asked.key, asked.label)
        self._taken = ""
        self.chips = Chips(asked)
        self.chips.taken.connect(self._take)
        self.chips.entered.connect(self.entered)
        self.add(self.chips)

    def put(self, values: dict[str, str]) -> None:
        self._taken = values.get(self.key, "")
        self.chips.show_taken(self._taken)

    def _take(self, code: str) -> None:
        self._taken = "" if code == self._taken else code
        self.chips.show_taken(self._taken)
        self.changed.emit(self.key, self._taken)


class RowsEdit(QPlainTextEdit):
    """Where the people of a register are pasted; Enter begins another line, Ctrl+Enter goes on."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_F9):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RowsField(AskedField):
    """The people of a register, a line each."""

    def __init__(self, form: CounterForm) -> None:
        super().__init__(ROWS + form.number, f"{form.title}\n一行一位，可以从表格里贴")
        self.setObjectName(f"asked_rows_{form.number}")
        assert form.table is not None
        columns = "　".join(column.label + ("" if column.required else "（可空）") for column in form.table.typed)
        self.edit = RowsEdit()
        self.edit.setObjectName(f"rows_{form.number}")
        self.edit.setAccessibleName(f"{form.title}：{columns}")
        self.edit.setPlaceholderText(f"每行依次：{columns}；格与格之间用逗号或者空格")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme.px(ROWS_HEIGHT))
        self.edit.textChanged.connect(lambda: self.changed.emit(self.key, self.edit.toPlainText()))
        self.edit.entered.connect(self.entered)
        self.add(self.edit)

    def put(self, values: dict[str, str]) -> None:
        if self.edit.toPlainText() != values.get(self.key, ""):
            self.edit.blockSignals(True)
            self.edit.setPlainText(values.get(self.key, ""))
            self.edit.blockSignals(False)


def field_of(asked: AskedValue) -> AskedField:
    """The field of an asked value."""
    return ChosenField(asked) if asked.kind is ValueKind.CHOICE else TypedField(asked)
