"""带班安排的草稿：一周一份，写过的留着，不算台账里的记录。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.displays.rota_keeping import keep_rota, proposed_rota, workdays_of
from tests.make import an_office

WEEK = [date(2026, 11, 23 + at) for at in range(5)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    clerks = tuple(
        replace(one, roles=(Role.SUPERVISOR.value,)) if one.staff_number in ("0004", "0005") else one
        for one in office.profile.clerks
    )
    office.__dict__["profile"] = replace(office.profile, clerks=clerks)
    yield office
    office.close()


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 21)])
def test_the_week_of_a_day_is_meant_or_the_next_one_after_a_free_day(office: Office, day: date) -> None:
    assert workdays_of(office, day) == WEEK


def test_a_make_up_day_is_a_day_and_a_holiday_is_none(office: Office) -> None:
    days = workdays_of(office, date(2026, 10, 8))
    assert date(2026, 10, 10) in days  # 周六补班
    assert date(2026, 10, 7) not in days


def test_those_who_lead_take_turns(office: Office) -> None:
    names = [one.name for one in proposed_rota(office, WEEK[0])]
    assert sorted(set(names)) == ["赵某", "陈某"]
    assert all(one != other for one, other in pairwise(names))


def test_what_was_typed_stays_with_its_week_and_is_no_entry(office: Office) -> None:
    before = len(list(office.book.entries()))
    typed = tuple(replace(one, name=f"第{at}人") for at, one in enumerate(proposed_rota(office, WEEK[0])))
    keep_rota(office, typed)
    keep_rota(office, ())
    assert proposed_rota(office, WEEK[4]) == typed
    assert "第0人" not in [one.name for one in proposed_rota(office, date(2026, 11, 30))]
    assert len(list(office.book.entries())) == before


def test_the_desk_never_meets_a_rota_among_its_drafts_and_it_goes_as_they_go(office: Office) -> None:
    keep_rota(office, proposed_rota(office, WEEK[0]))
    assert office.drafts.newest() is None
    assert office.drafts.all() == []
    assert office.drafts.next_older() is None
    assert office.drafts.forms.all() == []
    assert [name for name, _ in office.drafts.rotas.all()] == ["2026-11-23"]
    office.drafts.drop_before(date(2027, 11, 23))
    assert office.drafts.rotas.all() == []
