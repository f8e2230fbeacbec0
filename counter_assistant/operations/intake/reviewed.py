"""出具之前的复核：这一份要不要别人看过，看过没有，看的是不是现在这个内容."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people import reviewing
from counter_assistant.domain.people.roles import in_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Delivery

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

NEEDED, REFUSED = "review-needed", "review-refused"
MOST_NAMED = 3
"""So many who may review are named in one sentence."""


def is_reviewed(office: Office, matter: Matter) -> bool:
    """Whether somebody else looks at the paper of a matter before it is issued; never in training and at the example office."""
    if matter.kind is None or matter.request.delivery is Delivery.ORAL:
        return False
    asked = office.profile.confirmed and not office.training
    return asked and reviewing.is_reviewed(office.profile, matter.kind, matter.clerk)


def content_of(office: Office, matter: Matter) -> str:
    """A digest of all that the paper is made from: the request, who issues it, the day, the texts that hold on it.

    Numbers count as the paper shows them, masked: nobody saw more of them, and from a digest of the whole ones they could be
    found by trying, after they have left the book. Left out is what may still be added when it is issued and is no statement:
    the reviewer, and what was compared with a document.
    """
    request, person = matter.request, matter.applicant.masked()
    made_from = replace(
        request, applicant=person, clerk=matter.clerk.staff_number, slip=matter.kind, details=replace(request.details, reviewer=""),
        confirmed={}, compared=frozenset(),
    )  # fmt: skip
    shown = (person.id_mask, person.phone_mask, person.agent.id_mask, person.agent.phone_mask)
    texts = (matter.acceptance.isoformat(), office.catalogue.version, str(office.content.decided))
    return sha256("\0".join((made_from.digest(), *shown, *texts)).encode()).hexdigest()


def review_of(office: Office, matter: Matter) -> Review | None:
    """What was said of exactly this content; None where nobody has looked at it."""
    act = matter.request.request_id
    entry = office.book.find(Review.named(act, content_of(office, matter))) if act else None
    return Review.from_payload(entry.payload) if entry else None


def review_fault(office: Office, matter: Matter) -> Refusal | None:
    """A paper of a reviewed kind is issued once somebody else has agreed to exactly this content.

    Codes: `review-needed`, `review-refused`.
    """
    if not is_reviewed(office, matter):
        return None
    review, kind = review_of(office, matter), matter.kind
    assert kind is not None
    if review is None:
        return Refusal(
            NEEDED, f"“{kind.in_words}”要别人复核同意，才能出具。", f"可以复核的是{who_may(office, matter)}。"
        )
    if review.agreed:
        return None
    return Refusal(
        REFUSED, f"{name_of(office, review.reviewer)}复核退回：{review.reason}。", "请改好再办，改过的重新复核。"
    )


def who_may(office: Office, matter: Matter) -> str:
    """玉罕（归集岗，电话 0883-2120001）、岩温（…）: who may review it, the first of them where they are many."""
    able = reviewing.reviewers(office.profile, matter.clerk)
    named = "、".join(in_words(office.profile, one) for one in able[:MOST_NAMED])
    return named if len(able) <= MOST_NAMED else f"{named}等 {len(able)} 人"


def with_reviewer(office: Office, matter: Matter) -> Matter:
    """The matter as its paper names the reviewer: whoever agreed to it, and nobody before that where somebody has to."""
    if not is_reviewed(office, matter):
        return matter
    review = review_of(office, matter)
    name = name_of(office, review.reviewer) if review and review.agreed else ""
    return reviewed_by(matter, name)


def reviewed_by(matter: Matter, name: str) -> Matter:
    """The matter with that reviewer on its paper."""
    request = matter.request
    return replace(matter, request=replace(request, details=replace(request.details, reviewer=name)))


def name_of(office: Office, staff_number: str) -> str:
    """What a colleague is called, also one who has left."""
    return office.profile.clerk_names.get(staff_number, staff_number)
