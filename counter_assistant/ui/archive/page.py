"""档案页：F4，打两个字，回车，Ctrl+P：四个键以内补打任何一份文书。

Keys: typing searches; arrows choose; Enter opens; Ctrl+P reprints, as on the desk (counted and marked 补打); Ctrl+S saves a PDF; Del voids;
Esc closes what is on top: the question about voiding, then the paper, then the search. A scanned QR code opens its slip.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.scan import Scan, read_scan
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.reprint_and_void import Record
from counter_assistant.operations.archive.unprinted import LISTED, to_print
from counter_assistant.operations.cases.find_case import number_of_scan
from counter_assistant.operations.office import Office
from counter_assistant.ui.archive.actions import ArchiveActions
from counter_assistant.ui.archive.destroying import Destroying
from counter_assistant.ui.archive.finder import SlipFinder
from counter_assistant.ui.archive.large_print import LargePrint
from counter_assistant.ui.archive.paper_panel import PaperPanel
from counter_assistant.ui.archive.reveal_line import RevealLine
from counter_assistant.ui.archive.unprinted_line import UnprintedLine
from counter_assistant.ui.archive.voiding import VOIDING, Voiding
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.page_words import LARGE
from counter_assistant.ui.widgets.records.record_page import RecordPage
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

CHOOSE = "要看哪一份的整个号码？找到以后按回车打开，再写明理由。"
TO_ERASE = "要删除哪一份？找到以后按回车打开。"
TO_CORRECT = "要更正哪一份？找到以后按回车打开，再写明原因。"


class ArchivePage(RecordPage):
    """The archive of an office."""

    KEYS = (
        ("回车", "打开选中的文书"), ("Ctrl+P", "补打一式二份"), ("Ctrl+S", "存为 PDF"), ("Del", "作废、更正"),
        ("Ctrl+翻页键", "翻看纸面"), ("Ctrl+F", "回到查找"), ("Esc", "关掉一层"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    wanted_on_desk = Signal(object)
    """A slip is to be corrected: its Request."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.record: Record | None = None
        self.finder = SlipFinder(office)
        self.voiding = Voiding(office)
        self.void_line = self.voiding.line
        self.reveal_line = RevealLine(office)
        self._ask_once_open: Callable[[], object] | None = None
        self._large = LargePrint(office.at_window)
        self.panel = PaperPanel(self)
        self.slip_actions = ArchiveActions(office, service, self)
        self.setFocusProxy(self.finder.search)
        self.unprinted_line = UnprintedLine(self)
        self.destroying = Destroying(office, self.finder, self)
        lines = (self.unprinted_line, self.void_line, self.reveal_line, self.destroying.line)
        self.put_together(self.finder, self.panel, *lines)
        self._connect()

    def _connect(self) -> None:
        self.finder.search.entered.connect(self._enter)
        self.finder.search.textChanged.connect(lambda _text: self._count_unprinted())
        self.finder.refused.connect(lambda refusal: self.say(str(refusal), "error"))
        self.finder.table.opened.connect(self._open_marked)
        self.finder.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        for actor in (self.slip_actions, self.voiding, self.destroying):
            actor.reported.connect(self.say)
        self.slip_actions.counted.connect(self._show_again)
        self.slip_actions.label_changed.connect(self._show_prints)
        self.slip_actions.progress.connect(self.unprinted_line.show_progress)
        self.unprinted_line.print_wanted.connect(self.slip_actions.print_all)
        self.unprinted_line.one_out.connect(lambda: self._settle(self.finder.slip.number if self.finder.slip else ""))
        self.unprinted_line.all_out.connect(lambda: self._settle(*sum(to_print(self.office), ())))
        self.voiding.voided.connect(self._show_again)
        self.voiding.wanted_on_desk.connect(self.wanted_on_desk)
        self.destroying.changed.connect(self._show_nothing)
        self.reveal_line.opened.connect(self.void_line.close_line)
        self.reveal_line.refused.connect(lambda words: self.say(words, "attention"))
        self.panel.whole_asked.connect(self.ask_reveal)
        self.panel.large_wanted.connect(self.turn_large)
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._close_top, "Ctrl+F": self.finder.to_search, "Ctrl+G": self.turn_large,
            "Ctrl+PgDown": lambda: self.panel.paper.turn(1), "Ctrl+PgUp": lambda: self.panel.paper.turn(-1),
        }  # fmt: skip
        add_shortcuts(self, keys)
        acts: dict[ActionButton, Callable[[Record], None]] = {
            self.panel.reprint: lambda record: self.slip_actions.reprint(record.row.number),
            self.panel.save: lambda record: self.slip_actions.save(record.row.number),
            self.panel.void: self._ask_void,
        }
        for button, act in acts.items():
            button.clicked.connect(lambda _=False, act=act: act(self.record) if self.record else None)
            button.unavailable.connect(self._explain)

    @property
    def unsaved(self) -> str:
        return self.voiding.unsaved or self.destroying.unsaved

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    def open(self, number: str) -> None:
        """Shows a slip by its number; for this page and for others that lead to a paper."""
        try:
            self.record = self.finder.record_of(number)
            pdf = reprint_and_void.pdf_of(self.office, self.record)
        except Refusal as refusal:
            if refusal.code in ("content-sealed-away", "content-destroyed"):
                self._show_nothing()
            row = self.finder.slip
            verdict = self.finder.verdict_on(row.check_code) if row and row.number == number else ""
            self.say(f"{verdict}。{refusal}" if verdict else str(refusal), "error")
            return
        if self.reveal_line.number != number:
            self.reveal_line.close_line()
        self.slip_actions.show(number)
        self.panel.show_record(
            self.record, pdf, self.finder.verdict_on(self.record.slip.check_code), self.office.prints.of(number)
        )
        self._name_reprint()
        self.arrange()

    def turn_large(self) -> None:
        """Large type for whoever wants this paper once more, or no more: what is shown is what Ctrl+P prints."""
        self.panel.large.rename(LARGE[self._large.turn(shown=self.record is not None)])
        if self.record:
            self.open(self.record.row.number)

    def ask_reveal(self) -> None:
        """Asks why the whole numbers of the open slip are to be shown; where none is open, as soon as one is."""
        self._ask_of_open(CHOOSE, lambda record: self.reveal_line.ask(record.row.number))

    def ask_correct(self) -> None:
        """Asks why the open slip is to be corrected; where none is open, as soon as one is."""
        self._ask_of_open(TO_CORRECT, self._ask_void)

    def ask_erase(self) -> None:
        """Asks about deleting the open slip, as its person demands; where none is open, as soon as one is."""
        self._ask_of_open(TO_ERASE, lambda record: self.destroying.ask_one(record.row.number))

    def _ask_of_open(self, choose: str, ask: Callable[[Record], object]) -> None:
        """Asks something of the open slip. Where there is none, `choose` says so, and it is asked once one is open."""
        self._ask_once_open = None if self.record else lambda: self._ask_of_open(choose, ask)
        self.say("" if self.record else choose, "attention")
        if self.record:
            ask(self.record)
        else:
            self.finder.to_search()

    def open_scanned(self, number: str) -> None:
        """Searches for a scanned paper and opens it, unless another one is just being made void."""
        if self.void_line.isVisible():
            self.say(VOIDING, "attention")
            return
        self.finder.search.setText(number)
        self.finder.refill(keep=number)
        self._open_marked()

    def leave_to_another(self) -> None:
        self._ask_once_open = None
        self.void_line.forget()
        self.destroying.line.forget()
        self.reveal_line.close_line()

    def remember(self) -> Callable[[], object]:
        return self.voiding.remember()

    def close_down(self) -> None:
        """Waits for a paper on its way: the window closes."""
        self.slip_actions.close_down()
        self.destroying.close_down()

    def refresh(self) -> None:
        """Searches again and keeps the place: after something was recorded, and when the page is shown."""
        self.finder.refill(keep=self.record.row.number if self.record else "")
        self._count_unprinted()

    def list_unprinted(self) -> None:
        """Lists what was not printed."""
        self.finder.search.setText(LISTED)
        self.refresh()
        self.finder.table.setFocus()

    def _count_unprinted(self) -> None:
        listed = self.finder.lists_unprinted
        found = to_print(self.office) if listed else None
        count = len(found.send) + len(found.ask) if found else 0
        self.unprinted_line.show_count(count, len(found.ask) if found else 0, listed=listed)

    def _show_prints(self) -> None:
        """Something else is known of the printing of slips. Rows stay where they are, so that no key ever acts on the next one."""
        if self.isVisible():
            self.finder.model.renew_prints()
            self._count_unprinted()
            self._name_reprint()

    def _settle(self, *numbers: str) -> None:
        """Somebody has the paper in their hand."""
        self.office.prints.settle(numbers)
        self.say(f"{numbers[0] if len(numbers) == 1 else f'{len(numbers)} 份'}：已注明打出。")
        self.finder.table.setFocus()

    @property
    def unfolded(self) -> bool:
        return self.record is not None

    def arrange(self) -> None:
        super().arrange()
        self.finder.hint.setVisible(not self.narrow or self.record is None)

    def _show_again(self) -> None:
        """Shows the open slip and its row anew, after something was recorded of it."""
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
            self.voiding.ask(self.record)

    def _ask_void(self, record: Record) -> None:
        self.reveal_line.close_line()
        self.voiding.ask(record)

    def _enter(self) -> None:
        if not self.finder.knows_slip and (scan := read_scan(self.finder.search.text())):
            self._open_scan(scan)
        elif self.finder.found:
            self._open_marked()

    def _open_scan(self, scan: Scan) -> None:
        try:
            self.open_scanned(number_of_scan(self.office, scan))
        except Refusal as refusal:
            self.say(str(refusal), "error")
            self.finder.search.selectAll()

    def _open_marked(self) -> None:
        if self.finder.slip:
            self.open(self.finder.slip.number)
            self.finder.table.setFocus()
            if self._ask_once_open:
                self._ask_once_open()

    def _follow(self) -> None:
        """Shows the marked slip, while a paper is open."""
        slip = self.finder.slip
        if self.record and slip and self.finder.table.hasFocus() and slip.number != self.record.row.number:
            self.open(slip.number)

    def _show_nothing(self) -> None:
        self.record = None
        self.panel.clear()
        self.arrange()

    def _close_top(self) -> None:
        if self.slip_actions.stop():
            return
        if any(line.close_line() for line in (self.void_line, self.reveal_line, self.destroying.line)):
            return
        self._ask_once_open = None
        if self.record:
            self._show_nothing()
            self.finder.to_search()
        else:
            self.finder.clear_search()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.office.at_window.large_print:
            self.turn_large()
        self._large.leave()
        self.reveal_line.close_line()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._large.come()
        self.refresh()
        self.finder.search.selectAll()
        if self.focusWidget() is None:
            self.finder.to_search()
