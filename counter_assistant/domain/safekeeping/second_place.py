"""备份另存的地方：没有插、没有连上的时候怎么说；没有到的，接上以后自己补上."""

from __future__ import annotations

from enum import StrEnum

ONLY_HERE = "只备份在本机；"
BY_ITSELF = "上以后自己补上。"


class Reach(StrEnum):
    """What of the copies on this PC lies in the second place: all of the newest, not all of it, or nobody knows, since the place is away."""

    ALL = "all"
    BEHIND = "behind"
    AWAY = "away"


def away(place: str, *, plugged_in: bool) -> str:
    """That a copy lies on this PC alone, since its second place is away; `plugged_in`: that is where sticks are."""
    if plugged_in:
        return f"{ONLY_HERE}U 盘没有插（放备份的地方不在），插{BY_ITSELF}"
    return f"{ONLY_HERE}放备份的地方（{place}）不在，接{BY_ITSELF}"


def lacking(*, plugged_in: bool) -> str:
    """The same in the few words that the status line has for it."""
    return f"备份还没有放到{' U 盘' if plugged_in else '另存的地方'}"


def before_leaving(place: str, *, plugged_in: bool) -> str:
    """What is said when the window is about to be closed while the second place is away."""
    if plugged_in:
        return "U 盘没有插，新办的只备份在本机：插上再关，自己补上；不插的，再关一次就关上。"
    return f"放备份的地方（{place}）不在，新办的只备份在本机：接上再关，自己补上；不接的，再关一次就关上。"
