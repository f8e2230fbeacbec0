"""清除：一条记录的内容离开台账，只留下要留的；校验链不断，另有一条记录说明清除了什么."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from counter_assistant.domain.cases.sealed_away import is_sealed_away, left_open
from counter_assistant.domain.cases.whole_numbers import holds_whole, without_whole
from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
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


def leave_numbers(handle: Any, append: Append, seqs: Collection[int]) -> int:
    """Lets the whole numbers of persons leave entries, given by number, and returns how many they have left."""
    left = 0
    for entry in entries.select(handle, tables.Entry.seq.in_(seqs), limit=len(seqs)):
        content = content_of(entry)
        if holds_whole(content):
            _erase(handle, append, entry.seq, entries.without(entry, without_whole(content).to_payload()))
            left += 1
    return left


def erase_slips(handle: Any, append: Append, erased: Mapping[int, PayloadErased]) -> None:
    """Erases what slips say, given by the number of their entries, and the reasons for what was done about them.

    Raises:
        Refusal: `already-erased`: another window has done it meanwhile.
    """
    for seq, kept in erased.items():
        _erase_rest(handle, append, seq, kept)
        _leave_reasons(handle, append, kept.kept["card"]["number"])


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


def _let_leave(handle: Any, append: Append, entry: Entry, left: PayloadErased) -> None:
    """Leaves of an entry only some of what it says. Where something has left it before, what it says stands in the entry that said so,
    and leaves that."""
    before = entries.select(handle, tables.Entry.uuid == f"{ERASURE}{entry.seq}")
    if not before:
        _erase(handle, append, entry.seq, left)
        return
    earlier = replace(PayloadErased.from_payload(before[0].payload), kept=left.kept)
    again = entries.without(before[0], earlier.to_payload())
    _let_leave(handle, append, before[0], replace(again, by=left.by, reason=left.reason))


def _erase_rest(handle: Any, append: Append, seq: int, erased: PayloadErased) -> None:
    """Erases what an entry says, or what is left of it where something has left it already."""
    while before := entries.select(handle, tables.Entry.uuid == f"{ERASURE}{seq}"):
        if PayloadErased.from_payload(before[0].payload).of is None:
            raise Refusal("already-erased", "这一份刚才在别处清除了。", "不用再清除。")
        seq = before[0].seq
    _erase(handle, append, seq, erased)


def _leave_reasons(handle: Any, append: Append, number: str) -> None:
    """Lets the words leave in which somebody said why a paper was voided, reprinted or looked at: they may name its person."""
    for entry in entries.walk(handle, tables.Entry.kind.in_(SAYING_WHY)):
        content = None if entry.erased else content_of(entry)
        if content is not None and content.number == number and content.reason:
            _erase(handle, append, entry.seq, entries.without(entry, replace(content, reason="").to_payload()))


def _erase(handle: Any, append: Append, seq: int, erased: PayloadErased) -> None:
    append(EntryKind.PAYLOAD_ERASED, erased.to_payload(), f"{ERASURE}{seq}")
    entries.drop_content(handle, seq)
