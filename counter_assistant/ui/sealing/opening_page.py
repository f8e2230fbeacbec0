"""打开密封的台账：工号、口令，回车；忘了口令的用恢复单。Each wrong try waits longer, up to half a minute.

For the window: shown in the place of the pages until it says `opened`. The key is derived in a thread, since that takes a
second on purpose; the page stays alive meanwhile.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QThreadPool, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.sealing import Opened, by_passphrase, by_sheet
from counter_assistant.ui import local_settings
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = "台账是加密的。每班打开一次，用自己的口令；打开以后照常办件。"
BY_SHEET = "照恢复单输入 12 个汉字，中间的空格不算。打开以后请马上到设置里换一个口令。"
OPENING = "正在打开……"
LONGEST_WAIT, SECOND_MS = 30, 1000
GUESSES = {"wrong-passphrase", "wrong-sheet", "no-passphrase-of"}
UNEXPECTED = Refusal("unexpected", "没有打开：程序遇到意外错误。", "请再试一次；还不行请告诉管理员。")


class OpeningPage(CardPage):
    """What is shown until somebody has opened the sealed book of a folder."""

    opened = Signal(object)
    """An `Opened`: who, and the key."""
    leave = Signal()
    _derived = Signal(object)
    _refused = Signal(object)

    KEYS = (("回车", "下一格；打开"), ("Ctrl+L", "用恢复单打开，或者用口令"))
    """The keys of this page, for F1."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("打开台账", 460, parent)
        self.folder = folder
        self.by_sheet = False
        self._wrong, self._busy = 0, False
        self._pool = QThreadPool(self)
        self.who, self.secret = LabelledField("who", "工号"), LabelledField("secret", "口令")
        self.words = PlainLabel(EXPLAINED, "secondary", wrap=True)
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.open = ActionButton("打开", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.turn = ActionButton("用恢复单打开", "Ctrl+L", self)
        self.exit = ActionButton("退出", "Ctrl+Q", self)
        self._wait = QTimer(self, singleShot=True)
        self._lay_out()
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.who.edit.setText(local_settings.load(folder).opener)
        self._connect()

    def _lay_out(self) -> None:
        for part in (self.words, self.who, self.secret, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.exit, self.turn, None, self.open))

    def _connect(self) -> None:
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        self.secret.edit.entered.connect(self._try)
        self.open.clicked.connect(self._try)
        self.turn.clicked.connect(self._turn)
        self.exit.clicked.connect(self.leave)
        self._wait.timeout.connect(self._may_try)
        self._derived.connect(self._open)
        self._refused.connect(self._say_refused)
        for field in (self.who, self.secret):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))

    def _turn(self) -> None:
        """To the sheet, or back to the passphrase."""
        self.by_sheet = not self.by_sheet
        mode = QLineEdit.EchoMode.Normal if self.by_sheet else QLineEdit.EchoMode.Password
        self.secret.edit.clear()
        self.secret.edit.setEchoMode(mode)
        self.secret.rename("恢复单上的 12 个字" if self.by_sheet else "口令")
        self.turn.rename("用口令打开" if self.by_sheet else "用恢复单打开")
        self.words.setText(BY_SHEET if self.by_sheet else EXPLAINED)
        if not (self._busy or self._wait.isActive()):
            self.message.setText(" ")
        self._start()

    def _try(self) -> None:
        if self._busy or self._wait.isActive() or self.secret.edit.composing:
            return
        who, secret = self.who.edit.text().strip(), self.secret.edit.text()
        for field, text, fault in ((self.who, who, "请填工号"), (self.secret, secret, "请输入")):
            field.show_fault("" if text else fault)
            if not text:
                field.edit.setFocus()
                return
        self._busy, sheet = True, self.by_sheet
        self.message.say(OPENING, "secondary")
        self._pool.start(lambda: self._derive(who, secret, sheet))

    def _derive(self, who: str, secret: str, sheet: bool) -> None:
        try:
            opened = (by_sheet if sheet else by_passphrase)(self.folder, who, secret)
        except Refusal as refusal:
            self._refused.emit(refusal)
        except Exception:  # in this thread nobody else would hear of it, and the page would wait for ever
            self._refused.emit(UNEXPECTED)
        else:
            self._derived.emit(opened)

    def _open(self, opened: Opened) -> None:
        self._busy = False
        self.secret.edit.clear()
        local_settings.change(self.folder, opener=opened.who)
        self.opened.emit(opened)

    def _say_refused(self, refusal: Refusal) -> None:
        self._busy = False
        words = str(refusal)
        if refusal.code in GUESSES:
            self._wrong += 1
            seconds = min(1 << min(self._wrong - 1, 10), LONGEST_WAIT)
            self._wait.start(seconds * SECOND_MS)
            words += f"{seconds} 秒后可以再试。"
        self.message.say(words, "error")
        if not self.by_sheet:
            self.secret.edit.clear()
        self._start()

    def _may_try(self) -> None:
        self.message.say("可以再试了。", "secondary")

    def _start(self) -> None:
        field = self.secret if self.who.edit.text().strip() else self.who
        field.edit.setFocus()

    def close_down(self) -> None:
        self._pool.waitForDone()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy((self.secret if self.who.edit.text().strip() else self.who).edit)
        self.setFocus()
