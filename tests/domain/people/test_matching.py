"""The same person, perhaps, or not: a name alone is never enough."""

from __future__ import annotations

import pytest

from counter_assistant.domain.people.matching import Likeness, Person


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (Person("岩罕", "1", ""), Person("岩罕", "1", ""), Likeness.SAME),
        (Person("岩罕", "1", ""), Person("岩撼", "1", ""), Likeness.SAME),
        (Person("岩罕", "1", "138"), Person("岩罕", "2", "138"), Likeness.OTHER),
        (Person("岩罕", "", "138"), Person("岩罕", "1", "138"), Likeness.SAME),
        (Person("岩罕", "", "138"), Person("岩罕", "", "139"), Likeness.POSSIBLE),
        (Person("岩罕"), Person("岩罕"), Likeness.POSSIBLE),
        (Person("岩罕", "1"), Person("岩罕"), Likeness.POSSIBLE),
        (Person("岩罕", "", "138"), Person("玉罕", "", "138"), Likeness.OTHER),
        (Person(""), Person(""), Likeness.OTHER),
    ],
)
def test_who_is_who(one: Person, other: Person, likeness: Likeness) -> None:
    assert one.likeness(other) is likeness
    assert other.likeness(one) is likeness


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
