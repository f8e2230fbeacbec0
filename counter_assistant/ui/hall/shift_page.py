"""上班：台账在服务器上的，每班输一次工号和密码；密码只在内存里，关窗就没有了。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.people.pin import Tries
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.server.book_place import Shift
from counter_assistant.ui import local_settings
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import MAY_TRY, Deriving
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

WORDS = "台账在服务器上。每班输一次自己的密码，关窗就没有了，哪里也不存。"
OPENING = "正在连服务器……"
WRONG = "hall-sign-in"


class ShiftPage(CardPage):
    """What is shown until the server knows who works at this window."""

    begun = Signal(object)
    """A `Shift`."""
    leave = Signal()

    KEYS = (("回车", "下一格；开始"),)
    """The keys of this page, for F1."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("上班", 460, parent)
        self._folder, self._wrong, self._who = folder, 0, ""
        self._waiting = Deriving(self)
        self.who, self.secret = LabelledField("who", "工号"), LabelledField("secret", "服务器上的密码")
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.open = ActionButton("开始", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.exit = ActionButton("退出", "Ctrl+Q", self)
        for part in (PlainLabel(WORDS, "secondary", wrap=True), self.who, self.secret, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.exit, None, self.open))
        self.who.edit.setText(local_settings.load(folder).opener)
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        self.secret.edit.entered.connect(self._begin)
        self.open.clicked.connect(self._begin)
        self.exit.clicked.connect(self.leave)
        self._waiting.may_try.connect(lambda: self.message.say(MAY_TRY, "secondary"))
        for field in (self.who, self.secret):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))

    def _begin(self) -> None:
        who, password = self.who.edit.text().strip(), self.secret.edit.text()
        if self._waiting.busy or self.secret.edit.composing:
            return
        if not self.mark_faults({self.who: "" if who else "请填工号", self.secret: "" if password else "请输密码"}):
            return
        self._who = who
        self.message.say(OPENING, "secondary")
        self.message.repaint()
        self.begun.emit(Shift(who, password))

    def say_refused(self, refusal: Refusal) -> None:
        """Why the shift has not begun; each wrong password waits longer."""
        words = str(refusal)
        self.secret.edit.clear()
        if refusal.code == WRONG:
            self._wrong += 1
            seconds = Tries(self._wrong).wait
            self._waiting.wait(seconds)
            words += f"{seconds} 秒后可以再试。"
        self.message.say(words, "error")
        self._start()

    def keep_who(self) -> None:
        """Keeps who it was, for the next shift, once the server has let them in; what was typed in the place of a staff number may be a
        password."""
        local_settings.change(self._folder, opener=self._who)
        self.secret.edit.clear()

    def _start(self) -> None:
        (self.secret if self.who.edit.text().strip() else self.who).edit.setFocus()

    def close_down(self) -> None:
        self._waiting.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy((self.secret if self.who.edit.text().strip() else self.who).edit)
        self.setFocus()
