"""Looking at one clerk's matters: a reason first, an entry, and that clerk can see it; nobody else's are shown on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind, Visibility
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.looked_entry import SupervisorLooked
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.own_matters import Look, month_for_clerk
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.behind import MOST, case_lines, matter_lines
from counter_assistant.operations.report.one_clerk import colleagues, look_at_one
from tests.decision_rows import ROWS
from tests.make import NOW, a_request, an_office, told_otherwise

NOVEMBER = Span(2026, 11)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        told_otherwise(made, clerk="0002", uuid="hers")
        told_otherwise(made, clerk="0003", name="岩温", uuid="his")
        yield made


def test_it_is_an_entry_before_anybody_sees_them(office: Office) -> None:
    (matter,) = look_at_one(office, "0002", NOVEMBER, " 核对一位当事人的意见 ")
    assert (matter.case, matter.clerk) == ("hers", "0002")
    entry = office.book.latest(EntryKind.SUPERVISOR_LOOKED)
    assert entry is not None
    assert SupervisorLooked.from_payload(entry.payload) == SupervisorLooked(
        "0002", "2026-11", "核对一位当事人的意见", "0001"
    )
    assert entry.visibility is Visibility.INTERNAL


def test_whose_they_are_can_see_who_looked_and_why_and_nobody_else_can(office: Office) -> None:
    look_at_one(office, "0002", NOVEMBER, "核对一位当事人的意见")
    name = office.profile.clerk("0001").name
    office.act_as("0002")
    assert month_for_clerk(office, 2026, 11).looks == (Look(NOW.date(), name, "核对一位当事人的意见"),)
    assert month_for_clerk(office, 2026, 10).looks == ()
    office.act_as("0003")
    assert month_for_clerk(office, 2026, 11).looks == ()


@pytest.mark.parametrize(
    ("clerk", "month", "reason", "code"),
    [
        ("0002", NOVEMBER, "　 ", "reason-missing"), ("0002", Span(2026), "核对", "one-month"),
        ("0001", NOVEMBER, "核对", "own-matters"), ("9999", NOVEMBER, "核对", "unknown-clerk"),
    ],
)  # fmt: skip
def test_what_is_refused_is_no_entry(office: Office, clerk: str, month: Span, reason: str, code: str) -> None:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        look_at_one(office, clerk, month, reason)
    assert refusal.value.code == code
    assert office.book.head() == before


def test_a_reason_is_one_short_sentence(office: Office) -> None:
    with pytest.raises(Refusal):
        look_at_one(office, "0002", NOVEMBER, "长" * 101)
    assert look_at_one(office, "0002", NOVEMBER, "长" * 100)


def test_colleagues_stand_by_their_numbers_and_by_nothing_else(office: Office) -> None:
    assert [clerk.staff_number for clerk in colleagues(office)] == ["0002", "0003", "0004", "0005"]
    office.act_as("0003")
    assert [clerk.staff_number for clerk in colleagues(office)] == ["0001", "0002", "0004", "0005"]


def test_matters_and_cases_are_listed_a_line_each(office: Office) -> None:
    (line,) = matter_lines(office, look_at_one(office, "0002", NOVEMBER, "核对"))
    assert (line.case, line.text) == ("hers", "11月23日　玉罕　租赁市场住房提取")
    assert "漏告 1 项" in line.hint
    issue_slip(office, a_request(**ROWS["11-promise"][0], request_id="promised"))
    lines, found = case_lines(office, ["promised", "hers", "promised", "is not there"])
    assert ({one.case for one in lines}, found) == ({"promised", "hers"}, 3)
    promised = next(one for one in lines if one.case == "promised")
    case = office.cases.get("promised")
    assert case is not None
    assert (promised.finds, promised.hint) == (case.papers[-1], "已受理")
    assert promised.text == f"11月23日　{case.applicant}　{case.item_name}"
    assert case_lines(office, []) == ([], 0)


def test_of_very_many_the_last_are_listed(office: Office) -> None:
    ids = [f"none {n}" for n in range(MOST)]
    lines, found = case_lines(office, ["hers", *ids])
    assert (lines, found) == ([], MOST + 1)
    lines, found = case_lines(office, [*ids, "hers"])
    assert ([line.case for line in lines], found) == (["hers"], MOST + 1)
