"""档案的检索词，和许多文书共用的词背后的名称."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

import peewee

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind, PayloadErased
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.entry_readers import content_left
from counter_assistant.storage.views import search_terms
from counter_assistant.storage.views.view import View, differs, erased_content, erased_seq

OF_PERSON = (tables.Term.term >= "=") & (tables.Term.term < ">") & (peewee.fn.LENGTH(tables.Term.term) > 2)
"""Which terms are those of people.py, which begin with `=`; a search term that does is of two characters at most."""


class SearchView(View):
    """The terms under which search_terms.py files every slip, and the labels behind those that many share."""

    rules = "search 3"
    kinds = frozenset((EntryKind.SLIP_ISSUED, EntryKind.PAYLOAD_ERASED))
    models = (tables.Label, tables.Term)

    def __init__(self) -> None:
        self._slips: dict[int, tuple[int, Card, datetime, tuple[str, ...]]] = {}
        self._labels: set[tuple[str, str]] = set()

    def write(self, handle: Any, entry: Entry, content: Any) -> None:
        """Files a slip just issued; one that whole numbers leave, under the tails that are left."""
        if isinstance(content, PayloadErased):
            seq, *slips = erased_content(handle, entry, content)
            refile(handle, seq, *(_terms_of(slip, entry.time) for slip in slips))
            return
        card, numbers = content.registered.card, _numbers_in(content)
        tables.insert_missing(handle, tables.Label, search_terms.labels_of(card))
        tables.insert_rows(handle, tables.Term, _filed(entry.seq, card, entry.time, numbers))

    def add(self, handle: Any, entry: Entry, content: Any) -> tuple[str, ...]:
        """Files a slip; one that is erased is found no more."""
        if isinstance(content, SlipIssued):
            card = content.registered.card
            self._slips[entry.seq] = entry.seq, card, entry.time, _numbers_in(content)
            self._labels |= search_terms.labels_of(card)
        elif isinstance(content, PayloadErased) and (slip := self._slips.get(seq := erased_seq(entry))):
            self._slips[seq] = *slip[:3], _numbers_in(content_left(content))
        return ()

    def store(self, handle: Any) -> None:
        """Writes every label and every term."""
        tables.insert_rows(handle, tables.Label, self._labels)
        tables.insert_rows(handle, tables.Term, (filed for slip in self._slips.values() for filed in _filed(*slip)))

    def differences(self, handle: Any) -> Iterator[str]:
        """One sentence for the labels, and one on the first slip that is filed wrongly."""
        if differs(handle, tables.Label, sorted(self._labels)):
            yield "检索用的事项和经办人名称与台账不符。"
        expected = (
            (seq, search_terms.terms_of(card, issued_at, numbers))
            for seq, card, issued_at, numbers in self._slips.values()
        )
        yield from misfiled(handle, ~OF_PERSON, expected)


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


def misfiled(handle: Any, which: Any, expected: Iterable[tuple[int, set[str]]]) -> Iterator[str]:
    """A sentence on the first entry that does not lie under exactly the terms expected, of those that `which` picks."""
    term, strays = tables.Term, list[int]()
    stored = handle.execute(term.select(term.entry, term.term).where(which).order_by(term.entry))
    filed = ((seq, {term for _, term in terms}) for seq, terms in groupby(stored, itemgetter(0)))
    for there, right in zip_longest(_of_entries(filed, strays), expected):
        if there != right:
            yield f"检索词与台账不符（第 {min(seq for seq, _ in filter(None, (there, right)))} 条记录）。"
            return
    if strays:
        yield "检索词与台账不符：有的不属于任何记录。"


def _of_entries(filed: Iterable[tuple[int, set[str]]], strays: list[int]) -> Iterator[tuple[int, set[str]]]:
    for seq, terms in filed:
        if seq > 0:
            yield seq, terms
        else:
            strays.append(seq)
