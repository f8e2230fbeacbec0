"""An office opened from a folder: its profile is an entry of the book, checked before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people import roles
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.program import program
from tests.make import an_office, clock, confirmed


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def test_a_fresh_folder_starts_with_the_example_and_no_entry_of_it(office: Office) -> None:
    assert office.profile == program().example_profile
    assert not office.profile.confirmed
    assert office.book.latest(EntryKind.OFFICE_PROFILE) is None


def test_a_decided_profile_is_an_entry_and_holds_after_reopening(office: Office, tmp_path: Path) -> None:
    decided = replace(confirmed(office.profile), switches={"gap_acceptance": False})
    office.decide_profile(decided)
    assert office.profile == roles.with_first_administrator(decided)
    again = an_office(tmp_path)
    assert again.profile == office.profile
    again.close()


def test_example_people_are_never_confirmed_and_nothing_is_written(office: Office) -> None:
    """GIVEN the example WHEN any way in says 已核对 THEN it is refused, naming who and what is still the example's."""
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        office.decide_profile(replace(office.profile, confirmed=True))
    assert refusal.value.code == "profile-example"
    for named in ("网点名称", "监督电话", "经办人李某、王某、张某、赵某、陈某的姓名和电话"):
        assert named in refusal.value.sentence
    assert office.book.head() == before
    office.decide_profile(confirmed(office.profile))
    assert (office.profile.confirmed, office.examples, office.is_example) == (True, (), False)


def test_a_profile_confirmed_by_an_earlier_version_opens_as_it_was_and_is_warned_about(
    office: Office, tmp_path: Path
) -> None:
    earlier = replace(office.profile, confirmed=True)
    office.book.append(EntryKind.OFFICE_PROFILE, earlier.to_payload())
    again = an_office(tmp_path)
    assert again.profile == earlier
    assert (len(again.examples), again.is_example) == (14, True)
    again.decide_profile(replace(earlier, current_clerk="0002"))
    assert again.profile.clerk("").name == "王某"
    again.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": " "}, "profile-incomplete"),
        ({"supervision_phone": ""}, "profile-incomplete"),
        ({"branch": "耿马\u202e管理部"}, "unprintable-text"),
        ({"installation_code": "12345"}, "bad-installation-code"),
        ({"installation_code": "12345a"}, "bad-installation-code"),
        ({"closing_time": "25:00"}, "bad-closing-time"),
        ({"closing_time": "下班"}, "bad-closing-time"),
        ({"current_clerk": "9999"}, "unknown-clerk"),
    ],
)
def test_a_profile_that_cannot_be_printed_is_refused_and_nothing_written(
    office: Office, change: dict[str, Any], code: str
) -> None:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        office.decide_profile(replace(office.profile, **change))
    assert refusal.value.code == code
    assert office.book.head() == before


def test_two_clerks_with_one_staff_number_are_refused(office: Office) -> None:
    first, second, *rest = office.profile.clerks
    twins = (first, replace(second, staff_number=first.staff_number), *rest)
    with pytest.raises(Refusal, match="工号"):
        office.decide_profile(replace(office.profile, clerks=twins))


def test_a_folder_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="数据文件夹"):
        open_office(tmp_path / "file", clock)
    with pytest.raises(Refusal, match="数据文件夹"):
        open_office(tmp_path / "file" / "deeper", clock)
