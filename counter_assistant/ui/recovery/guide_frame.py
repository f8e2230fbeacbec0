"""恢复向导的样子：一句话说出了什么事，找到的拷贝，要问的几格，做到哪一步."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate, Found
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.recovery.guide_words import GO_ON, NUMBERS, OPEN, RESTORE
from counter_assistant.ui.recovery.numbers import LastNumbers
from counter_assistant.ui.sealing.card_page import CardPage
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.flow import ActRow
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

ROW, MOST_ROWS = 34, 5
CHOICE_KEYS = (
    ("↑ ↓", "选哪一份"),
    ("F9 或回车", "恢复；做好以后打开台账"),
    ("Ctrl+O", "选 U 盘上的备份文件夹"),
    ("F5", "接上盘以后再找一次"),
    ("Ctrl+L", "用恢复单，或者用口令"),
    ("Alt+Y", "同意按钮上写的"),
)
"""The keys of every page that restores, for F1."""


class Copies(QuietList):
    """What was found. Enter takes the marked one."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class GuideFrame(CardPage):
    """The parts of a page that restores, and how they are shown: a `title`, a sentence that says what it is about, what `Esc` is called.
    What they do is said by the page."""

    def __init__(self, title: str, sentence: str, leave: str, parent: QWidget | None = None) -> None:
        super().__init__(title, 960, parent)
        self._leave_words, self._about = leave, sentence
        self._was = list[tuple[QWidget, bool]]()
        self.sentence = PlainLabel("", "loud", wrap=True, aloud=True)
        self.sentence.setObjectName("what_happened")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = Copies("找到的拷贝", ROW, whole_hints=True)
        self.list.setObjectName("copies")
        self.who, self.secret = LabelledField("who", "工号"), LabelledField("secret", "口令")
        self.numbers = LastNumbers(system_clock().date())
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.leave = ActionButton(leave, "Esc", self)
        self.choose = ActionButton("选文件夹", "Ctrl+O", self)
        self.again = ActionButton("再找", "F5", self)
        self.turn = ActionButton("用恢复单", "Ctrl+L", self)
        self.agree = ActionButton("同意", "Alt+Y", self)
        self.agree.setObjectName("agree")
        self.act = ActionButton(RESTORE, "F9", self, loud=True)
        self.act.setObjectName("act")
        self._others = [self.choose, self.again]
        self._foot, self._between = QVBoxLayout(), QWidget()
        self._asking = QWidget()
        self._lay_out()
        self.sentence.say(sentence)

    def _lay_out(self) -> None:
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.px(16))
        asking.addWidget(self.who, 1)
        asking.addWidget(self.secret, 2)
        for part in (self.sentence, self.list, self._asking, self.numbers, self.message):
            self.card.rows.addWidget(part)
        between = QWidget()
        self.card.rows.addLayout(_acts(between, self.turn, between, self.agree))
        self.card.rows.addLayout(self._foot)
        self._lay_out_foot()
        self._asking.hide()
        self.numbers.hide()
        for button in (self.turn, self.agree):
            self.show_only(button, on=False)

    def add_other(self, button: ActionButton) -> None:
        """Adds what else can be done instead of restoring, beside what there is."""
        self._others.append(button)
        self._lay_out_foot()

    def _lay_out_foot(self) -> None:
        """All that can be done here, on as many lines as it takes."""
        if before := self._foot.takeAt(0):
            before.layout().deleteLater()
        self._foot.addLayout(_acts(self._between, self.leave, *self._others, self._between, self.act))

    @staticmethod
    def show_only(button: ActionButton, *, on: bool) -> None:
        """Shows a button, or takes it and its key away."""
        button.setVisible(on)
        button.setEnabled(on)

    @property
    def asks_numbers(self) -> bool:
        """Whether the numbers on paper are asked for now."""
        return not self.numbers.isHidden()

    def fill(self, found: Found, more: tuple[Candidate, ...] = (), marked: int = 0) -> None:
        """Shows what was found, and before it what somebody chose, of which one is marked; else the best is."""
        self.list.clear()
        for each in (*more, *found.candidates):
            self.list.add(each.in_words, each.standing)
        rows = self.list.count()
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(theme.px(ROW) * min(max(rows, 1), MOST_ROWS) + 2)
        if rows:
            self.list.setCurrentRow(marked if more else found.best)

    def ask_secret(self, *, on: bool, by_sheet: bool, known: str) -> None:
        """Asks with what a sealed copy is opened, by the passphrase of the clerk who is `known`, or by the sheet."""
        self._asking.setVisible(on)
        self.secret.show()
        self.show_only(self.turn, on=on)
        self.turn.rename("用口令" if by_sheet else "用恢复单")
        self.secret.rename("恢复单上的 12 个字" if by_sheet else "口令")
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Normal if by_sheet else QLineEdit.EchoMode.Password)
        if on and not self.who.edit.text():
            self.who.edit.setText(known)
        field = self.secret if self.who.edit.text() else self.who
        (field.edit if on else self.list).setFocus()

    def ask_who(self, *, sealed: bool) -> None:
        """Asks who restores, where the clerk who was last at the window may not; with what they open a `sealed` copy, too."""
        self._asking.show()
        self.secret.edit.clear()
        self.secret.setVisible(sealed)
        self.who.edit.setFocus()
        self.who.edit.selectAll()

    def ask_numbers(self, *, on: bool) -> None:
        """Asks for the last numbers on paper, in the place of the list; or goes back to it."""
        self.list.setVisible(not on)
        self._asking.setVisible(self._asking.isVisible() and not on)
        self.numbers.setVisible(on)
        self.sentence.say(NUMBERS if on else self._about)
        self.leave.rename("返回" if on else self._leave_words)
        for button in self._others:
            self.show_only(button, on=not on)
        (self.numbers if on else self.list).setFocus()

    def offer(self, label: str, *, alone: bool = False) -> None:
        """Offers what may be agreed to, `alone` where the same again would change nothing; nothing where the label is empty."""
        self.show_only(self.agree, on=bool(label))
        self.act.setEnabled(self.list.count() > 0 and not alone)
        if label:
            self.agree.rename(label)
        self.act.rename(GO_ON if label or self.asks_numbers else RESTORE)

    def work(self, *, on: bool) -> None:
        """Takes every key away while something is done, and gives those back that there were."""
        if on:
            parts = (self.list, self._asking, self.numbers, self.leave, self.turn, self.agree, self.act, *self._others)
            self._was = [(part, part.isEnabled()) for part in parts]
        for part, was in self._was:
            part.setEnabled(was and not on)
        if not on:
            self._was = []

    def end(self, words: str) -> None:
        """Shows what was done: nothing is left but to open the book."""
        for part in (self.list, self._asking, self.numbers):
            part.hide()
        for button in (self.leave, self.turn, self.agree, *self._others):
            self.show_only(button, on=False)
        self.sentence.setText(words)
        self.act.setEnabled(True)
        self.act.rename(OPEN)
        self.act.setFocus()


def _acts(between: QWidget, *parts: QWidget) -> ActRow:
    """Buttons beside each other, what comes after `between` at the right; on a second line where they do not all fit."""
    row = ActRow(theme.px(10), between)
    for part in parts:
        row.addWidget(part)
    return row
