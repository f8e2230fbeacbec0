"""出具文书：一张纸从请求到打印的全程。

Situation + ServiceItem ─ build_checklist ─▶ Checklist ─ decide ─▶ Outcome     (matter.assess; runs on every key)
draft = compose(…)          the form's named blocks of plain text; number, time and check code are left open
preflight(draft)            five parts, every glyph, a trial layout; before any transaction
slip = book.issue(draft)    one transaction: number and time, entry, hash link, archive row, search terms
pdf = typesetter.pdf(slip)  from the stored elements only; may fail and be repeated, the record is safe
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from counter_assistant.domain.assessment.decision import ClockKind
from counter_assistant.domain.assessment.five_parts import gate, gate_responsible
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.notification.told_content import to_payload, told_now
from counter_assistant.domain.papers import slip as slips
from counter_assistant.domain.papers.kinds import NAMING_POST, TELLING, SlipKind
from counter_assistant.domain.papers.numbering import qr_digits, series, slip_number
from counter_assistant.domain.papers.paper_entry import TAIL, Card
from counter_assistant.domain.papers.slip import COPY_LABELS, Draft, Slip
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.continuation import case_named, check_case
from counter_assistant.operations.intake.admissibility import admissibility, is_held
from counter_assistant.operations.intake.deadlines import deadlines, running_clocks
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.intake.request import Delivery, Request
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.request_wording import check_words
from counter_assistant.storage.journal.records import IssuedRecord


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of a request. `slip` is None where no paper is issued; `due` is None while no clock runs.

    `again`: the act was done before, and this is what came of it then.
    """

    kind: SlipKind | None
    clause: str
    due: date | None
    due_if_completed: date | None
    provisional: bool
    slip: Slip | None
    again: bool = False


def issue_slip(office: Office, request: Request) -> Issued:
    """Decides, numbers and archives. The same `request_id` with the same content returns what was done then.

    Raises:
        Refusal: `clock-doubtful`, `request-differs` (the same `request_id` with other content), `number-taken`; the
            first of `admissibility`; what `assess`, `case_named`, `check_words`, `check_case`, `deadlines` and
            `preflight` refuse. Nothing is recorded then.
    """
    earlier = office.book.find(request.request_id) if request.request_id else None
    if earlier and office.book.is_same(earlier, request.digest()):
        return _done_before(earlier)
    office.book.require_sound_clock()
    matter = assess(request, office.catalogue, office.profile, office.today())
    case = case_named(office, request)
    for fault in admissibility(office, matter)[:1]:
        raise fault
    check_words(matter)
    result = _result(office, matter)
    check_case(office, matter, case, result.due)
    key, digest = request.request_id or str(uuid4()), request.digest()
    if matter.kind is None or request.delivery is Delivery.ORAL:
        _record(office, matter, result, key)
        return result
    draft = draft_of(office, matter, matter.kind)
    preflight(office, matter, draft)

    def fill_in(n: int, moment: datetime) -> IssuedRecord:
        told = draft.told_at(chinese_time(moment))
        return _issued_record(office, matter, result, told, n, moment, _facts(matter, office, key))

    issued = office.book.issue(lambda year: series(draft.kind, year, office.profile), key, digest, fill_in)
    return replace(result, slip=slip_of(issued.entry.payload, issued.entry.check_code), again=issued.again)


def _done_before(entry: Entry) -> Issued:
    """What came of an act when it was done, whatever the catalogue and the posts are now."""
    came = entry.payload["result"]
    due, if_completed = (date.fromisoformat(came[key]) if came[key] else None for key in ("due", "due_if_completed"))
    kind = SlipKind(came["kind"]) if came["kind"] else None
    slip = slip_of(entry.payload, entry.check_code) if entry.kind is EntryKind.SLIP_ISSUED else None
    return Issued(kind, came["clause"], due, if_completed, came["provisional"], slip, again=True)


def _result_payload(result: Issued) -> dict[str, Any]:
    return {
        "kind": result.kind.value if result.kind else None,
        "clause": result.clause,
        "due": result.due.isoformat() if result.due else None,
        "due_if_completed": result.due_if_completed.isoformat() if result.due_if_completed else None,
        "provisional": result.provisional,
    }


def draft_of(office: Office, matter: Matter, kind: SlipKind) -> Draft:
    """The slip of a matter as it would be printed, without number, time and check code.

    Raises:
        Refusal: `broken-form`.
    """
    return compose(matter, kind, office)


def preflight(office: Office, matter: Matter, draft: Draft) -> None:
    """Checks, before anything is recorded, that the paper can be printed whole: its parts, glyphs and layout.

    Raises:
        Refusal: `missing-glyph`, `does-not-fit`; what `gate` and `gate_responsible` refuse.
    """
    if draft.kind in TELLING:
        gate(matter.notice)
    if draft.kind in NAMING_POST:
        gate_responsible(matter.notice)
    missing = office.program.typesetter.missing(draft)
    if missing:
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:5])
        raise Refusal(
            "missing-glyph",
            f"字库里没有 {named}，印出来会是方框。",
            "请核对输入；确是证件上的字的，用“＿”代替这个字，由经办人在纸上手写并签章。",
        )
    problems = office.program.typesetter.preflight(draft)
    if problems:
        raise Refusal("does-not-fit", f"版面放不下：{problems[0]}。", "请缩短过长的内容。")


def slip_of(payload: dict[str, Any], check_code: str) -> Slip:
    """The slip that an entry's payload holds."""
    content = payload["slip"]
    moment = datetime.fromisoformat(content["issued_at"])
    return Slip(slips.from_payload(content["draft"]), content["number"], moment, check_code, content["qr"])


def _issued_record(
    office: Office, matter: Matter, result: Issued, draft: Draft, n: int, moment: datetime, facts: dict[str, Any]
) -> IssuedRecord:
    """The entry of a slip whose number is now known; the number's year is that of the printed time."""
    place = (moment.year, n, office.profile)
    number, qr = slip_number(draft.kind, *place), qr_digits(draft.kind, *place)
    slip = {"draft": slips.to_payload(draft), "number": number, "issued_at": moment.isoformat(), "qr": qr}
    payload = {"slip": slip, "result": _result_payload(result), **facts}
    return IssuedRecord(_card(matter, draft.kind, number, qr), payload)


def _facts(matter: Matter, office: Office, key: str) -> dict[str, Any]:
    """What the decision rested on: kept so that a later reader can follow it. An act that begins a case names it."""
    request, applicant = matter.request, matter.applicant
    return {
        "applicant": {
            "name": applicant.name,
            "phone": applicant.phone,
            "id_type": applicant.id_type.value,
            "id_number": applicant.id_number,
            "agent": {
                "name": applicant.agent.name,
                "relation": applicant.agent.relation,
                "id_type": applicant.agent.id_type.value,
                "id_number": applicant.agent.id_number,
                "phone": applicant.agent.phone,
            },
        },
        "facts": {
            "item": matter.item.id,
            "item_name": matter.item.name,
            "catalogue": office.catalogue.version,
            "approval": matter.item.approval.number if matter.item.approval else "",
            "day": matter.day.isoformat(),
            "purpose": request.purpose.value,
            "answers": dict(request.answers),
            "defects": dict(request.defects),
            "received": _received(matter),
            "eligible": request.eligible.value,
            "duty": request.duty.value,
            "clarity": request.clarity.value,
            "hold": request.hold.value if request.hold else None,
            "on_the_spot": request.on_the_spot,
            "channel": request.channel.value,
            "delivery": request.delivery.value,
            "reason": request.reason,
            "row": matter.outcome.rule.value,
            "clause": matter.outcome.clause,
            "recommended": matter.outcome.kind.value if matter.outcome.kind else None,
            "clerk": matter.clerk.staff_number,
            "handling": matter.circumstances.handling.value,
            "situation": matter.situation.in_words(),
            "case": request.case or key,
            "details": request.details.given() | _owner(matter),
            "clocks": _clocks(matter, office),
            "told": _told(matter, office),
            **({"confirmed": dict(request.confirmed)} if request.confirmed else {}),
        },
    }


def _owner(matter: Matter) -> dict[str, str]:
    """Who is responsible for a matter while it is held, by staff number."""
    return {"owner": matter.owner.staff_number} if is_held(matter) else {}


def _clocks(matter: Matter, office: Office) -> dict[str, Any]:
    """The limits that run from this act on; empty while none runs."""
    return {name: clock.to_payload() for name, clock in running_clocks(matter, office.calendar).items()}


def _told(matter: Matter, office: Office) -> dict[str, Any]:
    """What the applicant was told, so that a second visit can be compared with it (守则 一(五)4)."""
    told = told_now(
        matter.notice, matter.acceptance, item=matter.item.id, catalogue=office.catalogue.version,
        clerk=matter.clerk.staff_number, answers=matter.request.answers,
    )  # fmt: skip
    return to_payload(told)


def _received(matter: Matter) -> list[str]:
    """What was handed in, needed or not; for "all" what was required then."""
    if matter.request.received is not None:
        return sorted(matter.request.received)
    return [id_ for line in matter.checklist.required if line.received for id_ in line.ids]


def _card(matter: Matter, kind: SlipKind, number: str, qr: str) -> Card:
    """What the archive finds the slip by: tails only, never a whole number."""
    applicant, agent = matter.applicant, matter.applicant.agent.name
    return Card(
        number=number, kind=kind.value, applicant=applicant.name, item=matter.item.id, item_name=matter.item.name,
        day=matter.day.isoformat(), clerk=matter.clerk.name, phone_tail=applicant.phone[-TAIL:],
        id_tail=applicant.id_number[-TAIL:], channel=matter.request.channel.value, qr=qr,
        other_names=(agent,) if agent else (),
    )  # fmt: skip


def _record(office: Office, matter: Matter, result: Issued, key: str) -> None:
    """An act without a paper: the oral notice, or what is registered."""
    kinds = {
        ClockKind.INQUIRY_REPLY: EntryKind.INQUIRY,
        ClockKind.STATED_LIMIT: EntryKind.CASE_STEP,
        ClockKind.TODAY: EntryKind.CASE_STEP,
    }
    kind = EntryKind.ORAL_NOTICE if matter.kind else kinds[matter.outcome.clock]
    payload = {"result": _result_payload(result), **_facts(matter, office, key)}
    office.book.append(kind, payload, uuid=key, digest=matter.request.digest())


def _result(office: Office, matter: Matter) -> Issued:
    """What will come of the request, without the slip: computed first, so that nothing can fail after the commit."""
    due, if_completed = deadlines(matter, office.calendar)
    provisional = any(deadline.provisional for deadline in (due, if_completed) if deadline)
    return Issued(
        matter.kind, matter.outcome.clause, due.due if due else None, if_completed.due if if_completed else None,
        provisional, None,
    )  # fmt: skip


def copies_of(issued: Issued) -> tuple[str, ...]:
    """The labels of the copies that were made."""
    return COPY_LABELS if issued.slip else ()
