"""换人和锁屏是同一页：选自己，输 PIN，回车；锁着的时候页上没有当事人的任何东西。

For the window: shown in the place of the pages until it says `signed_in` or `left`. In a book that is not sealed nobody is asked
for a PIN: there it only hides what stood on the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.people.pin import is_pin
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in, tries
from counter_assistant.operations.server_books import take_over
from counter_assistant.storage.server.book_place import Shift
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import MAY_TRY, Deriving
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

LOCK_KEY = "Ctrl+Shift+L"
"""What locks in every window of the program."""
HAND_OVER, LOCKED = "换经办人", "已锁屏"
CHOOSE = "按数字选人，输 PIN，回车。没办完的先放下，回来各接各的。"
UNLOCK = "输 PIN，回车，接着刚才的办；换别人来办，先按 ↑ ↓ 选人。"
NOT_ASKED = "台账没有密封，不问 PIN：按回车接着办。"
NO_PASSPHRASE = "还没有口令"
TRYING, WRONG = "正在核对……", "不对。"
MOST_ROWS, ROW = 7, 34
LOCKED_KEYS = (("↑ ↓", "选人，还没输 PIN 的时候"), ("回车", "进入"))
HAND_OVER_KEYS = (("1 … 9", "选人"), ("↑ ↓", "选人"), ("回车", "进入"), ("Esc", "返回"))


class SignInPage(CardPage):
    """Who is at the window: chosen among the clerks, shown by a PIN or a passphrase."""

    signed_in = Signal(str, bool)
    """The staff number, and whether it was by passphrase although there is no PIN that counts."""
    lock_wanted = Signal()
    """By the mouse: nobody is to take over, but the window is left alone."""
    left = Signal()
    """Back to where one was, without another clerk."""

    def __init__(self, office: Office, *, locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(LOCKED if locked else HAND_OVER, 460, parent)
        self.office, self.locked = office, locked
        self.KEYS = LOCKED_KEYS if locked else HAND_OVER_KEYS
        self.people = QuietList("选人", ROW)
        self.people.setObjectName("people")
        self._pin_unlocks = locked and office.in_shift and sign_in.has_pin(office, office.profile.current_clerk)
        asked = "PIN 或者服务器上的密码" if self._pin_unlocks else "服务器上的密码"
        self.secret = LabelledField("secret", asked if office.in_shift else "PIN 或者口令")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.enter = ActionButton("进入", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.leave = ActionButton("返回", "Esc", self)
        self.lock = SinglePress(f"锁屏　{LOCK_KEY}")
        self.lock.setAccessibleName("锁屏")
        self._deriving = Deriving(self)
        self._tried, self._shift = "", Shift("", "")
        self._by_passphrase = self._unlocks = False
        self._fill()
        self._lay_out()
        self._connect()

    def _fill(self) -> None:
        opening = self._opening()
        for place, clerk in enumerate(self.office.profile.clerks, 1):
            digit = f"{place}　" if place < 10 else "　　"
            without = "" if opening is None or clerk.staff_number in opening else f"　{NO_PASSPHRASE}"
            self.people.add(f"{digit}{clerk.name}　{clerk.staff_number}", f"{clerk.corner} 角{without}")
        numbers = [clerk.staff_number for clerk in self.office.profile.clerks]
        self.people.setCurrentRow(numbers.index(self.office.profile.current_clerk))
        self.people.setFixedHeight(theme.px(ROW) * min(len(numbers), MOST_ROWS) + 2)

    def _opening(self) -> frozenset[str] | None:
        """Who has something to show, by staff number; None where nobody is asked, or where that cannot be read."""
        if not self.office.sealed:
            return None
        try:
            return frozenset(sealing.people(self.office))
        except Refusal:  # whoever signs in is told
            return None

    def _lay_out(self) -> None:
        words = (UNLOCK if self.locked else CHOOSE) if self.office.signs_in else NOT_ASKED
        if self.office.in_shift:
            words = words.replace("PIN", f"{'PIN 或者' if self._pin_unlocks else ''}自己在服务器上的密码")
        for part in (PlainLabel(words, "secondary", wrap=True), self.people, self.secret, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.leave, self.lock, None, self.enter))
        for way_out in (self.leave, self.lock):
            way_out.setVisible(not self.locked)
            way_out.setEnabled(not self.locked)
        self.secret.setVisible(self.office.signs_in)
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)

    def _connect(self) -> None:
        self.secret.edit.installEventFilter(self)
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        self.secret.edit.entered.connect(self._try)
        self.secret.changed.connect(lambda _text: self.secret.show_fault(""))
        self.enter.clicked.connect(self._try)
        self.leave.clicked.connect(self.left)
        self.lock.clicked.connect(self.lock_wanted)
        self.people.itemClicked.connect(lambda _item: self._to_secret())
        self.people.itemActivated.connect(lambda _item: self._to_secret())
        for n in range(1, 10):  # in the list only: in the field a digit is one of the PIN
            key = QShortcut(QKeySequence(str(n)), self.people, context=Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda n=n: self._choose(n - 1))
        self.people.currentRowChanged.connect(lambda _row: self.message.say(" ", "secondary"))
        self._deriving.done.connect(self._answered)
        self._deriving.refused.connect(self._refused)
        self._deriving.may_try.connect(lambda: self.message.say(MAY_TRY, "secondary"))

    @property
    def who(self) -> str:
        """The staff number of the clerk who is chosen."""
        return self.office.profile.clerks[self.people.currentRow()].staff_number

    def _choose(self, row: int) -> None:
        if row < self.people.count():
            self.people.setCurrentRow(row)
            self._to_secret()

    def _to_secret(self) -> None:
        if self.office.signs_in:
            self.secret.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._try()

    def _try(self) -> None:
        if self._deriving.busy:
            return
        if not self.office.signs_in:
            self.signed_in.emit(self.who, False)
            return
        secret = self.secret.edit.text()
        if not secret:
            self.secret.show_fault("请输 PIN 或者口令")
            self._to_secret()
            return
        self._tried = self.who
        try:
            check = tries.begin(self.office, self._tried, secret)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._by_passphrase = self.office.sealed and not is_pin(secret)
        self._unlocks = self._pin_unlocks and is_pin(secret) and self._tried == self.office.profile.current_clerk
        self._shift = Shift(self._tried, secret)
        self.message.say(TRYING, "secondary")
        self._deriving.start(check)

    def _answered(self, right: bool) -> None:
        self.secret.edit.clear()
        not_noted = ""
        try:
            made = tries.end(self.office, self._tried, right)
        except Refusal as refusal:
            made, not_noted = tries.tries_of(self.office, self._tried), str(refusal)
        if right and self.office.in_shift and not self._unlocks:
            self._take_over()
        elif right:
            without = made.pin_is_spent or not sign_in.has_pin(self.office, self._tried)
            self.signed_in.emit(self._tried, self._by_passphrase and without)
        if right:
            return
        self._deriving.wait(made.wait)
        self.message.say(WRONG + tries.in_words(self.office, made) + not_noted, "error")

    def _take_over(self) -> None:
        """The server knows the window by whoever works there."""
        try:
            take_over(self.office, self._shift)
        except Refusal as refusal:
            self._refused(refusal)
        else:
            self.signed_in.emit(self._tried, False)

    def _refused(self, refusal: Refusal) -> None:
        self.secret.edit.clear()
        self.message.say(str(refusal), "error")
        self._to_secret()

    def tell(self, words: str) -> None:
        self.message.say(words, "attention")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the empty field the arrows choose who it is: there a digit is one of the PIN."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not self.secret.edit.text():
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                last = self.people.count() - 1
                self.people.setCurrentRow(min(max(self.people.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def close_down(self) -> None:
        self._deriving.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.secret.edit if self.locked and self.office.signs_in else self.people)
        self.setFocus()
