"""保存期满的整个号码离开台账：一次几条，自己进行，不问经办人；纸上遮过的样子和其余内容都还在."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from counter_assistant.domain.calendar.system_clock import ClockConfirmed, ClockFault
from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.cases.entry_acts import case_of
from counter_assistant.domain.cases.whole_numbers import KEEPING, Numbered, holds_whole, keeping_of
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_keeping import Keeping, begun_before, last_day, years_of
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.counter_forms.keeping import mask_closed
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.whole_numbers import others_before, papers_before

AFTER_A_JUMP = timedelta(days=30)
"""So long after somebody confirmed that a clock far ahead is right nothing expires: one person alone moves no term."""
AT_ONCE = 5
"""So many entries are written with one commit: a key that is pressed meanwhile waits for it."""


def leave_expired(office: Office) -> Stoppable[int]:
    """Lets the whole numbers leave every entry whose term for them has ended, and returns how many those were.

    The term begins when the matter is closed; numbers of an open case stay, and all of them for a month after the clock was far ahead. A draft that nobody has touched for as long as those of an
    inquiry are kept is thrown away. What was asked for the forms of a case keeps its numbers until the case is over.

    Raises:
        Refusal: `clock-doubtful`.
    """
    office.book.require_sound_clock()
    today, left, due = office.today(), 0, list[int]()
    if clock_has_jumped(office):
        return 0
    for seen, entry in enumerate(_old_enough(office, today), 1):
        if _has_expired(office, entry, today):
            due.append(entry.seq)
        if len(due) == AT_ONCE:
            left += office.book.leave_numbers(due)
            due.clear()
        yield Reached(seen, seen + 1)
    mask_closed(office)
    office.drafts.drop_before(begun_before(today, years_of(Keeping.INQUIRY, office.profile.number_years)))
    return left + office.book.leave_numbers(due)


def clock_has_jumped(office: Office) -> bool:
    """Whether the clock was far ahead of the book not long ago, and somebody said that it is right."""
    entry = office.book.latest(EntryKind.CLOCK_CONFIRMED)
    ahead = entry is not None and ClockConfirmed.from_payload(entry.payload).doubt.fault is ClockFault.AHEAD
    return ahead and entry is not None and office.clock() - entry.time < AFTER_A_JUMP


def _old_enough(office: Office, today: date) -> Iterator[Entry]:
    for keeping in Keeping:
        day = begun_before(today, years_of(keeping, office.profile.number_years))
        kinds = [kind for kind, kept in KEEPING.items() if kept is keeping]
        yield from papers_before(office.database, [kind for kind in kinds if isinstance(kind, SlipKind)], day)
        for kind in kinds:
            if isinstance(kind, EntryKind):
                yield from others_before(office.database, kind, day)


def _has_expired(office: Office, entry: Entry, today: date) -> bool:
    content = content_of(entry)
    return holds_whole(content) and term_has_ended(office, entry, content, today)


def term_has_ended(office: Office, entry: Entry, content: Numbered, today: date) -> bool:
    """Whether what an entry says of a person need not be kept any longer; never while its case is open."""
    if (ended := _ended(office, entry, content)) is None:
        return False
    return last_day(ended, years_of(keeping_of(entry.kind, content), office.profile.number_years)) < today


def _ended(office: Office, entry: Entry, content: object) -> date | None:
    """The day on which the matter ended; that of the entry where it belongs to no case, None while its case is open."""
    act = act_in(content)
    case = office.cases.get(case_of(entry, act)) if act else None
    return case.closed if case else entry.time.date()
