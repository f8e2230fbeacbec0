"""本机：只属于这台电脑的打印机、读卡器和字号，以及进入练习模式、密封台账、备份。Takes effect at once and is no entry of the book."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_assistant.devices import readers, serial_port
from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderAnswer
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui import local_settings
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.card_reading import CardReading
from counter_assistant.ui.local_settings import TYPE_SIZES
from counter_assistant.ui.print_service import USUAL_SIZE, PrintService
from counter_assistant.ui.restart import restart
from counter_assistant.ui.settings.papers.printer_setup import PrinterSetup
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.settings.safekeeping.backup_line import BackupLine
from counter_assistant.ui.settings.safekeeping.journal_line import JournalLine
from counter_assistant.ui.settings.safekeeping.restored_line import RestoredLine
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.labels import PlainLabel

SYSTEM_DEFAULT = "系统默认打印机"
PRACTICE = "练习用另一份数据，打出的纸都有“样本”字样，不影响真的办件和编号。"
SEALING = "整个台账加密，用口令打开；同事的口令也在这里添加。"
SEALED = "已密封，{} 个人打得开；换口令、添同事的口令、换恢复单也在这里。"
LOCKING = "台账密封以后才会自己锁；随时锁按 Ctrl+Shift+L，回来输 PIN。"
LOCK_AFTER = {5: "5 分钟不动就锁", 10: "10 分钟不动就锁", 30: "30 分钟不动就锁", 0: "不自己锁"}
READER = "证件放上去，或者在受理台按 F12，姓名、号码、类型就填好；住址、民族、照片一概不留。"
NO_LIBRARY = "没有安装 pyserial，用不了串口读卡器；请管理员安装 counter-assistant[reader]。"
TRYING, FOUND, READY = "正在试读卡器……", "好用，读到一张{}。", "接通了，上面没有放证件。"
REAL = "现在是练习模式。退出后回到真的台账。"


class MachineSection(Section):
    """The settings of this screen and its printer."""

    sealing_asked = Signal()
    """The book is to be sealed, or its passphrases to be changed."""

    def __init__(self, service: PrintService, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._service, self._training = office, service, (training := office.training)
        self.journal = JournalLine(office, self)
        self.setup = PrinterSetup(office, service, self)
        self.printer, self.reader, self.type_size = Choice("打印机"), Choice("身份证读卡器"), Choice("字号")
        self.printer_note, self.reader_note, self.type_note = (PlainLabel("", "hint", wrap=True) for _ in range(3))
        self.reader_note.setObjectName("reader_note")
        self._reading = CardReading(service.folder, parent=self)
        self.switch = ActionButton("退出练习" if training else "进入练习模式", "Ctrl+T", self)
        self.seal = ActionButton("密封台账和口令", "Ctrl+M", self)
        self.seal.setVisible(not training)
        self.seal_note = PlainLabel(SEALING, "hint", wrap=True, parent=self)
        self.seal_note.setObjectName("seal_note")
        self.seal_note.setVisible(not training)
        self.backup = BackupLine(office, self)
        self.backup.setVisible(not training)
        self.restored = RestoredLine(office, self)
        self.lock = Choice("自动锁屏")
        for minutes, words in LOCK_AFTER.items():
            self.lock.addItem(words, minutes)
        self.lock.setCurrentIndex(max(self.lock.findData(local_settings.load(service.folder).lock_minutes), 0))
        self.lock.currentIndexChanged.connect(self._take_lock)
        self.message = PlainLabel(REAL if training else PRACTICE, "hint", wrap=True)
        self.message.setObjectName("message")
        self._lay_out()
        self._fill_sizes()
        self.printer.currentIndexChanged.connect(self._take_printer)
        self._service.seen.connect(self._show_printers)
        self.setup.said.connect(self.reported)
        self.reader.currentIndexChanged.connect(self._take_reader)
        self._reading.answered.connect(self._show_reading)
        self.switch.clicked.connect(self._restart)
        self.seal.clicked.connect(self.sealing_asked)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))  # all of it is seen at 1093×614, under a banner
        parts: tuple[tuple[str | QWidget, QWidget, QWidget | None], ...] = (("打印机", self.printer, self.printer_note), ("打印位置", self.setup, None), ("身份证读卡器", self.reader, self.reader_note), ("字号", self.type_size, self.type_note),
                 ("练习模式", self.switch, self.message))  # fmt: skip
        if self._training:
            self.journal.hide()
            self.journal.note.hide()
        else:
            parts = ((self.restored.label, self.restored, self.restored.note), *parts, ("备份", self.backup, self.backup.note), ("流水", self.journal, self.journal.note), ("密封台账", self.seal, self.seal_note),
                     ("自动锁屏", self.lock, PlainLabel(LOCKING, "hint", wrap=True)))  # fmt: skip
        for row, (label, widget, note) in enumerate(parts):
            grid.addWidget(PlainLabel(label, "secondary") if isinstance(label, str) else label, row, 0)
            grid.addWidget(widget, row, 1, 1, 1 if note else 2)
            if note:
                grid.addWidget(note, row, 2)
        grid.setColumnMinimumWidth(1, theme.px(280))
        grid.setColumnStretch(2, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(grid)
        rows.addStretch(1)

    def _fill_sizes(self) -> None:
        for name, scale in TYPE_SIZES.items():
            self.type_size.addItem(name, scale)
        self.type_size.setCurrentIndex(
            max(self.type_size.findData(local_settings.load(self._service.folder).type_size), 0)
        )
        self.type_size.currentIndexChanged.connect(self._take_size)

    def load(self, draft: ProfileDraft) -> None:
        """Looks for printers and readers anew; nothing here is in the book."""
        self._show_readers()
        self.backup.show_state()
        self.journal.load()
        self.restored.load()
        self._show_sealing()
        self.printer_note.setText("正在查看本机的打印机。")
        self._service.look()

    def _show_sealing(self) -> None:
        """Says whether the book is sealed, and how many people open it."""
        if not self._office.sealed:
            self.seal_note.say(SEALING, "hint")
            return
        try:
            self.seal_note.say(SEALED.format(len(sealing.people(self._office))), "hint")
        except Refusal as refusal:
            self.seal_note.say(str(refusal), "error")

    def start(self) -> QWidget:
        return self.restored.right if self.restored.right.isEnabled() else self.printer

    def _show_printers(self, printers: list[Printer]) -> None:
        self.printer.blockSignals(True)
        self.printer.clear()
        self.printer.addItem(SYSTEM_DEFAULT, "")
        for printer in printers:
            self.printer.addItem(f"{printer.label}　{printer.trouble or '就绪'}", printer.name)
        chosen = local_settings.load(self._service.folder).printer_for(USUAL_SIZE)
        if chosen and self.printer.findData(chosen) < 0:
            self.printer.addItem(f"{chosen}　找不到", chosen)
        self.printer.setCurrentIndex(self.printer.findData(chosen))
        self.printer.blockSignals(False)
        usual = next((p.label for p in printers if p.is_default), "")
        found = f"系统默认的是“{usual}”。" if usual else "" if printers else "没有找到打印机，请先在系统里添加。"
        self._show_setup()
        self.printer_note.setText(f"{found}出具和补打都用它，选好就生效。")

    def _take_printer(self) -> None:
        local_settings.use_printer(self._service.folder, "", str(self.printer.currentData() or ""))
        self._show_setup()

    def _show_setup(self) -> None:
        entries = range(self.printer.count())
        self.setup.show_printers(
            {self.printer.itemData(n): self.printer.itemText(n).partition("　")[0] for n in entries}
        )

    def _show_readers(self) -> None:
        chosen = local_settings.load(self._service.folder).reader
        self.reader.blockSignals(True)
        self.reader.clear()
        for choice in readers.choices(training=self._training, chosen=chosen):
            self.reader.addItem(choice.label, choice.code)
        self.reader.setCurrentIndex(self.reader.findData(chosen))
        self.reader.blockSignals(False)
        self.reader_note.say(READER if serial_port.is_installed() else NO_LIBRARY, "hint")

    def _take_reader(self) -> None:
        """The reader is tried at once, so that nobody finds out with an applicant at the window."""
        local_settings.change(self._service.folder, reader=str(self.reader.currentData() or ""))
        self._reading.start()
        self.reader_note.say(TRYING if self._reading.ask() else READER, "hint")

    def _show_reading(self, reading: ReaderAnswer) -> None:
        self._reading.close_down()
        if isinstance(reading, IdentityCard):
            self.reader_note.say(FOUND.format(reading.kind.label), "done")
        elif isinstance(reading, NoCard):
            self.reader_note.say(READY, "done")
        else:
            self.reader_note.say(reading.sentence, "error")

    def close_down(self) -> None:
        """The window closes: lets the reader go."""
        self._reading.wait()

    def _take_lock(self) -> None:
        local_settings.change(self._service.folder, lock_minutes=int(self.lock.currentData()))

    def _take_size(self) -> None:
        local_settings.change(self._service.folder, type_size=float(self.type_size.currentData()))
        self.type_note.setText("下次打开时生效。")

    def _restart(self) -> None:
        try:
            restart(training=not self._training, office=self._office)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
