"""带班安排：轮着排，写过的算数。"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from counter_assistant.domain.displays.rota import LONGEST_NAME, OnDuty, known, leaders, rota
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal

MONDAY = date(2026, 11, 30)
WEEK = [MONDAY + timedelta(days=at) for at in range(5)]


def clerk(number: str, name: str, *roles: Role) -> Clerk:
    return Clerk(number, name, "", "", "", "", roles=tuple(roles))


A, B, C = clerk("1", "甲", Role.SUPERVISOR), clerk("2", "乙", Role.SUPERVISOR, Role.CLERK), clerk("3", "丙", Role.CLERK)
OFFICE = OfficeProfile("", "", "", "", "", "", "", "", clerks=(A, C, B))


def test_who_was_given_the_role_leads_in_the_office_s_order() -> None:
    assert leaders(OFFICE) == (A, B)


def test_the_turn_goes_on_from_week_to_week() -> None:
    weeks = [rota([day + timedelta(weeks=n) for day in WEEK], (A, B), {}) for n in range(4)]
    names = [one.name for week in weeks for one in week]
    assert all(one != other for one, other in pairwise(names))
    assert Counter(names) == {"甲": 10, "乙": 10}
    assert [one.day for one in weeks[0]] == WEEK


def test_what_was_typed_before_counts_even_where_it_was_emptied() -> None:
    days = rota(WEEK, (A,), {WEEK[1]: "丁", WEEK[3]: ""})
    assert [one.name for one in days] == ["甲", "丁", "甲", "", "甲"]


def test_where_nobody_was_given_the_role_the_names_stay_open() -> None:
    assert [one.name for one in rota(WEEK, (), {})] == [""] * 5
    assert rota([], (A,), {}) == ()


def test_a_day_is_read_out_with_its_weekday() -> None:
    assert OnDuty(MONDAY).day_in_words == "11月30日 周一"


def test_a_name_that_cannot_be_printed_is_refused_with_its_day() -> None:
    assert OnDuty(MONDAY, "长" * LONGEST_NAME).name
    with pytest.raises(Refusal, match="11月30日 周一带班的姓名"):
        OnDuty(MONDAY, "长" * (LONGEST_NAME + 1))


def test_a_name_is_somebody_s_only_where_it_is_one_person_s() -> None:
    assert known(OFFICE, " 丙 ") is C
    assert known(OFFICE, "丁") is None
    assert known(replace(OFFICE, clerks=(C, replace(C, staff_number="4"))), "丙") is None
