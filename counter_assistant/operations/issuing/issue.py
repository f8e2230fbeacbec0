"""出具文书：一张纸从请求到打印的全程。

Situation + ServiceItem ─ build_checklist ─▶ Checklist ─ decide ─▶ Outcome     (matter.assess; runs on every key)
draft = compose(…)          the form's named blocks of plain text; number, time and check code are left open
preflight(draft)            five parts, every glyph, a trial layout; before any transaction
slip = book.issue(draft)    one transaction: number and time, entry, hash link, archive row, search terms
pdf = typesetter.pdf(slip)  from the stored elements only; may fail and be repeated, the record is safe
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from counter_assistant.domain.assessment.decision import ClockKind
from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.assessment.five_parts import gate, gate_responsible
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.notification.told_content import ToldContent, told_by
from counter_assistant.domain.papers.kinds import NAMING_POST, TELLING, SlipKind
from counter_assistant.domain.papers.numbering import qr_digits, series, slip_number
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.papers.slip import COPY_LABELS, Draft, Slip
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.other_forms import read_forms
from counter_assistant.operations.cases.continuation import case_named, check_case
from counter_assistant.operations.intake import compared_numbers, correction, reviewed
from counter_assistant.operations.intake.admissibility import admissibility, permission_for
from counter_assistant.operations.intake.deadlines import deadlines, running_clocks
from counter_assistant.operations.intake.hold import is_held
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.intake.request import Delivery, Request
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.operations.wording.request_wording import check_words
from counter_assistant.storage.journal.records import IssuedRecord


@dataclass(frozen=True, slots=True)
class Issued(Result):
    """What came of a request. `slip` is None where no paper is issued.

    `again`: the act was done before, and this is what came of it then.
    """

    slip: Slip | None
    again: bool = False


def issue_slip(office: Office, request: Request) -> Issued:
    """Decides, numbers and archives. The same `request_id` with the same content returns what was done then.

    Raises:
        Refusal: `clock-doubtful`, `request-differs` (the same `request_id` with other content), `number-taken`; the
            first of `admissibility`; what `assess`, `case_named`, `Office.permit`, `check_words`, `check_case`, `deadlines` and
            `preflight` refuse. Nothing is recorded then.
    """
    digest = request.digest()
    if earlier := office.book.done_or_sound_clock(request.request_id, digest):
        return _done_before(earlier)
    matter = assess(
        compared_numbers.with_known(office, request), office.catalogue, on_duty(office).profile, office.today()
    )
    case = case_named(office, request)
    office.permit(permission_for(matter), matter.clerk.staff_number)
    for fault in admissibility(office, matter)[:1]:
        raise fault
    check_words(matter)
    matter = reviewed.with_reviewer(office, matter)
    result = result_of(office, matter)
    check_case(office, matter, correction.case_without_old(case, matter), result.due)
    key = request.request_id or str(uuid4())
    if matter.kind is None or request.delivery is Delivery.ORAL:
        compared_numbers.record(office, matter)
        _record(office, matter, result, key)
        return result
    draft = draft_of(office, matter, matter.kind)
    preflight(office, matter, draft)
    compared_numbers.record(office, matter)
    act = ActRecorded(result, matter.applicant, facts_of(matter, office, key))

    def fill_in(n: int, moment: datetime) -> IssuedRecord:
        return _issued_record(office, matter, draft.told_at(chinese_time(moment)), n, moment, act)

    of_year = partial(series, draft.kind, profile=office.profile)
    issued = office.book.issue(of_year, key, digest, fill_in, correction.voided_by(matter))
    slip = _slip_of(issued.entry)
    office.prints.issued(slip.number, issued.entry.seq)
    return replace(result, slip=slip, again=issued.again)


def gives_paper(office: Office, request: Request) -> bool:
    """Whether a paper comes of a request, or came of it before, if it is not refused.

    Raises:
        Refusal: what `assess` refuses.
    """
    earlier = office.book.find(request.request_id) if request.request_id else None
    if earlier and office.book.is_same(earlier, request.digest()):
        return earlier.kind is EntryKind.SLIP_ISSUED
    matter = assess(request, office.catalogue, on_duty(office).profile, office.today())
    return matter.kind is not None and request.delivery is not Delivery.ORAL


def _done_before(entry: Entry) -> Issued:
    """What came of an act when it was done, whatever the catalogue and the posts are now."""
    came = ActRecorded.from_payload(entry.payload).result
    assert came is not None
    slip = _slip_of(entry) if entry.kind is EntryKind.SLIP_ISSUED else None
    return Issued(came.kind, came.clause, came.due, came.due_if_completed, came.provisional, slip, again=True)


def _slip_of(entry: Entry) -> Slip:
    return SlipIssued.from_payload(entry.payload).drawn(entry.check_code)


def draft_of(office: Office, matter: Matter, kind: SlipKind) -> Draft:
    """The slip of a matter as it would be printed, without number, time and check code; with its reviewer once there is one.

    Raises:
        Refusal: `broken-form`.
    """
    return compose(reviewed.with_reviewer(office, matter), kind, office)


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
        raise missing_glyphs(missing)
    problems = office.program.typesetter.preflight(draft)
    if problems:
        raise Refusal("does-not-fit", f"版面放不下：{problems[0]}。", "请缩短过长的内容。")


def missing_glyphs(missing: list[str]) -> Refusal:
    """The refusal of a paper that would hold characters that no font draws."""
    named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:5])
    return Refusal(
        "missing-glyph",
        f"字库里没有 {named}，印出来会是方框。",
        "请核对输入；确是证件上的字的，用“＿”代替这个字，由经办人在纸上手写并签章。",
    )


def _issued_record(
    office: Office, matter: Matter, draft: Draft, n: int, moment: datetime, act: ActRecorded
) -> IssuedRecord:
    """The content of a slip's entry, once its number is known; the number's year is that of the printed time."""
    place = (moment.year, n, office.profile)
    number, qr = slip_number(draft.kind, *place), qr_digits(draft.kind, *place)
    return IssuedRecord(_card(matter, draft.kind, number, qr), Slip(draft, number, moment, "", qr).to_payload(), act)


def facts_of(matter: Matter, office: Office, key: str) -> Facts:
    """What the decision rested on: kept so that a later reader can follow it. An act that begins a case names it."""
    request, outcome = matter.request, matter.outcome
    return Facts(
        item=matter.item.id, item_name=matter.item.name, catalogue=office.catalogue.version,
        approval=matter.item.approval.number if matter.item.approval else "", day=matter.day, purpose=request.purpose,
        answers=request.answers, defects=request.defects, received=_received(matter), eligible=request.eligible,
        duty=request.duty, clarity=request.clarity, hold=request.hold, on_the_spot=request.on_the_spot,
        channel=request.channel.value, delivery=request.delivery.value, reason=request.reason, rule=outcome.rule,
        clause=outcome.clause, recommended=outcome.kind, clerk=matter.clerk.staff_number,
        handling=matter.circumstances.handling, situation=matter.situation.in_words(), case=request.case or key,
        details=request.details.given() | _owner(matter), clocks=running_clocks(matter, office.calendar),
        told=_told(matter, office).to_payload(), confirmed=request.confirmed,
        compared=tuple(sorted(request.compared)),
    )  # fmt: skip


def _owner(matter: Matter) -> dict[str, str]:
    """Who is responsible for a matter while it is held, by staff number."""
    return {"owner": matter.owner.staff_number} if is_held(matter) else {}


def _told(matter: Matter, office: Office) -> ToldContent:
    """What the applicant was told, so that a second visit can be compared with it (守则 一(五)4)."""
    return told_by(
        matter.notice, matter.acceptance, item=matter.item.id, catalogue=office.catalogue.version,
        clerk=matter.clerk.staff_number, answers=matter.request.answers,
    )  # fmt: skip


def _received(matter: Matter) -> tuple[str, ...]:
    """What was handed in, needed or not; for "all" what was required then."""
    if matter.request.received is not None:
        return tuple(sorted(matter.request.received))
    return tuple(id_ for line in matter.checklist.required if line.received for id_ in line.ids)


def _card(matter: Matter, kind: SlipKind, number: str, qr: str) -> Card:
    """What the archive finds the slip by: tails only, never a whole number."""
    applicant, agent = matter.applicant, matter.applicant.agent.name
    return Card(
        number=number, kind=kind.value, applicant=applicant.name, item=matter.item.id, item_name=matter.item.name,
        day=matter.day.isoformat(), clerk=matter.clerk.name, phone_tail=applicant.phone_tail,
        id_tail=applicant.id_tail, channel=matter.request.channel.value, qr=qr,
        other_names=((agent,) if agent else ()) + read_forms(matter.request.details.also_named),
    )  # fmt: skip


def _record(office: Office, matter: Matter, result: Issued, key: str) -> None:
    """An act without a paper: the oral notice, or what is registered."""
    kinds = {
        ClockKind.INQUIRY_REPLY: EntryKind.INQUIRY,
        ClockKind.STATED_LIMIT: EntryKind.CASE_STEP,
        ClockKind.TODAY: EntryKind.CASE_STEP,
    }
    kind = EntryKind.ORAL_NOTICE if matter.kind else kinds[matter.outcome.clock]
    act = ActRecorded(result, matter.applicant, facts_of(matter, office, key))
    office.book.append(kind, act.to_payload(), uuid=key, digest=matter.request.digest())


def result_of(office: Office, matter: Matter) -> Issued:
    """What will come of the request, without the slip: computed first, so that nothing can fail after the commit.

    Raises:
        Refusal: what `deadlines` refuses.
    """
    due, if_completed = deadlines(matter, office.calendar)
    provisional = any(deadline.provisional for deadline in (due, if_completed) if deadline)
    return Issued(
        matter.kind, matter.outcome.clause, due.due if due else None, if_completed.due if if_completed else None,
        provisional, None,
    )  # fmt: skip


def copies_of(issued: Issued) -> tuple[str, ...]:
    """The labels of the copies that were made."""
    return COPY_LABELS if issued.slip else ()
