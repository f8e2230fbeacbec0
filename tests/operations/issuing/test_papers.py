"""Every paper of the service code: which one follows, what it says, and when it is refused."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.domain.people.office_profile import Switch
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import ACCEPTED, DIRECT, FOUND, FURTHER, HELD, LATER, PERSON, PROMISE, REFERRAL, ROWS, SPOUSE
from tests.make import a_request, an_office, confirmed, text_of
from tests.operations.issuing.test_compose import in_lines
from tests.places import GOLDEN

EACH = {**{name: row[0] for name, row in ROWS.items()}, **FURTHER}
PAPERS = [name for name in EACH if name in FURTHER or ROWS[name][1] != "none"]


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def issue(office: Office, changes: dict[str, Any]) -> Issued:
    return issue_slip(office, a_request(**changes))


@pytest.mark.parametrize("name", ROWS)
def test_each_row_gives_its_paper_clause_and_date(office: Office, name: str) -> None:
    changes, kind, clause, due = ROWS[name]
    issued = issue(office, changes)
    assert (issued.kind or "none", issued.clause) == (kind, clause)
    assert issued.due == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize("name", PAPERS)
def test_the_words_are_those_of_the_golden_file(office: Office, name: str) -> None:
    slip = issue(office, EACH[name]).slip
    assert slip is not None
    path, text = GOLDEN / f"paper-{name}.txt", in_lines(slip.draft)
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_printed_whole_in_duplicate(office: Office, name: str) -> None:
    slip = issue(office, EACH[name]).slip
    assert slip is not None
    text = text_of(office.program.typesetter.pdf(slip))
    wanted = [slip.number, slip.check_code, slip.draft.title, *("".join(label.split()) for label in COPY_LABELS)]
    assert [each for each in wanted if each not in text] == []
    assert "11010519491231002X" not in text


def test_each_kind_has_a_series_of_its_own(office: Office) -> None:
    order = sorted(PAPERS, key="delay".__ne__)  # of a paper that this book does not know
    slips = [issue(office, EACH[name]).slip for name in order]
    first = {slip.draft.kind: slip.number for slip in reversed(slips) if slip}
    assert first.keys() == set(SlipKind)
    assert {number.rpartition("〕")[2] for number in first.values()} == {"1号"}


def test_an_office_may_write_its_numbers_its_own_way(office: Office) -> None:
    office.decide_profile(replace(office.profile, number_ordinal=True, number_digits=4))
    slip = issue(office, DIRECT).slip
    assert slip is not None
    assert slip.number == "临公积金示一告〔2026〕第0001号"


def test_a_date_in_a_year_without_a_notice_is_provisional_on_paper(office: Office) -> None:
    issued = issue(office, FURTHER["11-years-end"])
    assert issued.provisional
    assert issued.slip is not None
    assert "2027年1月5日（预计，待放假通知，如遇调休以实际工作日为准）" in in_lines(issued.slip.draft)


def test_an_answer_by_a_day_is_never_called_a_completion(office: Office) -> None:
    slip = issue(office, ROWS["9-undecided"][0]).slip
    assert slip is not None
    text = in_lines(slip.draft)
    assert "答复日期" in text
    assert "办结" not in text


def replace_clock(office: Office, day: date) -> Office:
    moment = office.clock().replace(year=day.year, month=day.month, day=day.day)
    office.clock = lambda: moment
    return office


def test_what_the_centre_promises_beyond_the_code_is_printed_when_it_has_decided_so(office: Office) -> None:
    plain = issue(office, ROWS["8-promise-incomplete"][0]).slip
    office.decide_profile(replace(office.profile, switches=dict.fromkeys(Switch, True)))
    promising = issue(office, ROWS["8-promise-incomplete"][0]).slip
    assert plain is not None
    assert promising is not None
    for words in ("优先办理", "其他窗口", "代交或者邮寄"):
        assert words not in in_lines(plain.draft)
        assert words in in_lines(promising.draft)


def test_a_supplement_notice_says_until_when_and_what_follows(office: Office) -> None:
    def said(days: int, **changes: Any) -> str:
        office.decide_profile(replace(office.profile, supplement_days=days))
        slip = issue(office, ROWS["8-promise-incomplete"][0] | changes).slip
        assert slip is not None
        return in_lines(slip.draft)

    assert "补齐没有固定的截止日期；补齐之前不算受理，时限不起算，请尽早补齐。" in said(0)
    for text in (said(15), said(15, on="2026-11-02")):
        assert "**请最迟2026年12月8日补齐。**上述日期按自本单出具之日起15日计算，当日不计。" in text
        assert "到期没有补齐的，可以重新申请，按申请当日的规定办理。" in text
    assert "请最迟2027年1月7日（预计，待放假通知，如遇调休以实际工作日为准）补齐。" in said(45)
    assert "请最迟2027年1月22日（预计，待放假通知，临近春节可能更晚）补齐。" in said(60)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_day_to_supplement_by_is_within_a_year(office: Office, days: int) -> None:
    with pytest.raises(Refusal, match=f"补齐材料的期限 {days} 日不对") as refusal:
        office.decide_profile(replace(office.profile, supplement_days=days))
    assert refusal.value.code == "bad-supplement-days"


BY_SPOUSE = FURTHER["11-by-the-spouse"]


def test_an_agents_number_and_phone_are_sealed_and_stand_masked_on_paper(office: Office) -> None:
    slip = issue(office, BY_SPOUSE).slip
    assert slip is not None
    entry = office.archive.show(slip.number).entry
    assert entry.payload["applicant"]["agent"] == SPOUSE | {"id_type": "resident"}
    printed = text_of(office.program.typesetter.pdf(slip))
    assert SPOUSE["id_number"] not in printed
    assert SPOUSE["phone"] not in printed
    assert printed.count("530902********1243") == printed.count("139****0001") == 2


def test_one_document_is_recorded_under_all_that_it_is(office: Office) -> None:
    slip = issue(office, BY_SPOUSE).slip
    assert slip is not None
    received = office.archive.show(slip.number).entry.payload["facts"]["received"]
    assert {"spouse-id-card", "agent-id-card", "marriage-certificate", "relationship-proof"} <= set(received)


@pytest.mark.parametrize("kind", ["notification_slip", "supplement_notice"])
def test_who_is_told_for_another_need_not_give_a_name_or_number(office: Office, kind: str) -> None:
    changes = {**PROMISE, "answers": {"who": "spouse"}, "purpose": "apply", "slip": kind}
    assert issue(office, changes).slip is not None


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "promise, eligibility open": ({**PROMISE, "received": "all"}, "eligibility-unchecked"),
    "referral, eligibility open": ({**REFERRAL, "received": "all"}, "eligibility-unchecked"),
    "receipt, eligibility open": ({**DIRECT, "received": "all", "on_the_spot": False}, "eligibility-unchecked"),
    "promise, materials missing": (
        {**PROMISE, "eligible": "yes", "received": ["id-card"], "slip": "promise_notice", "reason": "赶时间"},
        "materials-incomplete",
    ),
    "promise with an open question": (
        {**PROMISE, **ACCEPTED, "answers": {"who": "self"}, "slip": "promise_notice", "reason": "先收下"},
        "materials-incomplete",
    ),
    "another paper without a reason": ({**PROMISE, **ACCEPTED, "slip": "receipt"}, "reason-needed"),
    "no identity number": ({**PROMISE, **ACCEPTED, "applicant": {"name": "某某"}}, "id-number-needed"),
    "a day that is past": ({**PROMISE, "hold": "policy", "details": HELD | {"due": "2026-11-20"}}, "due-past"),
    "an agent without a name": (BY_SPOUSE | {"applicant": PERSON}, "agent-name-needed"),
    "a return to an agent without a name": (
        BY_SPOUSE | {"applicant": PERSON, "eligible": "no", "details": FOUND},
        "agent-name-needed",
    ),
    "an agent without a number": (
        BY_SPOUSE | {"applicant": PERSON | {"agent": SPOUSE | {"id_number": None}}},
        "agent-id-number-needed",
    ),
    "an agent who is somebody else": (
        BY_SPOUSE | {"applicant": PERSON | {"agent": SPOUSE | {"relation": "女儿"}}},
        "agent-relation",
    ),
    "an agent of an heir who came in person": (
        {"item": "B15", "answers": {"who": "heir"}, "applicant": PERSON | {"agent": SPOUSE}},
        "agent-contradicts",
    ),
    "a later receipt without a reason": (
        {**DIRECT, **ACCEPTED, "on_the_spot": False, "details": {"due": LATER["due"]}},
        "due-reason-needed",
    ),
    "a delay without its dates": ({**PROMISE, **ACCEPTED, "slip": "delay_notice"}, "delay-incomplete"),
    "a delay that is none": (
        {**FURTHER["delay"], "details": FURTHER["delay"]["details"] | {"due": "2026-11-24"}},
        "delay-not-later",
    ),
    "a forbidden sentence": (
        {**ROWS["6-not-eligible"][0], "details": {"explanation": "不是告诉过你了吗"}},
        "forbidden-wording",
    ),
    "a forbidden defect": (
        {**PROMISE, "received": ["id-card"], "defects": [{"id": "title-deed", "why": "早干什么的"}]},
        "forbidden-wording",
    ),
    "a colleague nobody knows": ({**PROMISE, "duty": "colleague", "details": {"colleague": "9999"}}, "unknown-clerk"),
    "a detail nobody knows": ({**PROMISE, "details": {"colour": "红"}}, "unknown-field"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_issued_is_refused_and_nothing_is_recorded(office: Office, name: str) -> None:
    changes, code = REFUSED[name]
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue(office, changes)
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert office.book.head() == before


@pytest.mark.parametrize("name", ["6-not-eligible", "9-undecided", "10-referral", "11-promise"])
def test_an_item_that_is_not_approved_never_binds_a_confirmed_office(office: Office, name: str) -> None:
    office.decide_profile(confirmed(office.profile))
    with pytest.raises(Refusal) as refusal:
        issue(office, ROWS[name][0])
    assert refusal.value.code == "item-unapproved"


def test_training_may_issue_what_is_not_approved(tmp_path: Path) -> None:
    office = an_office(tmp_path, training=True)
    office.decide_profile(confirmed(office.profile))
    assert issue(office, ROWS["11-promise"][0]).slip is not None
    office.close()


def test_nobody_is_promised_a_date_while_the_post_is_vacant(office: Office) -> None:
    posts = tuple(replace(post, holder="") for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))
    with pytest.raises(Refusal) as refusal:
        issue(office, ROWS["11-promise"][0])
    assert refusal.value.code == "vacant-post"
    unnamed = issue(office, ROWS["2-colleague"][0]).slip
    assert unnamed is not None
    assert "承办科室、岗位、姓名、电话：＿＿" in in_lines(unnamed.draft)


def test_a_quotation_stands_with_its_reason_in_the_book(office: Office) -> None:
    details = {"explanation": "当事人称窗口说“不知道。”", "quoted": "转述当事人原话"}
    issue(office, {**ROWS["6-not-eligible"][0], "details": details, "request_id": "quoted"})
    entry = office.book.find("quoted")
    assert entry is not None
    assert entry.payload["facts"]["details"] == details


def test_an_act_says_which_case_it_begins_or_goes_on_with(office: Office) -> None:
    first = issue(office, {**ROWS["8-promise-incomplete"][0], "request_id": "a-first-visit"})
    issue(office, {**PROMISE, **ACCEPTED, "case": "a-first-visit", "request_id": "a-second-visit"})
    told = [office.book.find(key) for key in ("a-first-visit", "a-second-visit")]
    assert first.slip is not None
    assert [entry.payload["facts"]["case"] for entry in told if entry] == ["a-first-visit"] * 2
    assert [sorted(entry.payload["facts"]["clocks"]) for entry in told if entry] == [[], ["promised", "statutory"]]


def test_a_promise_beyond_the_promised_limit_needs_its_reason(office: Office) -> None:
    stated = {**PROMISE, **ACCEPTED, "details": {"due": "2026-11-25"}}
    with pytest.raises(Refusal) as refusal:
        issue(office, stated)
    assert refusal.value.code == "due-reason-needed"
    assert "2026-11-24" in refusal.value.sentence
    assert issue(office, {**stated, "details": {"due": "2026-11-24"}}).due == date(2026, 11, 24)
    assert issue(office, {**stated, "eligible": "undecided"}).due == date(2026, 11, 25), "a day of answer is stated"


@pytest.mark.parametrize(
    ("changes", "said", "unsaid"),
    [
        (
            {**PROMISE, **ACCEPTED, "channel": "letter", "on": "2026-11-21"},
            ["自2026年11月23日起1个工作日内办结，当日不计：", "已填写并签名"],
            ["当场填写", "自受理之日起"],
        ),
        (
            {**PROMISE, "duty": "colleague", "channel": "phone"},
            ["请按下列电话联系", "联系不上的，请拨打李某的电话"],
            ["引荐", "没有人接待"],
        ),
        (
            {**PROMISE, "hold": "verify", "slip": "notification_slip", "details": HELD},
            ["已登记并报告，由张某（0883-0000003）负责，最迟2026年12月1日告知您"],
            ["及时告知您"],
        ),
    ],
)
def test_a_paper_fits_the_way_in_which_it_reaches_the_applicant(
    office: Office, changes: dict[str, Any], said: list[str], unsaid: list[str]
) -> None:
    slip = issue(office, changes).slip
    assert slip is not None
    text = in_lines(slip.draft)
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []
