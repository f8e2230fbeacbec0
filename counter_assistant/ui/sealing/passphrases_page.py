"""谁的口令能打开台账：为同事添加，更换自己的，去掉调离的。

For the window: shown in the place of the pages until it says `finished`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = "请同事自己来输，别人不看。工号填自己的，就是更换自己的口令；忘了口令的，由同事去掉原来的再添加。"
WHO, PASSPHRASE, NOT_THE_SAME = "请填工号", "请输入口令", "两遍不一样"


class PassphrasesPage(CardPage):
    """The passphrases of a sealed book."""

    finished = Signal()

    KEYS = (("回车", "下一格"), ("Ctrl+S", "添加，或者更换自己的"), ("Ctrl+D", "去掉这个工号的口令"), ("Esc", "返回"))
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("台账口令", 620, parent)
        self.office = office
        self.people = PlainLabel("", "body", wrap=True)
        self.people.setObjectName("people")
        self.who = LabelledField("who", "工号")
        self.first, self.again = LabelledField("first", "口令"), LabelledField("again", "口令，再输一遍")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.save = ActionButton("添加或更换", "Ctrl+S", self, loud=True)
        self.remove = ActionButton("去掉口令", "Ctrl+D", self)
        self.leave = ActionButton("返回", "Esc", self)
        self._lay_out()
        for field in (self.first, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.edit.entered.disconnect(self.again.edit.focusNextChild)
        self.again.edit.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)
        self.leave.clicked.connect(self.finished)
        for field in (self.who, self.first, self.again):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))
        self._show_people()

    def _lay_out(self) -> None:
        for part in (self.people, PlainLabel(EXPLAINED, "secondary", wrap=True)):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.who, self.first, self.again))
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.leave, self.remove, None, self.save))

    def _show_people(self) -> None:
        """Whose passphrases there are, by name where the office knows it."""
        names = {clerk.staff_number: f"{clerk.name}（{clerk.staff_number}）" for clerk in self.office.profile.clerks}
        numbers = sealing.people(self.office)
        self.people.setText(f"现在能打开台账的：{'、'.join(names.get(number, number) for number in numbers)}。")

    def _save(self) -> None:
        who, passphrase = self.who.edit.text().strip(), self.first.edit.text()
        differ = NOT_THE_SAME if self.again.edit.text() != passphrase else ""
        if not self.mark_faults(
            {self.who: "" if who else WHO, self.first: "" if passphrase else PASSPHRASE, self.again: differ}
        ):
            return
        current = self.office.profile.current_clerk
        if who == current:
            self._do(lambda: sealing.change_passphrase(self.office, who, passphrase), "您的口令已更换。")
        else:
            self._do(
                lambda: sealing.add_passphrase(self.office, current, who, passphrase), f"已添加工号 {who} 的口令。"
            )

    def _remove(self) -> None:
        who = self.who.edit.text().strip()
        if self.mark_faults({self.who: "" if who else WHO}):
            by = self.office.profile.current_clerk
            self._do(lambda: sealing.remove_passphrase(self.office, by, who), f"已去掉工号 {who} 的口令。")

    def _do(self, act: Callable[[], object], done: str) -> None:
        self.message.say("正在记入……", "secondary")
        self.message.repaint()  # sealing a key under a passphrase takes a second
        try:
            act()
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
            return
        for field in (self.who, self.first, self.again):
            field.edit.clear()
        self.message.say(f"{done}记入台账。", "done")
        self._show_people()
        self.who.edit.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.who.edit)
        self.setFocus()
