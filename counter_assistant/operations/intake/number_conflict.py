"""号码上次登记在别的姓名下：出具之前问一次，核对过的写进台账."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter_assistant.domain.people.matching import Person
from counter_assistant.storage.views.acts import Act


class SharedBy(StrEnum):
    """Which number is recorded under two names."""

    ID_NUMBER = "id_number"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"id_number": "号码", "phone": "电话"}[self.value]


@dataclass(frozen=True, slots=True)
class KnownAs:
    """That a number, now given for `now`, was last recorded under another `name`, by the entry `seq`.

    No clerk has confirmed it since. With another `now` it is a new question, to be read again.
    """

    by: SharedBy
    seq: int
    name: str
    time: datetime
    now: str


def known_as(person: Person, by_number: Sequence[Act], by_phone: Sequence[Act]) -> tuple[KnownAs, ...]:
    """What has to be asked about a person's numbers. The acts with each number come newest first, without void ones.

    The last name with an identity number counts, unless a clerk has confirmed that it belongs to both names.
    """
    found = []
    last = next((act for act in by_number if act.person.name), None)
    if last and person.shares_number(last.person) and not _confirmed(person.name, last, by_number):
        found.append(_of(SharedBy.ID_NUMBER, last, person))
    if other := next((act for act in by_phone if person.shares_phone(act.person)), None):
        found.append(_of(SharedBy.PHONE, other, person))
    return tuple(found)


def _of(by: SharedBy, act: Act, person: Person) -> KnownAs:
    return KnownAs(by, act.seq, act.applicant.name, act.time, person.name)


def _confirmed(name: str, last: Act, acts: Sequence[Act]) -> bool:
    """Whether one of these acts was confirmed in spite of an act with the other name."""
    names = {act.seq: act.person.name for act in acts}
    pairs = ({act.person.name, names.get(act.facts.confirmed.get("id_number", 0), "")} for act in acts)
    return {name, last.person.name} in pairs
