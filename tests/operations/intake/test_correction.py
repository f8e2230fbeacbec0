"""A slip that says something wrong is corrected by another: each names the other, on paper and in the archive, and both numbers stay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Clarity
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import pdf_of, reprint, show, void
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.intake.correction import correcting_request
from counter_assistant.operations.intake.request import Delivery, Request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.make import ID_NUMBER, NOW, SINGLE, a_request, text_of
from tests.roles import Counter

WRONG, RIGHT, WHY = "罗克", "罗𠅤克", "姓名打错"
TAKEN: dict[str, Any] = {
    "received": "all",
    "eligible": "yes",
    "answers": SINGLE,
    "request_id": "first",
    "slip": "promise_notice",
    "reason": "要查",
}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    with closing(made.office):
        yield made


@pytest.fixture
def office(counter: Counter) -> Office:
    return counter.office


def issued(office: Office, **changes: Any) -> str:
    who = {"name": WRONG, "phone": "13800000000", "id_number": ID_NUMBER}
    slip = issue_slip(office, a_request(applicant=who, **({"answers": SINGLE} | changes))).slip
    assert slip is not None
    return slip.number


def put_right(request: Request, **changes: Any) -> Request:
    return replace(request, applicant=replace(request.applicant, name=RIGHT), **changes)


def corrected(office: Office, number: str, *, returned: bool = True) -> str:
    slip = issue_slip(office, put_right(correcting_request(office, number, WHY, returned))).slip
    assert slip is not None
    return slip.number


def refused(office: Office, request: Request) -> str:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, request)
    assert office.book.head() == before
    return refusal.value.code


def test_each_of_the_two_papers_names_the_other_and_both_numbers_stay(office: Office) -> None:
    old = issued(office)
    new = corrected(office, old)
    assert [row.number for row in office.archive.search("")] == [new, old]
    first, second = show(office, old), show(office, new)
    assert first.voided is not None
    assert (first.voided.corrected_by, first.voided.reason, first.voided.copy_returned) == (new, WHY, True)
    assert (first.state_in_words, first.corrected_in_words) == (f"已由 {new} 更正", f"已由 {new} 更正：{WHY}。")
    assert (second.voided, second.corrects, second.corrected_in_words) == (None, old, f"更正了 {old}。")
    assert office.archive.voids(office.archive.search("")) == {old: first.voided}
    paper = text_of(pdf_of(office, second))
    assert (
        paper.count(f"更正本单更正2026年11月23日的{old.replace(' ', '')}，以本单为准；原来那一份作废。原因：{WHY}。")
        == 2
    )
    again = text_of(reprint(office, old)[0])
    assert again.count(f"补打第1次已由{new}更正") == 2
    assert "已更正" in again
    assert "已由" not in paper
    assert office.book.check().problems == []
    office.book.rebuild()
    assert office.book.check().problems == []
    assert replace(show(office, old), row=first.row) == first


def test_everything_that_was_done_for_the_first_is_there_for_the_second(office: Office) -> None:
    request = a_request(
        applicant={"name": WRONG, "phone": "13800000000", "id_number": ID_NUMBER, "agent": {"name": "玉罕", "relation": "配偶"}},
        answers=SINGLE | {"who": "spouse"}, received=["id-card"], defects=[{"id": "lease-contract", "why": "没有签名"}], channel="phone",
        request_id="first",
    )  # fmt: skip
    slip = issue_slip(office, request).slip
    assert slip is not None
    again = correcting_request(office, slip.number, f" {WHY} ", copy_returned=False)
    kept = (
        "item",
        "applicant",
        "purpose",
        "answers",
        "received",
        "defects",
        "eligible",
        "duty",
        "channel",
        "on_the_spot",
        "slip",
    )
    assert {name: getattr(again, name) for name in kept} == {name: getattr(request, name) for name in kept}
    assert (again.case, again.request_id, again.on) == ("first", "", None)
    assert again.details.given() == {"corrects": slip.number, "correction": WHY}


def test_a_correction_can_be_corrected_and_only_the_newest(office: Office) -> None:
    first = issued(office)
    second = corrected(office, first, returned=False)
    third = corrected(office, second)
    assert [show(office, number).state_in_words for number in (first, second, third)] == [
        f"已由 {second} 更正", f"已由 {third} 更正", "",
    ]  # fmt: skip
    for number in (first, second):
        with pytest.raises(Refusal) as refusal:
            correcting_request(office, number, WHY, copy_returned=True)
        assert refusal.value.code == "number-void"
    assert show(office, first).voided.copy_returned is False  # type: ignore[union-attr]


def test_the_day_of_acceptance_stays_and_the_printed_day_may_be_a_later_one(counter: Counter) -> None:
    """GIVEN a promise whose day was named too early WHEN it is corrected a day later THEN its acceptance is that of the first, the case goes on
    in one piece, and the later day is no delay that nobody was told of."""
    office = counter.office
    old = issued(office, **TAKEN, details={"due": "2026-11-24", "due_reason": "要查"})
    counter.now = NOW + timedelta(days=1)
    request = correcting_request(office, old, "期限写错", copy_returned=True)
    assert (request.on, request.case, request.slip, request.details.due) == (
        NOW.date(), "first", SlipKind.PROMISE_NOTICE, NOW.date() + timedelta(days=1),
    )  # fmt: skip
    without = replace(request, details=replace(request.details, due=None, corrects="", correction="", old_copy=""))
    later = replace(without, details=replace(without.details, due=NOW.date() + timedelta(days=2), due_reason="要查"))
    assert refused(office, later) == "delay-untold"
    new = issue_slip(
        office,
        replace(request, details=replace(request.details, due=NOW.date() + timedelta(days=2), due_reason="要查")),
    ).slip
    assert new is not None
    case = office.cases.get("first")
    assert case is not None
    assert (case.papers, case.printed_due, case.opened) == (
        (old, new.number),
        NOW.date() + timedelta(days=2),
        NOW.date(),
    )
    assert case.history[-1].words == f"{old} 更正为 {new.number}"
    assert office.book.check().problems == []


def test_what_was_done_since_must_be_taken_back_first(counter: Counter) -> None:
    office = counter.office
    old = issued(office, **TAKEN)
    request = correcting_request(office, old, WHY, copy_returned=True)
    take_step(office, "first", Step.DONE)
    with pytest.raises(Refusal) as refusal:
        correcting_request(office, old, WHY, copy_returned=True)
    assert (refusal.value.code, "办结" in refusal.value.sentence) == ("later-act", True)
    assert refused(office, put_right(request)) == "later-act"
    take_back(office, "first", "点错")
    assert corrected(office, old)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"correction": " "}, "correction-reason-needed"),
        ({"corrects": ""}, "correction-without-number"),
        ({"corrects": "", "correction": ""}, "correction-without-number"),
        ({"corrects": "临公积金示一告〔2026〕99号"}, "number-unknown"),
        ({"correction": "少废话，你烦死了"}, "forbidden-wording"),
    ],
)
def test_what_is_missing_of_a_correction_is_refused(office: Office, changes: dict[str, Any], code: str) -> None:
    request = put_right(correcting_request(office, issued(office), WHY, copy_returned=True))
    assert refused(office, replace(request, details=replace(request.details, **changes))) == code


def test_only_a_paper_corrects_a_paper(office: Office) -> None:
    request = put_right(correcting_request(office, issued(office), WHY, copy_returned=True))
    assert refused(office, replace(request, delivery=Delivery.ORAL)) == "correction-on-paper"
    assert refused(office, replace(request, slip=None, clarity=Clarity.UNCLEAR)) == "correction-on-paper"


def test_what_is_void_or_of_before_is_not_corrected(office: Office) -> None:
    old = issued(office)
    request = put_right(correcting_request(office, old, WHY, copy_returned=True))
    with pytest.raises(Refusal) as refusal:
        correcting_request(office, old, " ", copy_returned=True)
    assert refusal.value.code == "reason-missing"
    card = replace(
        office.archive.show(old).issued.registered,
        card=replace(office.archive.show(old).issued.registered.card, number="旧1号", qr=""),
    )
    office.book.append(
        EntryKind.SLIP_ISSUED, replace(office.archive.show(old).issued, registered=card, act=None).to_payload()
    )
    office.book.rebuild()
    with pytest.raises(Refusal) as refusal:
        correcting_request(office, "旧1号", WHY, copy_returned=True)
    assert refusal.value.code == "nothing-to-correct"
    assert show(office, "旧1号").corrects == ""
    void(office, old, "不要了")
    assert refused(office, request) == "number-void"
    assert show(office, old).state_in_words == "已经作废"
    assert show(office, old).corrected_in_words == ""


def test_another_window_voided_it_in_between(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a correction that was found admissible WHEN the old slip is voided before it is written THEN neither a paper nor half of one is."""
    old = issued(office)
    request = put_right(correcting_request(office, old, WHY, copy_returned=True))
    issue = office.book.issue

    def after_another(*given: Any) -> Any:
        void(office, old, "不要了")
        return issue(*given)

    monkeypatch.setattr(office.book, "issue", after_another)
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, request)
    assert refusal.value.code == "number-void"
    assert [row.number for row in office.archive.search("")] == [old]
    assert office.book.check().problems == []


def test_cut_off_between_the_two_entries_neither_is_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    old = issued(office)
    request = put_right(correcting_request(office, old, WHY, copy_returned=True), request_id="right")
    append, before = office.book._append, office.book.head()

    def cut_off(handle: Any, kind: EntryKind, *rest: Any) -> Any:
        if kind is EntryKind.SLIP_VOIDED:
            raise KeyboardInterrupt
        return append(handle, kind, *rest)

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(office.book, "_append", cut_off)
        issue_slip(office, request)
    assert office.book.head() == before
    done = issue_slip(office, request)
    assert done.slip is not None
    assert done.slip.number.endswith("2号")
    again = issue_slip(office, request)
    assert (again.slip, again.again) == (done.slip, True)
    assert sum(1 for _ in office.book.entries(EntryKind.SLIP_VOIDED)) == 1


def test_who_may_not_void_may_not_correct(counter: Counter) -> None:
    office = counter.office
    old = issued(office)
    request = put_right(correcting_request(office, old, WHY, copy_returned=True))
    clerks = tuple(replace(clerk, roles=(Role.CLERK,)) for clerk in office.profile.clerks)
    supervised = (
        replace(clerks[0], roles=(Role.CLERK,)),
        replace(clerks[1], roles=(Role.SUPERVISOR, Role.ADMINISTRATOR)),
        *clerks[2:],
    )
    office.decide_profile(replace(office.profile, clerks=supervised))
    assert correcting_request(office, old, WHY, copy_returned=True), "on the day of its issue a clerk may"
    counter.now += timedelta(days=1)
    with pytest.raises(Refusal) as refusal:
        correcting_request(office, old, WHY, copy_returned=True)
    assert refusal.value.code == "not-permitted"
    assert refused(office, request) == "not-permitted"


def test_a_request_from_a_file_corrects_as_well(office: Office) -> None:
    old = issued(office)
    said = {"corrects": old, "correction": WHY, "old_copy": "returned"}
    assert issue_slip(office, a_request(applicant={"name": RIGHT}, answers=SINGLE, details=said)).slip
    assert show(office, old).voided.copy_returned  # type: ignore[union-attr]
    with pytest.raises(Refusal) as refusal:
        a_request(details=said | {"old_copy": "lost"})
    assert refusal.value.code == "unknown-value"
