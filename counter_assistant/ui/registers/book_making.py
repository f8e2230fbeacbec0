"""打印和导出一本登记簿：一步一步列出，窗口不停，Esc 停下。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.ruled_book import RuledBook
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.books import MOST_PRINTED, BookListing, book_pdf, may_leave, one_register
from counter_assistant.printing.file import file_name
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.printing.output import Paper, PaperOutput

BOOK = "登记簿"
OR_FILE = "，或者按 Ctrl+S 存为 Excel"
"""What else can be done with a register, in the place of what can be done with a paper."""
STOPPED = "已停下，没有打印，也没有存。"
BUSY = "正在列一本登记簿：等它列完，或者按 Esc 停下。"


class BookMaking(PaperOutput):
    """Makes the book of a register and prints or saves it."""

    def __init__(self, office: Office, service: PrintService | None, window: QWidget) -> None:
        super().__init__(office, service, window)
        self._office = office
        self._listing: BookListing | None = None
        self._then: Callable[[RuledBook], None] = lambda _: None
        self._step = QTimer(self, interval=0)
        self._step.timeout.connect(self._go_on)

    def print_book(self, query: RegisterQuery) -> None:
        """Prints the book of a register."""
        paper = Paper(BOOK, lambda: self.print_book(query), OR_FILE)
        self._begin(query, MOST_PRINTED, lambda book: self._print(book, paper))

    def print_paper(self, title: str, make: Callable[[], bytes], otherwise: str = "") -> None:
        """Prints a paper of its own, which `make` sets; `otherwise` is said where it does not come out."""
        try:
            pdf = make()
        except Refusal as refusal:
            self.reported.emit(f"{refusal}{otherwise}", "error")
            return
        paper = Paper(title, lambda: self.print_paper(title, make, otherwise), "", otherwise)
        self.send(pdf, title, paper, f"{title}，")

    def save_book(self, query: RegisterQuery) -> None:
        """Saves the book of a register as a spreadsheet, where the clerk says."""
        try:
            may_leave(self._office)
            name = file_name(one_register(query).book_title, ending=".xlsx")
        except Refusal as refusal:
            self.reported.emit(str(refusal), "attention")
            return
        path = ask_where_to_save(self._window, name, "存为 Excel", "电子表格 (*.xlsx)")
        if path is not None:
            self._begin(query, None, lambda book: self._save(book, path))

    def stop(self) -> bool:
        """Gives up what is being listed; False where nothing is."""
        running, self._listing = self._listing is not None, None
        self._step.stop()
        if running:
            self.reported.emit(STOPPED, "attention")
        return running

    def close_down(self) -> None:
        self.stop()
        super().close_down()

    def _begin(self, query: RegisterQuery, most: int | None, then: Callable[[RuledBook], None]) -> None:
        if self._listing is not None:
            self.reported.emit(BUSY, "attention")
            return
        try:
            self._listing, self._then = BookListing(self._office, query, most), then
        except Refusal as refusal:
            self.reported.emit(str(refusal), "attention")
        else:
            self._step.start()

    def _go_on(self) -> None:
        listing = self._listing
        if listing is None:
            return
        try:
            if not listing.done:
                listing.step()
                self.reported.emit(f"正在列登记簿，{listing.read} 条，共 {listing.total} 条。Esc 停下。", "secondary")
                return
            self._step.stop()
            self._listing = None
            self._then(listing.book())
        except Refusal as refusal:
            self._step.stop()
            self._listing = None
            self.reported.emit(str(refusal), "error")

    def _print(self, book: RuledBook, paper: Paper) -> None:
        self.send(book_pdf(self._office, book), book.title, paper, f"{book.title} {len(book.rows)} 条，")

    def _save(self, book: RuledBook, path: Path) -> None:
        from counter_assistant.storage.spreadsheets.book_sheet import write_book

        self.keep(path, lambda: write_book(book), f"{book.title} {len(book.rows)} 条，")
