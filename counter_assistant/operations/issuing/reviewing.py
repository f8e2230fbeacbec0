"""复核：另一个人看过将要出具的文书，同意，或者退回修改。

A paper waits as a draft of whoever asks; what is said of it is an entry, which names exactly the content that was looked at.
"""

from __future__ import annotations

from enum import StrEnum

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.papers.slip import Draft
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.people.roles import Permission, may
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.intake import reviewed
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.issuing.issue import preflight
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.request_wording import check_words

LONGEST_REASON = 200


class Standing(StrEnum):
    """How a paper stands that was put aside to be reviewed."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"


def standing(office: Office, matter: Matter) -> Standing | None:
    """How the paper of a matter stands; None where nobody has to look at it."""
    if not reviewed.is_reviewed(office, matter):
        return None
    review = reviewed.review_of(office, matter)
    if review is None:
        return Standing.WAITING
    return Standing.AGREED if review.agreed else Standing.REFUSED


def may_decide(office: Office, matter: Matter) -> bool:
    """Whether the current clerk may say something of a paper that waits."""
    who = office.profile.clerk("")
    waits = standing(office, matter) is Standing.WAITING
    return waits and may(office.profile, who, Permission.REVIEW) and not _is_own(office, matter, who)


def paper_to_review(office: Office, matter: Matter, reviewer: str = "") -> Draft:
    """The paper as it will be printed once a reviewer, by default the current clerk, agrees.

    Raises:
        Refusal: what `compose` and `OfficeProfile.clerk` refuse.
    """
    assert matter.kind is not None
    return compose(reviewed.reviewed_by(matter, office.profile.clerk(reviewer).name), matter.kind, office)


def decide(office: Office, matter: Matter, *, agreed: bool, reason: str = "", reviewer: str = "") -> Entry:
    """Records what a reviewer, by default the current clerk, says of a paper: it may be issued, or goes back with a reason.

    Raises:
        Refusal: `nothing-to-review`, `act-unnamed` (the request has no id under which it will be issued), `own-review` (the
            reviewer issues or typed it), `review-decided` (it was said already), `reason-missing` (it goes back without one);
            what `Office.permit`, `check_text` and `Book.append` refuse, and where it is agreed what `check_words` and
            `preflight` do.
    """
    who = office.permit(Permission.REVIEW, reviewer)
    kind = matter.kind
    if kind is None or not reviewed.is_reviewed(office, matter):
        raise Refusal("nothing-to-review", "这一件不用复核。", "请由经办人直接办理。")
    if not matter.request.request_id:
        raise Refusal("act-unnamed", "申请没有编号，复核以后认不出是哪一件。", "请在申请里写上 request_id。")
    if _is_own(office, matter, who):
        able = reviewed.who_may(office, matter)
        raise Refusal("own-review", f"{who.name}自己经办的，不能自己复核。", f"可以复核的是{able}。")
    if earlier := reviewed.review_of(office, matter):
        said = "同意" if earlier.agreed else "退回"
        name = reviewed.name_of(office, earlier.reviewer)
        raise Refusal("review-decided", f"{name}已经复核过，{said}了。", "内容改过以后才再复核。")
    reason = check_text(reason, "退回的理由", LONGEST_REASON).strip("。；，.;, \u3000")
    if not agreed and not reason:
        raise Refusal("reason-missing", "退回修改要写理由。", "请写一句要改什么。")
    if agreed:
        check_words(matter)
        preflight(office, matter, paper_to_review(office, matter, reviewer))
    act, content = matter.request.request_id, reviewed.content_of(office, matter)
    review = Review(act, content, kind, agreed, "" if agreed else reason, matter.clerk.staff_number, who.staff_number)
    return office.book.append(EntryKind.REVIEW, review.to_payload(), uuid=Review.named(act, content))


def _is_own(office: Office, matter: Matter, who: Clerk) -> bool:
    """Whether somebody is asked about a paper of their own: they issue it, or typed it."""
    draft = office.drafts.load(matter.request.request_id)
    return who.staff_number in {matter.clerk.staff_number, draft.clerk if draft else ""}
