"""交换包 comes by its names and from the settings, gives the cursor back, and is not there while somebody practises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant.ui.application import Desk
from counter_assistant.ui.exchange.page import ExchangePage
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.page import Page
from tests.ui.counter import commit, press, screen_texts
from tests.ui.desk_hand import focused
from tests.ui.find import find
from tests.ui.test_named_actions import desk, do

__all__ = ["desk"]
pytestmark = pytest.mark.slow  # each opens the whole window


def shown(desk: Desk) -> Page:
    """What the window shows."""
    return desk.window.page


@pytest.mark.parametrize("typed", ["交换包", "jhb", "给中心做交换包", "收交换包"])
def test_it_comes_by_each_of_its_names_and_esc_leads_back(desk: Desk, typed: str) -> None:
    do(typed)
    assert isinstance(shown(desk), ExchangePage)
    assert focused() is find(shown(desk), QPushButton, "act")
    press(Qt.Key.Key_Escape)
    assert shown(desk) is desk.page
    assert find(desk.page, QLineEdit, "item_search").hasFocus()


def test_the_settings_lead_there_and_the_cursor_is_where_it_was(desk: Desk) -> None:
    settings = desk.window.show_page("settings")
    assert isinstance(settings, SettingsPage)
    field = find(settings, QLineEdit, "branch")
    field.setFocus()
    commit("改了一半")
    find(settings, QPushButton, "交换包").click()
    assert isinstance(shown(desk), ExchangePage)
    press(Qt.Key.Key_Escape)
    assert shown(desk) is settings
    assert focused() is field
    assert "改了一半" in field.text()


def test_f1_lists_its_keys(desk: Desk) -> None:
    do("交换包")
    press(Qt.Key.Key_F1)
    assert {"Ctrl+P", "收一包，或者中心的公钥"} <= set(screen_texts(desk.window))


def test_it_ends_when_another_clerk_comes(desk: Desk) -> None:
    do("交换包")
    desk.window.leave_to_another()
    assert shown(desk) is desk.page


def test_who_practises_sends_nothing(qtbot: Any, data_dir: Path) -> None:
    made = Desk(data_dir, read_index(), training=True)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: made.page.attached)
    assert made.context.find_actions("交换包") == []
    settings = made.window.show_page("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.exchange.isHidden()
    made.window.close()
    made.opening.close()
