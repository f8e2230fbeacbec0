"""台账的全部视图。要加一个：写一个 View，在这里列上一行.

What is written with an entry, what a rebuild makes, what the check compares and by which rules all of it was made follow
from this list. A view that was added, or whose rules changed, makes the mark another, and the book is rebuilt when opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.storage.content import pinyin
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.entries import unreadable
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.archive_view import ArchiveView
from counter_assistant.storage.views.case_view import CaseView
from counter_assistant.storage.views.counter_view import CounterView
from counter_assistant.storage.views.people import PeopleTerms
from counter_assistant.storage.views.people_view import PeopleView
from counter_assistant.storage.views.search_view import SearchView
from counter_assistant.storage.views.telling_view import TellingView
from counter_assistant.storage.views.view import View, differs

VIEWS: tuple[type[View], ...] = (CounterView, ArchiveView, SearchView, PeopleView, CaseView, TellingView)

MARK = "views"
"""Under which name the file says by which rules its views were made."""


class BookViews:
    """Every view of one book: to follow its entries one by one, or to fold them all once."""

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

    def add(self, handle: Any, entry: Entry) -> list[str]:
        """Folds the next entry, and says in sentences where it contradicts those before it.

        Raises:
            Refusal: `book-damaged`: it has no content of its kind.
        """
        faults: list[str] = []
        if views := self._of_kind[entry.kind]:
            try:
                content = content_of(entry)
            except (ValueError, TypeError, KeyError) as error:
                raise unreadable(entry.seq) from error
            for view in views:
                faults += view.add(handle, entry, content)
        return faults

    def replace(self, handle: Any) -> None:
        """Replaces what is stored by what the entries added give, within the caller's transaction."""
        for table in {table: None for view in self._views for table in view.models}:
            table.delete().execute(handle)
        for view in self._views:
            view.store(handle)
        tables.replace_rows(handle, tables.Meta, [(MARK, self._mark)])

    def differences(self, handle: Any) -> Iterator[str]:
        """Sentences about every view that is not what the entries added give; one that two say of a shared table, once."""
        yield from dict.fromkeys(sentence for view in self._views for sentence in view.differences(handle))
        if differs(handle, tables.Meta, [(MARK, self._mark)]):
            yield "文件信息与程序不符。"


def rebuild(handle: Any, entries: Iterable[Entry], secret: bytes = b"") -> None:
    """Replaces every view by what the entries give, within the caller's transaction; a contradiction stops nothing."""
    views = BookViews(secret)
    for entry in entries:
        views.add(handle, entry)
    views.replace(handle)


def mark(secret: bytes = b"") -> str:
    """By which rules, and under which secret, the views are made; a file with another mark has its views rebuilt when it is
    opened. It does not say the secret."""
    under = [f"secret {PeopleTerms(secret).digest()}"] if secret else []
    return ", ".join([*(view.rules for view in VIEWS if view.rules), pinyin.edition(), *under])


def stored_mark(handle: Any) -> str:
    """By which rules the file's views were made; empty where none were yet."""
    rows = tables.fetch(handle, tables.Meta.select(tables.Meta.value).where(tables.Meta.name == MARK))
    return str(rows[0][0]) if rows else ""
