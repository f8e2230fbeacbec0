"""交换包的一页：网点做给中心的，收中心给的；中心收网点的，给网点做，要查明的一张单子；代替各页显示，做完返回."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.exchange.acts import Brought, Done, Exchange, Handed
from counter_assistant.ui.exchange.rows import Row, rows_of, summary
from counter_assistant.ui.file_dialog import ask_for_file, ask_for_folder
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList

FROM_BRANCH = (
    "从中心上次签过的以后，台账里的记录封给中心，用 U 盘送去；路上谁也打不开。中心给的一包、中心的公钥，按 Ctrl+O 收。"
)
AT_CENTRE = "收网点送来的：哪个盘先到、送了几次都不要紧，一条不丢。要查明的在前面，选中一行，下面写着怎么办。"
SEND, TAKE, ACCEPT, COMPARED, MAKE = "做给中心的", "收一包", "收下", "核对过，收下", "做一包"
COMPARE = "{}请打电话或者当面，与对方逐组核对；一致的，按 F9 收下。"
OPENING, SIGNING, KEY_FILES = "打开网点台账的密钥的口令", "签名密钥的口令", "密钥文件 (*.key)"
TYPE_IT, WHY = "输口令，按回车。", "写明查明了什么，再按 Ctrl+S。"
WORKING, NOT_CHOSEN, NO_FINDING = "正在办，请不要拔盘……", "先选中一个网点。", "先选中一处要查明的。"


class Wanted(NamedTuple):
    """A key of which the passphrase is asked for: what the field is called and what F9 does then, the file in which it lies, and what opens it."""

    label: str
    act: str
    file: Path
    opening: Callable[[Path, str], Any]


class ExchangePage(CardPage):
    """Makes bundles and takes them."""

    KEYS = (
        ("F9", "做给中心的；在中心收一包"), ("Ctrl+O", "收一包，或者中心的公钥"), ("Ctrl+P", "中心：给选中的网点做一包"), ("Ctrl+S", "中心：写下查明了什么"),
        ("Esc", "返回"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("交换包", 900, parent)
        self.exchange = Exchange(office)
        self._deriving = Deriving(self)
        self._pending: Callable[[], object] | None = None
        self._with_secret: Callable[[str], object] | None = None
        self._then: Callable[[Any], object] = lambda _came: None
        self._rows: list[Row] = []
        self.words = PlainLabel("", "secondary", wrap=True)
        self.list = PickedList("要查明的和各网点", 30)
        self.list.setObjectName("branches")
        self.detail, self.message = PlainLabel("", "dense", wrap=True), PlainLabel(" ", "secondary", wrap=True)
        self.detail.setObjectName("detail")
        self.message.setObjectName("message")
        self.secret = LabelledField("secret", OPENING)
        self.second = LabelledField("second", "核对内容包的另一个人", "工号")
        self.reason = LabelledField("reason", "查明了什么")
        self.act = ActionButton(SEND, "F9", self, loud=True)
        self.act.setObjectName("act")
        self.take, self.answer = ActionButton(TAKE, "Ctrl+O", self), ActionButton("给它做一包", "Ctrl+P", self)
        self.settle, self.leave = ActionButton("查明了", "Ctrl+S", self), ActionButton("返回", "Esc", self)
        self._lay_out()
        self._connect()
        self._rest()
        self.setFocusProxy(self.act)

    def _lay_out(self) -> None:
        rows = self.card.rows
        for part in (self.words, self.list, self.detail):
            rows.addWidget(part)
        rows.setStretchFactor(self.list, 1)
        rows.addLayout(in_line(self.secret, self.second, self.reason))
        rows.addWidget(self.message)
        rows.addLayout(in_line(self.leave, None, self.settle, self.answer, self.take, self.act))
        self.list.setMinimumHeight(theme.px(150))
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)

    def _connect(self) -> None:
        for field, then in ((self.secret, self._typed), (self.reason, self._settle), (self.second, self._act)):
            field.edit.entered.disconnect(field.edit.focusNextChild)
            field.edit.entered.connect(then)
        self.act.clicked.connect(self._act)
        self.take.clicked.connect(self._choose)
        self.answer.clicked.connect(self._answer)
        self.settle.clicked.connect(self._settle)
        self.leave.clicked.connect(self._leave)
        self.list.currentRowChanged.connect(lambda _row: self._show_detail())
        self.list.entered.connect(self._settle)
        self._deriving.done.connect(self._go_on)
        self._deriving.refused.connect(lambda refusal: self._say(str(refusal), "error"))

    def close_down(self) -> None:
        """Waits for a passphrase that is being tried."""
        self._deriving.close_down()

    @property
    def unsaved(self) -> str:
        return "查明了什么还没有记下，请按 Ctrl+S；再按一次 Esc 就不记。" if self.reason.edit.text().strip() else ""

    def tell(self, words: str) -> None:
        self._say(words, "attention")

    def _rest(self) -> None:
        """Nothing is begun: what this place does most is what F9 does."""
        self._pending = self._with_secret = None
        for field in (self.secret, self.second, self.reason):
            field.edit.clear()
            field.hide()
        centre = self.exchange.is_centre
        self.words.setText(AT_CENTRE if centre else FROM_BRANCH)
        self.act.rename(TAKE if centre else SEND)
        self.take.setVisible(not centre)
        for part in (self.list, self.answer, self.settle):
            part.setVisible(centre)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)
        page.setStretch(1, 100 if centre else 0)  # the list takes the height that there is
        self._refresh(centre)

    def _refresh(self, centre: bool) -> None:
        try:
            self._rows = rows_of(self.exchange.office) if centre else []
            self.card.hint.setText(summary(self._rows) if centre else self.exchange.standing())
        except Refusal as refusal:
            self._rows = []
            self._say(str(refusal), "error")
        self.list.clear()
        for row in self._rows:
            item = self.list.add(row.text, row.hint)
            if row.is_open:
                self.list.press(item, "attention")
        self.list.setCurrentRow(0 if self._rows else -1)
        self._show_detail()

    @property
    def _row(self) -> Row | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_detail(self) -> None:
        self.detail.setText(self._row.detail if self._row else "")
        self.detail.setVisible(bool(self.detail.text()))

    def _say(self, words: str, role: str = "secondary") -> None:
        self.message.say(words, role)

    def _act(self) -> None:
        """Goes on with what is begun, else does what this place does most."""
        if self._pending:
            self._pending()
        elif self.exchange.is_centre:
            self._choose()
        else:
            self._send()

    def _leave(self) -> None:
        """Back from what is begun, else away; what was typed goes with the second time."""
        if self.hold_open():
            return
        if self._pending or self._with_secret or not self.reason.isHidden():
            self._rest()
            self._say(" ")
            self.act.setFocus()
        else:
            self.finished.emit()

    def _do(self, act: Callable[..., Done]) -> None:
        """Does it, and says what came of it; a key that nobody compared yet is shown, and F9 goes on once it was."""
        self._say(WORKING)
        self.message.repaint()
        try:
            done = act()
        except Refusal as refusal:
            if self.exchange.is_about_key(refusal):
                self._offer(COMPARED, partial(self._do, partial(act, compared=True)))
                self._say(COMPARE.format(refusal.sentence), "attention")
            else:
                self._say(str(refusal), "error")
            return
        self._rest()
        self.act.setFocus()
        self._say(done.words, "done" if done.well else "attention")

    def _offer(self, name: str, then: Callable[[], object]) -> None:
        self._pending = then
        self.act.rename(name)
        self.secret.hide()
        self.act.setFocus()

    def _send(self) -> None:
        if folder := ask_for_folder(self, "交换包写到哪个盘"):
            self._do(partial(self.exchange.send, folder))

    def _choose(self) -> None:
        path = ask_for_file(self, "收一包", "交换包和公钥 (*.bundle *.json);;全部文件 (*)")
        if path is None:
            return
        self._rest()
        try:
            brought = self.exchange.read(path)
        except Refusal as refusal:
            self._say(str(refusal), "error")
            return
        match brought:
            case Handed():
                self._do(partial(self.exchange.take_key, brought))
            case Brought(looked=None):
                wanted = Wanted(OPENING, ACCEPT, self.exchange.opening_key, self.exchange.open_pair)
                self._ask_key(wanted, partial(self._take, brought))
            case Brought(looked=looked):
                self.detail.setText("\n".join(looked.lines) if looked else "")
                self.detail.show()
                self.second.setVisible(brought.has_pack)
                self._offer(ACCEPT, partial(self._receive, brought))
                self._say("只是看，还没有收。收下按 F9。", "secondary")

    def _take(self, brought: Brought, pair: Any) -> None:
        self._do(partial(self.exchange.take, brought, pair))

    def _receive(self, brought: Brought) -> None:
        self._do(partial(self.exchange.receive, brought, self.second.edit.text().strip()))

    def _answer(self) -> None:
        row = self._row
        if row is None:
            self._say(NOT_CHOSEN, "attention")
            return
        wanted = Wanted(SIGNING, MAKE, self.exchange.signing_key, self.exchange.open_signer)
        self._ask_key(wanted, partial(self._answer_with, row.installation))

    def _answer_with(self, installation: str, signer: Any) -> None:
        if folder := ask_for_folder(self, f"给 {installation} 的一包写到哪个盘"):
            self._do(partial(self.exchange.answer, folder, installation, signer))

    def _ask_key(self, wanted: Wanted, then: Callable[[Any], object]) -> None:
        """Asks for the passphrase of a key file, which is chosen where it does not lie in the data folder, and goes on with the key."""
        label = wanted.label
        file = wanted.file if wanted.file.is_file() else ask_for_file(self, label.removesuffix("的口令"), KEY_FILES)
        if file is None:
            return
        self._then, self._pending = then, self._typed
        self._with_secret = lambda typed: self._deriving.start(partial(wanted.opening, file, typed))
        self.act.rename(wanted.act)
        self.secret.rename(label)
        self.secret.show()
        self.secret.edit.setFocus()
        self._say(TYPE_IT)

    def _go_on(self, key: Any) -> None:
        self._then(key)

    def _typed(self) -> None:
        typed, with_secret = self.secret.edit.text(), self._with_secret
        if typed and with_secret and not self._deriving.busy:
            self._say(WORKING)
            self.secret.edit.clear()
            with_secret(typed)

    def _settle(self) -> None:
        """Asks what was found out; with that typed, records it."""
        row = self._row
        if row is None or row.finding is None or row.finding.settled:
            self._say(NO_FINDING, "attention")
        elif self.reason.isHidden() or not self.reason.edit.text().strip():
            self.reason.show()
            self.reason.edit.setFocus()
            self._say(WHY)
        else:
            self._do(partial(self.exchange.settle, row.finding.id, self.reason.edit.text()))
