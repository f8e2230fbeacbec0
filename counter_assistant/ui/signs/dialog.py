"""窗口标识：选一种、改几栏，右边就是要打印的那一张；Ctrl+P 打印，Ctrl+S 存文件，Esc 关上。

A window of its own, because the panel it is called from is narrow and may float above other programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.publications.signs import plan_sign, proposed, sign_pdf
from counter_assistant.paper.blocks import Image
from counter_assistant.paper.displays.photos import read_picture
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_for_picture, ask_where_to_save
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.signs.form import KINDS, SignForm
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import NumberedList

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

SIZE = (820, 540)
SCRIPT = "民族文字的图片"
WITH_SCRIPT, WITHOUT_SCRIPT = "民族文字印这张图片；再按 Ctrl+O 拿掉。", "民族文字的图片已拿掉。"
PAUSE_MS = 80
"""The paper follows what is typed after so long a pause."""


class SignsDialog(QDialog):
    """The signs for the counter. Made once and opened with `start`."""

    KEYS = (
        ("1 – 4", "选一种"), ("回车", "填写，下一栏"), ("Alt+数字", "在栏里换一种"), ("Ctrl+O", "民族文字用图片；再按一次拿掉"), ("Ctrl+P", "打印"),
        ("Ctrl+S", "存为 PDF"),
        ("Esc", "关上"), ("F1", "打开或关上这张表"),
    )  # fmt: skip
    """The keys of this window, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.service = service or PrintService(office.folder, parent=self)
        self.setWindowTitle("窗口标识")
        self.setAccessibleName("窗口标识")
        self.list, self.form = NumberedList("标识", [kind.label for kind in KINDS]), SignForm()
        self.paper = PaperView("填好以后，这里就是要打印的标识。")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self._script: Image | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._connect()
        self.resize(*(theme.px(n) for n in SIZE))
        self.keys = KeySheet(self, self.KEYS)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(6))
        left.addWidget(PlainLabel("数字键选一种，回车填写；在栏里按 Alt+数字换一种", "hint", wrap=True))
        left.addWidget(self.list)
        left.addWidget(self.form, 1)
        left.addWidget(self.message)
        buttons = QHBoxLayout()
        self.print = ActionButton("打印", "Ctrl+P", self, loud=True)
        self.save = ActionButton("存 PDF", "Ctrl+S", self)
        self.picture = ActionButton("文字图片", "Ctrl+O", self)
        for button in (self.print, self.save, self.picture):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addWidget(PlainLabel("Esc 关上", "hint"))
        buttons.addStretch(1)
        left.addLayout(buttons)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(*(theme.px(n) for n in (16, 12, 12, 12)))
        halves.setSpacing(theme.px(16))
        halves.addLayout(left, 3)
        halves.addWidget(self.paper, 2)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self.list.entered.connect(self.form.start)
        self.form.changed.connect(self._typed)
        self._pause.timeout.connect(self._show_paper)
        self.print.clicked.connect(self.print_sign)
        self.save.clicked.connect(self.save_sign)
        self.picture.clicked.connect(self.turn_script)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._refused)
        for n in range(len(KINDS)):
            shortcut = QShortcut(QKeySequence(f"Alt+{n + 1}"), self)
            shortcut.activated.connect(lambda row=n: self._turn(row))

    @property
    def kind(self) -> SignKind:
        """The sign that is chosen."""
        return KINDS[max(self.list.currentRow(), 0)]

    def start(self, kind: SignKind | None = None) -> None:
        """Opens it with the times of now and the keyboard in the list, at a sign where it is given."""
        self._script = None
        if kind is not None:
            self.list.setCurrentRow(KINDS.index(kind))
        self._choose()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_sign(self) -> None:
        """Sends the sign to the printer."""
        pdf = self._pdf()
        if pdf:
            self._say("标识正在送打印机。", "secondary")
            self.service.submit(pdf, self.kind.label)

    def save_sign(self) -> None:
        """Saves the sign where the clerk says."""
        pdf = self._pdf()
        if not pdf:
            return
        path = ask_where_to_save(self, file_name(self.kind.label))
        if path is None:
            return
        try:
            save_pdf(pdf, path)
        except Refusal as refusal:
            self._say(str(refusal), "error")
        else:
            self._say(f"已存为 {path.name}。", "done")

    def turn_script(self) -> None:
        """Asks for the headline in another script as a picture, for scripts that no font here draws; takes it away where there is one."""
        try:
            path = None if self._script else ask_for_picture(self, SCRIPT)
            if self._script is None and path is None:
                return
            self._script = read_picture(path) if path else None
        except Refusal as refusal:
            self._say(str(refusal), "error")
            return
        self._show_paper()
        self._say(WITH_SCRIPT if self._script else WITHOUT_SCRIPT)

    def close_down(self) -> None:
        """Closes it when the program ends, once a sign on its way has reached the printer."""
        self.service.wait()
        self.hide()

    def _turn(self, row: int) -> None:
        self.list.setCurrentRow(row)
        self.form.start()

    def _choose(self) -> None:
        self._pause.stop()
        self.form.open_for(self.kind, proposed(self._office, self.kind))
        self._say(" ")
        self._show_paper()

    def _typed(self) -> None:
        self._say(" ")
        self._pause.start()

    def _show_paper(self) -> None:
        pdf = self._pdf()
        if pdf:
            self.paper.show_pdf(pdf)
        else:
            self.paper.clear("改好左边标出的一处，这里就是要打印的标识。")

    def _pdf(self) -> bytes:
        """The sign as it is typed; empty where it cannot be set, which is said."""
        try:
            return sign_pdf(self._office, plan_sign(self._office, self.kind, self.form.values()), self._script)
        except Refusal as refusal:
            self.form.show_fault(refusal)
            self._say(str(refusal), "error")
            return b""

    def _say(self, words: str, role: str = "secondary") -> None:
        self.message.say(words, role)

    def _printed(self, job: PrintJob) -> None:
        self._say(f"标识：{job.sentence}", "attention" if job.held else "done")

    def _refused(self, refusal: Refusal) -> None:
        self._say(str(refusal), "error")
        if self.service.choose_instead(refusal, self):
            self.print_sign()
