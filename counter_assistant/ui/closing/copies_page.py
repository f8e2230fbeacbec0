"""收存档联的一页：把一天的第一联一份一份扫过去，看还差哪几份，F9 归卷并打印卷内文件目录.

What was not scanned stands first. Without a scanner a line is marked by Space, which also says how a copy is signed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.copies import Signature
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.cases.find_case import number_of_scan
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping import copies
from counter_assistant.operations.safekeeping.volume_list import volume_list
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

HOW = "请把当天的第一联一份一份扫过去；没有签的，扫过以后按空格改成拒签、漏签。没有扫码枪的，选中一行按空格。"
MISSING, LIST = "未归", "存档联"
UNSAVED = "扫过的还没有归卷，请按 F9；再按一次 Esc 就不记。"


class CopyList(QuietList):
    """The copies. Space says how the marked one is signed."""

    marked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class CopiesPage(CardPage):
    """Takes in the first copies of a closed day."""

    finished = Signal()
    KEYS = (
        ("扫码", "收进一份"),
        ("空格", "已签、拒签、漏签，再按是未归"),
        ("F9", "归卷，打印卷内文件目录"),
        ("Esc", "返回"),
    )
    """The keys of this page, for F1."""

    def __init__(
        self, office: Office, closed: Closed, service: PrintService | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"收存档联　{closed.in_words}", 720, parent)
        self.office, self.closed = office, closed
        self.service = service or PrintService(office.folder, parent=self)
        self._rows: dict[str, ArchiveRow] = {}
        self._before: dict[str, Signature] = {}
        self._now: dict[str, Signature] = {}
        self._shown: list[str] = []
        self.list = CopyList(LIST)
        self.list.setFixedHeight(theme.px(272))
        self.message = PlainLabel(HOW, "secondary", wrap=True)
        self.message.setObjectName("message")
        self.leave = ActionButton("返回", "Esc", self)
        self.act = ActionButton("归卷并打印目录", "F9", self, loud=True)
        for part in (self.list, self.message):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.leave, None, self.act))
        self.list.marked.connect(self._mark)
        self.act.clicked.connect(self._file)
        self.leave.clicked.connect(self._leave)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)
        self.setFocusProxy(self.list)
        self._read()

    @property
    def unsaved(self) -> str:
        return UNSAVED if self._now != self._before else ""

    def tell(self, words: str) -> None:
        self.message.say(words, "attention")

    def take_scan(self, scan: Scan) -> bool:
        """Takes in the copy that was scanned."""
        try:
            number = number_of_scan(self.office, scan)
            if number not in self._rows:
                copies.refuse_foreign(self._copies, number)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
        else:
            again = number in self._now
            self._now = {**self._now, number: self._now.get(number, Signature.SIGNED)}
            self._fill(number)
            self.message.say(f"{number}{'已经扫过了' if again else '收进了'}。", "attention" if again else "done")
        return True

    def close_down(self) -> None:
        """Lets a list on its way reach the printer before the page goes."""
        self.service.wait()

    def _read(self) -> None:
        self._copies = copies.copies_of(self.office, self.closed)
        filed = {number: filed.signature for number, (_, filed) in self._copies.filed.items()}
        self._rows = {**self._copies.missing, **{number: row for number, (row, _) in self._copies.filed.items()}}
        self._before, self._now = filed, dict(filed)
        self._fill()

    def _fill(self, at: str = "") -> None:
        """Shows what is missing, then what was taken in, the newest first."""
        self._shown = [number for number in self._rows if number not in self._now] + [*reversed(self._now)]
        self.list.clear()
        for number in self._shown:
            row, signature = self._rows[number], self._now.get(number)
            title = f"{number}　{SlipKind(row.kind).in_words}　{row.item_name}"
            self.list.add(title, f"{'作废　' if row.void else ''}{signature.label if signature else MISSING}")
        self.list.setCurrentRow(self._shown.index(at) if at else 0)
        left = len(self._rows) - len(self._now)
        self.card.hint.setText(f"共 {len(self._rows)} 份，{f'{MISSING} {left} 份' if left else '收齐了'}")

    def _mark(self, row: int) -> None:
        """Taken in, then refused, then without a signature; then missing again, unless it lies in the volume already."""
        if not 0 <= row < len(self._shown):
            return
        number = self._shown[row]
        signature = self._now.get(number)
        if signature is Signature.MISSING and number not in self._before:
            del self._now[number]
        else:
            self._now[number] = signature.following if signature else Signature.SIGNED
        self._fill(number)

    def _file(self) -> None:
        try:
            changed = {number: how for number, how in self._now.items() if self._before.get(number) is not how}
            if changed or not self._before:
                copies.file_copies(self.office, self.closed, changed)
            self._read()
            pdf = self.office.program.typesetter.sheet(volume_list(self.office, self._copies), self.office.watermark)
            self.message.say("已归卷，卷内文件目录正在送打印机。", "secondary")
            self.service.submit(pdf, f"卷内文件目录 {self.closed.name}")
        except Refusal as refusal:
            self.message.say(str(refusal), "error")

    def _leave(self) -> None:
        if not self.hold_open():
            self.finished.emit()

    def _printed(self, job: PrintJob) -> None:
        self.message.say(f"已归卷。卷内文件目录：{job.sentence}", "attention" if job.held else "done")

    def _not_printed(self, refusal: Refusal) -> None:
        self.message.say(f"{refusal.sentence}已经归卷；打印机好了再按 F9。", "error")
        if self.service.choose_instead(refusal, self):
            self._file()
