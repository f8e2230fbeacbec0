"""恢复以前先比一比：现在的台账里有哪些，恢复的一本里会没有."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_assistant.domain.closing.outside_head import OutsideHead, Result
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.witness import compare_heads
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.stored_lines import numbers_of


@dataclass(frozen=True, slots=True)
class Present:
    """What the book says that is there: its head, empty where it cannot be read; how far each series of its numbers is; how many of
    its entries the restored one would not have; and how many that heads kept outside tell of neither of them has."""

    head: str = ""
    numbers: Mapping[str, int] | None = None
    lost: int = 0
    gone: int = 0


def has_people(office: Office) -> bool:
    """Whether anybody has said whose book it is; before that its people are those of the example, and nobody is asked who they are."""
    return office.book.latest(EntryKind.OFFICE_PROFILE) is not None


def is_new(office: Office) -> bool:
    """Whether nothing was done in a book since it was begun, as on a PC on which the program was opened for the first time: nothing of
    it can be lost, and it tells of no number on paper."""
    return office.book.head()[0] <= 1


def numbers_in(office: Office) -> dict[str, int]:
    """How far each series of numbers is."""
    with office.database.query() as handle:
        return numbers_of(handle)


def hold_against(present: Office, made: Office) -> Present:
    """The book that is there, held against the one that would take its place.

    Raises:
        Refusal: what reading a book refuses.
    """
    seq, head = present.book.head()
    lost = 0
    if seq and compare_heads(made, [OutsideHead(seq, head)])[0].result is not Result.SAME:
        lost = seq - _in_common(present, made, min(seq, made.book.head()[0]))
    return Present(f"{seq}:{head}", numbers_in(present), lost)


def lost_at(office: Office) -> datetime | None:
    """When entries were last lost by a restore, so that copies of before may hold what the book has not; None where they never were.

    Raises:
        Refusal: what reading a book refuses.
    """
    restored = office.book.entries(EntryKind.RESTORED)
    return max((entry.time for entry in restored if Restored.from_payload(entry.payload).lost), default=None)


def refuse_loss(present: Present, made: Office) -> None:
    """Asks whether the restored book has everything that the present one has.

    Raises:
        Refusal: `restore-loses`, which names how many entries and which last numbers would be lost.
    """
    if not present.lost:
        return
    there = numbers_in(made)
    ahead = [
        f"{series}：现在到 {last}，恢复的到 {there.get(series, 0)}"
        for series, last in sorted((present.numbers or {}).items())
        if last > there.get(series, 0)
    ]
    numbers = f"（{'；'.join(ahead)}）" if ahead else ""
    raise Refusal(
        "restore-loses",
        f"现在的台账里有 {present.lost} 条记录，恢复的一本里没有{numbers}。",
        "请换一份更新的备份，或者接上流水再恢复；确实要换回去的，加 --over，这些号不会再出。",
    )


def last_numbers_needed(why: str) -> Refusal:
    """The refusal for a restore of which nothing says how far the numbers on paper are."""
    return Refusal(
        "last-numbers-needed",
        f"{why}，不知道纸上已经用到几号。",
        "请照最近几份纸上的编号，每种文书各写一个 --last 编号；备份以后确实没有出过的，加 --over。",
    )


def _in_common(one: Office, other: Office, end: int) -> int:
    """The last entry that two books both have; 0 where they have none, or one of them cannot be read there."""
    low, high = 0, end
    try:
        while low < high:
            middle = (low + high + 1) // 2
            if hash_at(one.database, middle) == hash_at(other.database, middle):
                low = middle
            else:
                high = middle - 1
    except Refusal:
        return 0
    return low
