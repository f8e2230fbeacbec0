"""条件写成一句话，就地改：当〔婚姻状况〕是〔已婚〕＋且 ＋或 去掉；每个字点开挑选，没有公式。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.conditions import Condition
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.condition_sentence import (
    ConditionSentence,
    Joined,
    Kind,
    answered,
    asking,
    condition_of,
    joined_otherwise,
    sentence_of,
    turned,
    with_claim,
    without_claim,
    words,
)
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.lines.slots import Choice
from counter_assistant.ui.items.editor.picker import Picker
from counter_assistant.ui.items.editor.word_button import WordButton
from counter_assistant.ui.widgets.fields.entry_edit import is_enter
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel


class ConditionEditor(QFrame):
    """A sentence in its words. Left and right go from word to word, Enter changes one; 好 or Ctrl+Enter takes the sentence."""

    changed = Signal(object)
    done = Signal(object, int)
    """The condition; and how many places to go on after Tab."""
    escaped = Signal()
    grew = Signal()
    """It needs more room, or less."""

    def __init__(self, name: str, item: ServiceItem, condition: Condition, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layer")
        self.setAccessibleName(name)
        self._item, self._name = item, name
        self._said = sentence_of(condition) or ConditionSentence()
        self._picker: Picker | None = None
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(*(theme.px(8),) * 4)
        self.rows.setSpacing(theme.px(6))
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("sentence_fault")
        self.fault.hide()
        self._line = QWidget()
        self._hint = PlainLabel(f"{name}　← → 换词，回车改，Ctrl+回车 写好，Esc 不改", "hint", wrap=True)
        self.rows.addWidget(self._hint)
        self.rows.addWidget(self._line)
        self.rows.addWidget(self.fault)
        self._build(0)

    @property
    def value(self) -> Condition:
        """The condition as it reads now."""
        return condition_of(self._said)

    @property
    def buttons(self) -> list[WordButton]:
        """The words that can be changed, in their order."""
        return self._line.findChildren(WordButton)

    def fit(self, width: int) -> None:
        """Takes so much width, and the height that the sentence then needs."""
        self.setFixedWidth(width)
        self._hint.ensurePolished()
        self._hint.setFixedHeight(self._hint.heightForWidth(width - 2 * theme.px(8)))
        self._line.setFixedHeight(self._line.heightForWidth(width - 2 * theme.px(8)))
        self.rows.activate()
        self.setFixedHeight(self.rows.minimumSize().height())

    def _refit(self) -> None:
        self.fit(self.width())
        self.grew.emit()

    def _build(self, focus: int) -> None:
        """Makes the words anew and puts the focus on one of them."""
        line = QWidget(self)
        flow = FlowLayout(theme.px(4), parent=line)
        for widget in self._words():
            flow.addWidget(widget)
        self.rows.replaceWidget(self._line, line)
        self._line.hide()
        self._line.deleteLater()
        self._line = line
        every = self.buttons
        self.setFocusProxy(every[min(focus, len(every) - 1)])
        if self.isVisible():
            line.show()
            self._refit()
            every[min(focus, len(every) - 1)].setFocus()

    def _words(self) -> list[QWidget]:
        said = self._said
        made: list[QWidget] = [PlainLabel("当" if said.claims else "任何情形")]
        last = -1
        for word in words(self._item, said):
            if word.claim != last and word.claim > 0 and word.kind is Kind.JOINT:
                made.append(self._removing(last))
            last = word.claim
            made.append(self._word(word.kind, word.words, word.claim))
        if said.claims:
            made.append(self._removing(last))
        joins = [said.joined] if len(said.claims) > 1 else list(Joined)[: 2 if said.claims else 1]
        for joined in joins:
            text = f"＋ {joined.word[:1]}" if said.claims else "＋ 条件"
            made.append(WordButton(text, text, partial(self._add, joined), quiet=True))
        made.append(WordButton("好", "写好了", self.finish, quiet=True))
        return made

    def _word(self, kind: Kind, text: str, i: int) -> QWidget:
        acts: dict[Kind, Callable[[], object]] = {
            Kind.QUESTION: lambda: self._pick_question(i),
            Kind.ANSWER: lambda: self._pick_answers(i),
            Kind.IS: lambda: self._take(lambda: turned(self._said, i)),
            Kind.JOINT: lambda: self._take(lambda: joined_otherwise(self._said)),
        }
        if kind not in acts:
            return PlainLabel(text)
        shown = f"〔{text}〕" if kind in (Kind.QUESTION, Kind.ANSWER) else text
        return WordButton(shown, f"{text}，可以改", acts[kind])

    def _removing(self, i: int) -> QWidget:
        return WordButton(
            "去掉", f"去掉第 {i + 1} 段", lambda: self._take(lambda: without_claim(self._said, i)), quiet=True
        )

    def _add(self, joined: Joined) -> None:
        at = len(self._said.claims)
        if self._take(lambda: with_claim(self._item, self._said, joined)):
            self._pick_question(at)

    def _take(self, act: Callable[[], ConditionSentence]) -> bool:
        """Takes what an act makes of the sentence; whether it did."""
        every = list(self.buttons)
        focused = QApplication.focusWidget()
        at = every.index(focused) if isinstance(focused, WordButton) and focused in every else len(every) - 1
        try:
            said = act()
        except Refusal as refusal:
            self.fault.say(str(refusal))
            self._refit()
            return False
        self.fault.say("")
        if said != self._said:
            self._said = said
            self._build(at)
            self.changed.emit(self.value)
        return True

    def _pick_question(self, i: int) -> None:
        choices = tuple(Choice(asked.id, asked.question.topic, asked.question.text) for asked in self._item.questions)
        now = self._said.claims[i].question

        def picked(code: str) -> None:
            if self._take(lambda: asking(self._item, self._said, i, code)):
                self._pick_answers(i)

        self._pick("看哪个情形", choices, (now,), picked, several=False)

    def _pick_answers(self, i: int) -> None:
        claim = self._said.claims[i]
        asked = self._item.asked(claim.question)
        choices = tuple(Choice(o.code, o.label, o.phrase) for o in asked.question.options) if asked else ()

        def picked(codes: tuple[str, ...]) -> None:
            self._take(lambda: answered(self._item, self._said, i, codes))

        self._pick("哪些回答", choices, claim.values, picked, several=True)

    def _pick(
        self, name: str, choices: tuple[Choice, ...], now: tuple[str, ...], act: Callable[..., None], *, several: bool
    ) -> None:
        self._close_picker()
        picker = Picker(name, choices, now, self, several=several)
        self._picker = picker
        every = self.buttons
        focused = QApplication.focusWidget()
        before = every.index(focused) if isinstance(focused, WordButton) and focused in every else 0

        def done(value: object, _on: int) -> None:
            self._close_picker()
            self._focus(before)
            act(value)

        def escaped() -> None:
            self._close_picker()
            self._focus(before)

        picker.done.connect(done)
        picker.escaped.connect(escaped)
        self.rows.addWidget(picker)
        picker.show()
        self._refit()
        picker.setFocus()

    def _close_picker(self) -> None:
        if self._picker:
            self.rows.removeWidget(self._picker)
            self._picker.hide()
            self._picker.deleteLater()
            self._picker = None
            self._refit()

    def _focus(self, at: int) -> None:
        self.buttons[min(at, len(self.buttons) - 1)].setFocus()

    def finish(self) -> None:
        """The sentence is written."""
        self.done.emit(self.value, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape or is_enter(event) or (control and event.key() == Qt.Key.Key_Return):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        every = self.buttons
        focused = QApplication.focusWidget()
        at = every.index(focused) if isinstance(focused, WordButton) and focused in every else -1
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        elif is_enter(event) and at >= 0:
            every[at].click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and at >= 0:
            every[(at + (1 if event.key() == Qt.Key.Key_Right else -1)) % len(every)].setFocus()
        else:
            super().keyPressEvent(event)
