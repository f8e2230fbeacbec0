"""关于 comes by its names and from the settings, and gives back where one was."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant.printing import printers
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui.about.page import AboutPage
from counter_assistant.ui.application import Desk
from counter_assistant.ui.settings.page import SettingsPage
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


@pytest.mark.parametrize("typed", ["关于", "关于本程序", "gybcx", "诊断", "许可"])
def test_it_comes_by_each_of_its_names_and_esc_leads_back(desk: Desk, typed: str) -> None:
    do(typed)
    page = shown(desk)
    assert isinstance(page, AboutPage)
    assert focused() is page.search
    press(Qt.Key.Key_Escape)
    assert shown(desk) is desk.page
    assert find(desk.page, QLineEdit, "item_search").hasFocus()


def test_the_settings_lead_there_and_the_cursor_is_where_it_was(desk: Desk, qtbot: Any) -> None:
    settings = desk.window.show_page("settings")
    assert isinstance(settings, SettingsPage)
    field = find(settings, QLineEdit, "branch")
    field.setFocus()
    commit("改了一半")
    settings.about.click()
    assert isinstance(shown(desk), AboutPage)
    press(Qt.Key.Key_Escape)
    assert shown(desk) is settings
    assert focused() is field
    assert "改了一半" in field.text()
    settings.about.setFocus()
    press(Qt.Key.Key_Space)
    assert isinstance(shown(desk), AboutPage)


def test_f1_lists_its_keys(desk: Desk) -> None:
    do("关于本程序")
    press(Qt.Key.Key_F1)
    assert {"Ctrl+C", "右边往上、往下翻"} <= set(screen_texts(desk.window))


def test_it_ends_when_another_clerk_comes(desk: Desk) -> None:
    do("关于本程序")
    desk.window.leave_to_another()
    assert shown(desk) is desk.page


def test_it_is_left_at_once_while_the_printing_system_does_not_answer(
    desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a system that says nothing WHEN the page is left THEN nothing waits, and what is said later finds no page."""
    answer = Event()

    def slow() -> list[Printer]:
        answer.wait(30)
        return [Printer("hp", "惠普")]

    monkeypatch.setattr(printers, "printers", slow)
    do("关于本程序")
    page = shown(desk)
    assert isinstance(page, AboutPage)
    service, gone = page.service, []
    page.destroyed.connect(lambda: gone.append(True))
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(gone))
    assert not answer.is_set()
    with qtbot.waitSignal(service.seen):
        answer.set()
    do("关于本程序")
    again = shown(desk)
    assert isinstance(again, AboutPage)
    assert again.service is service
