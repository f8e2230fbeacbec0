"""登记簿的打印和导出：一本登记簿、哪几天，每页小计、末页合计；要哪些行，就是登记页上列出的那些.

What is printed is a list of what the book holds: it has no number, and nothing about it is recorded.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_date, chinese_time, listed
from counter_assistant.domain.papers.ruled_book import Cell, RuledBook
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.registers.book_rows import columns_of, rows_of
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.storage.spreadsheets.book_sheet import write_book
from counter_assistant.storage.views.registers.register_lines import RegisterQuery

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

MOST_PRINTED = 1000
"""So many lines are ninety sheets: more are not wanted by anybody who does not say of which days."""
SIGNATURES = ("制表人：", "审核人：", "日期：")
AT_ONCE = 100
"""So many lines are read in one step."""


def one_register(query: RegisterQuery) -> RegisterKind:
    """The one register of a query.

    Raises:
        Refusal: `one-register` (several are listed).
    """
    if len(query.kinds) != 1:
        raise Refusal("one-register", "登记簿一本一本地打印、导出。", "请先换到一本登记簿。")
    return query.kinds[0]


class BookListing:
    """The book of the one register of a query, the oldest line first, read step by step so that a window lives meanwhile.

    Raises:
        Refusal: `book-too-long` (more than `most` lines); what `one_register` refuses.
    """

    def __init__(self, office: Office, query: RegisterQuery, most: int | None = None) -> None:
        self._office, self._query, self._kind = office, query, one_register(query)
        lines = lines_of(office)
        self.total = lines.count(query)
        if most is not None and self.total > most:
            sentence = f"要打印的有 {self.total} 条，超过 {most} 条。"
            raise Refusal("book-too-long", sentence, "请在查找框里写明哪几天，如“本周”，再打印。")
        self._lines = sorted(lines.found(query, limit=None), key=lambda line: line.seq)
        self._rows: list[tuple[Cell, ...]] = []

    @property
    def read(self) -> int:
        """How many lines were read so far."""
        return len(self._rows)

    @property
    def done(self) -> bool:
        """Whether all of them were."""
        return len(self._rows) >= len(self._lines)

    def step(self) -> None:
        """Reads some more lines.

        Raises:
            Refusal: what `rows_of` refuses.
        """
        some = self._lines[self.read : self.read + AT_ONCE]
        self._rows += rows_of(self._office, self._kind, some, self.read + 1)

    def book(self) -> RuledBook:
        """The book, once all is read."""
        office, query, profile = self._office, self._query, self._office.profile
        only = ("只列待办的" if query.waiting else "", f"只列含“{query.text}”的" if query.text else "")
        return RuledBook(
            listed((profile.unit, profile.branch), "　"),
            self._kind.book_title,
            "示例" if office.is_example else "",
            listed((_days(query.first, query.last), *only), "，"),
            columns_of(self._kind),
            tuple(self._rows),
            SIGNATURES,
            (self._kind.source, f"{chinese_time(office.clock())} 从台账列出"),
        )


def register_book(office: Office, query: RegisterQuery, most: int | None = None) -> RuledBook:
    """The book of a register, read at once.

    Raises:
        Refusal: what `BookListing` refuses.
    """
    listing = BookListing(office, query, most)
    while not listing.done:
        listing.step()
    return listing.book()


def book_pdf(office: Office, book: RuledBook) -> bytes:
    """The PDF of a register's book, marked 样本 in training.

    Raises:
        Refusal: `missing-glyph`.
    """
    return office.program.typesetter.book(book, office.watermark)


def book_sheet(office: Office, query: RegisterQuery, *, clerk: str = "") -> bytes:
    """The file of a register's book for a spreadsheet, which not everybody may have.

    Raises:
        Refusal: what `register_book` and `may_leave` refuse.
    """
    may_leave(office, clerk)
    return write_book(register_book(office, query))


def may_leave(office: Office, clerk: str = "") -> None:
    """Asks whether a register's book may leave this PC as a file, in plain.

    Raises:
        Refusal: what `Office.permit` refuses.
    """
    office.permit(Permission.EXPORT_REGISTER, clerk)


def _days(first: date | None, last: date | None) -> str:
    """Of which days it is, in words."""
    if first is None and last is None:
        return "全部"
    if first == last and first:
        return chinese_date(first)
    return f"{chinese_date(first) if first else '开始'}至{chinese_date(last) if last else '今天'}"
