"""某几个事项在公开的记录里还有哪些办件、文书、告知和来电：先问各个视图，不翻全部记录."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views import case_view


class ActsOfItems(NamedTuple):
    """The cases of some items, and the numbers of the entries besides: papers and tellings of before cases existed, and calls."""

    cases: tuple[Case, ...]
    seqs: frozenset[int]


def acts_of_items(database: Engine, items: Collection[str]) -> ActsOfItems:
    """What the views have of these items. A call may only look like one: whoever reads the entry sees its item."""
    archive, telling = tables.Archive, tables.Telling
    with database.reading() as handle:
        rows = [*_seqs(handle, archive, items), *_seqs(handle, telling, items)]
        for item in items:
            rows += _calls(handle, item.lower())
        return ActsOfItems(tuple(_cases(handle, items)), frozenset(rows))


def _seqs(handle: Any, row: type[Any], items: Collection[str]) -> list[int]:
    return [seq for (seq,) in tables.fetch(handle, row.select(row.seq).where(row.item.in_(sorted(items))))]


def _cases(handle: Any, items: Collection[str]) -> list[Case]:
    """The words of a case have its item after the name, or at the beginning where nobody is named; they stand in an index."""
    row, found = tables.CaseRow, dict[str, Case]()
    for item in items:
        query = row.select(row.body).where(_holds(row.words, item.lower()))
        cases = (case_view.read(body) for (body,) in tables.fetch(handle, query))
        found |= {case.id: case for case in cases if case.item in items}
    return list(found.values())


def _calls(handle: Any, item: str) -> list[int]:
    row = tables.RegisterRow
    query = row.select(row.seq).where(row.kind == RegisterKind.INQUIRY.value, row.case == "", _holds(row.words, item))
    return [seq for (seq,) in tables.fetch(handle, query)]


def _holds(words: Any, item: str) -> Any:
    return words.startswith(f"{item} ") | words.contains(f" {item} ")
