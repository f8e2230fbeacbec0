"""AB 角：每个窗口、每个岗位的 A 角和 B 角，谁离岗由谁接替（守则 一(八)1、6）."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post

A_ROLE, B_ROLE = "A", "B"
"""The `corner` of a clerk of a window."""


class RosterLine(NamedTuple):
    """A window or a post with those who are set for it; nobody in the first is a vacant post, nobody in the second one without a B角."""

    place: str
    department: str
    main: tuple[Clerk, ...]
    deputies: tuple[Clerk, ...]


def roster(profile: OfficeProfile) -> tuple[RosterLine, ...]:
    """The window of this installation, if a B角 of windows is set, then the posts of the branch. At the window are the A角 and B角 of one
    department."""
    by_number = {clerk.staff_number: clerk for clerk in profile.clerks}

    def named(who: str) -> tuple[Clerk, ...]:
        return (by_number[who],) if who in by_number else ()

    deputies = tuple(clerk for clerk in profile.clerks if clerk.corner == B_ROLE)
    main = tuple(clerk for clerk in profile.clerks if clerk.corner == A_ROLE and _shares(clerk, deputies))
    window = (RosterLine(profile.window, "", main, deputies),) if main else ()
    return window + tuple(
        RosterLine(post.name, post.department, named(post.holder), named(_deputy(profile, post)))
        for post in profile.posts
    )


def _deputy(profile: OfficeProfile, post: Post) -> str:
    """The staff number of a post's B角: its own, else whoever stands by for its holder. Nobody is their own."""
    return post.deputy if post.deputy not in ("", post.holder) else deputy_of(profile, post.holder)


def _shares(clerk: Clerk, others: tuple[Clerk, ...]) -> bool:
    """Whether somebody of the same department stands by as B角."""
    return any(other.department == clerk.department for other in others)


def deputy_of(profile: OfficeProfile, who: str) -> str:
    """The staff number of whoever is set to act for a clerk: the B角 of a post that they hold, else the one B角 of the windows in their
    department; empty where nobody is set."""
    known = profile.clerk_names
    own = [post.deputy for post in profile.posts if post.holder == who and post.deputy in known and post.deputy != who]
    if own:
        return own[0]
    department = next((clerk.department for clerk in profile.clerks if clerk.staff_number == who), "")
    standing_by = [
        clerk.staff_number
        for clerk in profile.clerks
        if clerk.corner == B_ROLE and clerk.staff_number != who and clerk.department == department
    ]
    return standing_by[0] if len(standing_by) == 1 else ""


def with_stand_ins(profile: OfficeProfile, acting: Mapping[str, str]) -> OfficeProfile:
    """The profile with each post in the hands of whoever acts for its holder; `acting` is by staff number."""
    if not acting:
        return profile
    return replace(
        profile, posts=tuple(replace(post, holder=acting.get(post.holder, post.holder)) for post in profile.posts)
    )
