"""The band about the clock: it shows what is doubtful, one key confirms it, and it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeySlot
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.shell.bands.clock_band import ClockBand
from tests.make import NOW


class Hand:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def office(tmp_path: Path, hand: Hand) -> Iterator[Office]:
    office = open_office(tmp_path, hand)
    yield office
    office.close()


@pytest.fixture
def band(qtbot: Any, office: Office) -> Iterator[ClockBand]:
    window = QWidget()
    rows = QVBoxLayout(window)
    made = ClockBand(office, window)
    rows.addWidget(made)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield made
    window.close()


def test_a_sound_clock_shows_nothing(band: ClockBand) -> None:
    assert band.isHidden()


def test_a_wrong_clock_is_shown_in_words_until_it_is_put_right(band: ClockBand, hand: Hand) -> None:
    hand.now -= timedelta(days=1)
    band.look()
    assert not band.isHidden()
    assert "还早" in band.label.text()
    hand.now = NOW
    band.look()
    assert band.isHidden()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_time_that_is_right_is_confirmed_by_key_and_by_mouse(
    qtbot: Any, band: ClockBand, office: Office, hand: Hand, by: str
) -> None:
    hand.now += timedelta(days=60)
    band.look()
    assert "60天" in band.label.text()
    with qtbot.waitSignal(band.told) as told:
        if by == "key":
            qtbot.keyClick(band.window(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        else:
            qtbot.mouseClick(band.confirm, Qt.MouseButton.LeftButton)
    assert told.args == ["电脑时间已确认，记入台账。"]
    assert band.isHidden()
    assert office.book.latest(EntryKind.CLOCK_CONFIRMED) is not None


def test_nobody_looks_into_a_book_that_is_closed_and_whoever_takes_it_up_again_is_told(
    band: ClockBand, office: Office, hand: Hand
) -> None:
    hand.now += timedelta(days=60)
    office.database.let_go()
    band._timer.timeout.emit()
    assert band.isHidden()
    office.database.take_up()
    band._timer.timeout.emit()
    assert not band.isHidden()
    office.close()
    band._timer.timeout.emit()
    assert not band.isHidden()


def test_the_sheet_that_opened_the_book_is_noted_once_the_clock_is_put_right(
    band: ClockBand, office: Office, hand: Hand
) -> None:
    hand.now -= timedelta(days=1)
    office.openings.note(EntryKind.KEY_SLOT, KeySlot("opened_by_sheet", "0001", "0001").to_payload())
    band.look()
    assert office.book.latest(EntryKind.KEY_SLOT) is None
    hand.now = NOW
    band.look()
    noted = office.book.latest(EntryKind.KEY_SLOT)
    assert noted is not None
    assert KeySlot.from_payload(noted.payload) == KeySlot("opened_by_sheet", "0001", "0001")
