"""交换包的一页：网点做给中心的，收中心给的；中心收网点的，给网点做，要查明的一张单子；代替各页显示，做完返回."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merging import STOPPED
from counter_assistant.operations.office import Office
from counter_assistant.ui.exchange.acts import Brought, Done, Handed
from counter_assistant.ui.exchange.card import OPENING, ExchangeCard
from counter_assistant.ui.exchange.taking import Taking
from counter_assistant.ui.file_dialog import ask_for_file, ask_for_folder
from counter_assistant.ui.sealing.deriving import Deriving

ACCEPT, COMPARED, MAKE = "收下", "核对过，收下", "做一包"
COMPARE = "{}请打电话或者当面，与对方逐组核对；一致的，按 F9 收下。"
SIGNING, KEY_FILES = "签名密钥的口令", "密钥文件 (*.key)"
TYPE_IT, WHY = "输口令，按回车。", "写明查明了什么，再按 Ctrl+S。"
WORKING, NOT_CHOSEN, NO_FINDING = "正在办，请不要拔盘……", "先选中一个网点。", "先选中一处要查明的。"
READING = "正在读这一包，请不要拔盘……"
STOPPING = "正在停下……"
GOES_ON = "正在收：{}。请不要拔盘；按 Esc 停下，停下的什么也没有放进去。"


class Wanted(NamedTuple):
    """A key of which the passphrase is asked for: what the field is called and what F9 does then, the file in which it lies, and what opens it."""

    label: str
    act: str
    file: Path
    opening: Callable[[Path, str], Any]


class ExchangePage(ExchangeCard):
    """Makes bundles and takes them."""

    KEYS = (
        ("F9", "做给中心的；在中心收一包"), ("Ctrl+O", "收一包，或者中心的公钥"), ("Ctrl+P", "中心：给选中的网点做一包"), ("Ctrl+S", "中心：写下查明了什么"),
        ("Esc", "返回；收的时候是停下"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._deriving, self._taking = Deriving(self), Taking(office, self)
        self._connect()
        self._end()
        self.read_list()

    def _connect(self) -> None:
        for field, then in ((self.secret, self._typed), (self.reason, self._settle), (self.second, self._act)):
            field.edit.entered.disconnect(field.edit.focusNextChild)
            field.edit.entered.connect(then)
        self.act.clicked.connect(self._act)
        self.take.clicked.connect(self._choose)
        self.answer.clicked.connect(self._answer)
        self.settle.clicked.connect(self._settle)
        self.leave.clicked.connect(self._leave)
        self.list.entered.connect(self._settle)
        self._deriving.done.connect(self._go_on)
        self._deriving.refused.connect(lambda refusal: self.say(str(refusal), "error"))
        self._taking.reached.connect(lambda words: self.say(GOES_ON.format(words)))
        self._taking.taken.connect(lambda received: self._ended(self.exchange.of_taken(received)))
        self._taking.refused.connect(self._not_taken)

    def close_down(self) -> None:
        """Waits for a passphrase that is being tried; a bundle that is being taken is stopped."""
        self._deriving.close_down()
        self._taking.close_down()

    @property
    def unsaved(self) -> str:
        return "查明了什么还没有记下，请按 Ctrl+S；再按一次 Esc 就不记。" if self.reason.edit.text().strip() else ""

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    def _end(self) -> None:
        """Ends what was begun."""
        self._pending: Callable[[], object] | None = None
        self._with_secret: Callable[[str], object] | None = None
        self._then: Callable[[Any], object] = lambda _came: None
        self.show_rest()

    def _act(self) -> None:
        """Goes on with what is begun, else does what this place does most."""
        if self._taking.running:
            return
        if self._pending:
            self._pending()
        elif self.exchange.is_centre:
            self._choose()
        else:
            self._send()

    def _leave(self) -> None:
        """Back from what is begun, else away; what was typed goes with the second time."""
        if self._taking.running:
            self._stop()
        elif self.hold_open():
            return
        elif self._pending or self._with_secret or not self.reason.isHidden():
            self._end()
            self.say(" ")
            self.act.setFocus()
        else:
            self.finished.emit()

    def _do(self, act: Callable[..., Done]) -> None:
        """Does it, and says what came of it; a key that nobody compared yet is shown, and F9 goes on once it was."""
        self.say(WORKING)
        self.message.repaint()
        try:
            done = act()
        except Refusal as refusal:
            self._refuse(refusal, partial(self._do, partial(act, compared=True)))
            return
        self._ended(done)

    def _refuse(self, refusal: Refusal, compared: Callable[[], object]) -> None:
        """Says it; one that is only about a key is gone on with once that was compared."""
        if self.exchange.is_about_key(refusal):
            self._offer(COMPARED, compared)
            self.say(COMPARE.format(refusal.sentence), "attention")
        else:
            self.say(str(refusal), "error")

    def _ended(self, done: Done) -> None:
        self._end()
        self.read_list()
        self.act.setFocus()
        self.say(done.words, "done" if done.well else "attention")

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
        self._end()
        self.say(READING)
        self._then = self._opened
        self._deriving.start(partial(self.exchange.open, path))

    def _opened(self, opened: Any) -> None:
        """A file was read: what it brings is shown, or asked for."""
        try:
            brought = self.exchange.look(opened)
        except Refusal as refusal:
            self.say(str(refusal), "error")
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
                self.say("只是看，还没有收。收下按 F9。", "secondary")

    def _take(self, brought: Brought, pair: Any, compared: bool = False) -> None:
        """Begins; meanwhile Esc stops it."""
        trust = brought.bundle.manifest.fingerprint if compared else ""
        try:
            self._taking.begin(brought.bundle, pair, trust)
        except Refusal as refusal:
            self._refuse(refusal, partial(self._take, brought, pair, True))
            return
        self.secret.hide()
        self.show_taking()
        self.say(WORKING)

    def _stop(self) -> None:
        self.say(STOPPING)
        self._taking.stop()

    def _not_taken(self, refusal: Refusal) -> None:
        self._end()
        self.act.setFocus()
        self.say(str(refusal), "attention" if refusal.code == STOPPED else "error")

    def _receive(self, brought: Brought) -> None:
        self._do(partial(self.exchange.receive, brought, self.second.edit.text().strip()))

    def _answer(self) -> None:
        row = self.row
        if row is None:
            self.say(NOT_CHOSEN, "attention")
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
        self.say(TYPE_IT)

    def _go_on(self, key: Any) -> None:
        self._then(key)

    def _typed(self) -> None:
        typed, with_secret = self.secret.edit.text(), self._with_secret
        if typed and with_secret and not self._deriving.busy:
            self.say(WORKING)
            self.secret.edit.clear()
            with_secret(typed)

    def _settle(self) -> None:
        """Asks what was found out; with that typed, records it."""
        if self._taking.running:
            return
        row = self.row
        if row is None or row.finding is None or row.finding.settled:
            self.say(NO_FINDING, "attention")
        elif self.reason.isHidden() or not self.reason.edit.text().strip():
            self.reason.show()
            self.reason.edit.setFocus()
            self.say(WHY)
        else:
            self._do(partial(self.exchange.settle, row.finding.id, self.reason.edit.text()))
