"""What presses of the complaints is counted for their keepers, and they are opened again only once something was recorded."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold, TellingWay
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaint_lines, complaints
from counter_assistant.operations.registers.complaint_lines import ComplaintLine, PressingComplaints
from counter_assistant.operations.registers.register_key import register_key
from tests.make import NOW, an_office

TOLD = Complaint(ComplaintChannel.PHONE, Category.TIME, "等了一个小时", NOW.date(), NameKept.ANONYMOUS)


def test_what_nobody_accepted_and_what_is_due_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    read = complaint_lines.complaint_lines

    def counted(office: Office) -> tuple[ComplaintLine, ...] | None:
        opened.append(1)
        return read(office)

    monkeypatch.setattr(complaint_lines, "complaint_lines", counted)
    with closing(an_office(tmp_path, training=True)) as office:
        key, pressing = register_key(office), PressingComplaints(office)
        assert pressing.count() == 0
        number = complaints.record(office, key, TOLD).number
        assert [pressing.count(), pressing.count()] == [1, 1]
        state = complaints.take_step(office, key, StepTold(number, ComplaintStep.ACCEPT, way=TellingWay.PHONE))
        assert state.due is not None
        assert [pressing.count(), pressing.count()] == [0, 0]
        due = datetime.combine(state.due, NOW.timetz())
        office.clock = lambda: due
        assert pressing.count() == 1
        assert len(opened) == 3


def test_nobody_else_is_told_that_there_are_any(tmp_path: Path) -> None:
    with closing(an_office(tmp_path)) as office:
        assert PressingComplaints(office).count() == 0
