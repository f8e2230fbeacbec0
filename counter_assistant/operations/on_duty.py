"""现在谁在岗：离岗一天以上的由谁接替，纸上、清单上写谁（守则 一(八)2、3）.

It follows the entries of the book, so that a return that another window recorded counts at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.registers.handover.away import Away, Handovers, stand_ins
from counter_assistant.domain.registers.handover.roster import with_stand_ins
from counter_assistant.operations.office import Office
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal.entry_readers import content_of

MOST_NAMED = 2
"""So many are named on the line 今天, which has room for no more."""
_KINDS = (EntryKind.HANDOVER, EntryKind.HANDED_BACK, EntryKind.REGISTER_WITHDRAWN)


class _Followed:
    """The handovers of a book up to an entry."""

    def __init__(self) -> None:
        self.handovers, self._through = Handovers(), 0

    def follow(self, book: Book) -> None:
        if book.last_of(*_KINDS) == self._through:
            return
        for entry in book.entries(*_KINDS, after=self._through):
            self.handovers.add(entry.seq, content_of(entry))
            self._through = entry.seq


_FOLLOWED: WeakKeyDictionary[Book, _Followed] = WeakKeyDictionary()


def handovers(office: Office) -> Handovers:
    """The absences of a day or more in the office's book.

    Raises:
        Refusal: what reading the book refuses.
    """
    followed = _FOLLOWED.setdefault(office.book, _Followed())
    followed.follow(office.book)
    return followed.handovers


def away_today(office: Office) -> tuple[Away, ...]:
    """Who is away today, the first to leave first."""
    return tuple(each for each in handovers(office).open if each.on(office.today()))


def away_in_words(office: Office) -> str:
    """李某（王某代）、张某（赵某代）等 3 人: who is away today and who stands in; empty where everybody is there.

    Raises:
        Refusal: what reading the book refuses.
    """
    names, duty = office.profile.clerk_names, on_duty(office)
    everybody = list(dict.fromkeys(each.said.who for each in away_today(office)))
    said = [
        f"{names.get(who, who)}（{there.name}代）" if (there := duty.stand_in(who)) else names.get(who, who)
        for who in everybody[:MOST_NAMED]
    ]
    return listed(said) + (f"等 {len(everybody)} 人" if len(everybody) > MOST_NAMED else "")


class OnDuty(NamedTuple):
    """The office's people as they are there today: `profile` with every post in the hands of whoever acts for its holder, `acting` who acts
    for whom, by staff number."""

    profile: OfficeProfile
    acting: Mapping[str, str]

    def in_charge(self, who: str) -> str:
        """The staff number of whoever is in charge of what is a clerk's."""
        return self.acting.get(who, who)

    def stand_in(self, who: str) -> Clerk | None:
        """Who acts for a clerk; None where nobody does."""
        number = self.acting.get(who, "")
        return next((clerk for clerk in self.profile.clerks if clerk.staff_number == number), None)


def on_duty(office: Office) -> OnDuty:
    """Who is there today. Somebody who has left the office since stands in for nobody: a post is not vacant because of that.

    Raises:
        Refusal: what reading the book refuses.
    """
    names, found = office.profile.clerk_names, stand_ins(handovers(office).open, office.today())
    acting = {who: there for who, there in found.items() if there in names}
    return OnDuty(with_stand_ins(office.profile, acting), acting)
