"""清除：一条记录的内容离开台账，只留下要留的；校验链不断，另有一条记录说明清除了什么."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from counter_assistant.domain.cases.sealed_away import is_sealed_away, left_open
from counter_assistant.domain.cases.whole_numbers import holds_whole, without_whole
from counter_assistant.domain.closing.closing_entry import CLOSINGS, Closed
from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.storage import drafts
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of

SAYING_WHY = (EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED, EntryKind.NUMBER_REVEALED)
"""What is done about a paper, by its number, with a reason in somebody's words."""

Append = Callable[..., Entry]
"""Writes an entry of a kind, with a payload, under a uuid, and with the digest that tells a repeated act."""


@dataclass(frozen=True, slots=True, repr=False)
class SealedAway:
    """What of complaints goes from the open part of a book into the register of their keepers.

    `acts` are the sealed contents by the names of their acts, `seqs` the entries that said it openly. `drafts` are the sealed ones that
    take the place of open ones, and `dropped` the names of those. `by` is the staff number of the keeper, `reason` what the erasures say.
    """

    acts: Mapping[str, SealedContent]
    seqs: Collection[int]
    drafts: Mapping[str, SealedContent]
    dropped: Collection[str]
    by: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Destroyed:
    """What leaves a book on a certificate, once its retention has ended: the entries of matters and those that speak of them, by number; `papers`, the
    numbers of their slips; and `dropped`, the names of drafts. `by` and `second` are the staff numbers of the two who answer for it, `reason` is
    what they wrote, and `copies_by`, YYYY-MM-DD, the day from which on no copy is kept that still says it. `name` gives the number of the n-th
    certificate of a year."""

    seqs: Collection[int]
    papers: frozenset[str]
    dropped: Collection[str]
    by: str
    second: str
    reason: str
    copies_by: str
    name: Callable[[int, int], str]


def leave_numbers(handle: Any, append: Append, seqs: Collection[int]) -> int:
    """Lets the whole numbers of persons leave entries, given by number, and returns how many they have left."""
    left = 0
    for entry in entries.select(handle, tables.Entry.seq.in_(seqs), limit=len(seqs)):
        content = content_of(entry)
        if holds_whole(content):
            _erase(handle, append, entry.seq, entries.without(entry, without_whole(content).to_payload()))
            left += 1
    return left


def seal_away(handle: Any, desk: Any, append: Append, away: SealedAway) -> None:
    """Writes what is sealed, and lets it leave the entries that said it openly, and the drafts, which lie at `desk`. What another window has done so meanwhile
    is passed over. The views are still to be made.

    Raises:
        Refusal: `already-sealed-away`: nothing of a matter is there any more.
    """
    found = entries.select(handle, tables.Entry.seq.in_(tables.listed(away.seqs)), limit=len(away.seqs) or 1)
    open_still = [entry for entry in found if not entry.erased and not is_sealed_away(content_of(entry))]
    if len(open_still) < len(away.seqs):
        raise Refusal("already-sealed-away", "这些刚才在别处改成密封了。", "请再看一遍清单。")
    for act, content in away.acts.items():
        append(EntryKind.COMPLAINT, content.to_payload(), act, digest=act)
    for entry in open_still:
        left = entries.without(entry, left_open(content_of(entry)))
        _let_leave(handle, append, entry, replace(left, by=away.by, reason=away.reason))
    for name in away.dropped:
        drafts.drop_of_act(desk, name)
    for act, content in away.drafts.items():
        drafts.put_sealed(desk, act, content)


def destroy(handle: Any, desk: Any, append: Append, gone: Destroyed, year: int) -> str:
    """Lets everything leave that a certificate names, with the drafts, which lie at `desk`, and the reasons that closings repeat. The views are still to
    be made. Returns the certificate's number, the next one of the `year`.

    Raises:
        Refusal: `already-erased`: another window has done it meanwhile.
    """
    found = entries.select(handle, tables.Entry.seq.in_(tables.listed(gone.seqs)), limit=len(gone.seqs) or 1)
    if any(entry.erased or is_sealed_away(content_of(entry)) for entry in found) or len(found) < len(gone.seqs):
        raise Refusal("already-erased", "其中有的刚才在别处销毁了。", "请再看一遍清单。")
    number = gone.name(year, len(certificates(handle, year)) + 1)
    why = PayloadErased({}, None, gone.reason, gone.by, gone.second, number, gone.copies_by)
    closings = [entry for kind in sorted(CLOSINGS) for entry in entries.walk(handle, tables.Entry.kind == kind)]
    for entry in (*found, *closings):
        content = content_of(entry)
        if not isinstance(content, Closed):
            left = left_open(content, DESTROYED)
        elif content.gives_reason(gone.papers):
            left = content.without_reasons(gone.papers).to_payload()
        else:
            continue
        erased = entries.without(entry, left)
        _let_leave(handle, append, entry, replace(why, kept=erased.kept, of=erased.of))
    for name in gone.dropped:
        drafts.drop_of_act(desk, name)
    return number


def certificates(handle: Any, year: int) -> set[str]:
    """The numbers of the certificates of a year."""
    row = tables.Entry
    of_year = (row.kind == EntryKind.PAYLOAD_ERASED, row.time >= f"{year}-01-01", row.time < f"{year + 1}-01-01")
    said = (PayloadErased.from_payload(entry.payload) for entry in entries.walk(handle, *of_year) if not entry.erased)
    return {one.certificate for one in said if one.certificate}


def _let_leave(handle: Any, append: Append, entry: Entry, left: PayloadErased) -> None:
    """Leaves of an entry only some of what it says. Where something has left it before, what it says stands in the entry that said so,
    and leaves that."""
    before = entries.select(handle, tables.Entry.uuid == f"{ERASURE}{entry.seq}")
    if not before:
        _erase(handle, append, entry.seq, left)
        return
    earlier = replace(PayloadErased.from_payload(before[0].payload), kept=left.kept)
    again = entries.without(before[0], earlier.to_payload())
    _let_leave(handle, append, before[0], replace(left, kept=again.kept, of=again.of))


def _erase(handle: Any, append: Append, seq: int, erased: PayloadErased) -> None:
    append(EntryKind.PAYLOAD_ERASED, erased.to_payload(), f"{ERASURE}{seq}")
    entries.drop_content(handle, seq)
