"""按人查找的检索词：有申请人的行为，各在其整个号码、电话、姓名之下."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.entry import ACTS, Entry, EntryKind, PayloadErased
from counter_assistant.domain.people.number_entry import NumberConfirmed
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.people import PeopleTerms, people_terms
from counter_assistant.storage.views.search_view import MISFILED, refile
from counter_assistant.storage.views.view import View, erased_content


class PeopleView(View):
    """The terms of people.py, which lie in one table with the search terms."""

    rules = "people 4"
    kinds = ACTS | {EntryKind.BOOK_OPENED, EntryKind.NUMBER_CONFIRMED, EntryKind.PAYLOAD_ERASED}
    models = MappingProxyType({tables.Term: MISFILED})

    def __init__(self) -> None:
        self._terms = PeopleTerms()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Files an act under what its applicant is found by; one that whole numbers leave, under what remains."""
        if not self._terms.key:
            self._terms = people_terms(handle, self.secret)
        if isinstance(content, PayloadErased):
            seq, before, left = erased_content(handle, entry, content)
            refile(handle, seq, self._terms_of(before), self._terms_of(left))
        else:
            refile(handle, entry.seq, (), self._terms_of(content))

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> tuple[str, ...]:
        """What an act is found by; the first entry of a plain book gives the key of the terms."""
        if entry.kind is EntryKind.BOOK_OPENED:
            self._terms = PeopleTerms(self.secret or entry.hash)
        else:
            expected.add_terms(entry.seq, self._terms_of(content))
        return ()

    def _terms_of(self, content: Any) -> tuple[str, ...]:
        if isinstance(content, NumberConfirmed):
            return (self._terms.confirmed(content.id_type, content.whole),) if content.whole else ()
        act = act_in(content)
        return self._terms.of(act.applicant, act.facts.item) if act else ()
