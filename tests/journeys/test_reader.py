"""An inquiry with an identity card reader at the window: by keys alone, through a real serial line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_assistant.devices.practice import recorded
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.ui import local_settings
from tests.devices.cards import NAME, empty_reader, resident
from tests.devices.peer import Peer
from tests.journeys.keys import Counter

pytestmark = [pytest.mark.slow, pytest.mark.serial]  # each opens the whole window

RENTS = "1112"
"""B08, digits: self, unmarried, lease registered, no fund loan is open."""


@pytest.fixture
def peer(counter: Counter, tmp_path: Path) -> Iterator[Peer]:
    """A reader with nothing on it, chosen on this PC: the desk finds it when it is shown again."""
    made = Peer(empty_reader())
    local_settings.change(tmp_path, reader=f"serial:{made.name}")
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F2):
        counter.press(key)
    counter.search.setFocus()
    counter.start()
    yield made
    made.pull()


def test_a_card_laid_on_is_as_good_as_typed(counter: Counter, peer: Peer) -> None:
    """GIVEN the item and its answers WHEN a card is laid on THEN one key issues the slip of whoever is on the card."""
    counter.take("zl", RENTS)
    before = counter.pressed
    peer.answers = recorded(resident())
    counter.qtbot.waitUntil(lambda: counter.desk.page.model.state.name == NAME)
    counter.press(Qt.Key.Key_F9)
    assert counter.pressed - before == 1
    counter.took("咨询，证件放在读卡器上")
    text = counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")
    assert f"申请人{NAME}" in text
    assert "530900********0017" in text


def test_a_card_that_lies_there_already_takes_one_key_more(counter: Counter, peer: Peer) -> None:
    peer.answers = recorded(resident())
    counter.qtbot.waitUntil(lambda: counter.desk.page.model.state.name == NAME)
    counter.press(Qt.Key.Key_Escape)
    counter.start()
    counter.take("zl", RENTS)
    before = counter.pressed
    counter.press(Qt.Key.Key_F12)
    counter.qtbot.waitUntil(lambda: counter.desk.page.model.state.name == NAME)
    counter.press(Qt.Key.Key_F9)
    assert counter.pressed - before == 2
    counter.took("咨询，按 F12 读卡")
    counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")
