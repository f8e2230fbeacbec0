"""打开密封的台账：工号、口令或者钥匙文件，回车；忘了口令的用恢复单。Each wrong try waits longer, up to half a minute.

For the window: shown in the place of the pages until it says `opened`. The key is derived in a thread, since that takes a
second on purpose; the page stays alive meanwhile.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.people.key_entry import SignInFailed
from counter_assistant.domain.people.pin import Tries
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.sealing import Opened, by_key_file, by_passphrase, by_sheet
from counter_assistant.ui import local_settings
from counter_assistant.ui.file_dialog import ask_for_file
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import MAY_TRY, Deriving
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

OPENING = "正在打开……"
GUESSES = {"wrong-passphrase", "wrong-sheet", "no-passphrase-of"}


class Way(Enum):
    """With what the book is opened: the label of the field, and what is said above it."""

    PASSPHRASE = "口令", "台账是加密的。每班打开一次，用自己的口令或者钥匙文件；打开以后照常办件。"
    SHEET = (
        "恢复单上的 12 个字",
        "照恢复单输入 12 个汉字，中间的空格不算。打开以后接着换一个口令。",
    )
    KEY_FILE = "钥匙文件", "插好自己的 U 盘，按回车打开。打开以后请拔下 U 盘，自己带走。"


def _by_file(folder: Path, who: str, path: str) -> Opened:
    return by_key_file(folder, who, Path(path))


class OpeningPage(CardPage):
    """What is shown until somebody has opened the sealed book of a folder."""

    opened = Signal(object)
    """An `Opened`: who, and the key."""
    leave = Signal()

    KEYS = (
        ("回车", "下一格；打开"),
        ("Ctrl+O", "选钥匙文件，用它打开"),
        ("Ctrl+L", "用恢复单打开，或者用口令"),
    )
    """The keys of this page, for F1."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("打开台账", 460, parent)
        self.folder = folder
        self.way = Way.PASSPHRASE
        self._wrong: Counter[str] = Counter()
        self._tried = ""
        self._kept: Opened | None = None
        self._remembered: dict[str, str] = {}
        self._deriving = Deriving(self)
        self.who, self.secret = LabelledField("who", "工号"), LabelledField("secret", "口令")
        self.words = PlainLabel("", "secondary", wrap=True)
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.open = ActionButton("打开", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.turn = ActionButton("用恢复单打开", "Ctrl+L", self)
        self.file = ActionButton("选钥匙文件", "Ctrl+O", self)
        self.clock = ActionButton("时间没有错，或者已经改好", "Alt+T", self)
        self.exit = ActionButton("退出", "Ctrl+Q", self)
        self._lay_out()
        settings = local_settings.load(folder)
        self.who.edit.setText(settings.opener)
        self._connect()
        self._go(Way.PASSPHRASE)
        if settings.key_file and Path(settings.key_file).is_file():
            self._go(Way.KEY_FILE, settings.key_file)

    def _lay_out(self) -> None:
        for part in (self.words, self.who, self.secret, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.clock, None))
        self.clock.hide()
        self.card.rows.addLayout(in_line(self.file, self.turn, None))
        self.card.rows.addLayout(in_line(self.exit, None, self.open))

    def _connect(self) -> None:
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        self.secret.edit.entered.connect(self._try)
        self.open.clicked.connect(self._try)
        self.turn.clicked.connect(self._turn)
        self.file.clicked.connect(self._choose)
        self.exit.clicked.connect(self.leave)
        self.clock.clicked.connect(self._confirm_clock)
        self._deriving.may_try.connect(lambda: self.message.say(MAY_TRY, "secondary"))
        self._deriving.done.connect(self._open)
        self._deriving.refused.connect(self._say_refused)
        for field in (self.who, self.secret):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))

    def _turn(self) -> None:
        """To the sheet, or back to the passphrase."""
        self._go(Way.SHEET if self.way is Way.PASSPHRASE else Way.PASSPHRASE)
        self._start()

    def _choose(self) -> None:
        """Opens with the key file that is chosen."""
        if self._deriving.busy:
            return
        if path := ask_for_file(self, "选自己的钥匙文件", "钥匙文件 (*.key)"):
            self._go(Way.KEY_FILE, str(path))
            self._try()

    def _go(self, way: Way, text: str = "") -> None:
        self.way = way
        label, words = way.value
        self.secret.edit.clear()
        hidden = way is Way.PASSPHRASE
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self.secret.edit.setText(text)
        self.secret.rename(label)
        self.turn.rename("用恢复单打开" if hidden else "用口令打开")
        self.words.setText(words)
        if not self._deriving.busy:
            self.message.setText(" ")

    def _try(self) -> None:
        if self._deriving.busy or self.secret.edit.composing:
            return
        who, secret = self.who.edit.text().strip(), self.secret.edit.text()
        for field, text, fault in ((self.who, who, "请填工号"), (self.secret, secret, "请输入")):
            field.show_fault("" if text else fault)
            if not text:
                field.edit.setFocus()
                return
        self.clock.hide()
        self.message.say(OPENING, "secondary")
        open_it = {Way.PASSPHRASE: by_passphrase, Way.SHEET: by_sheet, Way.KEY_FILE: _by_file}[self.way]
        path, self._tried = secret if self.way is Way.KEY_FILE else "", who
        self._deriving.start(lambda: (path, open_it(self.folder, who, secret)))

    def _open(self, derived: tuple[str, Opened]) -> None:
        path, opened = derived
        self._remembered = {"opener": opened.who} | ({"key_file": path} if path else {})
        self.secret.edit.clear()
        failed = tuple(SignInFailed(who, times) for who, times in self._wrong.items())
        self._kept = opened._replace(failed=failed)
        self.opened.emit(self._kept)

    def keep_opener(self) -> None:
        """Keeps who opened it, and where their key file lies, for the next time: called once the book has let them in, since what
        was typed in the place of a staff number may be a passphrase."""
        local_settings.change(self.folder, **self._remembered)
        self._wrong.clear()
        self._kept = None

    def ask_about_clock(self, refusal: Refusal) -> None:
        """The sheet opened it at a doubtful time: nothing is shown before somebody says that it is right, or puts it right."""
        self.message.say(str(refusal), "error")
        self.clock.show()
        self.clock.setFocus()

    def _confirm_clock(self) -> None:
        if self._kept and not self.clock.isHidden():
            self.clock.hide()
            self.opened.emit(self._kept._replace(clock_confirmed=True))

    def _say_refused(self, refusal: Refusal) -> None:
        words = str(refusal)
        if refusal.code in GUESSES:
            self._wrong[self._tried] += 1
            seconds = Tries(self._wrong.total()).wait
            self._deriving.wait(seconds)
            words += f"{seconds} 秒后可以再试。"
        self.message.say(words, "error")
        if self.way is Way.PASSPHRASE:
            self.secret.edit.clear()
        self._start()

    def _start(self) -> None:
        field = self.secret if self.who.edit.text().strip() else self.who
        field.edit.setFocus()

    def close_down(self) -> None:
        self._deriving.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy((self.secret if self.who.edit.text().strip() else self.who).edit)
        self.setFocus()
