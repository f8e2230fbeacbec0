"""The day at a counter: who is away now, who still waits for an answer, what was served after the office closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.office_day import (
    AfterHours,
    after_hours,
    away_now,
    inquiries_waiting,
    record_overtime,
)
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from tests.decision_rows import ROWS
from tests.hand_entries import TYPED
from tests.make import NOW, a_request

K = RegisterKind


class Clock:
    """What the office reads its time from, and its book."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(open_office(tmp_path, Clock())) as made:
        yield made


def at(office: Office, hour: int, minute: int = 0, *, days: int = 0) -> None:
    assert isinstance(office.clock, Clock)
    office.clock.now = NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


def noted(office: Office, kind: RegisterKind, **typed: str) -> RegisterLine:
    entry = keeping.record(office, kind, typed)
    return keeping.line_of(office, kind, entry.seq)


def test_who_is_away_is_so_from_the_hour_that_was_noted_until_they_are_back(office: Office) -> None:
    two = office.profile.clerks[:2]
    assert away_now(office) == []
    plan = {"since": "14:00", "reason": "送材料", "notice": "窗口留言"}
    noted(office, K.ABSENCE, **plan, back="15:00", who=two[0].staff_number)
    open_ = noted(office, K.ABSENCE, **plan, who=two[1].staff_number)
    for hour, minute, names in ((13, 59, []), (14, 0, [two[0].name, two[1].name]), (15, 0, [two[1].name])):
        at(office, hour, minute)
        assert sorted(away_now(office)) == sorted(names), (hour, minute)
    at(office, 9, days=1)
    assert away_now(office) == [two[1].name]
    keeping.answer(office, open_, "9:00 返岗")
    assert away_now(office) == []


def test_an_absence_of_another_day_or_taken_back_is_none(office: Office) -> None:
    plan = {"since": "08:00", "back": "17:30", "reason": "开会", "notice": "窗口留言"}
    noted(office, K.ABSENCE, **plan, day="2026-11-25")
    today = noted(office, K.ABSENCE, **plan)
    assert away_now(office) == [office.profile.clerk("").name]
    keeping.take_back(office, today, "记错了")
    assert away_now(office) == []
    at(office, 9, days=2)
    assert away_now(office) == [office.profile.clerk("").name]


def test_questions_without_an_answer_wait_and_those_of_cases_too(office: Office) -> None:
    assert inquiries_waiting(office) == []
    issue_slip(office, a_request(**ROWS["4-unclear"][0], request_id="asked"))
    keeping.record(office, K.INQUIRY, TYPED[K.INQUIRY])
    lines = inquiries_waiting(office)
    assert len(lines) == 2
    keeping.answer(office, lines[0], "可以")
    assert [line.seq for line in inquiries_waiting(office)] == [lines[1].seq]


def test_after_the_office_closed_those_who_came_since_are_noted_once_for_each_clerk(office: Office) -> None:
    at(office, 17, 29)
    issue_slip(office, a_request(request_id="before"))
    assert after_hours(office) is None
    at(office, 17, 30)
    assert after_hours(office) == AfterHours("17:30", 0)
    issue_slip(office, a_request(request_id="after"))
    at(office, 17, 52)
    late = after_hours(office)
    assert late == AfterHours("17:52", 1)
    entry = record_overtime(office, late)
    assert entry.kind is EntryKind.OVERTIME
    assert (entry.payload["sort"], entry.payload["until"], entry.payload["visitors"]) == ("served", "17:52", 1)
    assert after_hours(office) is None
    keeping.take_back(office, keeping.line_of(office, K.OVERTIME, entry.seq), "记错了")
    assert after_hours(office) == AfterHours("17:52", 1)
    noted(office, K.OVERTIME, sort="served", until="17:40", day="2026-11-20")
    assert after_hours(office) == AfterHours("17:52", 1), "that was of another day"
    noted(office, K.OVERTIME, sort="explained", text="请明早来")
    assert after_hours(office) is None
    office.at_window.who = "0002"
    office.reread()
    assert after_hours(office) == AfterHours("17:52", 1), "a colleague notes their own"
