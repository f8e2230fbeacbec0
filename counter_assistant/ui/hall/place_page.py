"""数据在哪里：这台电脑，或者一台服务器；先试通了才改，改了重新打开就是。

What is typed is tried in a thread, with a connection of its own, before it is noted; the sentence says what was found there.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_books import take_place, try_book
from counter_assistant.storage.server.book_place import BookPlace, Shift, is_address, read_book_place
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

HERE = "现在台账在这台电脑上。几个窗口要共用编号、办件和档案的，改用服务器上的一本。"
THERE = "现在台账在服务器上，几个窗口共用。草稿、打印和流水在这台电脑上。要搬回来的，请管理员办 book move --to 文件。"
STAYS = "这台电脑上原有的台账留在原处；要一起带过去的，先请管理员办 book move --to 地址，搬完这里就改好了。"
LEFT = "这本台账搬走了，现在在 {}。填工号和密码，这台电脑就改到那里。"
LEFT_FOR_A_PC = "这本台账搬走了，现在在 {}，请到那台电脑上办。"
TRYING = "正在试……"
TAKEN = "试通了：服务器上有 {} 条记录。重新打开程序，就用它了。"
BACK = "改回来了。重新打开程序，就用这台电脑上的台账；服务器上的留在那里。"


class PlacePage(CardPage):
    """Where the book of this PC lies, and where it is to lie."""

    restart_wanted = Signal()

    KEYS = (("回车", "下一格；试一试，通了就改"), ("Ctrl+B", "改回这台电脑"), ("Esc", "返回"))
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("数据在哪里", 560, parent)
        self.office = office
        self._deriving, self._tried, self._taken = Deriving(self), BookPlace(), False
        now, left = read_book_place(office.folder), office.book.left()
        to = left.place if left and is_address(left.place) else ""
        self.address, self.window_name = LabelledField("address", "服务器上的台账"), LabelledField("window", "本窗口")
        self.who, self.secret = LabelledField("who", "工号"), LabelledField("secret", "服务器上的密码")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.take = ActionButton("试一试，通了就改", "Ctrl+Return", self, loud=True, shown_key="回车")
        self.back = ActionButton("改回这台电脑", "Ctrl+B", self)
        self.leave = ActionButton("返回", "Esc", self)
        self.again = ActionButton("重新打开程序", "Ctrl+R", self, loud=True)
        self._lay_out(now, left.place if left else "")
        self.address.edit.setText(to or now.address)
        self.address.edit.setPlaceholderText("postgresql://10.0.0.5/centre?schema=linxiang")
        self.window_name.edit.setText(now.window or office.profile.window)
        self.who.edit.setText(office.profile.current_clerk)
        self._first = self.secret.edit if to else self.address.edit
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._connect()

    def _lay_out(self, now: BookPlace, left: str) -> None:
        words = THERE if now.on_server else HERE + STAYS
        if left:
            words = (LEFT if is_address(left) else LEFT_FOR_A_PC).format(left)
        for part in (PlainLabel(words, "secondary", wrap=True), self.address, self.window_name):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.who, self.secret))
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.leave, self.back, None, self.again, self.take))
        self.back.setVisible(now.on_server)
        self.back.setEnabled(now.on_server)
        self.again.hide()
        self.again.setEnabled(False)

    def _connect(self) -> None:
        self.secret.edit.entered.disconnect(self.secret.edit.focusNextChild)
        self.secret.edit.entered.connect(self._try)
        self.take.clicked.connect(self._try)
        self.back.clicked.connect(lambda: self._note(BookPlace(), BACK))
        self.leave.clicked.connect(self.finished)
        self.again.clicked.connect(self.restart_wanted)
        self._deriving.done.connect(lambda entries: self._note(self._tried, TAKEN.format(entries)))
        self._deriving.refused.connect(self._refused)
        for field in (self.address, self.window_name, self.who, self.secret):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))

    @property
    def unsaved(self) -> str:
        return "" if self._taken or not self.secret.edit.text() else "台账在哪里还没有改。"

    def _try(self) -> None:
        if self._deriving.busy:
            return
        address, who, password = (each.edit.text().strip() for each in (self.address, self.who, self.secret))
        if not self.mark_faults({self.address: "" if address else "请填地址", self.who: "" if who else "请填工号"}):
            return
        self._tried = BookPlace(address, self.window_name.edit.text().strip())
        place, shift = self._tried, Shift(who, password) if password else None
        self.message.say(TRYING, "secondary")
        self._deriving.start(lambda: try_book(place, shift))

    def _note(self, place: BookPlace, words: str) -> None:
        try:
            take_place(self.office, place)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._taken = True
        self.secret.edit.clear()
        for button in (self.take, self.back):
            button.hide()
            button.setEnabled(False)
        self.again.show()
        self.again.setEnabled(True)
        self.again.setFocus()
        self.message.say(words, "done")

    def _refused(self, refusal: Refusal) -> None:
        self.message.say(str(refusal), "error")
        self.address.edit.setFocus()

    def close_down(self) -> None:
        self._deriving.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self._first)
        self.setFocus()
