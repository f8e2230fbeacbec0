"""A second pair of eyes: who is asked, what exactly was agreed to, and what that is worth once something is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.intake.admissibility import admissibility
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.intake.reviewed import content_of
from counter_assistant.operations.issuing.issue import draft_of, issue_slip
from counter_assistant.operations.issuing.reviewing import Standing, decide, may_decide, paper_to_review, standing
from counter_assistant.operations.office import Office, open_office
from tests.decision_rows import ROWS
from tests.make import NOW, a_request, confirmed, text_of

ASKING, REVIEWER, LEADER, OTHER = "0001", "0002", "0003", "0004"
APPROVAL = Approval("临公积金〔2026〕9号", date(2026, 11, 20), "中心主任办公会", date(2026, 11, 23))
RETURN = ROWS["6-not-eligible"][0]
ROLES: dict[str, tuple[str, ...]] = {
    ASKING: ("clerk", "administrator"), REVIEWER: ("reviewer", "clerk"), LEADER: ("supervisor",),
}  # fmt: skip


class At:
    """The time of the office."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def at() -> At:
    return At()


@pytest.fixture
def office(tmp_path: Path, at: At) -> Iterator[Office]:
    """A confirmed office: a clerk who administers it, a reviewer who is a clerk too, a leader, two clerks."""
    with closing(open_office(tmp_path, at)) as made:
        made.decide_profile(confirmed(made.profile))
        approve(made, ("A14", "A17", "B01", "B08"), made.today(), APPROVAL)
        give(made, ROLES)
        yield made


def give(office: Office, roles: dict[str, tuple[str, ...]]) -> None:
    clerks = tuple(replace(one, roles=roles.get(one.staff_number, ())) for one in office.profile.clerks)
    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, clerks=clerks).to_payload())
    office.reread()


def a_return(act: str = "one", clerk: str = ASKING, **changes: Any) -> Request:
    return a_request(**{**RETURN, "request_id": act, "clerk": clerk, **changes})


def matter_of(office: Office, request: Request) -> Matter:
    return assess(request, office.catalogue, office.profile, office.today())


def refused(office: Office, request: Request) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, request)
    return refusal.value


def say(office: Office, request: Request, *, agreed: bool = True, reason: str = "", reviewer: str = REVIEWER) -> Review:
    entry = decide(office, matter_of(office, request), agreed=agreed, reason=reason, reviewer=reviewer)
    return Review.from_payload(entry.payload)


def code_of(office: Office, request: Request, **said: Any) -> str:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        say(office, request, **said)
    assert office.book.head() == before
    return refusal.value.code


def test_a_return_waits_until_somebody_else_has_agreed_and_names_them(office: Office) -> None:
    fault = refused(office, a_return())
    assert fault.code == "review-needed"
    assert fault.sentence == "“窗口退回通知书”要别人复核同意，才能出具。"
    assert (
        fault.remedy
        == "可以复核的是玉罕（科员，电话 0883-2120001）、岩温（提取审核岗、归集岗、转移接续岗，电话 0883-2120002）。"
    )
    assert standing(office, matter_of(office, a_return())) is Standing.WAITING
    before = text_of(office.program.typesetter.preview(_draft(office, a_return()), copy="第一联　存档"))
    assert "复核人（签名）：□拒签" in before, "a line to sign on, and no name yet"
    assert say(office, a_return()).agreed
    assert standing(office, matter_of(office, a_return())) is Standing.AGREED
    issued = issue_slip(office, a_return())
    assert issued.slip is not None
    assert "复核人（签名）：玉罕" in text_of(office.program.typesetter.pdf(issued.slip))
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert entry.payload["facts"]["details"]["reviewer"] == "玉罕"
    assert issue_slip(office, a_return()).again
    assert office.book.check().problems == []


def _draft(office: Office, request: Request) -> Any:
    return draft_of(office, matter_of(office, request), SlipKind.RETURN_NOTICE)


def test_the_reviewer_sees_the_paper_as_it_will_be_printed(office: Office) -> None:
    office.make_current(REVIEWER)
    seen = paper_to_review(office, matter_of(office, a_return()))
    say(office, a_return())
    assert _draft(office, a_return()) == seen


@pytest.mark.parametrize(
    "changes",
    [
        {"details": {"explanation": "经查询，您已经申请过一次复核"}},
        {"answers": {"who": "self", "account_matter": "review", "bank_reviewed": "no"}, "reason": "当事人要求"},
        {"applicant": {**RETURN["applicant"], "phone": "13900001111"}},
        {"received": ["id-card", "application-form"]},
        {"channel": "letter"},
        {"clerk": OTHER},
        {"request_id": "two"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_changed_after_the_agreement_needs_it_again(office: Office, changes: dict[str, Any]) -> None:
    say(office, a_return())
    assert refused(office, a_return(**changes)).code == "review-needed"
    assert issue_slip(office, a_return()).slip is not None


def test_no_whole_number_can_be_found_from_what_is_kept_of_a_review(office: Office) -> None:
    """GIVEN two who differ in what no paper shows THEN what is recorded of them is one and the same."""
    one, other = (
        content_of(office, matter_of(office, a_return(applicant={**RETURN["applicant"], "phone": phone})))
        for phone in ("13800010000", "13800020000")
    )
    assert one == other


def test_the_next_day_or_another_text_is_another_paper(office: Office, at: At) -> None:
    say(office, a_return())
    approve(office, ("B05",), office.today(), APPROVAL)
    assert refused(office, a_return()).code == "review-needed"
    say(office, a_return())
    at.now += timedelta(days=1)
    assert refused(office, a_return()).code == "review-needed"


def test_what_is_only_compared_with_a_document_needs_no_second_look(office: Office) -> None:
    say(office, a_return())
    assert issue_slip(office, replace(a_return(), confirmed={"id_number": 3})).slip is not None


def test_a_name_that_the_clerk_typed_is_no_reviewer(office: Office) -> None:
    typed = a_return(details={**RETURN["details"], "reviewer": "白秀英"})
    assert refused(office, typed).code == "review-needed"
    say(office, a_return())
    issue_slip(office, typed)
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert entry.payload["facts"]["details"]["reviewer"] == "玉罕"


def test_it_goes_back_with_a_reason_and_once_changed_is_looked_at_again(office: Office) -> None:
    assert code_of(office, a_return(), agreed=False, reason=" 。") == "reason-missing"
    review = say(office, a_return(), agreed=False, reason="写明查询的日期。")
    assert (review.clerk, review.reviewer, review.reason) == (ASKING, REVIEWER, "写明查询的日期")
    fault = refused(office, a_return())
    assert (fault.code, fault.sentence) == ("review-refused", "玉罕复核退回：写明查询的日期。")
    assert standing(office, matter_of(office, a_return())) is Standing.REFUSED
    changed = a_return(details={"explanation": "11月20日查询，您在银行还没有申请复核"})
    say(office, changed, reviewer=LEADER)
    assert issue_slip(office, changed).slip is not None


def test_never_ones_own_neither_issued_nor_typed(office: Office) -> None:
    give(office, {**ROLES, ASKING: ("clerk", "reviewer", "administrator")})
    assert code_of(office, a_return(), reviewer=ASKING) == "own-review"
    assert not may_decide(office, matter_of(office, a_return()))
    office.drafts.save("one", {}, REVIEWER)
    assert code_of(office, a_return()) == "own-review"
    office.make_current(REVIEWER)
    assert not may_decide(office, matter_of(office, a_return()))
    assert say(office, a_return(), reviewer=LEADER).agreed


def test_the_wrong_role_says_nothing_and_nothing_is_said_twice(office: Office) -> None:
    assert code_of(office, a_return(), reviewer=OTHER) == "not-permitted"
    office.make_current(REVIEWER)
    assert may_decide(office, matter_of(office, a_return()))
    say(office, a_return())
    assert not may_decide(office, matter_of(office, a_return()))
    for agreed in (True, False):
        assert code_of(office, a_return(), agreed=agreed, reason="再看看", reviewer=LEADER) == "review-decided"


def test_only_what_waits_and_has_a_name_is_reviewed(office: Office) -> None:
    assert code_of(office, a_return(act="")) == "act-unnamed"
    assert code_of(office, a_request(request_id="other", clerk=ASKING)) == "nothing-to-review"
    assert code_of(office, a_return(delivery="oral", slip="notification_slip")) == "nothing-to-review"
    assert refused(office, a_return(act="")).code == "review-needed"


def test_what_cannot_be_printed_is_not_agreed_to(office: Office) -> None:
    forbidden = a_return(details={"explanation": "不是跟您说过了吗，您在银行还没有申请复核"})
    assert code_of(office, forbidden) == "forbidden-wording"
    assert say(office, forbidden, agreed=False, reason="请改写").reason == "请改写"


def test_what_lacks_something_says_that_first(office: Office) -> None:
    lacking = a_return(details={})
    codes = [fault.code for fault in admissibility(office, matter_of(office, lacking))]
    assert codes == ["explanation-needed", "review-needed"]
    assert refused(office, lacking).code == "explanation-needed"


def test_a_chosen_kind_waits_and_one_that_is_not_does_not(office: Office) -> None:
    chosen = replace(office.profile, reviewed_kinds=("notification_slip",))
    office.decide_profile(chosen)
    assert issue_slip(office, a_return()).slip is not None
    assert refused(office, a_request(request_id="told")).code == "review-needed"
    assert issue_slip(office, a_request(request_id="told", delivery="oral")).slip is None


def test_where_nobody_else_may_in_training_and_at_the_example_office_nothing_waits(tmp_path: Path) -> None:
    for folder, training, own in (("training", True, True), ("example", False, False), ("alone", False, True)):
        with closing(open_office(tmp_path / folder, lambda: NOW, training=training)) as made:
            if own:
                made.decide_profile(confirmed(made.profile))
                approve(made, ("A17",), made.today(), APPROVAL)
            roles = {ASKING: tuple(role.value for role in Role)} if folder == "alone" else ROLES
            give(made, roles)
            assert standing(made, matter_of(made, a_return())) is None, folder
            assert issue_slip(made, a_return()).slip is not None, folder


def test_many_who_may_are_not_all_named(office: Office) -> None:
    give(office, {**ROLES, **dict.fromkeys((REVIEWER, LEADER, OTHER, "0005"), ("reviewer",))})
    assert refused(office, a_return()).remedy.endswith("等 4 人。")
