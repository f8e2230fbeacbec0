"""How many years whole numbers are kept, by the example or as the office decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.people.number_keeping import (
    EXAMPLE_YEARS,
    MOST_YEARS,
    Keeping,
    begun_before,
    last_day,
    years_of,
)
from counter_assistant.domain.people.office_profile import OfficeProfile, check_profile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program


def test_the_example_holds_until_the_office_decides() -> None:
    assert EXAMPLE_YEARS.keys() == set(Keeping)
    assert years_of(Keeping.PAPER, {}) == 10
    assert years_of(Keeping.PAPER, {"paper": 5}) == 5
    assert years_of(Keeping.FILE, {"paper": 5}) == 30
    assert len({keeping.label for keeping in Keeping} | {keeping.short for keeping in Keeping}) == 2 * len(Keeping)


@pytest.mark.parametrize(
    ("ended", "years", "last"),
    [
        (date(2026, 11, 23), 10, date(2036, 11, 23)),
        (date(2028, 2, 29), 3, date(2031, 3, 1)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
    ],
)
def test_the_last_day_is_the_same_day_years_later(ended: date, years: int, last: date) -> None:
    assert last_day(ended, years) == last


@pytest.mark.parametrize("today", [date(2036, 11, 24), date(2036, 2, 29), date(2037, 3, 1)])
def test_what_began_later_cannot_have_ended(today: date) -> None:
    """GIVEN a matter that ended on the day it began WHEN its last day has passed THEN it began before that day, and none later did."""
    begun = begun_before(today, 10)
    days = [date.fromordinal(begun.toordinal() + n) for n in range(-3, 3)]
    assert [day for day in days if last_day(day, 10) < today and day >= begun] == []
    assert last_day(days[0], 10) < today


@pytest.mark.parametrize("years", [0, -1, MOST_YEARS + 1])
def test_years_that_cannot_be_are_refused(years: int) -> None:
    with pytest.raises(Refusal, match="1 到 60"):
        check_profile(replace(program().example_profile, number_years={"paper": years}))


def test_the_profile_carries_them() -> None:
    profile = replace(program().example_profile, number_years={"paper": 5, "inquiry": 1})
    check_profile(profile)
    assert OfficeProfile.from_payload(profile.to_payload()).number_years == {"paper": 5, "inquiry": 1}


@pytest.mark.parametrize("years", [0, 61])
def test_the_years_of_records_are_within_what_can_be_meant(years: int) -> None:
    with pytest.raises(Refusal) as refusal:
        check_profile(replace(program().example_profile, record_years={"file": years}))
    assert refusal.value.code == "bad-record-years"


def test_the_years_of_records_stand_beside_those_of_numbers() -> None:
    profile = replace(program().example_profile, record_years={"file": 1, "paper": 60})
    check_profile(profile)
    assert OfficeProfile.from_payload(profile.to_payload()).record_years == {"file": 1, "paper": 60}
    assert program().example_profile.record_years == {}
