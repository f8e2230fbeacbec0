"""还差什么：F9 之前逐项列出，回车到第一项。Pure: every refusal comes from the checks that issuing asks, none is made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.admissibility import admissibility
from counter_assistant.operations.intake.correction import CORRECTION_CODES
from counter_assistant.operations.intake.hold import is_held, missing_for_hold
from counter_assistant.operations.intake.request import CORRECTING, Delivery, Details
from counter_assistant.operations.wording.request_wording import forbidden_in
from counter_assistant.ui.desk.presentation import applicant_fields, paper_fields

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.check import Found

FIELD_OF_CHECK = {
    "reason-needed": "reason", "asked-needed": "asked", "item-needed": "item", "complaint-is-sealed": "item", "eligibility-unchecked": "conditions", "materials-incomplete": "materials",
    "item-unapproved": "approval", "due-past": "due", "due-reason-needed": "due_reason", "delay-incomplete": "due",
    "delay-not-later": "due", "due-beyond-statute": "due", "explanation-needed": "explanation",
    "unknown-condition": "condition", "answers-against": "answers",
} | dict.fromkeys(CORRECTION_CODES, "correction")  # fmt: skip
"""Where on the desk a refused check is put right."""

_WORDS = {"item": "事项", "conditions": "办理条件待核", "answers": "情形的回答与资格相反", "materials": "材料不齐", "approval": "事项未经本中心核定",
          "defects": "须改原因里的忌语"}  # fmt: skip


class Missing(NamedTuple):
    """A place of the desk that keeps a paper from being issued, what it is called, and what is wrong there."""

    key: str
    words: str
    fault: Refusal


def find_missing(office: Office, matter: Matter, faults: dict[str, Refusal], *, oral: bool = False) -> list[Missing]:
    """What keeps F9 from issuing, in the page's order. An oral notice carries nothing of a paper but what
    is to be mended, and needs no name."""
    if oral:
        matter = spoken(matter)
    forbidden = forbidden_in(matter)
    carried = {"day", *(paper_fields.HELD if is_held(matter) else ()), *(("quoted",) if forbidden else ())}
    found = {
        key: fault for key, fault in faults.items() if not oral or key in carried or key not in paper_fields.LABELS
    }
    for key, refusal in _refused(office, matter):
        found.setdefault(key, refusal)
    if not matter.request.details.quoted and "quoted" not in found:
        for key, words in forbidden.items():
            found.setdefault(key, _unkept(words))
    order = (
        "item",
        "conditions",
        "answers",
        "materials",
        "defects",
        *applicant_fields.FIELDS,
        *paper_fields.LABELS,
        "approval",
    )
    return [Missing(key, _words(key, matter), found[key]) for key in order if key in found]


def in_one_sentence(missing: list[Missing]) -> str:
    """What is missing, and where Enter leads; an approval is not to be had on this page."""
    if missing[0].key == "approval":
        return "没有本中心的核定，不能出具。按回车去“事项”页登记。"
    words = "、".join(one.words for one in missing)
    if all(one.fault.code in applicant_fields.DOUBTS for one in missing):
        return f"请先核对：{words}。Ctrl+回车按建议办，按回车去第一处。"
    return f"还差：{words}。按回车去第一处。"


def _refused(office: Office, matter: Matter) -> Iterator[tuple[str, Refusal]]:
    """Every refusal of issuing, by where it is put right; what a hold lacks, field by field."""
    for refusal in admissibility(office, matter):
        if refusal.code == "hold-incomplete":
            for field, what in missing_for_hold(matter).items():
                yield field, Refusal(refusal.code, f"没有写明{what}。", "请填写。")
        else:
            yield FIELD_OF_CHECK.get(refusal.code) or applicant_fields.FIELD_OF_REFUSAL.get(refusal.code, ""), refusal


def spoken(matter: Matter) -> Matter:
    """The matter where its notice is told and not written: nothing is left of a paper but what a hold asks for."""
    request = replace(matter.request, delivery=Delivery.ORAL, slip=SlipKind.NOTIFICATION_SLIP, reason="")
    oral = replace(matter, request=request)
    held = paper_fields.HELD if is_held(oral) else ()
    kept = {key: getattr(request.details, key) for key in (*held, *CORRECTING)}
    bare = replace(oral, request=replace(request, details=Details(**kept)))
    if not forbidden_in(bare):
        return bare
    return replace(oral, request=replace(request, details=Details(**kept, quoted=request.details.quoted)))


def _unkept(found: Found) -> Refusal:
    return Refusal("forbidden-wording", f"{found.in_words}。", "请改写；转述他人原话的，按 Ctrl+U 保留。")


def _words(key: str, matter: Matter) -> str:
    if key in paper_fields.LABELS:
        return paper_fields.label_of(key, matter)
    return applicant_fields.LABELS.get(key) or _WORDS[key]
