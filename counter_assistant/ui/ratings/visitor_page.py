"""转给办事的人的一页：五个大按钮，不评价也行；盖住整个屏幕，窗口里别的什么都看不见（国办发〔2019〕51号：自愿评价，不得强迫、干扰）.

Nothing is recorded before 提交. What comes after it hides the desk as well, until the clerk has turned the screen back.
"""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.rating import RatingChannel, RatingLevel
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.ratings import rate
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.fields.entry_edit import ENTER, EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

TITLE = "请您评价（自愿）"
NOBODY = "不写姓名，也不记是谁办的。"
CHOOSE = "请先选一项；不想评价的，按“不评价”。"
THANKS, DECLINED = "谢谢您的评价", "好的，谢谢您"
TURN_BACK = "请等工作人员把屏幕转回去。"
NOT_RECORDED = "没有记下来，请告诉工作人员。{}"
HALF_DONE = "写了还没有提交。再按一次 Esc 就不要了。"
NONE = "0"
WIDEST, BUTTON = 960, 220
"""How wide the page and its lower buttons are, in unscaled pixels."""


class VisitorPage(QDialog):
    """Asks a visitor how it was. `item` is the id of what was done, empty where that is not known, and `item_name` what it is called."""

    rated = Signal()

    def __init__(self, office: Office, item: str = "", item_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._office, self._item, self._act = office, item, str(uuid4())
        self._level: RatingLevel | None = None
        self._told_half_done = False
        self.levels = {level: LevelButton(n, level) for n, level in enumerate(RatingLevel, 1)}
        self.words = _field("rating_words", "想说的话（可以不写）")
        self.contact = _field("rating_contact", "要答复的，留联系方式")
        self.message = PlainLabel(" ", "attention", wrap=True)
        self.submit = ActionButton("提交", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.decline = SinglePress(f"不评价　{NONE}")
        self.decline.setAccessibleName("不评价")
        self.asking, self.thanks = QWidget(), QWidget()
        self.after = PlainLabel(THANKS)
        self._lay_out(item_name)
        self._connect()

    def _lay_out(self, item_name: str) -> None:
        unit = PlainLabel(f"{self._office.profile.unit}　{self._office.profile.branch}", "secondary")
        self._lay_out_asking(f"您办的：{item_name}" if item_name else "")
        self._lay_out_thanks()
        inside = QVBoxLayout()
        for part in (unit, self.asking, self.thanks):
            inside.addWidget(part)
        unit.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QWidget()
        column.setLayout(inside)
        column.setMaximumWidth(theme.px(WIDEST))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 20)
        across.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addLayout(across)
        rows.addStretch(1)

    def _lay_out_asking(self, about: str) -> None:
        rows, five, below, end = QVBoxLayout(self.asking), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for layout in (rows, five, below, end):
            layout.setSpacing(theme.px(16))
        rows.addWidget(_loud(PlainLabel(TITLE)))
        rows.addWidget(_middle(PlainLabel("　".join(part for part in (about, NOBODY) if part), "loud")))
        for level in self.levels.values():
            five.addWidget(level, 1)
        below.addWidget(self.words, 3)
        below.addWidget(self.contact, 2)
        for button in (self.decline, self.submit):
            _for_a_finger(button)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.decline, self.message, self.submit):
            end.addWidget(part, part is self.message)
        for line in (five, below, end):
            rows.addLayout(line)

    def _lay_out_thanks(self) -> None:
        rows = QVBoxLayout(self.thanks)
        rows.setSpacing(theme.px(16))
        self.back = ActionButton("工作人员返回", "Esc", self.thanks)
        _for_a_finger(self.back)
        rows.addWidget(_loud(self.after))
        rows.addWidget(_middle(PlainLabel(TURN_BACK, "loud")))
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        self.thanks.hide()

    def _connect(self) -> None:
        for level, button in self.levels.items():
            button.clicked.connect(lambda _=False, level=level: self.choose(level))
        self.words.entered.connect(self.contact.setFocus)
        self.contact.entered.connect(self.send)
        self.submit.clicked.connect(self.send)
        self.decline.clicked.connect(lambda: self._thank(DECLINED))
        self.back.clicked.connect(self.accept)

    def choose(self, level: RatingLevel | None) -> None:
        """Marks a level in the place of another, or none."""
        self._level = level
        for each, button in self.levels.items():
            button.setChecked(each is level)
        self.message.say(" ")

    def send(self) -> None:
        """Records what is marked, once."""
        if self._level is None:
            self.message.say(CHOOSE)
            return
        typed = {
            "level": self._level.value, "item": self._item, "text": self.words.text(), "contact": self.contact.text(),
        }  # fmt: skip
        try:
            rate(self._office, typed, RatingChannel.SCREEN, key=self._act)
        except Refusal as refusal:
            self.message.say(NOT_RECORDED.format(refusal.sentence))
            return
        self.rated.emit()
        self._thank(THANKS)

    def _thank(self, words: str) -> None:
        """The desk stays hidden: who was asked still looks at the screen."""
        for field in (self.words, self.contact):
            field.clear()
        self.after.setText(words)
        self.asking.hide()
        self.thanks.show()
        self.setFocus()

    def leave(self) -> None:
        """The clerk takes the screen back. What is half typed is not lost by one key."""
        half_done = any(field.text().strip() for field in (self.words, self.contact))
        if half_done and not self._told_half_done:
            self._told_half_done = True
            self.message.say(HALF_DONE)
        else:
            self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit marks a level, as long as nothing is being typed; `NONE` takes the mark away, and where there is none, declines."""
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif self.asking.isHidden():
            event.accept()
        elif digit and digit in "12345":
            self.choose(list(RatingLevel)[int(digit) - 1])
        elif digit == NONE:
            self.choose(None) if self._level else self._thank(DECLINED)
        elif event.key() in ENTER:
            self.send()
        else:
            super().keyPressEvent(event)


class LevelButton(SinglePress):
    """One of the five, large enough for a finger; its digit stands over its word."""

    def __init__(self, digit: int, level: RatingLevel) -> None:
        super().__init__(f"{digit}\n{level.label}")
        self.setAccessibleName(f"{level.label}，{digit}")
        self.setObjectName(level.value)
        self.setProperty("level", True)
        self.setCheckable(True)
        self.setAutoDefault(False)


def _for_a_finger(button: SinglePress) -> None:
    button.setProperty("finger", True)
    button.setMinimumWidth(theme.px(BUTTON))
    button.setAutoDefault(False)


def _field(key: str, hint: str) -> EntryEdit:
    field = EntryEdit(hint)
    field.setObjectName(key)
    field.setProperty("finger", True)
    return field


def _loud(label: PlainLabel) -> PlainLabel:
    label.setProperty("role", "asked")
    return _middle(label)


def _middle(label: PlainLabel) -> PlainLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
