"""自己第一次告知、再来时有出入的办件：哪里不同、是谁的文本，按数字写说明。No figures of people; one's own matters only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.guarded import Guarded
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.domain.notification.differences import Difference
    from counter_assistant.operations.notification.own_matters import Look, OwnMatter

HEADING = "您第一次告知、再来时有出入的"
HOW = "按数字写说明，随这一件记入台账；“目录文本”是目录的差错，不是您的"
TEXTS_FAULT = "由目录更正"
WITH_A_KEY = 9
"""As many have a digit; the rest is written by the mouse."""


class OwnList(QWidget):
    """The clerk's own matters, each with what differed and how the clerk explained it."""

    chosen = Signal(object)
    """The OwnMatter to be answered."""

    def __init__(self, matters: Sequence[OwnMatter], looks: Sequence[Look] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matters, self.looks = tuple(matters), tuple(looks)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, theme.px(12), 0, 0)
        rows.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(HEADING, "title"))
        head.addStretch(1)
        head.addWidget(PlainLabel(HOW, "hint"))
        rows.addLayout(head)
        for look in self.looks:
            rows.addWidget(PlainLabel(looked_in_words(look), "attention", wrap=True))
        for n, matter in enumerate(self.matters, 1):
            self._add(rows, n, matter)

    def _add(self, rows: QVBoxLayout, n: int, matter: OwnMatter) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(PlainLabel(_title(matter), "dense", wrap=True), 1)
        button = QPushButton(f"写说明　{n}" if n <= WITH_A_KEY else "写说明")
        button.setAccessibleName(f"写说明：{_title(matter)}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: self.chosen.emit(matter))
        line.addWidget(button)
        rows.addLayout(line)
        for difference in (*matter.comparison.faults, *matter.comparison.text_faults):
            role = "attention" if difference.by_text else "secondary"
            rows.addWidget(PlainLabel(_difference(difference), role, wrap=True))
        for words in matter.said:
            rows.addWidget(PlainLabel(f"您的说明：{words}", "done", wrap=True))

    def choose(self, digit: int) -> bool:
        """Chooses the matter of a digit; False where there is none."""
        if not 1 <= digit <= min(len(self.matters), WITH_A_KEY):
            return False
        self.chosen.emit(self.matters[digit - 1])
        return True


def looked_in_words(look: Look) -> str:
    """11月30日 岩温看过您这个月的：核对一位当事人的意见."""
    return f"{look.on.month}月{look.on.day}日 {look.by}看过您这个月的：{look.reason}"


def _title(matter: OwnMatter) -> str:
    day = matter.told_on
    return f"{day.month}月{day.day}日　{matter.applicant or '未留姓名'}　{matter.item}　{matter.item_name}"


def _difference(difference: Difference) -> str:
    cause = f"{difference.by_text}，{TEXTS_FAULT}。" if difference.by_text else ""
    return f"{difference.word}　{difference.sentence}{cause}"


class AnswerLine(QWidget):
    """Where the clerk's words are typed. Enter records, Esc closes; a refusal stands beside the field."""

    done = Signal(str)
    """The sentence that says that it was recorded."""
    closed = Signal()

    def __init__(self, explain: Callable[[OwnMatter, str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._matter: OwnMatter | None = None
        self.field = LabelledField("own_words", "说明", "写当时的情况，回车记入台账，Esc 不写")
        self.about = PlainLabel("", "secondary")
        self.about.setObjectName("about")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, theme.px(8), 0)
        rows.setSpacing(theme.px(2))
        rows.addWidget(self.about)
        rows.addWidget(self.field)
        self.guarded = Guarded(self.field.edit, quotable=False)
        self.guarded.sentence_changed.connect(self.field.show_fault)
        self.field.changed.connect(lambda: self.field.show_fault(self.guarded.sentence))
        self.field.edit.entered.disconnect(self.field.edit.focusNextChild)
        self.field.edit.entered.connect(self._record)
        self.hide()

    def ask(self, matter: OwnMatter) -> None:
        """Opens for a matter."""
        if matter != self._matter:
            self.field.edit.clear()
        self._matter = matter
        self.about.setText(_title(matter))
        self.field.show_fault("")
        self.show()
        self.field.edit.setFocus()

    def close_line(self) -> bool:
        """Closes; what was typed stays for the next time. False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self.closed.emit()
        return True

    def _record(self) -> None:
        if self._matter is None:
            return
        try:
            self._explain(self._matter, self.field.edit.text())
        except Refusal as refusal:
            self.field.show_fault(str(refusal))
            return
        self._matter = None
        self.field.edit.clear()
        self.close_line()
        self.done.emit("说明已记入台账。")
