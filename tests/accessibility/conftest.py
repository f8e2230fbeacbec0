"""A counter whose clerk hears the window: an office with cases and papers, its desk, and a screen reader beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.issuing.issue import issue_slip
from tests.accessibility.reader import Reader, desk_with_reader
from tests.decision_rows import ROWS
from tests.make import a_request, confirmed
from tests.ui.counter import opened

WRITTEN = "Nang Kham"
"""A name that xdotool can type: Chinese it would have to make keys for."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "screen_reader: needs AT-SPI, a D-Bus and a screen of X11; says so when skipped")


def everybody_leads(profile: OfficeProfile) -> OfficeProfile:
    """A profile in which whoever is at the window may see every page, that of the leader too."""
    roles = (Role.CLERK.value, Role.SUPERVISOR.value)
    return replace(profile, clerks=tuple(replace(clerk, roles=roles) for clerk in profile.clerks))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of an office that has begun its work: two papers, and a case that waits."""
    with opened(tmp_path / "data", "欧阳雪", WRITTEN) as office:
        office.decide_profile(everybody_leads(confirmed(office.profile)))
        issue_slip(office, a_request(**ROWS["3-held"][0]))
    return tmp_path / "data"


@pytest.fixture
def reader(folder: Path) -> Iterator[Reader]:
    """The screen reader, with the cursor in the search of the desk."""
    with desk_with_reader(folder) as made:
        made.until(lambda: made.focus is not None and made.focus.name == "查找事项")
        yield made
