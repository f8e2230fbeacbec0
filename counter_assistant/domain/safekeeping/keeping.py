"""留哪几份备份：七天、五周、十二个月，不超过定下的空间；最近一份核对过的、别处没有的从不删去."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from counter_assistant.domain.safekeeping.full_copy import FullCopy, State

CAP = 8 << 30
"""How much room the copies of one place take at most, in bytes, unless an office says otherwise."""
UPGRADE_TRIED = timedelta(days=7)
"""How long the last copy of the version before stays after an upgrade."""
RESTORE_TRIED = timedelta(days=30)
"""How long the copy stays that a book was restored from."""

_SPANS: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (lambda time: time.date(), 7),
    (lambda time: time.isocalendar()[:2], 5),
    (lambda time: (time.year, time.month), 12),
)


def to_drop(
    copies: Iterable[FullCopy],
    cap: int = CAP,
    cut: datetime | None = None,
    holds: Callable[[FullCopy], bool] = lambda _: False,
) -> list[FullCopy]:
    """The copies of one place that are not kept any more, the oldest first. Of those of one second the later one in `copies` is the newer.

    Kept is one of each of the last 7 days, 5 weeks and 12 months that have one: the newest that was verified, else the newest. Of
    these the oldest go until the rest takes `cap` bytes at most. The last verified one always stays, and the newest one too,
    which may wait to be verified; so does the last one that an older version of the program made, until a week after the first of this one.
    What a caller `holds` stays too, and stands for no day: what is not in the newest copy is nowhere else. One that was found unsound goes
    once a later one is verified; one that anybody can read, once a later one that is sealed is. One that was made up to the moment `cut`
    says what was destroyed since: it goes once a later one is verified, whoever holds it.
    """
    newest_first = sorted(copies, key=lambda copy: copy.made)[::-1]
    others = [copy for copy in newest_first if not holds(copy)]
    verified = [copy for copy in others if copy.state is State.VERIFIED]
    usable = [copy for copy in others if not _is_past(copy, verified, cut)]
    held = [copy for copy in newest_first if holds(copy) and not _is_cut(copy, verified, cut)]
    always = {id(copy) for copy in (*held, *usable[:1], *verified[:1], *_before_upgrade(usable))}
    kept = [copy for copy in newest_first if id(copy) in always | _of_spans(usable)]
    for copy in reversed(list(kept)):
        if sum(each.size for each in kept) <= cap:
            break
        if id(copy) not in always:
            kept.remove(copy)
    staying = {id(copy) for copy in kept}
    return [copy for copy in reversed(newest_first) if id(copy) not in staying]


def _before_upgrade(newest_first: list[FullCopy]) -> list[FullCopy]:
    """The last copy that an older version made, where this one has been at work for less than a week."""
    for later, copy in pairwise(newest_first):
        if copy.program != newest_first[0].program:
            return [copy] if newest_first[0].made - later.made < UPGRADE_TRIED else []
    return []


def last_verified(copies: Iterable[FullCopy]) -> FullCopy | None:
    """The newest copy that was verified; None where there is none."""
    return max((copy for copy in copies if copy.state is State.VERIFIED), key=lambda copy: copy.made, default=None)


def _is_cut(copy: FullCopy, verified: list[FullCopy], cut: datetime | None) -> bool:
    return cut is not None and copy.made <= cut and any(each.made > cut for each in verified)


def _is_past(copy: FullCopy, verified: list[FullCopy], cut: datetime | None) -> bool:
    later = [each for each in verified if each.made > copy.made]
    if _is_cut(copy, verified, cut):
        return True
    if copy.state is State.UNSOUND:
        return bool(later)
    return not copy.key and any(each.key for each in later)


def _of_spans(newest_first: list[FullCopy]) -> set[int]:
    found = set()
    for span, most in _SPANS:
        groups: dict[object, FullCopy] = {}
        for copy in newest_first:
            held = groups.setdefault(span(copy.made), copy)
            if held.state is not State.VERIFIED and copy.state is State.VERIFIED:
                groups[span(copy.made)] = copy
        found |= {id(copy) for copy in list(groups.values())[:most]}
    return found
