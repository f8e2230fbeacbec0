"""电脑的时钟准不准：比台账早、隔得太久、不是北京时间，都先问一声，问过的记入台账.

A number's year, the printed time and every deadline rest on one reading of the PC's clock, which may be wrong after a
flat battery or a wrong setting. So a reading is compared with the time of the book's last entry. The order of entries
comes from the chain and not from the clock: a confirmed reading changes nothing of what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

Now = Callable[[], datetime]
"""Returns the present time with its UTC offset."""
PROGRAM_DATE = date(2026, 11, 1)
"""No version of the program that records confirmations of the clock is older."""
LONGEST_LIFE = timedelta(days=15 * 366)
"""A clock further ahead of `PROGRAM_DATE` is doubted: no version is in use for that long."""
LONGEST_PAUSE = timedelta(days=31)
"""After a longer gap in the book the time has to be confirmed; the longest holiday has nine days."""
BEIJING = timedelta(hours=8)


class ClockFault(StrEnum):
    """What is doubtful about a reading."""

    BACK = "back"
    BEFORE_THE_PROGRAM = "before_the_program"
    AHEAD = "ahead"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """A reading of the clock that must be confirmed. `last` is the time of the book's last entry; None in a new book. `of_server`: it is
    the server's clock that was read, with the zone of this PC."""

    fault: ClockFault
    now: datetime
    last: datetime | None
    of_server: bool = field(default=False, compare=False)

    @property
    def mended_by(self) -> str:
        """What is done about it where the reading is wrong."""
        return "等一会儿再办，还不对的请服务器的管理员改正" if self._is_the_servers else "请先改正电脑时间"

    @property
    def _is_the_servers(self) -> bool:
        """Whether what is wrong is the server's, and not the zone of this PC."""
        return self.of_server and self.fault is not ClockFault.ZONE

    @property
    def in_words(self) -> str:
        """What is doubtful, in one sentence."""
        shown = f"{'服务器' if self._is_the_servers else '电脑'}时间是{_shown(self.now)}"
        match self.fault:
            case ClockFault.BACK:
                return f"{shown}，比台账最后一条记录（{_shown(self.last)}）还早。"
            case ClockFault.BEFORE_THE_PROGRAM:
                return f"{shown}，比本程序还早。"
            case ClockFault.AHEAD if self.last:
                return f"{shown}，离台账最后一条记录（{_shown(self.last)}）已有{(self.now - self.last).days}天。"
            case ClockFault.AHEAD:
                return f"{shown}，晚得不像是真的。"
            case ClockFault.ZONE:  # pragma: no branch - the last kind there is
                return f"{shown}，时区是{self.now:%z}，不是北京时间（+0800）。"


@dataclass(frozen=True, slots=True)
class ClockConfirmed:
    """确认电脑时间 (`clock_confirmed`): somebody checked a doubtful time and found it right."""

    doubt: ClockDoubt
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        now, last = self.doubt.now.isoformat(), self.doubt.last.isoformat() if self.doubt.last else ""
        return {"fault": self.doubt.fault.value, "now": now, "last": last, "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ClockConfirmed:
        """What `to_payload` wrote."""
        last = datetime.fromisoformat(payload["last"]) if payload["last"] else None
        doubt = ClockDoubt(ClockFault(payload["fault"]), datetime.fromisoformat(payload["now"]), last)
        return cls(doubt, payload["clerk"])


def doubt_of(now: datetime, last: datetime | None, *, early_confirmed: bool = False) -> ClockDoubt | None:
    """What is doubtful about a reading, compared with the book's last entry; None where nothing is.

    A zone other than Beijing's is asked about once, since the confirmation is an entry in that zone. `early_confirmed`:
    a time before `PROGRAM_DATE` has been confirmed, and the clock has not gone back since.
    """
    if last is not None and now < last:
        return ClockDoubt(ClockFault.BACK, now, last)
    if now.utcoffset() != BEIJING and (last is None or last.utcoffset() != now.utcoffset()):
        return ClockDoubt(ClockFault.ZONE, now, last)
    if now.date() < PROGRAM_DATE and not early_confirmed:
        return ClockDoubt(ClockFault.BEFORE_THE_PROGRAM, now, last)
    if last is None:
        return ClockDoubt(ClockFault.AHEAD, now, last) if now.date() > PROGRAM_DATE + LONGEST_LIFE else None
    return ClockDoubt(ClockFault.AHEAD, now, last) if now - last > LONGEST_PAUSE else None


def _shown(moment: datetime | None) -> str:
    assert moment is not None
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"
