"""设 PIN：两遍，回车；不设也行，那就每次用口令。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.own_secret import WRONG
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = "PIN 是 6 到 11 位数字，换人、锁屏回来时用，比口令快；它打不开台账。不设的，每次用口令。"
ON_SERVER = "PIN 是 6 到 11 位数字，在这台电脑上锁屏回来时用；上班和换人仍输服务器上的密码。不设的，每次输密码。"
NOT_THE_SAME = "两遍不一样"


class PinPage(CardPage):
    """The current clerk chooses a PIN."""

    finished = Signal()

    KEYS = (("回车", "下一格；记入"), ("Esc", "先不设"))
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(f"{office.profile.clerk('').name} 的 PIN", 460, parent)
        self.office = office
        self.old = LabelledField("old", sign_in.own_secret(office) if office.in_shift else f"原来的{sign_in.OLD_PIN}")
        self.first, self.again = LabelledField("first", "PIN"), LabelledField("again", "再输一遍")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.save = ActionButton("设好", "Ctrl+S", self, loud=True, shown_key="回车")
        self.leave = ActionButton("先不设", "Esc", self)
        self.card.rows.addWidget(PlainLabel(ON_SERVER if office.in_shift else EXPLAINED, "secondary", wrap=True))
        self.card.rows.addWidget(self.old)
        self.card.rows.addLayout(in_line(self.first, self.again))
        self.old.setVisible(sign_in.asks_for_old(office))
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.leave, None, self.save))
        for field in (self.old, self.first, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.changed.connect(lambda _text, field=field: field.show_fault(""))
        self.again.edit.entered.disconnect(self.again.edit.focusNextChild)
        self.again.edit.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.finished)

    def _save(self) -> None:
        pin, old = self.first.edit.text(), self.old.edit.text()
        differ = NOT_THE_SAME if self.again.edit.text() != pin else ""
        missing = "" if old or self.old.isHidden() else f"请输{self.old.edit.accessibleName()}"
        if not self.mark_faults({self.old: missing, self.first: "" if pin else "请输 PIN", self.again: differ}):
            return
        try:
            sign_in.set_pin(self.office, sign_in.sealed_pin(pin), old)
        except Refusal as refusal:
            self._say_refused(refusal)
            return
        self.status_message.emit("PIN 已设好，记在这台电脑上。" if self.office.in_shift else "PIN 已设好，记入台账。")
        self.finished.emit()

    def _say_refused(self, refusal: Refusal) -> None:
        """A wrong old one is a guess: each waits longer."""
        self.message.say(str(refusal), "error")
        for field in (self.old, self.first, self.again):
            field.edit.clear()
        self.old.setVisible(sign_in.asks_for_old(self.office))
        if refusal.code == WRONG:
            wait = self.office.tries[self.office.profile.current_clerk].wait
            self.message.say(f"{refusal}{wait} 秒后可以再试。", "error")
        (self.first if self.old.isHidden() else self.old).edit.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy((self.first if self.old.isHidden() else self.old).edit)
        self.setFocus()
