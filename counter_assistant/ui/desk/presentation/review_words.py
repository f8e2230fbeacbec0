"""复核的说法：放下的几位里怎样写、决定卡片上怎样说、复核的人看哪几行。Pure: from the matter to words, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.one_decider import one_decider
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.identity import mask_id
from counter_assistant.domain.people.reviewing import reviewers
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.reviewed import name_of, review_of
from counter_assistant.operations.issuing.reviewing import Standing, standing
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.ui.desk.presentation.paper_fields import LABELS, conditions_of, label_of

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def row_words(office: Office, matter: Matter) -> str:
    """How a paper that was put aside to be reviewed stands; empty where nobody has to look at it any more."""
    review = review_of(office, matter)
    match standing(office, matter):
        case Standing.WAITING:
            return "待复核"
        case Standing.AGREED:
            return "已复核，F9 出具"
        case Standing.REFUSED:
            return f"复核退回：{review.reason if review else ''}"
        case _:
            return ""


def desk_words(office: Office, matter: Matter, stands: Standing | None) -> str:
    """What the decision card says of the review of a paper."""
    if stands is None:
        return ""
    review = review_of(office, matter)
    by = name_of(office, review.reviewer) if review else ""
    if stands is Standing.AGREED:
        return f"{by}已复核同意。"
    back = f"{by}复核退回：{review.reason}，改好再按 F9。" if review else ""
    named = "、".join(one.name for one in reviewers(office.profile, matter.clerk))
    return (back or f"要先复核，F9 交给{named}。") + alone_words(office, matter)


def alone_words(office: Office, matter: Matter) -> str:
    """That nobody but one person looks at the matter after the window, so that the reviewer should all the more."""
    alone = one_decider(matter.item, on_duty(office).profile)
    return f"这一事项的审核和审批都是{alone.name}。" if alone else ""


def facts_of(office: Office, matter: Matter) -> tuple[tuple[str, str], ...]:
    """What a reviewer reads beside the paper: label and text, nothing that is empty."""
    applicant, names = matter.applicant, office.profile.clerk_names
    details = matter.request.details.given() | ({"reason": matter.request.reason} if matter.request.reason else {})
    said = {**conditions_of(matter), **names}
    given = [(label_of(key, matter), said.get(details[key], details[key])) for key in LABELS if key in details]
    who = listed((applicant.name, f"代办人 {applicant.agent.name}" if applicant.agent.name else ""), "，")
    rows = [
        ("经办人", f"{matter.clerk.name}　{matter.clerk.staff_number}"),
        ("当事人", who),
        ("证件号码", mask_id(applicant.id_number) if applicant.id_number else ""),
        ("事项", matter.item.name),
        ("情形", matter.situation.in_words()),
        ("按规定", f"{matter.outcome.reason} · 守则{matter.outcome.clause}"),
        *(row for row in given if row[0] != LABELS["reviewer"]),
        ("请留意", alone_words(office, matter)),
    ]
    return tuple(row for row in rows if row[1])
