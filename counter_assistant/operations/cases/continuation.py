"""接着一件办：办件要有，延期要对得上原文书，印出的日期不能不声不响地推迟（守则 一(二)2⑶）."""

from __future__ import annotations

from datetime import date

from counter_assistant.domain.cases.case import Case, Stage
from counter_assistant.domain.cases.fold import answers_before
from counter_assistant.domain.papers.kinds import DATED, SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_code
from counter_assistant.operations.cases.find_case import case_of_number
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import LONGEST_ID, Request
from counter_assistant.operations.office import Office

_APPLIED = frozenset((Stage.WAITING, Stage.RECEIVED, Stage.SENT_UP))


def case_named(office: Office, request: Request) -> Case | None:
    """The case that a request continues; None where it begins one.

    Raises:
        Refusal: `case-unknown`; `missing-field` (the case has an item, the request none); `another-item` (the case is
            an application for another item); what `check_code` refuses.
    """
    if not request.case:
        return None
    case = office.cases.get(check_code(request.case, "办件编码", LONGEST_ID))
    if case is None:
        raise Refusal("case-unknown", f"没有办件“{request.case}”。", "请核对办件编码；新的一件事不用填。")
    if case.item and not request.item:
        what = f"办件“{request.case}”办的是事项 {case.item}，请求缺少“item”。"
        raise Refusal("missing-field", what, "请补上这一项；问的是另一件事，请另开一件。")
    if case.stage in _APPLIED and case.item != request.item:
        what = f"办件“{request.case}”申请的是事项 {case.item}，不是 {request.item}。"
        raise Refusal("another-item", what, "换了事项的请另开一件；原来那一件请在办件页登记撤回或者办结。")
    return case


def check_case(office: Office, matter: Matter, case: Case | None, due: date | None) -> None:
    """Checks that a delay fits its case, and that no printed day moves without the applicant being told.

    Raises:
        Refusal: `delay-without-case` (the paper belongs to a case that the request does not name), `case-closed`,
            `old-due-differs` (not the day printed on the paper), `delay-untold` (a later day without a delay notice),
            `newer-code`, `misread-code`, `another-installation`, `code-not-in-book`.
    """
    delay = matter.kind is SlipKind.DELAY_NOTICE
    if case is None:
        if delay:
            _check_outside(office, matter)
    elif delay:
        _check_delay(case, matter)
    elif matter.kind in DATED:
        _check_printed(case, matter, due)


def _check_outside(office: Office, matter: Matter) -> None:
    """A delay without a case is only for a paper from before the book; any other would leave its case unchanged."""
    of = matter.request.details.of
    if case := case_of_number(office, of):
        raise Refusal(
            "delay-without-case",
            f"{of}是一件办件的文书，延期要接着那一件办。",
            f"请从办件页办理；命令行的请求要填 case：{case.id}。",
        )


def _check_delay(case: Case, matter: Matter) -> None:
    old = matter.request.details.old_due
    if not case.open:
        raise Refusal("case-closed", f"这一件已经是“{case.stage.label}”，不用延期。", "请核对办件。")
    if case.printed_due and old != case.printed_due:
        what = f"原定日期与文书上印的 {case.printed_due.isoformat()} 不一致。"
        raise Refusal("old-due-differs", what, "请从办件页对这一件办理延期。")


def _check_printed(case: Case, matter: Matter, due: date | None) -> None:
    """A promised day of answer is followed by one of completion (守则 一(七)5); any other printed day binds until told."""
    printed = case.printed_due if case.open and not answers_before(case, matter.outcome.rule) else None
    if printed and due and due > printed:
        what = f"这一件的文书上已经印了 {printed.isoformat()}，不能不告知就推迟到 {due.isoformat()}。"
        raise Refusal("delay-untold", what, "请出延期告知单；原文书有误的，请先作废再重新出具。")
