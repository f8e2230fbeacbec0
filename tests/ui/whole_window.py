"""The whole window of an installation that has been at work for a while, shown; some tests of several pages begin with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.application import Desk
from tests.decision_rows import ROWS
from tests.journeys.keys import TimedDesk
from tests.make import a_request
from tests.ui.counter import opened
from tests.ui.desk_hand import show_desk


@contextmanager
def whole_window(qtbot: QtBot, folder: Path, *names: str, size: tuple[int, int] = (1366, 768)) -> Iterator[Desk]:
    """A window with papers and a case, each page of which has its buttons; `names`: whose papers, besides the case's."""
    with opened(folder, *(names or ("欧阳雪", "岩罕"))) as office:
        office.decide_profile(office.profile)  # else the page of the first start is shown
        issue_slip(office, a_request(**ROWS["3-held"][0]))
        desk = TimedDesk(folder, office)
        qtbot.addWidget(desk.window)
        desk.window.setMinimumSize(1, 1)  # as on a screen that is smaller
        desk.window.resize(*size)
        show_desk(qtbot, desk)
        yield desk
        desk.window.close()
