"""输入框不抢这一页的键。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.ui.counter import CONTROL


@pytest.mark.parametrize(("key", "taken"), [(Qt.Key.Key_E, False), (Qt.Key.Key_K, False), (Qt.Key.Key_C, True)])
def test_a_key_of_the_page_is_left_to_it_and_one_of_a_text_is_not(qtbot: QtBot, key: Qt.Key, taken: bool) -> None:
    edit = EntryEdit("查找")
    qtbot.addWidget(edit)
    edit.setText("B08")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL)
    QApplication.sendEvent(edit, event)
    assert event.isAccepted() is taken


@pytest.mark.parametrize(
    ("modifier", "text"), [(Qt.KeyboardModifier.AltModifier, "B"), (Qt.KeyboardModifier.GroupSwitchModifier, "B8")]
)
def test_a_digit_with_alt_is_a_key_and_not_written(qtbot: QtBot, modifier: Qt.KeyboardModifier, text: str) -> None:
    """GIVEN a key of another page WHEN it is pressed in a field THEN no digit of it stands there; what a keyboard has behind AltGr is written."""
    edit = EntryEdit("查找")
    qtbot.addWidget(edit)
    edit.setText("B")
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_8, modifier, "8"))
    assert edit.text() == text
