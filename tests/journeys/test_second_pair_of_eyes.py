"""A return notice that a colleague looks at before it is issued, by keys alone, at one window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper
from tests.journeys.keys import CONTROL, Counter
from tests.journeys.test_counter_day import FOUND, LOAN_REPAID
from tests.make import ID_NUMBER
from tests.ui.find import find

pytestmark = pytest.mark.slow  # it opens the whole window

ROLES = {"0001": ("clerk", "administrator"), "0002": ("clerk", "reviewer")}


def hand_over(counter: Counter, place: int) -> None:
    """Ctrl+K and a digit, in a book that is not sealed."""
    counter.press(Qt.Key.Key_K, CONTROL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    counter.pressed += 1
    QTest.keyClick(menu, Qt.Key(Qt.Key.Key_0 + place))
    counter.window.activateWindow()
    counter.qtbot.waitUntil(counter.search.hasFocus)


def test_a_return_is_looked_at_by_somebody_else_before_it_is_issued(counter: Counter) -> None:
    # GIVEN an office with a reviewer, and somebody who is to be turned away
    clerks = tuple(replace(one, roles=ROLES.get(one.staff_number, ())) for one in counter.office.profile.clerks)
    counter.office.decide_profile(replace(counter.office.profile, clerks=clerks))
    counter.desk.page.renew_office()
    counter.start()

    # WHEN the clerk presses F9 as ever THEN the visitor waits, as many keys on as ever
    counter.take("b06", LOAN_REPAID)
    counter.type(" ")
    counter.who(id_number=ID_NUMBER)
    counter.press(Qt.Key.Key_Return)
    counter.write(FOUND)
    counter.press(Qt.Key.Key_F9)
    counter.took("退回，先交复核")
    assert not counter.papers
    assert counter.search.hasFocus()

    # WHEN a colleague takes the window over and opens what waits THEN the paper is there to be read, and F9 agrees
    hand_over(counter, 2)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Return)
    assert find(counter.desk.page, ReviewPaper, "复核").isVisible()
    counter.press(Qt.Key.Key_F9)
    counter.took("换人，复核，同意")

    # WHEN the clerk comes back to it THEN F9 issues it, with the colleague's name
    hand_over(counter, 1)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F9)
    counter.took("换回来，出具复核过的")
    assert "复核人（签名）：玉罕" in counter.issued(SlipKind.RETURN_NOTICE, "临公积金耿一退〔2026〕1号")
    (review,) = counter.office.book.entries(EntryKind.REVIEW)
    assert (review.payload["clerk"], review.payload["reviewer"]) == ("0001", "0002")
    assert counter.sound()
