"""一段日子里的告知与办结，和此前同一个人、同一件的：从 `telling` 一表查出."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import starmap
from typing import Any

from counter_assistant.domain.notification.tellings import Telling
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import tables
from counter_assistant.storage.orm import peewee


def tellings_between(
    database: Engine, first: date, after: date, within: timedelta
) -> tuple[list[Telling], list[Telling]]:
    """The acts recorded from one day on and before another, and those that they may go on with; in the book's order.

    The latter are entered before all of the former, at most `within` earlier than the first of them, and by the same
    persons (by what lies under the terms of people.py) or the beginnings of their cases.
    """
    row = tables.Telling
    with database.reading() as handle:
        now = _tellings(handle, _between(row, first, after))
        if not now:
            return [], []
        recent = row.recorded >= (date.fromisoformat(now[0].recorded) - within).isoformat()
        # Entries of many years lie under a term; which of them are recent is known sooner by their numbers than by their days.
        ((since,),) = tables.fetch(handle, row.select(peewee.fn.MIN(row.seq)).where(recent))
        before = _tellings(handle, row.seq.in_(_gone_on_with(first, after, since, now[0].seq)), recent)
    return before, now


def _between(row: Any, first: date, after: date) -> Any:
    return (row.recorded >= first.isoformat()) & (row.recorded < after.isoformat())


def _gone_on_with(first: date, after: date, since: int, begins: int) -> Any:
    """A query for the entries from `since` on and before `begins` that the acts of some days may go on with."""
    term, now = tables.Term, tables.Telling.alias()
    days = _between(now, first, after)
    of_number, of_name = (
        term.select(term.entry).join(now, on=(term.term == under)).where(days, term.entry >= since, term.entry < begins)
        for under in (now.number, now.named)
    )
    return of_number | of_name | now.select(now.began).where(days, now.began < begins)


def _tellings(handle: Any, *conditions: Any) -> list[Telling]:
    row = tables.Telling
    return list(starmap(Telling, tables.fetch(handle, row.select().where(*conditions).order_by(row.seq))))
