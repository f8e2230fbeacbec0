"""文明用语面板：此刻的几句已经填好，其余的输入就找；一个键复制.

The panel knows the desk only by `source`, which says what stands there now. It never copies a phrase with a blank still
open: then the form of blanks opens instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Phrase, PhraseChannel, fill, open_blanks
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.ui.phrases.frame import PanelFrame
from counter_assistant.ui.phrases.panel_content import Offering
from counter_assistant.ui.phrases.rows import values_for
from counter_assistant.ui.shell.page_keys import KeySheet

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.suggestions import CurrentMatter

COPIED = "已复制 ✓"


class PhrasePanel(PanelFrame):
    """The panel. `closed`: Esc with nothing left to close; `place_turned`: dock or float; `keyboard_wanted`: to type here.

    `signs_wanted`: the signs for the counter, Ctrl+B.
    """

    closed = Signal()
    place_turned = Signal()
    signs_wanted = Signal()
    keyboard_wanted = Signal()
    channel_changed = Signal()
    KEYS = (
        ("↑ ↓ 或数字", "选一句"), ("回车", "复制"), ("Tab", "填空"), ("Ctrl+P", "置顶"), ("F8", "柜台、电话互换"),
        ("Ctrl+B", "窗口标识"), ("Ctrl+Shift+J", "停靠、浮动互换"), ("Esc", "收起"), ("F1", "打开或关上这张表"),
    )  # fmt: skip
    """The keys of the panel, for F1."""
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.open_form, parent)
        self.channel = PhraseChannel.COUNTER
        self.offering: Offering | None = None
        self._typed: dict[int, dict[str, str]] = {}
        self._call_key, self._called = uuid4().hex, False
        self._idle = QTimer(self, interval=0)
        self.keys = KeySheet(self, self.KEYS)
        self._connect()

    def _connect(self) -> None:
        self._idle.timeout.connect(self._preload)
        self.field.textEdited.connect(lambda _text: self.show_rows(keep=False))
        self.field.walked.connect(self.list.walk)
        self.field.digit.connect(self.list.choose_key)
        self.field.entered.connect(self.copy)
        self.field.pressed.connect(self.keyboard_wanted)
        self.list.taken.connect(self._clicked)
        self.form.typed.connect(self._remember)
        self.form.finished.connect(self._copy_filled)
        self.form.cancelled.connect(self.close_form)
        self.call.noted.connect(self._note)
        self.call.note.pressed.connect(self.keyboard_wanted)
        self.header.channel_turned.connect(self.turn_channel)
        self.header.place_turned.connect(self.place_turned)
        self.header.signs_wanted.connect(self.signs_wanted)
        self.header.closed.connect(self.closed)
        acts = {"Ctrl+P": self.pin, "F8": self.turn_channel, "Ctrl+B": self.signs_wanted.emit}
        for key, act in (*acts.items(), ("Ctrl+Shift+J", self.place_turned.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def reload(self) -> None:
        """Reads the office's phrases anew."""
        if self.offering is not None:
            self.offering.reload()
            self._idle.start()

    def _preload(self) -> None:
        if self.offering is None or not self.offering.preload():
            self._idle.stop()

    # What is shown

    def attach(self, office: Office, source: Callable[[], CurrentMatter]) -> None:
        """Takes the office that is open now; `source` says what is on the desk whenever it is asked."""
        self.offering = Offering(office, source)
        self.refresh()
        self._idle.start()

    def refresh(self) -> None:
        """Follows a change on the desk. What was typed into blanks is dropped with the matter that it was typed for."""
        if self.offering is None:
            return
        fresh = self.offering.refresh()
        if fresh:
            self._typed = {}
            self.close_form()
            self._follow_call(self.offering.on_the_telephone)
        self.call.show_lines(*self.offering.reading())
        self.show_rows(keep=not fresh)

    def _follow_call(self, called: bool) -> None:
        """Turns to the telephone where the applicant on the desk calls, and back with the next applicant."""
        if called is not self._called:
            self._called = called
            if called is (self.channel is PhraseChannel.COUNTER):
                self.turn_channel()

    def show_rows(self, *, keep: bool = True) -> None:
        """Shows the phrases of the moment, or what was searched; the chosen one stays chosen where it is still there."""
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

    def copy(self) -> bool:
        """Copies the chosen phrase; False where it did not. On the telephone the next one follows.

        One with an open blank is filled in first, and what holds a forbidden phrase is not copied (守则 三).
        """
        phrase = self.chosen
        if phrase is None:
            return False
        values = self.values(phrase)
        if open_blanks(phrase, values):
            self.open_form()
            return False
        words = fill(phrase, values)
        try:
            refuse_forbidden({phrase.name: words})
        except Refusal as refusal:
            self.say("", fault=str(refusal))
            return False
        QGuiApplication.clipboard().setText(words)
        self.say(COPIED)
        self.copied.emit(words)
        if self.channel is PhraseChannel.PHONE and not self.field.text().strip():
            self.list.walk(1)
        return True

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
        """Turns from 柜台 to 电话 and back."""
        self.close_form()
        self.say("")
        self.channel = PhraseChannel.PHONE if self.channel is PhraseChannel.COUNTER else PhraseChannel.COUNTER
        self.header.show_channel(self.channel)
        self.call.setVisible(self.channel is PhraseChannel.PHONE)
        self.channel_changed.emit()
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
            self.say("", fault=str(refusal))
            return
        self.show_rows()
        self.say("已置顶" if pinned else "已取消置顶")

    def start(self) -> None:
        """Starts anew: an empty field over what fits now."""
        self.field.setText("")
        self.say("")
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.close_form():
            self.closed.emit()

    def _clicked(self, place: int) -> None:
        self.list.choose(place)
        self.copy()

    def _remember(self) -> None:
        phrase = self.chosen
        if phrase is not None:
            self._typed[phrase.number] = self.form.values()
            self.say("")
            self.show_rows()

    def _copy_filled(self) -> None:
        self._remember()
        if self.copy():
            self.close_form()

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
