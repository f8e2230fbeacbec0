"""台账的全部视图。要加一个：写一个 View，在这里列上一行.

What is written with an entry, what a rebuild makes, what the check compares and by which rules all of it was made follow
from this list. A view that was added, or whose rules changed, makes the mark another, and the book is rebuilt when opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.entries import unreadable
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.archive_view import ArchiveView
from counter_assistant.storage.views.case_view import CaseView
from counter_assistant.storage.views.counter_view import CounterView
from counter_assistant.storage.views.people import PeopleTerms
from counter_assistant.storage.views.people_view import PeopleView
from counter_assistant.storage.views.registers.register_view import RegisterView
from counter_assistant.storage.views.search_view import SearchView
from counter_assistant.storage.views.telling_view import TellingView
from counter_assistant.storage.views.view import View

VIEWS: tuple[type[View], ...] = (CounterView, ArchiveView, SearchView, PeopleView, CaseView, TellingView, RegisterView)

MARK = "views"
"""Under which name the file says by which rules its views were made."""
OTHER_RULES = "文件信息与程序不符。"
ARRIVING = "arriving"
"""With what begins what stands in the place of the rules while a book is moved in: nobody works with it before all of it is there."""


class BookViews:
    """Every view of one book: to follow its entries one by one, or to go through all of them once."""

    def __init__(self, secret: bytes = b"") -> None:
        """`secret` is that of the book's digests (storage/engines/engine.py)."""
        self.secret, self._mark = secret, mark(secret)
        self._views = tuple(view() for view in VIEWS)
        for view in self._views:
            view.secret = secret
        self._of_kind = {kind: [view for view in self._views if kind in view.kinds] for kind in EntryKind}

    def write(self, handle: Any, entry: Entry) -> None:
        """Writes what an entry just appended changes. Raises Refusal for one that contradicts those before it."""
        if views := self._of_kind[entry.kind]:
            content = content_of(entry)
            for view in views:
                view.write(handle, entry, content)

    def replay(self, handle: Any, entry: Entry) -> None:
        """Writes what an entry has changed, in tables that hold what those before it gave."""
        if views := self._of_kind[entry.kind]:
            content = _content_of(entry)
            for view in views:
                view.replay(handle, entry, content)

    def expect(self, handle: Any, entry: Entry, expected: Expected) -> list[str]:
        """Counts in what the next entry gives, and says in sentences where it contradicts those before it."""
        faults: list[str] = []
        if views := self._of_kind[entry.kind]:
            content = _content_of(entry)
            for view in views:
                faults += view.expect(handle, entry, content, expected)
        return faults

    def settle(self, handle: Any, expected: Expected | None = None) -> None:
        """Stores what a rebuild, or counts in what a check, has held back so far."""
        for view in self._views:
            view.settle(handle, expected)

    @property
    def models(self) -> Mapping[type[Any], str]:
        """The tables of all views, and what is said of each that is not what the entries give."""
        return {
            **{table: said for view in self._views for table, said in view.models.items()},
            tables.Meta: OTHER_RULES,
        }

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The rows that say of the file by which rules its views were made."""
        return [(MARK, self._mark)]


def _content_of(entry: Entry) -> Any:
    """What an entry says that somebody may have changed in the file.

    Raises:
        Refusal: `book-damaged`: it has no content of its kind.
    """
    try:
        return content_of(entry)
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(entry.seq) from error


def rebuild(handle: Any, entries: Iterable[Entry], secret: bytes = b"") -> None:
    """Replaces every view by what the entries give, within the caller's transaction; a contradiction stops nothing.

    Memory does not grow with the book: each entry is written as it was when it was new.
    """
    views = BookViews(secret)
    for table in views.models:
        table.delete().execute(handle)
    tables.insert_rows(handle, tables.Meta, views.facts)
    for entry in entries:
        views.replay(handle, entry)
    views.settle(handle)


def mark(secret: bytes = b"") -> str:
    """By which rules, and under which secret, the views are made; a file with another mark has its views rebuilt when it is
    opened. It does not say the secret."""
    under = [f"secret {PeopleTerms(secret).digest()}"] if secret else []
    return ", ".join([*(view.rules for view in VIEWS if view.rules), pinyin.edition(), *under])


def put_mark(handle: Any, text: str) -> None:
    """Writes down by which rules the views were made, within the caller's transaction."""
    tables.replace_rows(handle, tables.Meta, [(MARK, text)])


def refuse_arriving(stored: str) -> None:
    """Lets nobody work with a book that is being moved in, as its mark says.

    Raises:
        Refusal: `book-arriving`.
    """
    if stored.startswith(ARRIVING):
        raise Refusal(
            "book-arriving", "这本台账正在搬来，还没有搬完。",
            "请等它搬完再打开；搬到一半断了的，请在原来的电脑上再办一次 book move，会接着搬完。",
        )  # fmt: skip


def stored_mark(handle: Any) -> str:
    """By which rules the file's views were made; empty where none were yet."""
    rows = tables.fetch(handle, tables.Meta.select(tables.Meta.value).where(tables.Meta.name == MARK))
    return str(rows[0][0]) if rows else ""
