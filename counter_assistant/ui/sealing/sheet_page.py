"""一页里的恢复单：打印或者显示，照它输入三个字，拿到手了才办要办的事.

For the window: shown in the place of the pages until it says `finished`. Until the last key nothing has happened. The sheet is
on the printer or for a moment on the screen, and never in a file.
"""

from __future__ import annotations

import secrets

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people.recovery import LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.recovery_sheet import PER_LINE, TITLE, sheet_pdf
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

ASKED_BACK = 3
FIRST_THE_SHEET, NOT_ON_IT = "请先打印或者显示恢复单", "与恢复单上的字不一样"
NOW_THE_SHEET = "接着按 Ctrl+P 打印恢复单，或者按 Ctrl+D 显示出来抄在纸上，再照它输入三个字。"
UNEXPECTED = Refusal("unexpected", "没有办成：程序遇到意外错误。", "请再试一次；还不行请告诉管理员。")


class SheetPage(CardPage):
    """What needs a new recovery sheet in somebody's hand. A page of its own says what that is: `act` does it."""

    finished = Signal()
    DONE = ""

    def __init__(
        self, title: str, act: str, office: Office, service: PrintService | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, 620, parent)
        self.office = office
        self.service = service or PrintService(office.folder, parent=self)
        self.words, self._has_it = sealing.new_sheet(), False
        self.places = sorted(secrets.SystemRandom().sample(range(LENGTH), ASKED_BACK))
        asked = "、".join(str(place + 1) for place in self.places)
        self.back = LabelledField("back", f"照恢复单输入第 {asked} 个字")
        self.shown = PlainLabel("", "loud")
        self.shown.setObjectName("words")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.print = ActionButton("打印恢复单", "Ctrl+P", self)
        self.show_it = ActionButton("显示恢复单", "Ctrl+D", self)
        self.do = ActionButton(act, "Ctrl+S", self, loud=True)
        self.leave = ActionButton("返回", "Esc", self)
        self._connect_sheet()

    def act(self) -> None:
        """Does what the sheet is for.

        Raises:
            Refusal: what the act refuses.
        """
        raise NotImplementedError

    def first_field(self) -> LabelledField:
        """Where the focus begins."""
        return self.back

    def faults(self) -> dict[LabelledField, str]:
        """What is wrong beside each field, in their order; empty where nothing is."""
        typed = "".join(self.back.edit.text().split())
        if not self._has_it:
            return {self.back: FIRST_THE_SHEET}
        return {self.back: "" if typed == "".join(self.words[place] for place in self.places) else NOT_ON_IT}

    def lay_out_sheet(self) -> None:
        """The sheet, what is typed back of it, and the buttons, at the foot of the card."""
        self.card.rows.addLayout(in_line(self.print, self.show_it, None))
        for part in (self.shown, self.back, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.leave, None, self.do))
        self.shown.hide()

    def to_the_sheet(self) -> None:
        """To what is typed back, which needs the sheet."""
        self.back.edit.setFocus()
        if not self._has_it:
            self.message.say(NOW_THE_SHEET, "secondary")

    def _connect_sheet(self) -> None:
        self.back.edit.entered.disconnect(self.back.edit.focusNextChild)
        self.back.edit.entered.connect(self._ask)
        self.back.changed.connect(lambda _text: self.shown.hide())
        self.back.changed.connect(lambda _text: self.back.show_fault(""))
        self.print.clicked.connect(self._print)
        self.show_it.clicked.connect(self._show)
        self.do.clicked.connect(self._ask)
        self.leave.clicked.connect(self._leave)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)

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
        if self.service.choose_instead(refusal, self):
            self._print()

    def doing(self) -> str:
        """What is said while it is done."""
        return "正在记入……"

    def _show(self) -> None:
        """Shows the sheet until something of it is typed back."""
        self._has_it = True
        self.shown.say("　　".join(" ".join(self.words[n : n + PER_LINE]) for n in range(0, LENGTH, PER_LINE)))
        self.message.say("请照抄在纸上，逐字核对；开始输入以后就不再显示。", "secondary")
        self.back.edit.setFocus()

    def _ask(self) -> None:
        if self.back.edit.composing or not self.do.isEnabled() or not self.mark_faults(self.faults()):
            return
        self.message.say(self.doing(), "attention")
        self.do.setEnabled(False)
        QTimer.singleShot(0, self, self._do_now)  # what is said is painted first

    def _do_now(self) -> None:
        self.repaint()
        try:
            self.act()
        except Exception as error:  # whatever it is, one can try again or leave
            self.message.say(str(error if isinstance(error, Refusal) else UNEXPECTED), "error")
            self.do.setEnabled(True)
            if isinstance(error, Refusal):
                return
            raise
        self.status_message.emit(self.DONE)
        self.finished.emit()

    def _leave(self) -> None:
        if not self.back.edit.composing and self.do.isEnabled():
            self.finished.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.first_field().edit)
        self.setFocus()
