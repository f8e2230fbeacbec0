"""The earlier day binds: no paper promises a day after the statute's last one, whatever the clerk, the calendar or the year.

条例 第二十五条、第二十六条、第三十七条 set the statute's limits; a promise of the centre (守则 一(七)2) never lengthens them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.calendar.time_limit import PROMISED, STATUTORY, binding
from counter_assistant.domain.catalogue.checks.enumeration import complete_answerings, given
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.limits import Limit, own_limit
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import Draft, Paragraph
from counter_assistant.domain.people.agent import AGENTS, OFFERED
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import SEALED_ITEMS
from counter_assistant.operations.archive.reprint_and_void import show
from counter_assistant.operations.intake.deadlines import RunningLimit, deadlines, statutory_deadline
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.issue import draft_of, issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.program import program
from tests.decision_rows import ACCEPTED, DIRECT, LOAN, PERSON, PROMISE, SPOUSE
from tests.make import NOW, a_request, an_office, text_of
from tests.operations.issuing.test_compose import in_lines
from tests.portion import Portion

CATALOGUE = program().catalogue
CALENDAR = program().calendar
TEXTS = [text for texts in CATALOGUE.items.values() for text in texts]
ONE_DAY = timedelta(days=1)


def days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * i for i in range((last - first).days + 1))


PAIRS = {(text.promised, limit) for text in TEXTS if (limit := own_limit(text.statutory))}
"""Every promise of the catalogue with the statute's limit beside it."""


@cache
def ends(limit: Limit, start: date) -> date:
    deadline = RunningLimit.of(limit).clock(start).deadline(CALENDAR)
    assert deadline is not None
    return deadline.due


@pytest.mark.slow
def test_on_no_day_of_three_years_does_a_distinct_limit_bind_after_the_statute() -> None:
    plain = {(p.n, p.unit, s.n, s.unit, p, s) for p, s in PAIRS}
    distinct = {row[:4]: row[4:] for row in plain}
    assert len(distinct) >= 5
    for promised, statutory in distinct.values():
        for day in days(date(2025, 1, 1), date(2027, 12, 31)):
            clocks = {PROMISED: RunningLimit.of(promised).clock(day), STATUTORY: RunningLimit.of(statutory).clock(day)}
            found = binding(clocks, CALENDAR)
            assert found is not None
            assert found.due == min(ends(promised, day), ends(statutory, day)), (promised, statutory, day)


@pytest.mark.slow
def test_a_promise_that_is_said_not_to_outlast_the_statute_never_does() -> None:
    for n in range(6):
        for unit in ("day", "workday"):
            for statutory in {limit for _, limit in PAIRS}:
                promised = Limit(n, unit, "acceptance", statutory.source)
                if promised.may_outlast(statutory):
                    continue
                for day in days(date(2020, 1, 1), date(2026, 12, 1)):
                    assert ends(promised, day) <= ends(statutory, day), (n, unit, statutory.n, day)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def office_on(tmp_path: Path) -> Iterator[Callable[[date], Office]]:
    """Opens an office whose clock stands on a day."""
    opened: list[Office] = []

    def open_on(day: date) -> Office:
        moment = NOW.replace(year=day.year, month=day.month, day=day.day)
        opened.append(open_office(tmp_path / f"{day}", lambda: moment))
        opened[-1].confirm_clock()
        return opened[-1]

    yield open_on
    for each in opened:
        each.close()


def strong(draft: Draft) -> str:
    return "".join(run.text for part in draft.body if isinstance(part, Paragraph) for run in part.runs if run.strong)


OfficeOn = Callable[[date], Office]
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def dates_in(text: str) -> list[date]:
    return [date(*map(int, found)) for found in DATE.findall(text)]


LOANED: dict[str, Any] = {"item": "C02", "applicant": PERSON, "answers": LOAN, **ACCEPTED}


def test_the_day_that_stands_out_is_the_statutes_where_that_comes_first(office_on: OfficeOn) -> None:
    """Accepted on 2026-02-12: ten working days would end on 03-04, the fifteen days of the law of that day on 02-27."""
    office = office_on(date(2026, 2, 12))
    issued = issue_slip(office, a_request(**LOANED))
    assert issued.slip is not None
    assert issued.due == date(2026, 2, 27)
    assert dates_in(strong(issued.slip.draft)) == [date(2026, 2, 27)]
    text = in_lines(issued.slip.draft)
    assert "2026年3月4日" not in text
    assert "不晚于法定期限" in text
    assert "先于本单位的承诺，以法定期限为准" in text
    case = office.cases.found("罗")[0]
    assert (case.due, case.printed_due) == (date(2026, 2, 27), date(2026, 2, 27))


@pytest.mark.parametrize(
    ("request_", "due"),
    [
        ({**PROMISE, **ACCEPTED}, "2026-11-27"),
        ({**PROMISE, "received": "all", "eligible": "undecided"}, "2026-11-27"),
        ({**DIRECT, **ACCEPTED, "on_the_spot": False}, "2027-01-05"),
    ],
)
def test_a_day_after_the_statutes_last_one_cannot_be_stated(office: Office, request_: dict[str, Any], due: str) -> None:
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, a_request(**request_, details={"due": due, "due_reason": "年终结算"}))
    assert refusal.value.code == "due-beyond-statute"
    assert "2026-11-26" in refusal.value.sentence
    assert list(office.cases.found("罗")) == []


def test_even_the_preview_never_shows_a_day_after_the_statutes(office: Office) -> None:
    late = a_request(**PROMISE, **ACCEPTED, details={"due": "2027-01-05", "due_reason": "年终结算"})
    matter = assess(late, office.catalogue, office.profile, office.today())
    due, _ = deadlines(matter, office.calendar)
    assert due is not None
    assert due.due == date(2026, 11, 26)


# What lies back


BACK: dict[str, Any] = {"item": "B08", "on": "2026-09-18", "applicant": PERSON, "answers": DIRECT["answers"]}


def test_an_application_of_before_that_is_incomplete_is_told_what_is_asked_today(office: Office) -> None:
    """Since 2026-09-20 nobody may ask for the employer's certificate: who comes back must not be sent to fetch it."""
    issued = issue_slip(office, a_request(**BACK, received=["id-card"]))
    assert issued.slip is not None
    text = in_lines(issued.slip.draft)
    assert "（2026年修订，2026年9月20日起施行）" in text
    assert "2019年修订" not in text
    assert "申请日：2026年9月18日（补录）；材料补齐之日受理，以下按今天的规定告知。" in text
    assert issued.due_if_completed == office.today()
    assert [found for found in dates_in(strong(issued.slip.draft)) if found < office.today()] == []


def test_an_answer_that_the_later_text_does_not_know_is_left_out(office: Office) -> None:
    old = office.catalogue.item("B08", date(2026, 9, 18))
    new = office.catalogue.item("B08", office.today())
    assert old is not None
    assert new is not None
    answers = {asked.id: asked.question.options[-1].code for asked in old.questions}
    matter = assess(
        a_request(**{**BACK, "answers": answers}, received=["id-card"]),
        office.catalogue,
        office.profile,
        office.today(),
    )
    assert matter.item == new
    assert matter.request.answers.keys() <= {asked.id for asked in new.questions}


def test_what_was_complete_then_is_accepted_then(office_on: OfficeOn) -> None:
    office = office_on(date(2026, 9, 21))
    matter = assess(
        a_request(**{**BACK, "item": "B01", "answers": PROMISE["answers"]}, **ACCEPTED),
        office.catalogue, office.profile, office.today(),
    )  # fmt: skip
    assert matter.acceptance == matter.day == date(2026, 9, 18)


def test_a_day_that_has_passed_is_said_to_have_passed_and_never_promised(office: Office) -> None:
    """受理 on 2026-11-10, recorded on 11-23: the limit ended on 11-13, so the paper promises nothing and names the remedy."""
    issued = issue_slip(office, a_request(**{**PROMISE, **ACCEPTED, "on": "2026-11-10"}))
    assert issued.slip is not None
    text = in_lines(issued.slip.draft)
    assert "期限已于2026年11月11日届满" in text
    assert "最迟" not in text
    assert "应当先向临沧市人民政府申请行政复议" in text
    assert "受理时间" not in text
    assert "出具时间" in text


def test_a_review_of_the_balance_has_two_steps_with_two_limits(office: Office) -> None:
    """条例 第三十七条第二款: the bank and the centre answer in writing within five days of the application each received."""
    review = {"who": "self", "account_matter": "review", "bank_reviewed": "yes"}
    issued = issue_slip(office, a_request(item="A17", applicant=PERSON, answers=review, **ACCEPTED))
    assert issued.slip is not None
    assert issued.kind is SlipKind.PROMISE_NOTICE
    assert issued.due == date(2026, 11, 30), "11-28 is a Saturday"
    assert "书面答复" in strong(issued.slip.draft)
    told = issue_slip(office, a_request(item="A17", answers={"who": "self", "account_matter": "review"}))
    assert told.slip is not None
    assert "受委托银行自收到申请之日起5日内书面答复；本中心自收到申请之日起5日内书面答复" in in_lines(told.slip.draft)


def test_a_query_of_an_account_is_answered_at_once(office: Office) -> None:
    query = {"who": "self", "account_matter": "query"}
    issued = issue_slip(office, a_request(item="A17", applicant=PERSON, answers=query, **ACCEPTED))
    assert (issued.kind, issued.due) == (None, office.today())


def test_a_letter_is_received_on_the_day_it_comes_and_accepted_on_the_next_working_day(office_on: OfficeOn) -> None:
    office = office_on(date(2026, 11, 28))
    review = {"who": "self", "account_matter": "review", "bank_reviewed": "yes"}
    request = a_request(item="A17", applicant=PERSON, answers=review, channel="letter", **ACCEPTED)
    matter = assess(request, office.catalogue, office.profile, office.today())
    statutory = statutory_deadline(matter, office.calendar)
    assert statutory is not None
    assert statutory.due == date(2026, 12, 3)


def test_a_report_against_an_employer_is_promised_the_result_of_the_check(office: Office) -> None:
    """GIVEN a report that was begun as a case before complaints were sealed WHEN a paper of it is written THEN it says this."""
    papers = []
    for changes, kind in (
        ({"applicant": PERSON, **ACCEPTED}, SlipKind.PROMISE_NOTICE),
        ({}, SlipKind.NOTIFICATION_SLIP),
    ):
        matter = assess(a_request(item="D01", **changes), office.catalogue, office.profile, office.today())
        papers.append(draft_of(office, matter, kind))
    promised, told = papers
    assert "告知核查结果" in strong(promised)
    assert "办结" not in in_lines(promised).split("办理期限")[-1].split("责任人")[0]
    assert "立案处罚的自立案之日起90日内作出行政处罚决定" in in_lines(told)


@pytest.mark.parametrize("item", SEALED_ITEMS)
@pytest.mark.parametrize(
    "made",
    [{"applicant": PERSON, **ACCEPTED}, {"received": ["id-card"]}, {"clarity": "unclear"}],
    ids=["accepted", "incomplete", "unclear"],
)
def test_a_complaint_becomes_no_matter_that_everybody_reads(office: Office, item: str, made: dict[str, Any]) -> None:
    before = office.book.head()
    with pytest.raises(Refusal) as refused:
        issue_slip(office, a_request(item=item, **made))
    assert refused.value.code == "complaint-is-sealed"
    assert office.book.head() == before


@pytest.mark.parametrize("item", SEALED_ITEMS)
@pytest.mark.parametrize("delivery", ["written", "oral"])
def test_how_a_complaint_is_made_is_told(office: Office, item: str, delivery: str) -> None:
    issued = issue_slip(office, a_request(item=item, delivery=delivery))
    assert (issued.kind, issued.clause) == (SlipKind.NOTIFICATION_SLIP, "一(五)1")


# Every item with every answer


TWELVE = [
    date(2025, 1, 24), date(2025, 4, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 2, 13), date(2026, 4, 30),
    date(2026, 9, 18), date(2026, 9, 30), date(2026, 11, 23), date(2026, 12, 24), date(2026, 12, 31), date(2027, 2, 4),
]  # fmt: skip
"""Ordinary days, the eves of every long holiday, the last day of the old law, and days whose notice is not published."""


@cache
def each_answer(item: ServiceItem) -> list[dict[str, str]]:
    """Complete situations that between them hold every answer of every question."""
    chosen: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for settled in complete_answerings(item, [asked.id for asked in item.questions]):
        answers = given(settled)
        if not seen >= set(answers.items()):
            seen |= set(answers.items())
            chosen[tuple(answers.items())] = answers
    return list(chosen.values()) or [{}]


COMPANY = {"name": "临沧某某有限公司", "phone": "13800000000", "id_type": "unit", "id_number": "91350100M000100Y43"}


def check_paper(office: Office, item: ServiceItem, answers: dict[str, str], day: date, number: int) -> None:
    """Issues the accepting paper of a situation; what stands out on it, and every day it promises, keeps the law."""
    applicant: dict[str, Any] = COMPANY if answers.get("who") == "employer" else PERSON
    if answers.get("who") in AGENTS:
        relation = OFFERED.get(answers["who"], ("朋友",))[0]
        applicant = {**applicant, "agent": {**SPOUSE, "relation": relation}}
    request = a_request(
        item.id, answers=answers, received="all", eligible="yes", on_the_spot=False, request_id=f"{day}-{number}",
        applicant=applicant,
    )  # fmt: skip
    matter = assess(request, office.catalogue, office.profile, office.today())
    if matter.broken:
        with pytest.raises(Refusal) as refused:
            issue_slip(office, request)
        assert refused.value.code == "answers-against", (
            "no paper says of an applicant what it refuses them for, and accepts"
        )
        return
    issued = issue_slip(office, request)
    if issued.slip is None or issued.due is None:
        return
    statutory = statutory_deadline(matter, office.calendar)
    last = statutory.due if statutory else date.max
    assert issued.due <= last, (item.id, answers, day)
    assert all(found <= last for found in dates_in(strong(issued.slip.draft))), (item.id, answers, day)
    shown = [found for found in dates_in(in_lines(issued.slip.draft)) if found > day]
    assert all(found <= last for found in shown), (item.id, answers, day)


@pytest.mark.slow
@pytest.mark.nightly("promises")
def test_no_item_with_any_answer_promises_a_day_after_the_statutes(office_on: OfficeOn, portion: Portion) -> None:
    situations = [
        (day, item, answers)
        for day in TWELVE
        for item in (text for text in TEXTS if text.valid_on(day) and text.id not in SEALED_ITEMS)
        for answers in each_answer(item)
    ]
    assert len(situations) >= 30 * len(TWELVE)
    offices: dict[date, Office] = {}
    for n, (day, item, answers) in enumerate(portion.of(situations, sample=100)):
        if day not in offices:
            offices[day] = office_on(day)
        check_paper(offices[day], item, answers, day, n)
    newest = [(office, row.number) for office in offices.values() for row in office.archive.search("罗", limit=1)]
    assert newest
    for office, number in newest:
        slip = show(office, number).slip
        assert slip is not None
        assert text_of(office.program.typesetter.pdf(slip))
