"""结账：一天、一月、一年的记录数清楚，写成台账里的一条，台账头也写在里面；打印出来签字.

A day is closed once. What is recorded afterwards belongs to the next closing, and is told the next morning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from weakref import WeakKeyDictionary

from counter_assistant.domain.closing.closing_entry import CLOSINGS, Closed, Period, last_day
from counter_assistant.domain.closing.figures import Figures, Tally, ends_of, total
from counter_assistant.domain.closing.open_days import (
    ClosedSoFar,
    OpenDays,
    Standing,
    Stretch,
    refuse_unfinished,
    to_close,
)
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.kit.kits import blanks_out
from counter_assistant.operations.office import Office
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.safekeeping.heads import hash_at, stamps_after

ACT = "book:closing:"
"""How the `uuid` of a closing begins; its period and name follow, so that two windows do not close the same day."""
BEFORE_CLOSING = timedelta(minutes=30)


class _Followed:
    """The open days of a book up to an entry."""

    def __init__(self) -> None:
        self._closings, self._latest = -1, list[Closed]()
        self._days: OpenDays | None = None

    def follow(self, office: Office, today: date) -> OpenDays:
        """The open days, with what the book says since."""
        closings = office.book.last_of(*CLOSINGS)
        if closings != self._closings:
            latest = [closed for period in Period if (closed := _latest(office, period))]
            self._closings, self._latest, self._days = closings, latest, None
        so_far = self._so_far(today)
        if self._days is None or so_far != self._days.closed:
            self._days = OpenDays(so_far, stamps_after(office.database, so_far.last if so_far else 0), today)
        else:
            for stamp in reversed([*stamps_after(office.database, self._days.end)]):
                self._days.add(stamp)
        return self._days

    def _so_far(self, today: date) -> ClosedSoFar | None:
        """What is closed. A closing of a day to come, by a clock that was wrong then, closes no day from today on."""
        if not self._latest:
            return None
        last, through = max(one.last for one in self._latest), max(one.through for one in self._latest)
        return ClosedSoFar(last, through if through <= today else today - timedelta(days=1))


_FOLLOWED: WeakKeyDictionary[Book, _Followed] = WeakKeyDictionary()


def standing(office: Office) -> Standing:
    """How the closings stand today."""
    today = office.today()
    return _FOLLOWED.setdefault(office.book, _Followed()).follow(office, today).standing(today)


def day_due(office: Office) -> date:
    """The day that is to be closed now: the first earlier one that is open, else today."""
    today = office.today()
    earlier = standing(office).earlier(today)
    return earlier.day if earlier else today


def to_close_in_words(office: Office) -> str:
    """待日结 11月20日, 结账以后又有 3 条: what is told of the closings the next morning; empty where nothing is."""
    stands, today = standing(office), office.today()
    if earlier := stands.earlier(today):
        return f"待日结 {earlier.day.month}月{earlier.day.day}日"
    return f"结账以后又有 {stands.late} 条" if stands.late and stands.closed and stands.closed.through < today else ""


def is_over(office: Office, period: Period, name: str) -> bool:
    """Whether a period is at its end, so that whoever asks for its closing means it: of today, from `BEFORE_CLOSING` before the time at
    which the office closes."""
    if period is not Period.DAY or name != office.today().isoformat():
        return True
    hour, minute = office.profile.closing_time.split(":")
    now = office.clock()
    return now >= now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0) - BEFORE_CLOSING


def period_due(office: Office, period: Period) -> str:
    """The period that is to be closed now: that of `day_due`, or the last month or year that is over."""
    if period is Period.DAY:
        return day_due(office).isoformat()
    today = office.today()
    name = period.name_of(today)
    if last_day(period, name) > today:
        begun = date.fromisoformat(f"{name}-01" if period is Period.MONTH else f"{name}-01-01")
        name = period.name_of(begun - timedelta(days=1))
    return name


def preview(office: Office, period: Period, name: str) -> Closed:
    """What the closing of a period would say now. Nothing is recorded.

    Raises:
        Refusal: what `to_close` and `refuse_unfinished` refuse; `period-closed`, `nothing-to-close`.
    """
    who = office.profile.clerk("")
    if period is Period.DAY:
        stretch = to_close(standing(office), date.fromisoformat(name), office.today())
        return _made(office, period, name, stretch, 1, _figures(office, stretch), who.staff_number, who.name)
    _refuse_closed(office, period, name)
    refuse_unfinished(period, name, standing(office), office.today())
    days = [closed for closed, _ in closings(office) if period.name_of(closed.through) == name]
    if not days:
        raise Refusal("nothing-to-close", f"{name} 没有一天结过账。", "请先做日结。")
    stretch = Stretch(days[-1].through, days[0].first, days[-1].last, sum(day.late for day in days))
    figures = total(day.figures for day in days)
    return _made(office, period, name, stretch, len(days), figures, who.staff_number, who.name)


def close(office: Office, period: Period, name: str, clerk: str = "") -> tuple[Closed, Entry]:
    """Closes a day, a month or a year: an entry that says what it holds.

    Raises:
        Refusal: `clock-doubtful`; what `preview` and `Office.permit` refuse.
    """
    who = office.permit(Permission.CLOSE if period is Period.DAY else Permission.CLOSE_PERIOD, clerk)
    office.book.require_sound_clock()
    closed = preview(office, period, name)
    payload = closed.to_payload() | {"clerk": who.staff_number, "clerk_name": who.name}
    entry = office.book.append(period.kind, payload, uuid=f"{ACT}{period}:{name}")
    return Closed.from_payload(entry.payload), entry


def find(office: Office, period: Period, name: str) -> tuple[Closed, Entry]:
    """The closing of a period.

    Raises:
        Refusal: `not-closed`.
    """
    entry = office.book.find(f"{ACT}{period}:{name}")
    if entry is None:
        raise Refusal("not-closed", f"{name} 还没有结账。", "请先结账，再打印。")
    return Closed.from_payload(entry.payload), entry


def closings(office: Office, period: Period = Period.DAY) -> Iterator[tuple[Closed, Entry]]:
    """Every closing of a kind of period, oldest first."""
    return ((Closed.from_payload(entry.payload), entry) for entry in office.book.entries(period.kind))


def _latest(office: Office, period: Period) -> Closed | None:
    entry = office.book.latest(period.kind)
    return Closed.from_payload(entry.payload) if entry else None


def _refuse_closed(office: Office, period: Period, name: str) -> None:
    if office.book.find(f"{ACT}{period}:{name}"):
        raise Refusal("period-closed", f"{name} 已经结过账了。", "要看它的数，请重新打印。")


def _figures(office: Office, stretch: Stretch) -> Figures:
    """What the entries of a stretch hold; a gap is seen from the last number that an earlier closing knows."""
    ends: dict[str, int] = {}
    for closed, _ in closings(office):
        ends |= ends_of(closed.figures)
    tally = Tally(ends)
    entries = office.book.entries(after=stretch.first - 1)
    for entry in takewhile(lambda entry: entry.seq <= stretch.last, entries):
        tally.add(entry.kind, content_of(entry) if entry.kind in COUNTED else None)
    return tally.figures()


COUNTED = frozenset((EntryKind.SLIP_ISSUED, EntryKind.SERIES_STARTED, EntryKind.SLIP_VOIDED, EntryKind.SLIP_REPRINTED))
"""The kinds of which more than their number is told."""


def _made(
    office: Office, period: Period, name: str, stretch: Stretch, days: int, figures: Figures, number: str, clerk: str
) -> Closed:
    head, profile = hash_at(office.database, stretch.last), office.profile
    place = (profile.unit, profile.branch, profile.installation_code)
    left = tuple(one.paper.number for one in office.prints.unprinted())
    return Closed(
        period, name, stretch.first, stretch.last, head, stretch.late, days, figures, number, clerk, *place, left,
        len(blanks_out(office)),
    )  # fmt: skip
