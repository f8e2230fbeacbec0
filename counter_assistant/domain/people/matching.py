"""是不是同一个人：同名极多，只有姓名相同从不认定。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.domain.typed_text.identity_numbers import compact_number
from counter_assistant.domain.typed_text.phones import one_form


class PersonMatch(Enum):
    """Whether two acts are by the same person: certainly, possibly, or not."""

    SAME = auto()
    POSSIBLE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Person:
    """What a person is recognised by: name, number and phone each in the one form in which they are compared."""

    name: str
    id_number: str = ""
    phone: str = ""

    def match(self, other: Person) -> PersonMatch:
        """Compares two people. Two identity numbers decide; a name needs the same phone, else it is only possible."""
        if self.id_number and other.id_number:
            return PersonMatch.SAME if self.id_number == other.id_number else PersonMatch.OTHER
        if not self.name or self.name != other.name:
            return PersonMatch.OTHER
        return PersonMatch.SAME if self.phone and self.phone == other.phone else PersonMatch.POSSIBLE

    def shares_number(self, other: Person) -> bool:
        """Whether the same identity number is recorded under another name: mistyped, or the name has changed."""
        return bool(self.id_number) and self.id_number == other.id_number and self._named_unlike(other)

    def shares_phone(self, other: Person) -> bool:
        """Whether the same phone is recorded under another name, and different identity numbers show two people."""
        two_people = self.id_number and other.id_number and self.id_number != other.id_number
        return bool(two_people and self.phone) and self.phone == other.phone and self._named_unlike(other)

    def _named_unlike(self, other: Person) -> bool:
        return bool(self.name and other.name) and self.name != other.name


def person_of(applicant: Applicant) -> Person:
    """By what an applicant is recognised, whatever the form in which it was typed."""
    number = compact_number(applicant.id_number)
    return Person(search_key(applicant.name), number, one_form(applicant.phone))
