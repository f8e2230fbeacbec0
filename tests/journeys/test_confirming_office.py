"""Confirming the office in the real window, by keys alone, with the number of keys that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.application import Desk
from counter_assistant.ui.start import read_index
from tests.journeys.keys import CONTROL, Keys
from tests.make import confirmed
from tests.ui.desk_hand import dress, focused

pytestmark = pytest.mark.slow  # every journey opens a window of its own

TEXTS_FROM_THE_EXAMPLE = 19


def instead(keys: Keys, text: str) -> None:
    """Types a text over what the field holds."""
    field: Any = focused()
    field.selectAll()
    keys.write(text)


def reads(desk: Desk, text: str) -> bool:
    """Whether a text can be read in the window now."""
    return any(text in label.text() for label in desk.window.findChildren(QLabel) if label.isVisible())


def is_confirmed(office: Office) -> bool:
    return office.profile.confirmed


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[Desk]:
    dress()
    made = Desk(data_dir, read_index(), training=False)
    yield made
    made.window.close()
    made.opening.close()


def in_settings(qtbot: Any, desk: Desk) -> Office:
    """The window is open at 设置, which is chosen by the mouse."""
    qtbot.addWidget(desk.window)
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)
    buttons = desk.window.navigation.findChildren(QAbstractButton)
    QTest.mouseClick(next(button for button in buttons if button.text() == "设置"), Qt.MouseButton.LeftButton)
    return desk.opening.office()


def test_an_office_that_is_ready_takes_two_different_keys(qtbot: Any, data_dir: Path, desk: Desk) -> None:
    office = open_office(data_dir)
    office.decide_profile(replace(confirmed(office.profile), confirmed=False))
    office.close()
    office, keys = in_settings(qtbot, desk), Keys()
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert reads(desk, "没有示例了。")
    assert not is_confirmed(office)
    keys.press(Qt.Key.Key_F9)
    assert is_confirmed(office)
    assert not reads(desk, "（示例单位，尚未确认）")
    keys.took("确认本单位资料")


def test_from_the_example_the_review_leads_to_each_line(qtbot: Any, data_dir: Path, desk: Desk) -> None:
    """GIVEN the example WHEN each line that stops is followed by Enter THEN all is one's own, and only then F9 confirms."""
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    office, keys = in_settings(qtbot, desk), Keys()
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.press(Qt.Key.Key_F9)
    assert reads(desk, "还有 14 行是示例，不能确认：网点名称、")
    assert not is_confirmed(office)

    keys.press(Qt.Key.Key_Return)
    instead(keys, "耿马管理部")
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.press(Qt.Key.Key_Return)
    instead(keys, "耿一")
    keys.press(Qt.Key.Key_Return)
    instead(keys, "530926")
    keys.press(Qt.Key.Key_Return)
    instead(keys, "0883-2129999")
    keys.press(Qt.Key.Key_Return, CONTROL)
    for text in ("耿马镇白马路18号一楼", "周一至周五 8:30–11:30", "信用社", "一部手机办事通", "转入您的借记卡"):
        keys.press(Qt.Key.Key_Return)
        instead(keys, text)
    for n, name in enumerate(("罗𠅤克", "玉罕", "岩温", "白秀英", "李秋霞")):
        keys.press(Qt.Key.Key_Return, CONTROL)
        keys.press(Qt.Key.Key_Return)
        instead(keys, name)
        keys.press(Qt.Key.Key_Return, CONTROL)
        keys.press(Qt.Key.Key_Return)
        instead(keys, f"0883-212000{n}")
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.press(Qt.Key.Key_F9)
    assert is_confirmed(office)
    assert (office.examples, office.profile.clerk("").name) == ((), "罗𠅤克")
    assert keys.texts == TEXTS_FROM_THE_EXAMPLE
    keys.took("从示例到确认本单位资料")
