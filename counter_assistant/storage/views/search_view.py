"""档案的检索词，和许多文书共用的词背后的名称."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind, PayloadErased
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views import search_terms
from counter_assistant.storage.views.view import View, erased_content

MISFILED = "检索词与台账不符（第 {} 条记录）。"


class SearchView(View):
    """The terms under which search_terms.py files every slip, and the labels behind those that many share."""

    rules = "search 3"
    kinds = frozenset((EntryKind.SLIP_ISSUED, EntryKind.PAYLOAD_ERASED))
    models = MappingProxyType({tables.Label: "检索用的事项和经办人名称与台账不符。", tables.Term: MISFILED})

    def __init__(self) -> None:
        self._labels: set[tuple[str, str]] = set()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Files a slip just issued; one that whole numbers leave, under the tails that are left."""
        if isinstance(content, PayloadErased):
            seq, *slips = erased_content(handle, entry, content)
            refile(handle, seq, *(_terms_of(slip, entry.time) for slip in slips))
        elif isinstance(content, SlipIssued):
            card, numbers = content.registered.card, _numbers_in(content)
            tables.insert_missing(handle, tables.Label, search_terms.labels_of(card))
            tables.insert_rows(handle, tables.Term, _filed(entry.seq, card, entry.time, numbers))

    def expect(self, handle: Any, entry: Entry, content: Any, expected: Expected) -> tuple[str, ...]:
        """What a slip is found by; one that is erased, wholly or of its whole numbers, is read without what it has lost."""
        if isinstance(content, SlipIssued):
            card = content.registered.card
            expected.add_terms(entry.seq, search_terms.terms_of(card, entry.time, _numbers_in(content)))
            for label in search_terms.labels_of(card) - self._labels:
                self._labels.add(label)
                expected.add(tables.Label, label)
        return ()


def _filed(seq: int, card: Card, issued_at: datetime, numbers: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(term, seq) for term in search_terms.terms_of(card, issued_at, numbers)]


def _terms_of(content: Any, time: datetime) -> set[str]:
    """The terms of a slip; those of its day are the same before and after, whatever `time` says."""
    return (
        search_terms.terms_of(content.registered.card, time, _numbers_in(content))
        if isinstance(content, SlipIssued)
        else set()
    )


def _numbers_in(slip: SlipIssued) -> tuple[str, ...]:
    return search_terms.numbers_of(slip.act.applicant) if slip.act else ()


def refile(handle: Any, seq: int, before: Iterable[str], after: Iterable[str]) -> None:
    """Files an entry under other terms than before."""
    term, gone, new = tables.Term, set(before) - set(after), set(after) - set(before)
    for one in sorted(gone):
        term.delete().where(term.term == one, term.entry == seq).execute(handle)
    tables.insert_rows(handle, term, [(one, seq) for one in sorted(new)])
