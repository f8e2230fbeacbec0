"""档案页：F4，打两个字，回车，Ctrl+P：四个键以内补打任何一份文书。

Keys: typing searches; arrows choose; Enter opens; Ctrl+P reprints, as on the desk (counted and marked 补打); Ctrl+S saves a PDF; Del voids;
Esc closes the top layer: the question about voiding, then the paper, then the search. A scanned QR code opens its slip.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant import paths
from counter_assistant.domain.papers.numbering import read_qr
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.reprint_and_void import Record
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.archive.actions import ArchiveActions
from counter_assistant.ui.archive.model import PAGE, ArchiveModel
from counter_assistant.ui.archive.paper_panel import PaperPanel
from counter_assistant.ui.archive.table import ArchiveTable
from counter_assistant.ui.archive.void_line import VoidLine
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.search_field import SearchField

NARROW = 1100
QR_LENGTH = 21
NONE_YET = "还没有出具过文书。\n在受理台（F2）按 F9 出具的每一份都会在这里，随时能查、能补打。"
NOT_FOUND = "没有找到。可以少打几个字，或者换成编号、证件或电话的后四位、日期再试。"


class ArchivePage(Page):
    """The archive of an office."""

    KEYS = (
        ("回车", "打开选中的文书"), ("Ctrl+P", "补打一式二份"), ("Ctrl+S", "存为 PDF"), ("Del", "作废"),
        ("Ctrl+翻页键", "翻看纸面"), ("Ctrl+F", "回到查找"), ("Esc", "关掉一层"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.office = office
        rare = RareCharacters(paths.resources() / "fonts")
        self.model = ArchiveModel(self._fetch, office.today, lambda text: rare.show(text) if _is_rare(text) else None)
        self.search = SearchField("查找文书", "输入两个字就开始找，例如“欧阳”或 oy")
        self.table = ArchiveTable(self.model)
        self.empty = PlainLabel("", "secondary", wrap=True)
        self.void_line = VoidLine(self._void)
        self.panel = PaperPanel(self)
        self.slip_actions = ArchiveActions(office, service, self)
        self.record: Record | None = None
        self.setFocusProxy(self.search)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        gap = theme.px(10)
        self.card = Card("档案", "姓名、首字母、编号、证件或电话后四位、事项、日期；也可扫码")
        self.card.rows.addWidget(self.search)
        self.card.rows.addWidget(self.table, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card.rows.addWidget(self.empty, 1)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.card, 1)
        left.addWidget(self.void_line)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        line.setSpacing(gap)
        line.addLayout(left, 1)
        line.addWidget(self.panel)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.entered.connect(self._enter)
        self.search.stepped.connect(self._step)
        self.table.opened.connect(self._open_current)
        self.table.typed.connect(self._type_on)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        for key, act in (("Esc", self._close_layer), ("Ctrl+F", self._to_search)):
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for key, pages in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            turn = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            turn.activated.connect(lambda pages=pages: self.panel.paper.turn(pages))
        self.slip_actions.reported.connect(self.say)
        self.slip_actions.counted.connect(self._show_again)
        self.slip_actions.label_changed.connect(self._name_reprint)
        self.void_line.voided.connect(self._voided)
        self._connect_buttons()

    def _connect_buttons(self) -> None:
        acts: dict[ActionButton, Callable[[Record], None]] = {
            self.panel.reprint: lambda record: self.slip_actions.reprint(record.row.number),
            self.panel.save: self.slip_actions.save,
            self.panel.void: lambda record: self.void_line.ask(record.row.number),
        }
        for button, act in acts.items():
            button.clicked.connect(lambda _=False, act=act: act(self.record) if self.record else None)
            button.unavailable.connect(self._explain)

    def open(self, number: str) -> None:
        """Shows a slip by its number; for the page's own use and for another page's "show in the archive"."""
        try:
            self.record = reprint_and_void.show(self.office, number)
            pdf = reprint_and_void.pdf_of(self.office, self.record)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        self.panel.show_record(self.record, pdf)
        self._name_reprint()
        self._arrange()

    def close_down(self) -> None:
        """The window closes."""
        self.slip_actions.close_down()

    def refresh(self) -> None:
        """Searches again and keeps the place: after an act, and when the page is shown."""
        number = self.record.row.number if self.record else ""
        self._find(keep=number)

    def say(self, text: str, role: str = "done") -> None:
        """Tells what came of an act, beside the paper and in the status line."""
        self.panel.say(text, role)
        self.status_message.emit(text)

    def _show_again(self) -> None:
        """The open slip and its row, after something was recorded of it."""
        if self.record:
            self.open(self.record.row.number)
        self.refresh()

    def _name_reprint(self) -> None:
        if self.record:
            self.panel.reprint.rename(self.slip_actions.reprint_label(self.record.row.number))

    def _explain(self) -> None:
        """Says why a key has nothing to do."""
        if self.record is None:
            self.say("先选一份文书，按回车打开。", "attention")
        else:
            self.say(f"{self.record.row.number} 已经作废，无须再次作废。", "attention")

    def _void(self, number: str, reason: str, copy_returned: bool) -> None:
        reprint_and_void.void(self.office, number, reason, copy_returned=copy_returned)

    def _voided(self, number: str, copy_returned: bool) -> None:
        """Says so. The line of a void slip stays, struck."""
        self._show_again()
        self.table.setFocus()
        rest = "" if copy_returned else "当事人联没有收回，请设法收回并注明作废。"
        self.say(f"已作废：{number}。编号保留，不再使用。{rest}", "done" if copy_returned else "attention")

    def _fetch(self, text: str, before: int | None) -> list[ArchiveRow]:
        return self.office.archive.search(text, limit=PAGE, before=before)

    def _find(self, keep: str = "") -> None:
        try:
            self.model.find(self.search.text())
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        some = self.model.rowCount() > 0
        self.table.setVisible(some)
        self.empty.say("" if some else NOT_FOUND if self.search.text().strip() else NONE_YET)
        self.card.title.setText(f"档案　{self.model.count_in_words}" if some else "档案")
        if some:
            self.table.selectRow(max(self.model.place_of(keep), 0))

    def _enter(self) -> None:
        text = self.search.text().strip()
        if len(text) == QR_LENGTH and text.isdecimal():
            self._scanned(text)
        elif self.model.rowCount():
            self._open_current()

    def _scanned(self, digits: str) -> None:
        found = read_qr(digits)
        if self.model.rowCount():
            self._open_current()
        elif found is None:
            self.say("扫到的编码校验不符，请再扫一次。", "error")
        elif found.installation_code != self.office.profile.installation_code:
            self.say(f"这份文书由安装点 {found.installation_code} 出具，不在本机的台账里。", "attention")
        else:
            self.say("本机台账里没有这份文书，请核对是否从备份恢复过。", "error")
        self.search.selectAll()

    def _open_current(self) -> None:
        self.open(self.model.row(self.table.currentIndex().row()).number)
        self.table.setFocus()

    def _follow(self) -> None:
        """While a paper is open, it follows the arrows."""
        place = self.table.currentIndex().row()
        if self.record is None or place < 0 or not self.table.hasFocus():
            return
        number = self.model.row(place).number
        if number != self.record.row.number:
            self.open(number)

    def _step(self, rows: int) -> None:
        place = self.table.currentIndex().row() + rows
        self.table.selectRow(min(max(place, 0), self.model.rowCount() - 1))

    def _type_on(self, event: QKeyEvent) -> None:
        self._to_search()
        QApplication.sendEvent(
            self.search, QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        )

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _close_layer(self) -> None:
        if self.void_line.isVisible():
            self.void_line.hide()
            self.table.setFocus()
        elif self.record:
            self.record = None
            self.panel.clear()
            self._arrange()
            self._to_search()
        elif not self.search.composing:
            self.search.clear()
            self.search.setFocus()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        room = self.width() - theme.px(34)
        self.panel.setFixedWidth(max(theme.px(360), round(room * (0.40 if narrow else 0.33))))
        self.panel.setVisible(not narrow or self.record is not None)
        self.table.fold(narrow and self.record is not None)
        self.card.hint.setVisible(not narrow or self.record is None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._to_search()


def _is_rare(text: str) -> bool:
    """Whether the screen's own face may lack a character: all of GB 2312 is in it."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
