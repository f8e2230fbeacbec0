"""什么时候备份：下班以后、退出时、隔了一天；什么时候提醒."""

from __future__ import annotations

from datetime import datetime, timedelta

DAY = timedelta(days=1)
EVENING = 18
"""From this hour a day's work is taken to be done."""
HALF_HOUR = timedelta(minutes=30)
"""How often what is new since the last full copy is put beside it."""
AGAIN = timedelta(hours=1)
"""How long nothing is tried after a try that did not succeed."""


def is_due(now: datetime, last: datetime | None, *, changed: bool, leaving: bool = False) -> bool:
    """Whether a full copy is to be made now: the `last` one was made then, and `changed` says that the book is not what it was.

    That is so once a day has passed, and where something has changed, on leaving and in the evening. A copy from the future
    is none: the clock was wrong then or is now.
    """
    if last is None or last > now or now - last >= DAY:
        return True
    return changed and (
        leaving or (now.hour >= EVENING and last < now.replace(hour=EVENING, minute=0, second=0, microsecond=0))
    )


def are_lines_due(now: datetime, last: datetime, *, changed: bool) -> bool:
    """Whether what is new is to be put beside the last full copy now, which was done `last`."""
    return changed and (last > now or now - last >= HALF_HOUR)


def is_overdue(now: datetime, last_verified: datetime | None) -> bool:
    """Whether somebody has to be told: there is no verified copy, or none of the last day and an hour to make it in."""
    return last_verified is None or now - last_verified >= DAY + AGAIN
