"""更正：照原来那一份再办，新的写明更正哪一份、为什么；原来的作废，写明由哪一份更正，编号不变（守则 一(二)2⑹ 字迹清楚、准确无误）."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.cases.acts import Voided
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import ACCEPTING
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.request import CORRECTING, RETURNED, Channel, Delivery, Details, Request

if TYPE_CHECKING:
    from counter_assistant.domain.assessment.facts import Facts
    from counter_assistant.domain.cases.case import Case
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.office import Office

CORRECTION_CODES = ("correction-without-number", "correction-on-paper", "correction-reason-needed", "number-unknown", "number-void",
                    "content-sealed-away", "later-act")  # fmt: skip
"""What `correction_fault` may refuse."""
_DAYS = ("due", "old_due")


def correcting_request(office: Office, number: str, reason: str, copy_returned: bool) -> Request:
    """All that was done for a slip, as a request to put right at the desk. Nothing is recorded before that is issued.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `number-void`, `reason-missing`, `nothing-to-correct`, `later-act`; what `Office.permit` refuses.
    """
    archived = office.archive.show(number)
    act = archived.issued.act
    if archived.row.void:
        raise _void(number)
    if not reason.strip():
        raise Refusal("reason-missing", "更正须写明原因。", "请填写原因后重试。")
    office.permit(Permission.voiding(archived.entry.time.date(), office.today()))
    if act is None or act.result is None or act.result.kind is None:
        what = f"{number} 是早先版本出具的，没有留下可以接着改的内容。"
        raise Refusal("nothing-to-correct", what, "请作废这一份，再重新出具。")
    case = office.cases.get(act.facts.case)
    _refuse_later_act(case, number)
    kind, facts = act.result.kind, act.facts
    details = {"corrects": number, "correction": reason.strip(), "old_copy": RETURNED if copy_returned else ""}
    return Request(
        item=facts.item, applicant=act.applicant, purpose=facts.purpose, answers=facts.answers,
        received=frozenset(facts.received), defects=facts.defects, eligible=facts.eligible, duty=facts.duty,
        clarity=facts.clarity, hold=facts.hold, on_the_spot=facts.on_the_spot, channel=Channel(facts.channel),
        slip=kind if kind is not facts.recommended else None, reason=facts.reason,
        on=facts.day if kind in ACCEPTING and facts.day < office.today() else None, case=case.id if case else "",
        details=Details(**(_details(facts) | details)), compared=frozenset(facts.compared),
    )  # fmt: skip


def _details(facts: Facts) -> dict[str, Any]:
    """What the paper said besides; not what it corrected in its turn."""
    known = {field.name for field in fields(Details)} - set(CORRECTING)
    said: Mapping[str, str] = {name: text for name, text in facts.details.items() if name in known}
    return {name: date.fromisoformat(text) if name in _DAYS else text for name, text in said.items()}


def correction_fault(office: Office, matter: Matter) -> Refusal | None:
    """What keeps a slip from being corrected by this one; None where nothing is corrected. Only a paper corrects a paper.

    Codes: `correction-without-number`, `correction-on-paper`, `correction-reason-needed`, `number-unknown`, `number-void`,
    `content-sealed-away`, `later-act`; those of `Office.foresee`.
    """
    details = matter.request.details
    if not details.corrects:
        if not (details.correction or details.old_copy):
            return None
        return Refusal("correction-without-number", "写了更正的原因，没有写明更正哪一份。", "请写上原来那一份的编号。")
    if matter.kind is None or matter.request.delivery is Delivery.ORAL:
        what = f"更正 {details.corrects} 要另出一份文书。"
        return Refusal("correction-on-paper", what, "请出书面的；只要作废的，到档案页作废。")
    if not details.correction.strip():
        return Refusal("correction-reason-needed", "没有写明更正的原因。", "请在“更正原因”写一句，如：姓名打错。")
    try:
        _check_old(office, matter)
    except Refusal as refusal:
        return refusal
    return None


def _check_old(office: Office, matter: Matter) -> None:
    number = matter.request.details.corrects
    archived = office.archive.show(number)
    if archived.row.void:
        raise _void(number)
    act = archived.issued.act
    _refuse_later_act(office.cases.get(act.facts.case) if act else None, number)
    may = Permission.voiding(archived.entry.time.date(), office.today())
    office.foresee(may, matter.clerk.staff_number)


def _void(number: str) -> Refusal:
    return Refusal("number-void", f"{number} 已经作废，不能再更正。", "请找更正它的那一份；没有的，请重新出具。")


def _refuse_later_act(case: Case | None, number: str) -> None:
    """What was done since rests on what the paper said."""
    newest = case.newest_act if case else None
    if newest and number in (case.papers if case else ()) and newest.number != number:
        what = f"{number} 以后，这一件又办了“{newest.name}”，不能再从这一份更正。"
        remedy = "记错的一步先在办件页撤销；后来又出了文书的，请更正最近的一份。"
        raise Refusal("later-act", what, remedy)


def voided_by(matter: Matter) -> SlipVoided | None:
    """How the slip that is corrected is voided; None where none is."""
    details = matter.request.details
    if not details.corrects:
        return None
    return SlipVoided(details.corrects, details.correction, matter.clerk.name, details.old_copy == RETURNED)


def case_without_old(case: Case | None, matter: Matter) -> Case | None:
    """The case as it is once the slip that is corrected no longer binds to its day."""
    number = matter.request.details.corrects
    return fold(case, Voided(case.id, matter.day, number)) if case and number in case.papers else case


def note_of(office: Office, matter: Matter) -> str:
    """What the new slip says of the one that it corrects; empty where there is none, or no such slip."""
    details = matter.request.details
    if not details.corrects:
        return ""
    try:
        issued = office.archive.show(details.corrects).row.issued_at
    except Refusal:
        return ""
    why = f"原因：{details.correction.rstrip('。')}。" if details.correction else ""
    return f"本单更正{chinese_date(issued)}的 {details.corrects}，以本单为准；原来那一份作废。{why}"
