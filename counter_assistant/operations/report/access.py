"""谁看得到带班页：带班领导；还没有分职责的单位谁都可以看，但不列在侧栏里."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.people import roles
from counter_assistant.domain.people.roles import Permission

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def may_look(office: Office) -> None:
    """Asks whether the current clerk may see what everybody's work came to, in a book that is only read as well.

    The example office and training ask for no role, as everywhere.

    Raises:
        Refusal: what `OfficeProfile.clerk` and `roles.require` refuse.
    """
    who = office.profile.clerk("")
    if office.profile.confirmed and not office.training:
        roles.require(office.profile, who, Permission.SUPERVISE)


def is_supervisor(office: Office) -> bool:
    """Whether the current clerk is one who was made it, by name or because nobody else was: whoever has that page in the navigation.

    Until an office has given roles nobody has: six pages are enough for a clerk, and who looks for the seventh finds it by
    its name.
    """
    profile = office.profile
    return roles.are_given(profile) and roles.may(profile, profile.clerk(""), Permission.SUPERVISE)
