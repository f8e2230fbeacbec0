"""The screen is turned to the visitor once their paper is issued; what they say belongs to the item, and nothing of the desk is seen meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.registers.book_rows import in_words
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from counter_assistant.ui.ratings.offering import NOT_YET, ONCE
from counter_assistant.ui.ratings.visitor_page import VisitorPage
from tests.journeys.keys import Counter

pytestmark = pytest.mark.slow  # every journey opens a window of its own

Key = Qt.Key
RATINGS = RegisterQuery((RegisterKind.RATING,))


def issue(counter: Counter) -> None:
    counter.take("zl", "1112")
    counter.who()
    counter.press(Key.Key_F9)


def ask(counter: Counter) -> VisitorPage | None:
    """Asks for the page by its name, and waits until it is in front."""
    counter.type("qpj")
    counter.press(Key.Key_Return)
    page = counter.desk.ratings.page
    if page is not None:
        counter.qtbot.waitUntil(page.isActiveWindow)
    return page


def test_a_visitor_rates_what_was_done_and_the_clerk_takes_the_screen_back(counter: Counter) -> None:
    issue(counter)
    counter.press(Key.Key_Return)
    counter.start()
    page = ask(counter)
    assert page is not None
    assert page.isFullScreen()
    counter.press(Key.Key_4)
    counter.press(Key.Key_Return)
    assert page.asking.isHidden()
    counter.press(Key.Key_Escape)
    counter.took("请评价")
    (line,) = lines_of(counter.office).found(RATINGS)
    cells = dict(in_words(counter.office, line))
    assert (cells["渠道"], cells["评价"], cells["事项"]) == ("窗口屏幕", "不满意", "租赁市场住房提取")
    assert (line.clerk, line.due, "文书" in cells) == ("", date(2026, 12, 14), False)
    assert counter.desk.ratings.page is None
    counter.qtbot.waitUntil(counter.search.hasFocus)
    assert (ask(counter), counter.window.status.message.text()) == (None, ONCE)
    assert counter.sound()


def test_nobody_is_asked_before_their_paper(counter: Counter) -> None:
    counter.take("zl", "1112")
    counter.desk.ratings.open()
    assert (counter.desk.ratings.page, counter.window.status.message.text()) == (None, NOT_YET)


def test_who_comes_next_is_not_asked_about_the_one_before(counter: Counter) -> None:
    issue(counter)
    counter.press(Key.Key_Return)
    counter.take("zl", "1112")
    counter.press(Key.Key_Escape)
    page = ask(counter)
    assert page is not None
    page.send()
    counter.press(Key.Key_5)
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Escape)
    (line,) = lines_of(counter.office).found(RATINGS)
    assert line.line == "非常不满意"
