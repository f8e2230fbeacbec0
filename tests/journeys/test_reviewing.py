"""A journey by keys through the real window: five sentences of the catalogue are reviewed and sent for approval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from counter_assistant.operations.catalogue.editions import editions
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.widgets.labels import YieldingLabel
from tests.journeys.keys import Counter
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # each opens the whole window

DOCUMENT, APPROVER = "临住金〔2026〕18号", "中心主任办公会"


@pytest.fixture
def approved() -> tuple[str, ...]:
    """The centre has approved nothing yet."""
    return ()


def test_five_sentences_are_reviewed_and_sent(counter: Counter) -> None:
    """GIVEN the empty desk WHEN the review is called by its name THEN five answers take a key each, and F9 asks for no more than
    who approved and who confirms, and once whether this is what is recorded."""
    profile = counter.office.profile
    second = replace(profile.clerks[0], staff_number="L002", name="刀丽")
    counter.office.decide_profile(replace(profile, clerks=(profile.clerks[0], second)))
    counter.start()
    counter.type("hdml")
    counter.press(Qt.Key.Key_Return)
    mode = find(counter.page, ReviewMode)

    counter.press(Qt.Key.Key_Y)
    for text in (DOCUMENT, "5", "2026-11-20"):
        counter.write(text)
        counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_E)
    counter.write("，加盖公章")
    counter.press(Qt.Key.Key_Return)
    for _ in range(3):
        counter.press(Qt.Key.Key_Y)
    assert find(mode, YieldingLabel, "progress").whole == "5 / 526 句"

    counter.press(Qt.Key.Key_F9)
    counter.write(APPROVER)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_Return)
    counter.took("核五句并送核")

    (edition,) = editions(counter.office)
    assert edition.taken.confirmed_by == "L002"
    assert "已登记" in says(mode, "review_message")
    assert edition.taken.version in counter.window.status.catalogue.text()
    assert counter.sound()
