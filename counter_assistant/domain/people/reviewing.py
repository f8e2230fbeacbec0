"""先复核、再出具：哪些文书要另一个人看过才出，谁可以看."""

from __future__ import annotations

from counter_assistant.domain.people import roles
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.roles import Permission, Role

UNLESS_CHOSEN = frozenset(("return_notice",))
"""The kinds, by code, that are reviewed at an office with a reviewer that has chosen none: whoever is turned away may contest it
(守则 一(七)5), and the paper has had a line for the reviewer from the first."""


def kinds_reviewed(profile: OfficeProfile) -> frozenset[str]:
    """The kinds of paper, by code, that somebody else looks at before they are issued."""
    named = any(Role.REVIEWER in roles.given(clerk) for clerk in profile.clerks)
    return kinds_where(profile.reviewed_kinds, has_reviewer=named)


def kinds_where(chosen: tuple[str, ...] | None, *, has_reviewer: bool) -> frozenset[str]:
    """The same, of what an office has `chosen`, None for nothing yet, and whether it has named a reviewer."""
    if chosen is not None:
        return frozenset(chosen)
    return UNLESS_CHOSEN if has_reviewer else frozenset()


def reviewers(profile: OfficeProfile, clerk: Clerk) -> tuple[Clerk, ...]:
    """Who may review what a clerk issues: never the clerk."""
    able = roles.who_may(profile, Permission.REVIEW)
    return tuple(one for one in able if one.staff_number != clerk.staff_number)


def is_reviewed(profile: OfficeProfile, kind: str, clerk: Clerk) -> bool:
    """Whether a paper that a clerk issues is looked at first. Where nobody but the clerk may, nobody waits for anybody."""
    return kind in kinds_reviewed(profile) and bool(reviewers(profile, clerk))
