"""Confirming the office in the real window, by keys alone, with the number of keys that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from counter_assistant import app
from counter_assistant.operations.office import Office, open_office
from tests.make import confirmed

pytestmark = pytest.mark.slow  # every journey opens a window of its own

NO_KEY, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS_OF_AN_OFFICE_THAT_IS_READY = 2
KEYS_FROM_THE_EXAMPLE = 29
TEXTS_FROM_THE_EXAMPLE = 14


class Hand:
    """Presses keys in the window, and counts them. A text is committed as an input method does, and counted apart."""

    def __init__(self, desk: app.Desk) -> None:
        self.desk, self.keys, self.texts = desk, 0, 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClick(focused, key, modifiers)
        QApplication.processEvents()
        self.keys += 1

    def instead(self, text: str) -> None:
        """Types a text over what the field holds."""
        focused: Any = QApplication.focusWidget()
        focused.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focused, event)
        QApplication.processEvents()
        self.texts += 1

    def reads(self, text: str) -> bool:
        """Whether a text can be read in the window now."""
        return any(text in label.text() for label in self.desk.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def dressed(qapp: Any) -> None:
    app.make_application()


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, dressed: None) -> Iterator[app.Desk]:
    made = app.Desk(data_dir, app.read_index(), training=False)
    yield made
    made.window.close()
    made.opening.close()


def in_settings(qtbot: Any, desk: app.Desk) -> Office:
    """The window is open at 设置, which is chosen by the mouse."""
    qtbot.addWidget(desk.window)
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.serving is not None, timeout=10_000)
    buttons = desk.window.navigation.findChildren(QAbstractButton)
    QTest.mouseClick(next(button for button in buttons if button.text() == "设置"), Qt.MouseButton.LeftButton)
    return desk.opening.office()


def test_an_office_that_is_ready_takes_two_different_keys(qtbot: Any, data_dir: Path, desk: app.Desk) -> None:
    office = open_office(data_dir)
    office.decide_profile(replace(confirmed(office.profile), confirmed=False))
    office.close()
    office, hand = in_settings(qtbot, desk), Hand(desk)
    hand.press(Qt.Key.Key_Return, CONTROL)
    assert hand.reads("没有示例了。")
    assert not office.profile.confirmed
    hand.press(Qt.Key.Key_F9)
    assert office.profile.confirmed
    assert not hand.reads("（示例单位，尚未确认）")
    print(f"\n确认本单位资料：{hand.keys} 个键")
    assert hand.keys == KEYS_OF_AN_OFFICE_THAT_IS_READY


def test_from_the_example_the_review_leads_to_each_line(qtbot: Any, data_dir: Path, desk: app.Desk) -> None:
    """GIVEN the example WHEN each line that stops is followed by Enter THEN all is one's own, and only then F9 confirms."""
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    office, hand = in_settings(qtbot, desk), Hand(desk)
    hand.press(Qt.Key.Key_Return, CONTROL)
    hand.press(Qt.Key.Key_F9)
    assert hand.reads("还有 9 行是示例，不能确认：网点名称、")
    assert not office.profile.confirmed

    hand.press(Qt.Key.Key_Return)
    hand.instead("耿马管理部")
    hand.press(Qt.Key.Key_Return, CONTROL)
    hand.press(Qt.Key.Key_Return)
    hand.instead("耿一")
    hand.press(Qt.Key.Key_Return)
    hand.instead("530926")
    hand.press(Qt.Key.Key_Return)
    hand.instead("0883-2129999")
    for n, name in enumerate(("罗𠅤克", "玉罕", "岩温", "白秀英", "李秋霞")):
        hand.press(Qt.Key.Key_Return, CONTROL)
        hand.press(Qt.Key.Key_Return)
        hand.instead(name)
        hand.press(Qt.Key.Key_Return, CONTROL)
        hand.press(Qt.Key.Key_Return)
        hand.instead(f"0883-212000{n}")
    hand.press(Qt.Key.Key_Return, CONTROL)
    hand.press(Qt.Key.Key_F9)
    assert office.profile.confirmed
    assert (office.examples, office.profile.clerk("").name) == ((), "罗𠅤克")
    print(f"\n从示例到确认：{hand.keys} 个键，{hand.texts} 处填写")
    assert (hand.keys, hand.texts) == (KEYS_FROM_THE_EXAMPLE, TEXTS_FROM_THE_EXAMPLE)
