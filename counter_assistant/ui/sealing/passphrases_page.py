"""谁能打开台账：口令为同事添加，更换自己的，去掉调离的；钥匙文件；换新钥匙；换恢复单。

For the window: shown in the place of the pages until it says `finished`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.keys.own_secret import Old, has_passphrase
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.ui.file_dialog import ask_for_file, ask_for_folder
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = (
    "请同事自己来输，别人不看。工号填自己的，就是更换自己的口令，先输原来的；忘了口令的，再有一位同事在旁边，就能给新的。"
    "钥匙文件放在自己的 U 盘上：填工号，再输一遍现在的口令的，两样都能打开；不输的，只用钥匙文件。"
)
OWN_CHANGED = "您的口令已更换，已记入台账。"
SHEET_STAYS = "恢复单照旧能用；别人见过的，按 Ctrl+P 换一张。"
BY_SHEET = "这一次不是用口令打开的：给自己换一个口令，不用输原来的。工号 {} 已填好，输两遍新的口令，按 Ctrl+S。"
"""What is said to whoever came in by the recovery sheet, or by the centre's key, and has no old one to show."""
KEY_FILE = "台账钥匙.key"
"""What a key file is called in the folder that is chosen."""
REMOVED = "已去掉工号 {}，已记入台账。留有以前的钥匙文件的人仍打得开台账：请按 Ctrl+R 换新钥匙。"
SURE_REMOVING = "去掉以后，工号 {} 就打不开台账了；再有口令要两个人一起给。再按一次 Ctrl+D 就去掉。"
SURE = "台账会用新钥匙重新加密，封给上面这些人和恢复单；以前的备份不变。请关闭其他窗口，再按一次 Ctrl+R 就换。"
CHANGING, CHANGED = "正在换新钥匙，请不要关闭……", "台账已换新钥匙，已记入台账。以前的钥匙文件只打得开以前的拷贝。"
ASKS_SECOND = frozenset(("second-person-needed", "second-not-shown"))
WHO, PASSPHRASE, NOT_THE_SAME, OLD = "请填工号", "请输入口令", "两遍不一样", "请输入"
OLD_FILE = "选自己原来的钥匙文件"


class PassphrasesPage(CardPage):
    """The passphrases of a sealed book."""

    finished = Signal()
    sheet_asked = Signal()
    """A new recovery sheet is asked for."""

    KEYS = (
        ("回车", "下一格"),
        ("Ctrl+S", "添加，或者更换自己的"),
        ("Ctrl+D", "去掉这个工号的口令和钥匙文件，按两次"),
        ("Ctrl+O", "做一个钥匙文件"),
        ("Ctrl+R", "换新钥匙"),
        ("Ctrl+P", "换恢复单"),
        ("Esc", "返回"),
    )
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("台账口令", 620, parent)
        self.office = office
        self.people = PlainLabel("", "body", wrap=True)
        self.people.setObjectName("people")
        self.who = LabelledField("who", "工号")
        self.first, self.again = LabelledField("first", "口令"), LabelledField("again", "口令，再输一遍")
        self.old = LabelledField("old", "原来的口令")
        self.second = LabelledField("second", "旁边的另一位，工号")
        self.shown = LabelledField("shown", "其 PIN 或者口令")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.save = ActionButton("添加或更换", "Ctrl+S", self, loud=True)
        self.remove = ActionButton("去掉", "Ctrl+D", self)
        self.file = ActionButton("做钥匙文件", "Ctrl+O", self)
        self.new_key = ActionButton("换新钥匙", "Ctrl+R", self)
        self.sheet = ActionButton("换恢复单", "Ctrl+P", self)
        self._sure_of = ""
        self.leave = ActionButton("返回", "Esc", self)
        self._lay_out()
        for field in (self.old, self.first, self.again, self.shown):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        for field, then in ((self.again, self._after_again), (self.old, self._save)):
            field.edit.entered.disconnect(field.edit.focusNextChild)
            field.edit.entered.connect(then)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)
        self.file.clicked.connect(self._make_file)
        self.new_key.clicked.connect(self._change_key)
        self.sheet.clicked.connect(self.sheet_asked)
        self.leave.clicked.connect(self.finished)
        for field in self.fields:
            field.changed.connect(lambda _text, field=field: field.show_fault(""))
        self.who.edit.textChanged.connect(lambda _text: self._ask_old())
        self._show_people()

    def _lay_out(self) -> None:
        words, role = EXPLAINED, "secondary"
        if self.office.entered.by_master:
            who = self.office.profile.current_clerk
            self.who.edit.setText(who)
            words, role = BY_SHEET.format(who), "attention"
        self.explained = PlainLabel(words, role, wrap=True)
        for part in (self.people, self.explained):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.who, self.first, self.again))
        self.card.rows.addLayout(in_line(self.old, self.second, self.shown, None))
        self._ask_second(False)
        self._ask_old()
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.file, self.new_key, self.sheet, None))
        self.card.rows.addLayout(in_line(self.leave, self.remove, None, self.save))

    @property
    def fields(self) -> tuple[LabelledField, ...]:
        """All that is typed here."""
        return self.who, self.first, self.again, self.old, self.second, self.shown

    def _ask_second(self, on: bool) -> None:
        """Somebody who has forgotten their passphrase gets another one where a second person stands by."""
        for field in (self.second, self.shown):
            field.setVisible(on)
            field.edit.clear()

    @property
    def _own(self) -> bool:
        """Whether it is about whoever is at the window."""
        return self.who.edit.text().strip() == self.office.profile.current_clerk

    def _ask_old(self) -> None:
        """Whoever changes their own shows what there was, unless the sheet or the centre's key opened the book."""
        asked = self._own and not self.office.entered.by_master
        if asked == self.old.isHidden():
            self.old.edit.clear()
        self.old.setVisible(asked)

    def _after_again(self) -> None:
        """To the old one where that is asked for."""
        if self.old.isHidden() or self.old.edit.text():
            self._save()
        else:
            self.old.edit.setFocus()

    def _old(self) -> Old | None:
        """What opened the book for who is at the window until now, empty where nobody asks; None where it is missing."""
        if self.old.isHidden():
            return ""
        if typed := self.old.edit.text():
            return typed
        try:
            if not has_passphrase(self.office, self.office.profile.current_clerk):
                return ask_for_file(self, OLD_FILE, "钥匙文件 (*.key)")
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
            return None
        self.mark_faults({self.old: OLD})
        return None

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
        if self._own:
            if (old := self._old()) is not None:
                done = OWN_CHANGED + (SHEET_STAYS if self.office.entered.by_master else "")
                self._do(lambda: sealing.change_passphrase(self.office, who, old, passphrase), done)
        else:
            second = Second(self.second.edit.text().strip(), self.shown.edit.text())
            self._do(
                lambda: sealing.add_passphrase(self.office, current, who, passphrase, second),
                f"已添加工号 {who} 的口令，已记入台账。",
            )

    def _remove(self) -> None:
        who = self.who.edit.text().strip()
        if self.mark_faults({self.who: "" if who else WHO}) and self._is_sure(
            f"remove {who}", SURE_REMOVING.format(who)
        ):
            by = self.office.profile.current_clerk
            self._do(lambda: sealing.remove_passphrase(self.office, by, who), REMOVED.format(who))

    def _make_file(self) -> None:
        who, passphrase = self.who.edit.text().strip(), self.first.edit.text()
        if not self.mark_faults({self.who: "" if who else WHO}):
            return
        old = self._old() if self._own and not passphrase else ""
        folder = None if old is None else ask_for_folder(self, "钥匙文件存在哪个 U 盘上")
        if folder is None or old is None:
            return
        by, path = self.office.profile.current_clerk, folder / KEY_FILE
        both = "口令照旧也能打开。" if passphrase else "口令不再用。"
        done = f"工号 {who} 的钥匙文件存在 {path}，已记入台账。{both}请拔下 U 盘，自己带走。"
        self._do(lambda: give_key_file(self.office, by, who, path, passphrase, old), done)

    def _change_key(self) -> None:
        """Asks once, because other windows are closed out by it."""
        if self._is_sure("new key", SURE):
            by = self.office.profile.current_clerk
            self._do(lambda: change_key(self.office, by), CHANGED, CHANGING)

    def _is_sure(self, of: str, words: str) -> bool:
        """Whether the same was asked for a second time; the first time it says what will follow."""
        sure, self._sure_of = self._sure_of == of, of
        if not sure:
            self.message.say(words, "attention")
        return sure

    def _do(self, act: Callable[[], object], done: str, doing: str = "正在记入……") -> None:
        self._sure_of = ""
        self.message.say(doing, "secondary")
        self.message.repaint()  # sealing a key under a passphrase takes a second
        try:
            act()
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
            if refusal.code in ASKS_SECOND:
                self._ask_second(True)
                self.second.edit.setFocus()
            return
        for field in self.fields:
            field.edit.clear()
        self._ask_second(False)
        self.explained.say(EXPLAINED, "secondary")
        self.message.say(done, "done")
        self._show_people()
        self.who.edit.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy((self.first if self.who.edit.text() else self.who).edit)
        self.setFocus()
