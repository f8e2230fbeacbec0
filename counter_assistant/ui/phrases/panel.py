"""文明用语面板：此刻的几句已经填好，其余的输入就找；一个键复制.

The panel knows the desk only by `source`, which says what stands there now. It never copies a phrase with a blank still
open: then the form of blanks opens instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.phrases import Channel, Phrase, fill, open_blanks
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import theme
from counter_assistant.ui.phrases.blanks import BlanksForm
from counter_assistant.ui.phrases.call import CallSide
from counter_assistant.ui.phrases.header import PanelHeader
from counter_assistant.ui.phrases.listing import PhraseList
from counter_assistant.ui.phrases.offering import Offering
from counter_assistant.ui.phrases.rows import values_for
from counter_assistant.ui.phrases.search import PhraseField
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

if TYPE_CHECKING:
    from counter_assistant.operations.moments import AtHand
    from counter_assistant.operations.office import Office

SIDE_BY_SIDE = 640
KEYS = "回车 复制　Tab 填空　Ctrl+P 置顶"
COPIED = "已复制 ✓"


class PhrasePanel(QFrame):
    """The panel. `closed`: Esc with nothing left to close; `place_turned`: dock or float; `keyboard_wanted`: to type here."""

    closed = Signal()
    place_turned = Signal()
    keyboard_wanted = Signal()
    channel_changed = Signal()
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phrases")
        self.setAccessibleName("文明用语")
        self.channel = Channel.COUNTER
        self.offering: Offering | None = None
        self._typed: dict[int, dict[str, str]] = {}
        self._call_key = uuid4().hex
        self.header, self.list, self.form, self.call = PanelHeader(), PhraseList(), BlanksForm(), CallSide()
        self.field = PhraseField(self.open_form)
        self.status = ShrinkingLabel("", "hint")
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._idle = QTimer(self, interval=0)
        self._lay_out()
        self._connect()
        self.call.hide()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        speaking = QVBoxLayout()
        speaking.setSpacing(theme.px(6))
        margin = theme.px(12)
        padded = QHBoxLayout()
        padded.setContentsMargins(margin, theme.px(10), margin, 0)
        padded.addWidget(self.field)
        speaking.addLayout(padded)
        speaking.addWidget(self.list, 1)
        layer = QHBoxLayout()
        layer.setContentsMargins(theme.px(6), 0, theme.px(6), theme.px(6))
        layer.addWidget(self.form)
        speaking.addLayout(layer)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(0)
        self._halves.addLayout(speaking, 1)
        self._halves.addWidget(self.call, 1)
        rows.addLayout(self._halves, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        line = self.foot = QHBoxLayout(foot)
        line.setContentsMargins(margin, theme.px(4), margin, theme.px(4))
        line.addWidget(PlainLabel(KEYS, "hint"))
        line.addWidget(self.status, 1)
        rows.addWidget(foot)

    def _connect(self) -> None:
        self._idle.timeout.connect(self._warm)
        self.field.textEdited.connect(lambda _text: self.show_rows(keep=False))
        self.field.walked.connect(self.list.walk)
        self.field.digit.connect(self.list.choose_key)
        self.field.entered.connect(self.copy)
        self.field.pressed.connect(self.keyboard_wanted)
        self.list.taken.connect(self._clicked)
        self.form.typed.connect(self._remember)
        self.form.finished.connect(self._copy_filled)
        self.form.left.connect(self.close_form)
        self.call.noted.connect(self._note)
        self.call.note.pressed.connect(self.keyboard_wanted)
        self.header.channel_turned.connect(self.turn_channel)
        self.header.place_turned.connect(self.place_turned)
        self.header.closed.connect(self.closed)
        for key, act in (("Ctrl+P", self.pin), ("F8", self.turn_channel), ("Ctrl+Shift+J", self.place_turned.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def reload(self) -> None:
        """The office's phrases are others now."""
        if self.offering is not None:
            self.offering.reload()
            self._idle.start()

    def _warm(self) -> None:
        if self.offering is None or not self.offering.warm():
            self._idle.stop()

    # What is shown

    def attach(self, office: Office, source: Callable[[], AtHand]) -> None:
        """The office is open; `source` says what stands on the desk whenever it is asked."""
        self.offering = Offering(office, source)
        self.refresh()
        self._idle.start()

    def refresh(self) -> None:
        """Something on the desk changed. What was typed into blanks is dropped with the matter that it was typed for."""
        if self.offering is None:
            return
        fresh = self.offering.look()
        if fresh:
            self._typed = {}
            self.close_form()
        self.call.show_lines(*self.offering.reading())
        self.show_rows(keep=not fresh)

    def show_rows(self, *, keep: bool = True) -> None:
        """The phrases of the moment, or what was searched; the chosen one stays chosen where it is still there."""
        if self.offering is not None:
            chosen = self.chosen
            rows = self.offering.rows(self.field.text(), self.channel, self._typed)
            self.list.show_rows(rows, chosen.number if keep and chosen else None)

    @property
    def chosen(self) -> Phrase | None:
        """The phrase that Enter copies."""
        row = self.list.chosen
        return row.phrase if row else None

    def values(self, phrase: Phrase) -> dict[str, str]:
        """What stands in the blanks of a phrase now."""
        return dict(values_for(phrase, self.offering.values if self.offering else {}, self._typed))

    # What is done

    def copy(self) -> None:
        """Copies the chosen phrase; one with an open blank is filled in first. On the telephone the next one follows."""
        phrase = self.chosen
        if phrase is None:
            return
        values = self.values(phrase)
        if open_blanks(phrase, values):
            self.open_form()
            return
        words = fill(phrase, values)
        QGuiApplication.clipboard().setText(words)
        self.say(COPIED)
        self.copied.emit(words)
        if self.channel is Channel.PHONE and not self.field.text().strip():
            self.list.walk(1)

    def open_form(self) -> bool:
        """Opens the blanks of the chosen phrase; False where it has none."""
        phrase = self.chosen
        if phrase is None or not phrase.blanks:
            self.say("这一句没有空处" if phrase else "")
            return False
        self.keyboard_wanted.emit()
        self.form.open_for(phrase, self.values(phrase))
        self.say("")
        return True

    def close_form(self) -> bool:
        """Closes the blanks; False where they were not open."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self.field.setFocus()
        return True

    def turn_channel(self) -> None:
        """柜台 to 电话 and back."""
        self.close_form()
        self.channel = Channel.PHONE if self.channel is Channel.COUNTER else Channel.COUNTER
        self.header.show_channel(self.channel)
        self.call.setVisible(self.channel is Channel.PHONE)
        self.channel_changed.emit()
        self.say("")
        self.show_rows(keep=False)

    def pin(self) -> None:
        """Puts the chosen phrase before the others, or takes that back."""
        phrase = self.chosen
        if phrase is None or self.offering is None:
            return
        try:
            pinned = self.offering.pin(phrase)
            self._idle.start()
        except Refusal as refusal:
            self.say(str(refusal))
            return
        self.show_rows()
        self.say("已置顶" if pinned else "已取消置顶")

    def say(self, words: str) -> None:
        """Says what was done, at the right of the foot."""
        self.status.say(words or " ")
        self.status.setToolTip("")

    def start(self) -> None:
        """Opened anew: an empty field over what fits now."""
        self.field.setText("")
        self.say("")
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.close_form():
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._halves.direction():
            self._halves.setDirection(direction)

    def _clicked(self, place: int) -> None:
        self.list.choose(place)
        self.copy()

    def _remember(self) -> None:
        phrase = self.chosen
        if phrase is not None:
            self._typed[phrase.number] = self.form.values()
            self.show_rows()

    def _copy_filled(self) -> None:
        self._remember()
        self.close_form()
        self.copy()

    def _note(self, text: str) -> None:
        if self.offering is None:
            return
        try:
            self.offering.note(text, self._call_key)
        except Refusal as refusal:
            self.call.fault.say(str(refusal))
            self.call.note.setFocus()
            return
        self._call_key = uuid4().hex
        self.call.clear()
        self.say("已登记为咨询 ✓")
