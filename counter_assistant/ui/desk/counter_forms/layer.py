"""免填单：左边是这件事的几张表和还要问的几栏，右边是将要打出来的那一张。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.domain.counter_forms.asked import AskedValue
from counter_assistant.domain.counter_forms.form import CounterForm
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.counter_forms.asked_fields import AskedField, RowsField, field_of
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.layers.paper_layer import PaperLayer

HINT = "Ctrl+↑ ↓ 换一张，Ctrl+PgDn 翻页；Alt+数字 这张打、不打"
MOST_WITH_A_KEY = 9
NOTHING_ASKED = "没有要问的了，按 F9 打印；签名、日期留给当事人写。"


class FormsLayer(PaperLayer):
    """Over the whole page. `edited` names a key and the text; `turned` a form to be printed or no more; `looked_at` the form to be shown."""

    edited = Signal(str, str)
    field_left = Signal()
    turned = Signal(str)
    looked_at = Signal(int)
    reached = Signal(str)
    blank_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("免填单", parent, widest=600, share=46)
        self.title = PlainLabel("", "title", wrap=True)
        self.title.setObjectName("forms_title")
        self.message = PlainLabel("", "done", wrap=True)
        self.message.setObjectName("forms_message")
        self.print = ActionButton("打印", "F9", self, loud=True)
        self.blank = ActionButton("改打空白表", "F8", self)
        self.fields: dict[str, AskedField] = {}
        self.chips: dict[str, Chip] = {}
        self._reached = ""
        self._chips = QWidget()
        self._asked = QScrollArea()
        self._lay_out()
        self.print.clicked.connect(self.print_wanted)
        self.blank.clicked.connect(self.blank_wanted)
        for key, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            self._on(key, partial(self.looked_at.emit, step))
        for n in range(MOST_WITH_A_KEY):
            self._on(f"Alt+{n + 1}", partial(self._turn_at, n))
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(LinkButton("Esc", "关上", self.close_overlay), 0, Qt.AlignmentFlag.AlignTop)
        self._asked.setFrameShape(QFrame.Shape.NoFrame)
        self._asked.setWidgetResizable(True)
        self._asked.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._asked.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._asked.setAccessibleName("要问的几栏")
        self._flow = FlowLayout(theme.px(6))
        self._chips.setLayout(self._flow)
        policy = self._chips.sizePolicy()
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        foot = QHBoxLayout()
        foot.addWidget(self.print, 1)
        foot.addWidget(self.blank)
        for button in (self.print, self.blank):
            button.setMinimumHeight(theme.px(38))
        self.column.addLayout(head)
        self.column.addWidget(self._chips)
        self.column.addWidget(self._asked, 1)
        self.column.addWidget(self.message)
        self.column.addLayout(foot)
        self.lay_out_paper(HINT)

    def show_forms(self, title: str, forms: Sequence[CounterForm], asked: Sequence[AskedValue]) -> None:
        """Shows the forms of a matter and the fields that they ask for, and opens."""
        self.title.setText(title)
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = {form.number: Chip(str(n), form.title) for n, form in enumerate(forms, 1)}
        for number, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, number=number: self.turned.emit(number))
            self._flow.addWidget(chip)
        self.fields = {one.key: field_of(one) for one in asked}
        self.fields |= {field.key: field for form in forms if form.table for field in [RowsField(form)]}
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, theme.px(6), 0)
        rows.setSpacing(theme.px(6))
        for field in self.fields.values():
            rows.addWidget(field)
            field.changed.connect(self.edited)
            field.left.connect(self.field_left)
            field.entered.connect(self._next)
            field.reached.connect(self._reach)
        if not self.fields:
            rows.addWidget(PlainLabel(NOTHING_ASKED, "hint", wrap=True))
        rows.addStretch(1)
        self._asked.setWidget(inside)
        for ground in (self._asked.viewport(), inside):
            ground.setAutoFillBackground(False)
        self.say("")
        self.open_layer()

    def put(self, values: dict[str, str]) -> None:
        """Shows what was typed before."""
        for field in self.fields.values():
            field.put(values)

    def begin(self, key: str) -> None:
        """Puts the cursor into a field, or where Enter prints if there is none."""
        self.go_to(key) if key in self.fields else self.print.setFocus()

    def go_to(self, key: str) -> None:
        """Puts the cursor into a field."""
        field = self.fields[key]
        field.edits[0].setFocus()
        self._asked.ensureWidgetVisible(field, 0, theme.px(40))

    def show_faults(self, faults: Mapping[str, Refusal]) -> None:
        """Says beside each field what is wrong with it."""
        for key, field in self.fields.items():
            field.show_fault(str(faults[key]) if key in faults else "")
        if self._reached in faults and not any(
            edit.hasFocus() for field in self.fields.values() for edit in field.edits
        ):
            QTimer.singleShot(0, self, partial(self._show, self._reached))  # once there is room for the sentence

    def show_chosen(self, numbers: Sequence[str], *, blank: bool) -> None:
        """Marks the forms that are printed, and names what the keys do."""
        for number, chip in self.chips.items():
            chip.setChecked(number in numbers)
        self.print.rename(f"打印 {len(numbers)} 张{'空白表' if blank else '表'}")
        self.print.setEnabled(bool(numbers))
        self.blank.rename("改打预填表" if blank else "改打空白表")

    def say(self, sentence: str, role: str = "done") -> None:
        """Says how it goes."""
        self.message.say(sentence, role)

    def tab_order(self) -> Sequence[QWidget]:
        return [*(edit for field in self.fields.values() for edit in field.edits), self.print, self.blank]

    def _next(self) -> None:
        self.focusNextPrevChild(True)

    def _reach(self, key: str) -> None:
        self._reached = key
        self._show(key)
        self.reached.emit(key)

    def _show(self, key: str) -> None:
        if key in self.fields:
            self._asked.ensureWidgetVisible(self.fields[key], 0, theme.px(20))

    def _turn_at(self, place: int) -> None:
        numbers = list(self.chips)
        if place < len(numbers):
            self.turned.emit(numbers[place])

    def _on(self, key: str, act: Callable[[], object]) -> None:
        """What a key does wherever the cursor is in here."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
