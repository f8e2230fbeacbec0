"""Who may not become another by changing the office's own details, and who keeps opening the book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.profile_change import another_clerk, refuse_change
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program

ONE = Clerk("0001", "罗克", "", "", "", "", roles=("administrator", "clerk"))
TWO, THREE = Clerk("0002", "玉罕", "", "", "", ""), Clerk("0003", "岩温", "", "", "", "")


@pytest.fixture
def before() -> OfficeProfile:
    return replace(program().example_profile, clerks=(ONE, TWO, THREE), current_clerk="0001", confirmed=True)


def code(before: OfficeProfile, after: OfficeProfile, acting: str = "0001", *opens: str) -> str:
    try:
        refuse_change(before, after, acting, opens)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_nobody_comes_to_the_window_by_a_profile(before: OfficeProfile) -> None:
    without_me = replace(before, clerks=(replace(TWO, roles=ONE.roles), THREE), current_clerk="0002")
    assert code(before, without_me) == "sign-in-needed", "neither by leaving it"
    assert code(before, replace(before, current_clerk="0002")) == "sign-in-needed", "nor by staying"
    assert code(before, replace(before, current_clerk="0002"), "") == "", "nobody signs in where the book is open"
    mine = replace(ONE, staff_number="0009")
    assert code(before, replace(before, clerks=(mine, TWO, THREE), current_clerk="0009")) == ""
    another = replace(mine, name="新人")
    assert code(before, replace(before, clerks=(another, TWO, THREE), current_clerk="0009")) == "sign-in-needed"


def test_a_number_that_opens_the_book_stays_the_same_persons(before: OfficeProfile) -> None:
    opens = ("0001", "0002", "0008")
    for clerks in (
        (ONE, THREE),
        (ONE, replace(TWO, staff_number="0007"), THREE),
        (ONE, replace(TWO, name="新人"), THREE),
        (ONE, replace(TWO, name=THREE.name), replace(THREE, name=TWO.name)),
        (ONE, TWO, THREE, replace(THREE, staff_number="0008")),
        (replace(ONE, staff_number="0007"), TWO, THREE),
    ):
        assert code(before, replace(before, clerks=clerks, current_clerk=clerks[0].staff_number), "0001", *opens) == (
            "opens-the-book"
        )
    assert code(before, replace(before, clerks=(ONE, replace(TWO, phone="1"))), "0001", *opens) == ""
    assert code(before, replace(before, clerks=(replace(ONE, name="罗𠅤克"), TWO, THREE)), "0001", *opens) == "", (
        "one's own name can be mended"
    )


def test_an_administrator_opens_the_book_as_long_as_one_did(before: OfficeProfile) -> None:
    given = replace(before, clerks=(replace(ONE, roles=()), TWO, replace(THREE, roles=("administrator",))))
    assert code(before, given, "0001", "0001", "0002") == "last-administrator"
    assert code(before, given, "0001", "0001", "0003") == ""
    assert code(before, given, "0001", "0002") == "", "nobody of them opened it before"
    nobody = replace(before, clerks=(replace(ONE, roles=()), TWO, THREE))
    assert code(before, nobody) == "no-administrator"


def test_what_the_office_has_confirmed_stays_confirmed(before: OfficeProfile) -> None:
    assert code(before, replace(before, confirmed=False)) == "stays-confirmed"
    assert code(replace(before, confirmed=False), replace(before, confirmed=False)) == ""


def test_who_acts_in_anothers_name_is_told_both() -> None:
    refusal = another_clerk("0001", "玉罕")
    assert (refusal.code, refusal.sentence) == ("another-clerk", "打开台账的是工号 0001，经办人却写着“玉罕”。")
