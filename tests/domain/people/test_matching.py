"""The same person, perhaps, or not: a name alone is never enough."""

from __future__ import annotations

import pytest

from counter_assistant.domain.people.matching import Person, PersonMatch


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        (Person("岩罕", "1", ""), Person("岩罕", "1", ""), PersonMatch.SAME),
        (Person("岩罕", "1", ""), Person("岩撼", "1", ""), PersonMatch.SAME),
        (Person("岩罕", "1", "138"), Person("岩罕", "2", "138"), PersonMatch.OTHER),
        (Person("岩罕", "", "138"), Person("岩罕", "1", "138"), PersonMatch.SAME),
        (Person("岩罕", "", "138"), Person("岩罕", "", "139"), PersonMatch.POSSIBLE),
        (Person("岩罕"), Person("岩罕"), PersonMatch.POSSIBLE),
        (Person("岩罕", "1"), Person("岩罕"), PersonMatch.POSSIBLE),
        (Person("岩罕", "", "138"), Person("玉罕", "", "138"), PersonMatch.OTHER),
        (Person(""), Person(""), PersonMatch.OTHER),
    ],
)
def test_who_is_who(one: Person, other: Person, match: PersonMatch) -> None:
    assert one.match(other) is match
    assert other.match(one) is match


@pytest.mark.parametrize(
    ("one", "other", "number", "phone"),
    [
        (Person("岩罕", "1"), Person("岩撼", "1"), True, False),
        (Person("岩罕", "1"), Person("岩罕", "1"), False, False),
        (Person("岩罕", "1"), Person("", "1"), False, False),
        (Person("岩罕", ""), Person("岩撼", ""), False, False),
        (Person("岩罕", "1", "138"), Person("玉罕", "2", "138"), False, True),
        (Person("岩罕", "1", "138"), Person("玉罕", "1", "138"), True, False),
        (Person("岩罕", "1", "138"), Person("岩罕", "2", "138"), False, False),
        (Person("岩罕", "1", "138"), Person("玉罕", "2", "139"), False, False),
        (Person("岩罕", "1", "138"), Person("玉罕", "", "138"), False, False),
        (Person("岩罕", "1", ""), Person("玉罕", "2", ""), False, False),
    ],
)
def test_a_number_or_a_phone_under_two_names(one: Person, other: Person, number: bool, phone: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert (first.shares_number(second), first.shares_phone(second)) == (number, phone)
