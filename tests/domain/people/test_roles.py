"""Who may do what: the one table of roles and permissions, and what falls to the administrators."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people import roles
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.domain.refusal import Refusal


def clerk(number: str, *given: Role, name: str = "") -> Clerk:
    return Clerk(number, name or f"某{number}", "综合服务科", "科员", "受理", "0883-2120001", roles=tuple(given))


def profile(*clerks: Clerk) -> OfficeProfile:
    return OfficeProfile(
        "某市住房公积金管理中心", "某管理部", "某公积金", "某一", "530926", "综合窗口 1", "0883-2120009", "12329",
        posts=(Post("window", "综合受理岗", "综合服务科", clerks[0].staff_number),), clerks=clerks,
        current_clerk=clerks[0].staff_number,
    )  # fmt: skip


ADMIN = clerk("9", Role.ADMINISTRATOR)


def test_every_permission_has_a_row_with_words_and_somebody_who_may() -> None:
    for permission in Permission:
        assert permission.label
        assert permission.roles
    assert len({role.label for role in Role}) == len(Role)


def test_every_kind_of_paper_has_its_permission_and_no_other_is_there() -> None:
    issuing = {permission for permission in Permission if permission.value.startswith("issue_")}
    assert {Permission.issuing(kind) for kind in SlipKind} == issuing


def test_a_role_may_exactly_what_its_rows_say() -> None:
    """GIVEN an office where each role is somebody's THEN each may what the table says, and nothing falls to anybody."""
    people = [clerk(str(n), role) for n, role in enumerate(Role)]
    office = profile(*people)
    for permission in Permission:
        able = {Role(one.roles[0]) for one in roles.who_may(office, permission)}
        assert able == permission.roles, permission


def test_whoever_was_given_no_role_is_a_clerk_at_a_window() -> None:
    office = profile(clerk("1"), ADMIN)
    assert roles.roles_of(office, office.clerks[0]) == {Role.CLERK}
    assert roles.may(office, office.clerks[0], Permission.ISSUE_RECEIPT)
    assert not roles.may(office, office.clerks[0], Permission.OFFICE)


def test_a_role_that_nobody_has_falls_to_the_administrators_but_not_the_keepers() -> None:
    office = profile(clerk("1"), ADMIN)
    assert roles.roles_of(office, ADMIN) == set(Role) - {Role.CLERK, Role.REGISTER_KEEPER}
    assert not roles.may(office, ADMIN, Permission.READ_SEALED)
    alone = profile(ADMIN)
    assert roles.may(alone, ADMIN, Permission.ISSUE_RECEIPT)
    assert not roles.may(alone, ADMIN, Permission.READ_SEALED)
    with_archivist = profile(ADMIN, clerk("2", Role.ARCHIVIST), clerk("3", Role.SUPERVISOR))
    assert not roles.may(with_archivist, ADMIN, Permission.VOID_LATER)


def test_until_there_is_an_administrator_everybody_may_do_everything() -> None:
    office = profile(clerk("1"), clerk("2", Role.SUPERVISOR))
    assert not roles.are_given(office)
    for one in office.clerks:
        assert all(roles.may(office, one, permission) for permission in Permission)


def test_the_refusal_names_who_may_with_post_or_title_and_phone() -> None:
    sitting = clerk("1", name="罗𠅤克")
    office = profile(sitting, clerk("2", Role.SUPERVISOR, name="玉罕"), replace(ADMIN, name="岩温", phone=""))
    with pytest.raises(Refusal) as refusal:
        roles.require(office, sitting, Permission.VOID_LATER)
    assert refusal.value.code == "not-permitted"
    assert refusal.value.sentence == "作废以前的文书由带班领导或者档案员办，罗𠅤克不是。"
    assert refusal.value.remedy == "请找玉罕（科员，电话 0883-2120001）、岩温（科员）。"
    roles.require(office, office.clerks[1], Permission.VOID_LATER)
    assert roles.in_words(office, sitting) == "罗𠅤克（综合受理岗，电话 0883-2120001）"
    assert roles.in_words(office, replace(ADMIN, title="", phone="")) == "某9（9）"


def test_where_nobody_may_the_refusal_says_who_can_change_that() -> None:
    with pytest.raises(Refusal) as refusal:
        roles.require(profile(ADMIN), ADMIN, Permission.READ_SEALED)
    assert refusal.value.remedy == "本单位还没有登记保管人，请管理员在设置的“经办人”里指定。"


def test_the_first_administrator_is_the_current_clerk_and_stays_a_clerk() -> None:
    office = roles.with_first_administrator(profile(clerk("1"), clerk("2")))
    assert office.clerks[0].roles == (Role.CLERK, Role.ADMINISTRATOR)
    assert office.clerks[1].roles == ()
    assert roles.are_given(office)


def test_what_a_change_of_the_profile_needs() -> None:
    before = profile(clerk("1"), ADMIN)
    assert roles.required_by(before, replace(before, current_clerk="9")) == ()
    assert roles.required_by(before, replace(before, window="综合窗口 2")) == (Permission.OFFICE,)
    people = replace(before, clerks=(*before.clerks, clerk("3")))
    assert roles.required_by(before, people) == (Permission.PEOPLE,)
    assert roles.required_by(before, replace(people, fee="不收费")) == (Permission.PEOPLE, Permission.OFFICE)


def test_roles_are_kept_in_the_book_and_absent_in_a_book_of_before() -> None:
    office = profile(clerk("1", Role.CLERK, Role.REVIEWER), ADMIN)
    payload = office.to_payload()
    assert OfficeProfile.from_payload(payload) == office
    for one in payload["clerks"]:
        del one["roles"]
    assert OfficeProfile.from_payload(payload).clerks[0].roles == ()
