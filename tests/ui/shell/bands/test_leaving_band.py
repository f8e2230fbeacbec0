"""Whoever closes the window while something stays behind is told once, and closes it with the next try."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backup_state import name_place
from counter_assistant.ui import restart
from counter_assistant.ui.application import Desk
from counter_assistant.ui.shell.bands.clock_band import ClockBand
from counter_assistant.ui.shell.bands.leaving_band import LeavingBand
from counter_assistant.ui.start import read_index
from tests.ui.find import find


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, tmp_path_factory: Any) -> Desk:
    """The window of an office whose stick was pulled out."""
    stick: Path = tmp_path_factory.mktemp("stick")
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.confirm_clock()
    name_place(office, stick).rmdir()
    office.close()
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: made.page.attached)
    return made


def band_of(desk: Desk) -> LeavingBand:
    return find(desk.window, LeavingBand, "leaving_band")


def test_it_is_said_once_and_the_next_try_closes(desk: Desk) -> None:
    assert desk.window.close() is False
    assert (desk.window.isVisible(), band_of(desk).isVisible()) == (True, True)
    assert band_of(desk).label.text().endswith("不在，新办的只备份在本机：接上再关，自己补上；不接的，再关一次就关上。")
    assert desk.context.banded, "the pages make room for it"
    assert desk.window.close() is True
    assert not desk.window.isVisible()
    desk.opening.close()


def test_it_stands_before_what_stood_there_anyway(desk: Desk) -> None:
    """GIVEN a clock that is doubted WHEN the window is closed THEN why it stays open is what is read."""
    clock = find(desk.window, ClockBand, "clock_band")
    clock.show()
    clock.shown.emit(True)
    assert desk.window.close() is False
    assert (band_of(desk).isVisible(), clock.isVisible()) == (True, False)
    band_of(desk)._standing.timeout.emit()
    assert (band_of(desk).isVisible(), clock.isVisible()) == (False, True)
    assert desk.window.close() is True
    desk.opening.close()


def test_who_goes_on_working_is_told_anew_later(desk: Desk) -> None:
    assert desk.window.close() is False
    band_of(desk)._standing.timeout.emit()
    band_of(desk)._standing.stop()
    assert not band_of(desk).isVisible()
    assert not desk.context.banded
    assert desk.window.close() is False
    assert desk.window.close() is True
    desk.opening.close()


def test_a_window_that_is_opened_anew_in_another_mode_is_closed_at_once(desk: Desk) -> None:
    restart.restart(training=True, start=lambda _line: True)
    assert not desk.window.isVisible()
    assert not restart.is_restarting()
    desk.opening.close()


def test_a_system_that_shuts_down_is_not_held_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "isSavingSession", lambda _app: True)
    assert desk.window.close() is True
    desk.opening.close()
