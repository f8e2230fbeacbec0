"""What waits for whoever looks after a counter, the most pressing first, and today in words; nothing where nothing waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing as closed_at_end
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_assistant.domain.calendar.workdays import LocalHoliday
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.calendars.adopt import take_local
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.report.standing import WaitingLine, Waits, today_in_words, waiting_lines
from counter_assistant.operations.safekeeping import closing
from tests.decision_rows import ROWS
from tests.hand_entries import TYPED
from tests.make import NOW, a_request


class Counter:
    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.office = open_office(folder, lambda: self.now)

    def issue(self, row: str, request_id: str, *, printed: bool = True) -> str:
        issued = issue_slip(self.office, a_request(**{**ROWS[row][0], "request_id": request_id}))
        assert issued.slip is not None
        if printed:
            self.office.prints.settle([issued.slip.number])
        return issued.slip.number

    def go_to(self, day: int, month: int = 11) -> None:
        self.now = datetime(2026, month, day, 9, 0, tzinfo=NOW.tzinfo)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    with closed_at_end(made.office):
        yield made


def lines(office: Office, *to_review: str) -> dict[Waits, WaitingLine]:
    return {line.what: line for line in waiting_lines(office, to_review)}


def test_where_nothing_waits_nothing_stands(counter: Counter) -> None:
    assert waiting_lines(counter.office, []) == []


def test_each_sort_says_how_many_and_what_is_first(counter: Counter) -> None:
    counter.issue("11-promise", "late")
    left = [counter.issue("5-inquiry", f"left {n}", printed=False) for n in range(4)]
    keeping.record(counter.office, RegisterKind.OPINION, TYPED[RegisterKind.OPINION])
    counter.go_to(25)
    found = waiting_lines(counter.office, ["窗口退回通知书　刀某某　玉罕交", "另一份"])
    assert [line.what for line in found] == [Waits.REVIEW, Waits.OVERDUE, Waits.OPINION, Waits.UNPRINTED]
    review, overdue, opinion, unprinted = found
    assert (review.count, review.first) == (2, "窗口退回通知书　刀某某　玉罕交")
    case = counter.office.cases.get("late")
    assert case is not None
    assert (overdue.count, overdue.first) == (1, f"{case.item_name}　{case.applicant}")
    assert overdue.more == "11月24日到期"
    assert (opinion.count, opinion.first) == (1, "建议　门口台阶请装扶手")
    assert (unprinted.count, unprinted.first) == (4, "、".join(left[:3]) + "……")


def test_a_printed_day_that_cannot_be_kept_waits_to_be_told(counter: Counter) -> None:
    counter.issue("11-promise", "one")
    counter.issue("11-promise", "two")
    take_local(
        counter.office,
        [LocalHoliday(date(2026, 11, 24), date(2026, 11, 24), "某节", "耿马县", "耿政办发〔2026〕9号")],
        "李某",
    )
    delay = lines(counter.office)[Waits.DELAY]
    assert (delay.count, delay.more, set(delay.cases)) == (2, "11月24日以前告知", {"one", "two"})


def test_a_call_that_is_due_waits_with_the_registers(counter: Counter) -> None:
    keeping.record(counter.office, RegisterKind.INQUIRY, TYPED[RegisterKind.INQUIRY])
    assert Waits.REGISTERS not in lines(counter.office)
    counter.go_to(30)
    assert lines(counter.office)[Waits.REGISTERS].count == 1


def test_first_copies_that_did_not_come_back_wait_once_a_day_is_closed(counter: Counter) -> None:
    number = counter.issue("5-inquiry", "one")
    assert Waits.UNFILED not in lines(counter.office)
    closed, _ = closing.close(counter.office, Period.DAY, "2026-11-23")
    unfiled = lines(counter.office)[Waits.UNFILED]
    assert (unfiled.count, unfiled.first, unfiled.closed) == (1, number, closed)


def test_today_is_told_in_numbers_with_its_closing_and_its_head(counter: Counter) -> None:
    assert list(today_in_words(counter.office))[:2] == ["来人来电 0 次，出具 0 份", "今天还没有结账"]
    number = counter.issue("5-inquiry", "one")
    counter.issue("10-referral", "two")
    issue_slip(counter.office, a_request(delivery="oral", request_id="oral"))
    reprint(counter.office, number)
    void(counter.office, number, "写错了")
    first, done, state, gaps, head = today_in_words(counter.office)
    assert first == "来人来电 2 次，出具 2 份：一次性告知单 1、承诺件通知书 1"
    assert done == "作废 1 份，补打 1 次，口头告知 1 次"
    assert (state, gaps) == ("今天还没有结账", "编号没有跳号")
    seq, digest = counter.office.book.head()
    assert head.replace(" ", "") == f"台账头{seq}:{digest[:12]}"


def test_once_it_is_closed_it_says_so(counter: Counter) -> None:
    counter.issue("5-inquiry", "one")
    closed, entry = closing.close(counter.office, Period.DAY, "2026-11-23")
    said = list(today_in_words(counter.office))
    assert said[1] == f"今天已结账，台账第 {entry.seq} 条"
    assert said[-1].replace(" ", "") == f"台账头{closed.last}:{closed.head[:12]}"


def test_an_earlier_day_that_is_open_is_said_first(counter: Counter) -> None:
    counter.issue("5-inquiry", "one")
    closing.close(counter.office, Period.DAY, "2026-11-23")
    counter.go_to(24)
    counter.issue("5-inquiry", "two")
    counter.go_to(25)
    assert list(today_in_words(counter.office))[-1] == "2026年11月24日还没有结账。请先结2026年11月24日的账。"
