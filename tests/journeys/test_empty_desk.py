"""From the empty desk: one of the items most issued here by its digit, somebody put aside, a sign by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.papers.kinds import SlipKind
from tests.journeys.keys import NAME, Counter
from tests.journeys.test_counter_day import RENTS

pytestmark = pytest.mark.slow  # each opens the whole window


def test_an_inquiry_about_a_usual_item_begins_with_a_digit(counter: Counter, qtbot: Any) -> None:
    counter.type("1")
    qtbot.waitUntil(lambda: counter.desk.page.model.state.item == "B08")
    counter.type(RENTS)
    counter.who()
    counter.press(Qt.Key.Key_F9)
    counter.took("咨询，按数字取常办的")
    assert "租赁市场住房提取" in counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")


def test_who_was_put_aside_is_gone_on_with(counter: Counter) -> None:
    """GIVEN somebody half served when another comes and goes, too, WHEN they are called again THEN all that was said is there."""
    counter.take("zl", RENTS)
    counter.who()
    counter.press(Qt.Key.Key_Escape)
    counter.now += timedelta(minutes=4)
    counter.take("b12", "")
    counter.press(Qt.Key.Key_Escape)
    counter.start()
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    counter.took("接着办放下的一位")
    state = counter.desk.page.model.state
    assert (state.item, state.name, len(state.answers)) == ("B08", NAME, len(RENTS))


def test_a_sign_comes_by_the_initials_of_its_name(counter: Counter) -> None:
    counter.type("ztfw")
    counter.press(Qt.Key.Key_Return)
    counter.took("暂停服务的告示")
    signs = counter.desk.phrases.signs
    assert signs is not None
    assert (signs.isVisible(), signs.kind) == (True, SignKind.SUSPENDED)
    signs.close()
