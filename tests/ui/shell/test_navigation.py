"""What a page is called can be read in the navigation, whatever stands on it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.shell.navigation import PageButton


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("overdue", [0, 3])
def test_the_focus_is_a_frame_that_hides_nothing(qtbot: Any, chosen: bool, overdue: int) -> None:
    button = PageButton("受理", "F2")
    qtbot.addWidget(button)
    button.setChecked(chosen)
    button.press(overdue)
    button.resize(button.sizeHint())
    inside = [QPoint(x, y) for x in range(5, button.width() - 3) for y in range(3, button.height() - 3)]
    without = button.grab().toImage()
    button.show()
    with qtbot.waitActive(button):
        button.activateWindow()
    button.setFocus()
    assert button.hasFocus()
    with_focus = button.grab().toImage()
    assert [where for where in inside if with_focus.pixel(where) != without.pixel(where)] == []
    assert with_focus.pixelColor(1, 1) == theme.colour(theme.palette().focus)
