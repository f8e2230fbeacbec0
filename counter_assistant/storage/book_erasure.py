"""清除：一条记录的内容离开台账，只留下要留的；校验链不断，另有一条记录说明清除了什么."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from counter_assistant.domain.cases.whole_numbers import holds_whole, without_whole
from counter_assistant.domain.entry import ERASURE, Entry, EntryKind, PayloadErased
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of

SAYING_WHY = (EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED, EntryKind.NUMBER_REVEALED)
"""What is done about a paper, by its number, with a reason in somebody's words."""

Append = Callable[[EntryKind, Mapping[str, Any], str], Entry]
"""Writes an entry of a kind, with a payload, under a uuid."""


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
