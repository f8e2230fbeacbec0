"""Choices: the wheel changes nothing, and Enter in a form is reported."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.fields.choice import Choice, FormChoice
from tests.ui.counter import press, show


def test_the_wheel_passes_by(qtbot: QtBot) -> None:
    choice = Choice("由谁担任")
    choice.addItems(["李某", "王某"])
    show(qtbot, choice, (200, 40))
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert choice.currentText() == "李某"
    assert not turn.isAccepted()


def test_enter_is_reported_and_arrows_choose(qtbot: QtBot) -> None:
    choice = FormChoice("什么时候说")
    choice.addItems(["迎接", "送别"])
    show(qtbot, choice, (200, 40))
    choice.setFocus()
    with qtbot.waitSignal(choice.entered):
        press(Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(choice.entered):
        press(Qt.Key.Key_Down)
    assert choice.currentText() == "送别"
