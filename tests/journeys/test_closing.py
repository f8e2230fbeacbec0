"""The day is closed by its name from the empty desk, and one that was forgotten the next morning."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.safekeeping import closing
from counter_assistant.ui.closing.page import ClosingPage
from tests.journeys.keys import Counter
from tests.make import NOW, a_request, text_of
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every journey opens a window of its own


def test_the_day_is_closed_and_its_sheet_printed(counter: Counter) -> None:
    """GIVEN the end of a day WHEN 日结 is asked for by its name THEN it is closed, F9 prints the sheet, and Esc is back at the desk."""
    issue_slip(counter.office, a_request())
    counter.now = NOW.replace(hour=17, minute=15)
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    assert type(counter.page) is ClosingPage
    closed, entry = closing.find(counter.office, Period.DAY, "2026-11-23")
    counter.took("日结")
    counter.press(Qt.Key.Key_F9)
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    counter.took("打印日结单")
    assert counter.papers[0].title == "日结单 2026-11-23"
    text = "".join(text_of(counter.papers[0].pdf).split())
    assert "".join(grouped(closed.head).split()) in text
    assert f"第{entry.seq}条印出" in text
    counter.press(Qt.Key.Key_Escape)
    assert counter.search.hasFocus()
    assert counter.sound()


def test_a_day_that_was_forgotten_stands_in_the_line_of_the_next_morning(counter: Counter) -> None:
    issue_slip(counter.office, a_request())
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F2)  # the desk is read anew when it is shown
    figure = find(counter.desk.page, QAbstractButton, "closing")
    assert (figure.isVisible(), figure.text()) == (True, "待日结 11月23日")
    counter.start()
    counter.type("rj")
    counter.press(Qt.Key.Key_Return)
    counter.took("昨天忘了日结")
    entry = counter.office.book.latest(EntryKind.DAY_CLOSED)
    assert entry is not None
    assert closing.find(counter.office, Period.DAY, "2026-11-23")[1] == entry
    counter.press(Qt.Key.Key_Escape)
    assert not figure.isVisible()


def test_by_mouse_the_figure_leads_to_the_same_page(counter: Counter) -> None:
    issue_slip(counter.office, a_request())
    closing.close(counter.office, Period.DAY, "2026-11-23")
    issue_slip(counter.office, a_request())
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_F2)
    figure = find(counter.desk.page, QAbstractButton, "closing")
    assert figure.text() == "结账以后又有 1 条"
    figure.click()
    assert isinstance(counter.page, ClosingPage)
    assert counter.page.name == "2026-11-24"
    assert counter.office.book.latest(EntryKind.DAY_CLOSED) == closing.find(counter.office, Period.DAY, "2026-11-23")[1]
