"""审核和审批落在同一个人身上的事项。"""

from __future__ import annotations

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile

EXAMINES, APPROVES = ("审核",), ("审批", "审定")
"""How the steps are called in which a matter is examined, and in which it is approved (守则 一(五)2⑶)."""


def one_decider(item: ServiceItem, profile: OfficeProfile) -> Clerk | None:
    """Who both examines and approves what comes of an item here; None where these are two persons, or a post is vacant."""
    examining = _holders(item, profile, EXAMINES)
    approving = {clerk.staff_number for clerk in _holders(item, profile, APPROVES)}
    return next((clerk for clerk in examining if clerk.staff_number in approving), None)


def _holders(item: ServiceItem, profile: OfficeProfile, called: tuple[str, ...]) -> list[Clerk]:
    posts = (profile.post(step.post) for step in item.steps if any(word in step.name for word in called))
    return [holder for post in posts if post and (holder := profile.holder(post))]
