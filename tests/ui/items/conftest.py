"""An office that nobody has answered for yet, and the mode over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.operations.office import Office
from tests.ui.counter import opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The example office, with a second clerk who may confirm."""
    with opened(tmp_path) as office:
        (first, *_) = office.profile.clerks
        second = replace(first, staff_number="L002", name="王某")
        office.decide_profile(replace(office.profile, clerks=(first, second), current_clerk=first.staff_number))
        yield office
