"""Chips in lines: the last is not left alone where its neighbours can make room or come along."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import FlowingLabel


class Box(QWidget):
    """As wide as it says."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._wide = width

    def sizeHint(self) -> QSize:
        return QSize(self._wide, 20)


def lines(qtbot: QtBot, widths: list[int], room: int, squeeze: int) -> list[list[int]]:
    """The widths of the widgets on each line."""
    inside = QWidget()
    qtbot.addWidget(inside)
    layout = FlowLayout(6, squeeze=squeeze)
    inside.setLayout(layout)
    boxes = [Box(width) for width in widths]
    for box in boxes:
        layout.addWidget(box)
    inside.resize(room, 200)
    inside.show()
    found: dict[int, list[int]] = {}
    for box in boxes:
        found.setdefault(box.y(), []).append(box.width())
    return list(found.values())


@pytest.mark.parametrize(
    ("widths", "room", "squeeze", "placed"),
    [
        ([60, 60, 60], 200, 10, [[60, 60, 60]]),
        ([60, 60, 60, 60], 240, 10, [[55, 55, 55, 55]]),
        ([60, 60, 60, 60], 200, 10, [[60, 60], [60, 60]]),
        ([60, 60, 60, 60], 200, 0, [[60, 60, 60], [60]]),
        ([90, 90, 90], 200, 10, [[90, 90], [90]]),
    ],
)
def test_the_last_one_keeps_company(
    qtbot: QtBot, widths: list[int], room: int, squeeze: int, placed: list[list[int]]
) -> None:
    assert lines(qtbot, widths, room, squeeze) == placed


def test_a_text_wider_than_the_room_is_broken_and_not_cut(qtbot: QtBot) -> None:
    inside = QWidget()
    qtbot.addWidget(inside)
    layout = FlowLayout(6)
    inside.setLayout(layout)
    short, long = FlowingLabel("短"), FlowingLabel("材料补齐之日起三个工作日内发出联系函" * 3)
    for label in (short, long):
        layout.addWidget(label)
    inside.resize(400, 300)
    inside.show()
    assert short.height() < 2 * short.fontMetrics().height()
    assert long.width() == 400
    assert long.height() >= 2 * long.fontMetrics().height()
    assert long.y() > short.y()
