"""Settings in a small window and in large type: what has no room is scrolled to, and nothing lies over anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.operations.office import open_office
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.places import NAMES
from tests.ui.counter import show

SMALL = (760, 420)
"""As much as 1093×614 leaves in the largest type, by the size of its letters."""


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[SettingsPage]:
    office = open_office(tmp_path)
    made = SettingsPage(office)
    show(qtbot, made, SMALL)
    yield made
    made.close()
    office.close()


@pytest.mark.nightly("little_room", by_day=4)
@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_every_place_has_the_room_that_it_needs_or_is_scrolled(qtbot: QtBot, page: SettingsPage, place: int) -> None:
    page.go(place)
    qtbot.wait(1)
    part, seen = page.stack.currentWidget(), page.area.viewport()
    least = part.minimumSizeHint()
    assert part.height() >= least.height()
    assert part.width() >= least.width()
    assert page.area.verticalScrollBar().maximum() >= least.height() - seen.height()
    assert page.area.horizontalScrollBar().maximum() >= least.width() - seen.width()


def test_a_place_takes_no_more_room_than_it_needs(qtbot: QtBot, page: SettingsPage) -> None:
    """GIVEN the highest of the places was looked at THEN a lower one is not scrolled as far."""
    heights = []
    for place in range(len(NAMES)):
        page.go(place)
        qtbot.wait(1)
        heights.append(page.stack.minimumSizeHint().height())
    assert len(set(heights)) > 1
