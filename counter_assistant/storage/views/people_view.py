"""按人查找的检索词：有申请人的行为，各在其整个号码、电话、姓名之下."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.entry import ACTS, Entry, EntryKind
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.views.people import PeopleTerms
from counter_assistant.storage.views.search_view import OF_PERSON, misfiled
from counter_assistant.storage.views.view import View


class PeopleView(View):
    """The terms of people.py, which lie in one table with the search terms and are told from them by `OF_PERSON`."""

    rules = "people 3"
    kinds = ACTS | {EntryKind.BOOK_OPENED}
    models = (tables.Term,)

    def __init__(self) -> None:
        self._terms = PeopleTerms()
        self._filed: dict[int, tuple[str, ...]] = {}

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Files an act under what its applicant is found by."""
        if act := act_in(content):
            if not self._terms.key:
                self._terms = PeopleTerms(entries.hash_of(handle, 1))
            terms = self._terms.of(act.applicant, act.facts.item)
            tables.insert_rows(handle, tables.Term, [(term, entry.seq) for term in sorted(terms)])

    def add(self, handle: Any, entry: Entry, content: Any) -> tuple[str, ...]:
        """Files an act as `write` does; the first entry of the book gives the key of the terms."""
        if entry.kind is EntryKind.BOOK_OPENED:
            self._terms = PeopleTerms(entry.hash)
        elif (act := act_in(content)) and (terms := self._terms.of(act.applicant, act.facts.item)):
            self._filed[entry.seq] = terms
        return ()

    def store(self, handle: Any) -> None:
        """Writes every term, in the order of the table's key."""
        tables.insert_rows(
            handle, tables.Term, sorted((term, seq) for seq, terms in self._filed.items() for term in terms)
        )

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence, on the first act that is filed wrongly."""
        expected = ((seq, set(terms)) for seq, terms in self._filed.items())
        yield from misfiled(handle, OF_PERSON, expected)
