"""密封台账的一页：口令输两遍，印出恢复单，照它输入三个字，才密封。

For the window: shown in the place of the pages until it says `finished`. Until the last key nothing has happened. The sheet is
on the printer or for a moment on the screen, and never in a file.
"""

from __future__ import annotations

import secrets

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.people.passphrase import typed_passphrase
from counter_assistant.domain.people.recovery import LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.recovery_sheet import PER_LINE, TITLE, sheet_pdf
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.print_service import PrintService, printer_chosen
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

ASKED_BACK = 3
EXPLAINED = (
    "密封以后，台账和草稿都是加密的，文件被拷走也看不懂；每班用口令打开一次。口令只用字母、数字、空格和符号，至少 12 个字符。"
    "口令都忘了，只有恢复单能打开；恢复单也没有了，谁也打不开。请先关闭其他窗口。"
)
FIRST_THE_SHEET, NOT_THE_SAME, NOT_ON_IT = "请先打印或者显示恢复单", "两遍不一样", "与恢复单上的字不一样"
NOW_THE_SHEET = "接着按 Ctrl+P 打印恢复单，或者按 Ctrl+D 显示出来抄在纸上，再照它输入三个字。"
UNEXPECTED = Refusal("unexpected", "没有密封：程序遇到意外错误。", "请再试一次；还不行请告诉管理员。")
SEALING, DONE = "正在密封，请不要关闭……", "台账已密封。请把恢复单锁进保险柜；同事的口令在设置的“本机”里添加。"


class SealingPage(CardPage):
    """The steps by which the book of an office is sealed."""

    finished = Signal()

    KEYS = (
        ("回车", "下一格"),
        ("Ctrl+P", "打印恢复单"),
        ("Ctrl+D", "显示恢复单"),
        ("Ctrl+S", "密封"),
        ("Esc", "不密封，返回"),
    )
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__("密封台账", 620, parent)
        self.office = office
        self.service = service or PrintService(office.database.path.parent, parent=self)
        self.words, self._has_it = sealing.new_sheet(), False
        self.places = sorted(secrets.SystemRandom().sample(range(LENGTH), ASKED_BACK))
        asked = "、".join(str(place + 1) for place in self.places)
        self.first, self.again = LabelledField("first", "口令"), LabelledField("again", "口令，再输一遍")
        self.back = LabelledField("back", f"照恢复单输入第 {asked} 个字")
        self.shown = PlainLabel("", "loud")
        self.shown.setObjectName("words")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.print = ActionButton("打印恢复单", "Ctrl+P", self)
        self.show_it = ActionButton("显示恢复单", "Ctrl+D", self)
        self.seal = ActionButton("密封", "Ctrl+S", self, loud=True)
        self.leave = ActionButton("返回", "Esc", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card, clerk = self.card, self.office.profile.clerk("")
        card.rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        card.rows.addWidget(PlainLabel(f"这是 {clerk.name}（工号 {clerk.staff_number}）自己的口令：", "secondary"))
        card.rows.addLayout(in_line(self.first, self.again))
        card.rows.addLayout(in_line(self.print, self.show_it, None))
        for part in (self.shown, self.back, self.message):
            card.rows.addWidget(part)
        card.rows.addLayout(in_line(self.leave, None, self.seal))
        self.shown.hide()

    def _connect(self) -> None:
        for field in (self.first, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.edit.entered.disconnect(self.again.edit.focusNextChild)
        self.again.edit.entered.connect(self._go_on)
        self.back.edit.entered.disconnect(self.back.edit.focusNextChild)
        self.back.edit.entered.connect(self._seal)
        self.back.changed.connect(lambda _text: self.shown.hide())
        self.print.clicked.connect(self._print)
        self.show_it.clicked.connect(self._show)
        self.seal.clicked.connect(self._seal)
        self.leave.clicked.connect(self._leave)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)
        for field in (self.first, self.again, self.back):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))

    def _go_on(self) -> None:
        """From the passphrases to what is typed back, which needs the sheet."""
        self.back.edit.setFocus()
        if not self._has_it:
            self.message.say(NOW_THE_SHEET, "secondary")

    def _print(self) -> None:
        try:
            self.service.submit(sheet_pdf(self.office, self.words), TITLE)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
        else:
            self.message.say("恢复单正在送打印机。", "secondary")

    def _printed(self, job: PrintJob) -> None:
        self._has_it = True
        self.message.say(f"恢复单：{job.sentence}拿到以后，照它输入三个字。", "attention" if job.held else "done")
        self.back.edit.setFocus()

    def _not_printed(self, refusal: Refusal) -> None:
        self.message.say(f"{refusal.sentence}弄好打印机再按 Ctrl+P，或者按 Ctrl+D 显示出来，抄在纸上。", "error")
        if printer_chosen(refusal, self.service.folder, self):
            self._print()

    def _show(self) -> None:
        """Shows the sheet until something of it is typed back."""
        self._has_it = True
        self.shown.say("　　".join(" ".join(self.words[n : n + PER_LINE]) for n in range(0, LENGTH, PER_LINE)))
        self.message.say("请照抄在纸上，逐字核对；开始输入以后就不再显示。", "secondary")
        self.back.edit.setFocus()

    def _faults(self) -> dict[LabelledField, str]:
        found = dict.fromkeys((self.first, self.again, self.back), "")
        try:
            typed_passphrase(self.first.edit.text())
        except Refusal as refusal:
            found[self.first] = refusal.sentence
        if self.again.edit.text() != self.first.edit.text():
            found[self.again] = NOT_THE_SAME
        typed = "".join(self.back.edit.text().split())
        if not self._has_it:
            found[self.back] = FIRST_THE_SHEET
        elif typed != "".join(self.words[place] for place in self.places):
            found[self.back] = NOT_ON_IT
        return found

    def _seal(self) -> None:
        if self.back.edit.composing or not self.seal.isEnabled():
            return
        if not self.mark_faults(self._faults()):
            return
        self.message.say(SEALING, "attention")
        self.seal.setEnabled(False)
        QTimer.singleShot(0, self, self._seal_now)  # what is said is painted first

    def _seal_now(self) -> None:
        self.repaint()
        try:
            sealing.seal(self.office, self.office.profile.current_clerk, self.first.edit.text(), self.words)
        except Exception as error:  # whatever it is, one can try again or leave
            self.message.say(str(error if isinstance(error, Refusal) else UNEXPECTED), "error")
            self.seal.setEnabled(True)
            if isinstance(error, Refusal):
                return
            raise
        self.first.edit.clear()
        self.again.edit.clear()
        self.status_message.emit(DONE)
        self.finished.emit()

    def _leave(self) -> None:
        if not self.back.edit.composing and self.seal.isEnabled():
            self.finished.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.first.edit)
        self.setFocus()
