"""When a copy is made, and when somebody is told that there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter_assistant.domain.safekeeping.schedule import are_lines_due, is_due, is_overdue
from tests.make import NOW

MORNING, EVENING = NOW.replace(hour=9), NOW.replace(hour=18, minute=30)


@pytest.mark.parametrize("changed", [True, False])
def test_without_a_copy_of_the_last_day_one_is_due(changed: bool) -> None:
    assert is_due(NOW, None, changed=changed)
    assert is_due(NOW, NOW - timedelta(days=1), changed=changed)
    assert not is_due(NOW, NOW - timedelta(hours=23, minutes=59), changed=changed)


def test_a_copy_from_the_future_is_none() -> None:
    assert is_due(NOW, NOW + timedelta(seconds=1), changed=False)


def test_on_leaving_what_has_changed_is_copied() -> None:
    assert is_due(NOW, MORNING, changed=True, leaving=True)
    assert not is_due(NOW, MORNING, changed=False, leaving=True)


def test_in_the_evening_the_days_work_is_copied_once() -> None:
    assert is_due(EVENING, MORNING, changed=True)
    assert not is_due(EVENING, MORNING, changed=False)
    assert not is_due(EVENING, EVENING - timedelta(minutes=10), changed=True)
    assert not is_due(NOW, MORNING, changed=True), "by day nobody's machine is kept busy"
    six = EVENING.replace(minute=0, second=0, microsecond=0)
    assert is_due(six, six - timedelta(microseconds=1), changed=True)
    assert not is_due(six + timedelta(hours=1, seconds=30), six, changed=True)
    assert not is_due(six - timedelta(microseconds=1), MORNING, changed=True)
    assert not is_due(NOW, NOW, changed=True)
    assert not is_due(NOW, NOW, changed=False), "a copy of this very moment is none of the future"


def test_what_is_new_is_put_beside_it_every_half_hour() -> None:
    assert are_lines_due(NOW, NOW - timedelta(minutes=30), changed=True)
    assert not are_lines_due(NOW, NOW - timedelta(minutes=29), changed=True)
    assert not are_lines_due(NOW, NOW - timedelta(days=1), changed=False)
    assert are_lines_due(NOW, NOW + timedelta(days=1), changed=True), "a clock was wrong"
    assert not are_lines_due(NOW, NOW, changed=True)


def test_somebody_is_told_after_a_day_and_an_hour() -> None:
    assert is_overdue(NOW, None)
    assert is_overdue(NOW, NOW - timedelta(hours=25))
    assert not is_overdue(NOW, NOW - timedelta(hours=24))
