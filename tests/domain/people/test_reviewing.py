"""Which papers somebody else looks at before they are issued, and who may."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people import reviewing
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.roles import Role
from tests.domain.people.test_roles import ADMIN, clerk, profile

RETURN, RECEIPT = SlipKind.RETURN_NOTICE, SlipKind.RECEIPT
ASKING, REVIEWER, LEADER = clerk("1"), clerk("2", Role.REVIEWER), clerk("3", Role.SUPERVISOR)


def names(*clerks: Clerk) -> list[str]:
    return [one.staff_number for one in clerks]


def test_return_notices_wait_as_soon_as_there_is_a_reviewer() -> None:
    assert reviewing.kinds_reviewed(profile(ASKING, LEADER, ADMIN)) == frozenset()
    assert reviewing.kinds_reviewed(profile(ASKING, REVIEWER, ADMIN)) == {RETURN}
    assert set(SlipKind) >= reviewing.UNLESS_CHOSEN


def test_what_the_office_has_chosen_holds_also_where_it_is_nothing() -> None:
    office = profile(ASKING, REVIEWER, ADMIN)
    chosen = replace(office, reviewed_kinds=(RECEIPT.value,))
    assert reviewing.is_reviewed(chosen, RECEIPT, ASKING)
    assert not reviewing.is_reviewed(chosen, RETURN, ASKING)
    assert reviewing.kinds_reviewed(replace(office, reviewed_kinds=())) == frozenset()


def test_it_is_never_the_clerk_and_where_nobody_else_may_nobody_waits() -> None:
    office = profile(ASKING, REVIEWER, LEADER, ADMIN)
    assert names(*reviewing.reviewers(office, ASKING)) == ["2", "3"]
    assert names(*reviewing.reviewers(office, REVIEWER)) == ["3"]
    alone = profile(REVIEWER, clerk("4"))
    alone = replace(alone, clerks=(replace(REVIEWER, roles=(Role.REVIEWER, Role.ADMINISTRATOR)), clerk("4")))
    assert reviewing.kinds_reviewed(alone) == {RETURN}
    assert not reviewing.is_reviewed(alone, RETURN, alone.clerks[0])
    assert reviewing.is_reviewed(alone, RETURN, alone.clerks[1])


def test_the_choice_is_kept_in_the_book_and_open_in_a_book_of_before() -> None:
    office = profile(ASKING, ADMIN)
    for chosen in (None, (), (RETURN.value, RECEIPT.value)):
        kept = replace(office, reviewed_kinds=chosen)
        payload = kept.to_payload()
        assert OfficeProfile.from_payload(payload) == kept
        del payload["reviewed_kinds"]
        assert OfficeProfile.from_payload(payload).reviewed_kinds is None
