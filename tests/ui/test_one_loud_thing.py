"""One loud thing and one banner: on every page of the real window, whatever the clock and the office say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from counter_assistant.operations.office import open_office
from counter_assistant.ui.application import Desk
from counter_assistant.ui.desk.cards.bars import EarlierBar
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.shell.bands.clock_band import ClockBand
from counter_assistant.ui.start import read_index
from tests.journeys.keys import TimedDesk
from tests.make import NOW, PHONE
from tests.ui.counter import issue
from tests.ui.desk_hand import commit, press, show_desk, type_
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window


class Clock:
    now = NOW


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    office = open_office(tmp_path, lambda: clock.now)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    issue(office, "岩罕", PHONE)
    made = TimedDesk(tmp_path, office)
    qtbot.addWidget(made.window)
    show_desk(qtbot, made)
    yield made
    made.window.close()
    office.close()


def banners(window: QWidget) -> list[QWidget]:
    """The lines over a page or over its parts that can be seen."""
    kinds: tuple[QWidget, ...] = (*window.findChildren(ClockBand), *window.findChildren(EarlierBar))
    kinds += tuple(page.banner for page in window.findChildren(SettingsPage))
    return [banner for banner in kinds if banner.isVisible()]


def loud(window: QWidget) -> list[str]:
    """The primary buttons that can be seen."""
    return [b.text() for b in window.findChildren(QPushButton) if b.isVisible() and b.property("loud")]


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_a_page_has_at_most_one_loud_button_and_one_banner(desk: Desk, clock: Clock, key: str) -> None:
    page = desk.window.show_page(key)
    assert page is not None
    assert len(loud(desk.window)) <= 1
    before = banners(desk.window)
    assert len(before) <= 1
    clock.now -= timedelta(days=2)
    band = find(desk.window, ClockBand)
    band.look()
    assert banners(desk.window) == [band]
    clock.now += timedelta(days=2)
    band.look()
    assert banners(desk.window) == before


def test_what_was_told_before_gives_way_to_the_clock_and_comes_back(desk: Desk, clock: Clock, qtbot: Any) -> None:
    bar = find(desk.page, EarlierBar)
    type_("zl")
    press(Qt.Key.Key_Return)
    find(desk.page, QLineEdit, "name").setFocus()
    commit("岩罕")
    find(desk.page, QLineEdit, "phone").setFocus()
    commit(PHONE)
    qtbot.waitUntil(bar.isVisible)
    assert len(loud(desk.window)) == 1
    band = find(desk.window, ClockBand)
    clock.now -= timedelta(days=2)
    band.look()
    assert banners(desk.window) == [band]
    clock.now += timedelta(days=2)
    band.look()
    assert banners(desk.window) == [bar]


def test_training_is_a_mark_in_the_bar_and_no_banner(qtbot: Any, tmp_path: Path) -> None:
    made = Desk(tmp_path / "training", read_index(), training=True)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: made.page.attached)
    qtbot.waitUntil(find(made.window.bar, QPushButton, "退出练习").isVisible)
    assert banners(made.window) == []
    made.window.close()
    made.opening.close()
