"""A book that is closed is asked nothing more, whatever the window was just about to look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from counter_assistant.ui.application import Desk
from counter_assistant.ui.pages import PAGES
from tests.ui.test_focus_return import begin
from tests.ui.whole_window import whole_window

pytestmark = pytest.mark.slow  # opens the whole window


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Desk]:
    with whole_window(qtbot, tmp_path) as made:
        yield made


def test_no_timer_of_the_window_asks_a_book_that_has_been_closed(desk: Desk) -> None:
    """GIVEN a visitor on the desk, and every page shown once WHEN the book closes THEN whatever was still to be looked at passes in silence."""
    for spec in PAGES:
        desk.window.show_page(spec.key)
    desk.window.show_page("desk")
    begin(desk.page)
    waiting = desk.window.findChildren(QTimer)
    desk.opening.office().close()
    for timer in waiting:
        timer.timeout.emit()  # qtbot fails the test for whatever is raised there
    assert len(waiting) > 20
