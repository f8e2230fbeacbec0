"""A line of words and buttons: what has no room goes to the next line, and nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.flow import ActRow
from counter_assistant.ui.widgets.labels import PlainLabel

GAP = 10
Place = tuple[int, int, int]
"""x, y and width."""


class Box(QWidget):
    """As large as it says."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size = QSize(width, height)

    def sizeHint(self) -> QSize:
        return self._size


def placed(qtbot: QtBot, room: int, *, words: bool, hidden: bool = False) -> list[Place]:
    """Where a button before the words, the words and two buttons after them lie."""
    inside, said = QWidget(), Box(300, 20)
    qtbot.addWidget(inside)
    row = ActRow(GAP, said if words else None, 100)
    inside.setLayout(row)
    parts = [Box(50, 20), *([said] if words else []), Box(80, 30), Box(80, 30)]
    for part in parts:
        row.addWidget(part)
    said.setHidden(hidden)
    inside.resize(room, 200)
    inside.show()
    return [(part.x(), part.y(), part.width()) for part in parts if not part.isHidden()]


@pytest.mark.parametrize(
    ("room", "places"),
    [
        (400, [(0, 5, 50), (60, 5, 160), (230, 0, 80), (320, 0, 80)]),
        (340, [(0, 5, 50), (60, 5, 100), (170, 0, 80), (260, 0, 80)]),
        (339, [(0, 5, 50), (60, 5, 189), (259, 0, 80), (259, 40, 80)]),
        (150, [(0, 0, 50), (0, 30, 150), (70, 60, 80), (70, 100, 80)]),
    ],
)
def test_the_words_have_what_lies_between_and_what_comes_after_them_is_at_the_right(
    qtbot: QtBot, room: int, places: list[Place]
) -> None:
    assert placed(qtbot, room, words=True) == places


def test_without_words_all_is_at_the_right(qtbot: QtBot) -> None:
    assert placed(qtbot, 400, words=False) == [(170, 5, 50), (230, 0, 80), (320, 0, 80)]


def test_while_nothing_is_said_each_stays_where_it_is(qtbot: QtBot) -> None:
    assert placed(qtbot, 400, words=True, hidden=True) == [(0, 5, 50), (230, 0, 80), (320, 0, 80)]


def test_words_that_are_broken_have_the_height_that_they_take(qtbot: QtBot) -> None:
    inside, said = QWidget(), PlainLabel("与台账里保存的一致，可以放心地走开。", wrap=True)
    qtbot.addWidget(inside)
    row = ActRow(GAP, said, 60)
    inside.setLayout(row)
    for part in (said, Box(80, 30)):
        row.addWidget(part)
    inside.resize(160, 300)
    inside.show()
    assert said.height() >= said.heightForWidth(said.width()) > said.fontMetrics().height()
