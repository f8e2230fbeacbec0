"""What goes on by itself while nobody is served: it waits for a visitor, is done once a day, and says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.housekeeping import Housekeeping
from tests.make import ID_NUMBER, NOW, a_request


class Days:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def office(tmp_path: Path, days: Days) -> Iterator[Office]:
    made = open_office(tmp_path, days)
    for n in range(12):
        issue_slip(made, a_request(applicant={"name": f"岩{n}", "id_number": ID_NUMBER}))
    days.now = NOW.replace(year=NOW.year + 10) + timedelta(days=1) - AFTER_A_JUMP
    made.confirm_clock()
    days.now += AFTER_A_JUMP
    yield made
    made.close()


def left(office: Office) -> int:
    return len(list(office.book.entries(EntryKind.PAYLOAD_ERASED)))


def test_numbers_leave_while_nobody_is_served(qtbot: Any, office: Office) -> None:
    keeping = Housekeeping(office, lambda: True)
    keeping.look()
    qtbot.waitUntil(lambda: left(office) == 12)
    keeping.look()
    assert not keeping._work.running, "once a day"


def test_a_visitor_is_not_kept_waiting(qtbot: Any, office: Office) -> None:
    served = [True]
    keeping = Housekeeping(office, lambda: not served)
    keeping.look()
    assert not keeping._work.running
    served.clear()
    keeping.look()
    served.append(True)
    qtbot.waitUntil(lambda: not keeping._work.running)
    assert left(office) == 0
    served.clear()
    keeping.look()
    qtbot.waitUntil(lambda: left(office) == 12)


def test_on_the_next_day_it_is_done_again(qtbot: Any, office: Office, days: Days) -> None:
    keeping = Housekeeping(office, lambda: True)
    keeping.look()
    qtbot.waitUntil(lambda: not keeping._work.running)
    days.now += timedelta(days=1)
    keeping.look()
    assert keeping._work.running


def test_at_a_doubtful_time_it_waits_and_a_closed_book_is_left_alone(qtbot: Any, office: Office, days: Days) -> None:
    days.now += timedelta(days=400)
    keeping = Housekeeping(office, lambda: True)
    keeping.look()
    qtbot.waitUntil(lambda: not keeping._work.running)
    assert left(office) == 0
    office.confirm_clock()
    days.now += AFTER_A_JUMP
    keeping.look()
    qtbot.waitUntil(lambda: left(office) == 12)
    office.close()
    keeping.look()
    assert not keeping._work.running
