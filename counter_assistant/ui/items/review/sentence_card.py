"""中间的一张卡：一句一句，怎么答，依据什么。Keys come here: the lists beside it take no focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from counter_assistant.domain.revision.verdicts import Answer
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.sentence_box import SentenceBox
from counter_assistant.ui.items.review.sentence_list import SentenceList
from counter_assistant.ui.items.source_fields import SourceFields
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
GROUPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
ANSWERS = {Qt.Key.Key_Y: Answer.AGREE, Qt.Key.Key_N: Answer.DROP}
ALL_DONE = "都核过了。填好批准的文号和生效日，按 F9 送核。"


class SentenceCard(Card):
    """Tells what the keys ask for; the mode does it."""

    answered = Signal(object)
    """同意 or 不要, an `Answer`."""
    edit_wanted = Signal()
    undo_wanted = Signal()
    stepped = Signal(int)
    group_stepped = Signal(int)
    turned = Signal()
    digit = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("核定目录")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box, self.source = SentenceBox(), SourceFields()
        self.list = SentenceList(self.box)
        self.done = PlainLabel(ALL_DONE, "secondary", wrap=True)
        self.done.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.done.setObjectName("all_done")
        self._enter = LinkButton("回车", "改事项", self.entered.emit)
        self._edit = LinkButton("E", "改", self.edit_wanted.emit)
        self._word = LinkButton("回车/E", "改", self.edit_wanted.emit)
        agree = LinkButton("Y", "同意", lambda: self.answered.emit(Answer.AGREE))
        drop = LinkButton("N", "不要", lambda: self.answered.emit(Answer.DROP))
        undo = LinkButton("Ctrl+Z", "退一步", self.undo_wanted.emit)
        self.shrink_title()
        for link in (self._enter, agree, self._edit, self._word, drop, undo):
            self.head.addWidget(link)
        self.show_keys(paper=False)
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self.done, 1)
        self.rows.addWidget(self.source)
        self.rows.setSpacing(theme.px(8))

    def show_keys(self, *, paper: bool) -> None:
        """A paper has no editor: Enter does there what E does."""
        for link in (self._enter, self._edit):
            link.setHidden(paper)
        self._word.setVisible(paper)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not (plain and self.hasFocus() and self._act(key, repeated=event.isAutoRepeat())):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key, *, repeated: bool) -> bool:
        """Does what a key stands for; an answer needs a press of its own."""
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in GROUPS:
            self.group_stepped.emit(GROUPS[key])
        elif repeated:
            return key in ANSWERS or key in (Qt.Key.Key_E, Qt.Key.Key_L)
        elif key in ANSWERS:
            self.answered.emit(ANSWERS[key])
        elif key == Qt.Key.Key_E:
            self.edit_wanted.emit()
        elif key == Qt.Key.Key_T:
            self.source.go_to("clause" if self.source.fields["document"].text() else "document")
        elif key == Qt.Key.Key_L:
            self.turned.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.digit.emit(key - Qt.Key.Key_0)
        elif key in ENTER:
            self.entered.emit()
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.box.show_focus(here=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.box.show_focus(here=False)
