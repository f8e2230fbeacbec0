"""What a real office's book gives: who came, what was told right, what was kept, what is missing; step by step, and only to whom it is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.pictures import Picture, Subject
from counter_assistant.domain.report.report import Report
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.report.access import is_supervisor, may_look
from counter_assistant.operations.report.making import PARTS, Kept, ReportMaking, make_report
from tests.decision_rows import ROWS
from tests.make import ID_NUMBER, NOW, PHONE, a_request, confirmed, told_otherwise

NOVEMBER = Span(2026, 11)


class Desk:
    """An office whose clock is moved."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 2, 8, 30, tzinfo=NOW.tzinfo)
        self.office = open_office(folder, lambda: self.now)
        self.go_to(23)

    def go_to(self, day: int, hour: int = 9, month: int = 11) -> None:
        self.now = datetime(2026, month, day, hour, 15, tzinfo=NOW.tzinfo)

    def issue(self, row: str, request_id: str, **changes: Any) -> str:
        issued = issue_slip(self.office, a_request(**{**ROWS[row][0], "request_id": request_id, **changes}))
        return issued.slip.number if issued.slip else ""

    def report(self, span: Span = NOVEMBER) -> Report:
        return make_report(self.office, span)

    def picture(self, subject: Subject) -> Picture:
        return self.report().picture(subject).now


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    with closing(made.office):
        yield made


def figures(picture: Picture) -> dict[str, int]:
    return {bar.label: bar.count for bar in picture.bars if bar.count}


def done(report: Report) -> dict[str, int]:
    return {str(name).strip(): int(now) for name, now, _ in report.done.rows}


def test_who_comes_counts_once_a_day_in_the_hour_of_the_first_act(desk: Desk) -> None:
    desk.go_to(23, 9)
    desk.issue("7-direct-incomplete", "one")
    desk.go_to(23, 11)
    desk.issue("12-on-the-spot", "again", case="one")
    desk.go_to(24, 14)
    desk.issue("1-elsewhere", "shown the way")
    note_call(desk.office, "问租房提取要带什么")
    picture = desk.picture(Subject.VISITS)
    assert (picture.total, figures(picture)) == (3, {"9": 1, "14": 2})
    assert picture.bar("14") is not None
    assert picture.bar("14").cases == ("shown the way",), "a call is no case"  # type: ignore[union-attr]


def test_who_comes_again_another_day_counts_again(desk: Desk) -> None:
    desk.go_to(23, 9)
    desk.issue("7-direct-incomplete", "one")
    desk.go_to(24, 10)
    desk.issue("12-on-the-spot", "again", case="one")
    assert figures(desk.picture(Subject.VISITS)) == {"9": 1, "10": 1}


def test_a_void_paper_is_no_visit_and_counts_as_void(desk: Desk) -> None:
    number = desk.issue("5-inquiry", "one")
    reprint(desk.office, number)
    void(desk.office, number, "写错了姓名")
    report = desk.report()
    assert report.picture(Subject.VISITS).now.total == 0
    assert done(report) == {"来人来电": 0, "出具文书": 1, "一次性告知单": 1, "口头告知": 0, "作废": 1, "补打": 1}


def test_a_promise_is_kept_early_on_the_day_or_late(desk: Desk) -> None:
    for row in ("early", "on the day", "late"):
        desk.issue("10-referral", row)
    desk.issue("12-on-the-spot", "at once")
    case = desk.office.cases.get("late")
    assert case is not None
    assert case.due == date(2026, 11, 30)
    desk.go_to(25)
    take_step(desk.office, "early", Step.DONE)
    desk.go_to(30)
    take_step(desk.office, "on the day", Step.DONE)
    desk.go_to(1, month=12)
    take_step(desk.office, "late", Step.DONE)
    november, december = (desk.report(span).picture(Subject.PROMISES).now for span in (NOVEMBER, NOVEMBER.turned(1)))
    behind = {bar.key: bar.cases for bar in november.bars}
    assert behind == {"same_day": ("at once",), "early": ("early",), "on_the_day": ("on the day",), "overdue": ()}
    assert {bar.key: bar.cases for bar in december.bars if bar.count} == {"overdue": ("late",)}


def test_a_step_that_was_taken_back_and_a_withdrawal_keep_no_promise(desk: Desk) -> None:
    desk.issue("11-promise", "one")
    desk.issue("11-promise", "two")
    take_step(desk.office, "one", Step.DONE)
    take_step(desk.office, "two", Step.WITHDRAWN, note="当事人不办了")
    take_back(desk.office, "one", "点错了件")
    assert desk.picture(Subject.PROMISES).total == 0


def test_what_is_closed_in_another_month_counts_there(desk: Desk) -> None:
    desk.go_to(30)
    desk.issue("11-promise", "one")
    desk.go_to(1, month=12)
    take_step(desk.office, "one", Step.DONE)
    assert desk.picture(Subject.PROMISES).total == 0
    december = desk.report(Span(2026, 12))
    assert (december.picture(Subject.PROMISES).now.total, december.picture(Subject.VISITS).before.total) == (1, 1)


def test_an_application_waits_for_what_is_brought_and_not_there(desk: Desk) -> None:
    """Missing, or to be mended; never what is filled in at the counter, nor what was handed in."""
    desk.issue("8-promise-incomplete", "one")
    desk.issue("5-inquiry", "asks only")
    picture = desk.picture(Subject.WAITING)
    told = next(desk.office.book.entries()).payload  # the book's first entry is no act
    assert "facts" not in told
    entry = desk.office.book.find("one")
    assert entry is not None
    facts = entry.payload["facts"]
    brought = {
        line["name"] for id_, line in facts["told"]["required"].items()
        if line["submit"] in ("hand_in", "show") and id_ not in facts["received"]
    }  # fmt: skip
    mended = {facts["told"]["required"][id_]["name"] for id_ in facts["defects"]}
    assert mended
    assert figures(picture) == dict.fromkeys((brought - mended) | {f"{name}（须改）" for name in mended}, 1)
    assert picture.total == 1


def test_one_document_that_is_two_materials_is_missing_once(desk: Desk) -> None:
    """A spouse who comes as the agent shows one identity card."""
    answers = {"who": "spouse", "spouse_also": "yes"}
    desk.issue("8-promise-incomplete", "one", item="B01", answers=answers, received=["id-card"], defects=[],
               applicant={"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER, "agent": {"name": "玉罕", "relation": "配偶"}})  # fmt: skip
    entry = desk.office.book.find("one")
    assert entry is not None
    required = entry.payload["facts"]["told"]["required"]
    assert {"agent-id-card", "spouse-id-card", "relationship-proof", "marriage-certificate"} <= required.keys()
    kept: Kept = {}
    counted = ReportMaking(desk.office, NOVEMBER, kept)
    while not counted.done:
        counted.step()
    names = [one.name for one in kept[NOVEMBER].lacking]
    assert len(names) == len(set(names))
    shown = {required[id_]["name"] for id_ in ("agent-id-card", "spouse-id-card")} & set(names)
    proven = {required[id_]["name"] for id_ in ("relationship-proof", "marriage-certificate")} & set(names)
    assert (len(shown), len(proven)) == (1, 1)


def test_told_right_is_what_the_month_s_own_figures_say(desk: Desk) -> None:
    for n in range(20):
        told_otherwise(desk.office, uuid=f"first {n}", name="玉罕") if n == 0 else desk.issue(
            "12-on-the-spot", f"at once {n}"
        )
    picture = desk.report().picture(Subject.TOLD)
    (bar,) = picture.now.bars
    assert (bar.key, bar.of, bar.count, bar.percent) == ("B08", 20, 19, 95)
    assert len(bar.cases) == 1
    assert desk.office.cases.get(bar.cases[0]) is not None
    assert picture.advice.item == "B08"
    assert "“申请人有效身份证件”（1 件）" in picture.advice.words


def test_a_year_is_counted_month_by_month_and_what_was_counted_is_kept(desk: Desk) -> None:
    desk.issue("5-inquiry", "november")
    desk.go_to(4, month=12)
    desk.issue("5-inquiry", "december")
    kept: Kept = {}
    making = ReportMaking(desk.office, Span(2026), kept)
    assert (making.total, making.counted, making.done) == (24 * len(PARTS), 0, False)
    while not making.drawable:
        making.step()
    assert making.counted == making.total / 2, "the year itself first"
    assert making.report().picture(Subject.VISITS).now.total == 2
    while not making.done:
        making.step()
    assert making.counted == making.total
    assert making.report().picture(Subject.VISITS).now.total == 2
    again = ReportMaking(desk.office, NOVEMBER.turned(1), kept)
    assert (again.done, again.total) == (True, 0)
    assert (again.report().picture(Subject.VISITS).now.total, again.report().picture(Subject.VISITS).before.total) == (
        1,
        1,
    )


def test_a_period_that_is_not_over_says_so(desk: Desk) -> None:
    assert desk.report().unfinished
    desk.now = NOW + timedelta(days=8)
    assert not desk.report().unfinished
    assert desk.report(Span(2026)).unfinished


def give(office: Office, *roles: Role, second: tuple[Role, ...] = tuple(Role)) -> None:
    profile = confirmed(office.profile)
    first, other, *rest = profile.clerks
    clerks = (replace(first, roles=tuple(roles)), replace(other, roles=second), *rest)
    office.book.append(EntryKind.OFFICE_PROFILE, replace(profile, clerks=clerks).to_payload())
    office.reread()


def test_who_is_a_supervisor(desk: Desk) -> None:
    assert not is_supervisor(desk.office), "where nobody has a role nobody is one"
    may_look(desk.office)  # and nobody is kept from it
    give(desk.office, Role.SUPERVISOR)
    assert is_supervisor(desk.office)
    may_look(desk.office)
    give(desk.office, Role.CLERK, Role.ADMINISTRATOR)
    assert not is_supervisor(desk.office), "a colleague is"
    give(desk.office, Role.CLERK, Role.ADMINISTRATOR, second=(Role.CLERK,))
    assert is_supervisor(desk.office), "it falls to the administrator"
    give(desk.office, Role.CLERK)
    with pytest.raises(Refusal) as refusal:
        make_report(desk.office, NOVEMBER)
    assert refusal.value.code == "not-permitted"
    assert refusal.value.sentence.startswith("看带班页和报告由带班领导办，")


def test_a_book_that_is_only_read_can_be_looked_at(desk: Desk) -> None:
    give(desk.office, Role.SUPERVISOR)
    desk.office.database.barred = Refusal("barred", "只读。")
    assert make_report(desk.office, NOVEMBER).span == NOVEMBER
