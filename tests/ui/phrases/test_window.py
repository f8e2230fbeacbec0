"""The floating window on a real X11 screen with a window manager: above another program, which keeps its keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations.office import open_office
from tests.ui.x11 import PATIENCE, Screen, screen_of, until

BUSINESS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit()
field.setWindowTitle("business system")
field.setGeometry(40, 60, 1280, 640)
field.textChanged.connect(lambda text: Path(sys.argv[1]).write_text(text, encoding="utf-8"))
clipboard = application.clipboard()
clipboard.dataChanged.connect(lambda: Path(sys.argv[2]).write_text(clipboard.text(), encoding="utf-8"))
field.show()
application.exec()
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with screen_of(1366, 768) as made:
        yield made


@pytest.mark.slow
@pytest.mark.x11
def test_the_panel_stays_above_and_takes_no_keyboard_until_it_is_asked(screen: Screen, tmp_path: Path) -> None:
    office = open_office(tmp_path / "data")
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    typed, copied = tmp_path / "typed", tmp_path / "copied"
    for file in (typed, copied):
        file.write_text("")

    def text() -> str:
        return typed.read_text("utf-8")

    desk = [sys.executable, "-m", "counter_assistant", "--data-dir", str(tmp_path / "data")]
    running = [screen.start(*desk), screen.start(sys.executable, "-c", BUSINESS, str(typed), str(copied))]
    try:
        until(lambda: screen.window("柜台助手") and screen.window("business system"))
        business = screen.window("business system")
        screen.run("xdotool", "windowactivate", "--sync", business)
        screen.run("xdotool", "type", "a")
        until(lambda: text() == "a")

        assert screen.start(*desk, "--phrases").wait(PATIENCE) == 0
        until(lambda: screen.window("文明用语"))
        panel = screen.window("文明用语")
        until(lambda: screen.above(panel, business))
        assert screen.active() == business
        assert "_NET_WM_STATE_ABOVE" in screen.run("xprop", "-id", panel, "_NET_WM_STATE")

        screen.click(panel, 150, 134)  # the first phrase
        until(lambda: copied.read_text("utf-8") == "您好，我能帮您做什么吗？")
        screen.run("xdotool", "key", "ctrl+v")
        until(lambda: text() == "a您好，我能帮您做什么吗？")
        assert screen.active() == business
        screen.click(business, 600, 300)
        assert screen.above(panel, business)

        assert screen.start(*desk, "--phrases").wait(PATIENCE) == 0
        until(lambda: screen.active() == panel)
        screen.run("xdotool", "type", "qnzzlqm")
        screen.run("xdotool", "key", "Return")
        until(lambda: copied.read_text("utf-8") == "请您在这里签名。")
        screen.run("xdotool", "windowactivate", "--sync", business)
        screen.run("xdotool", "key", "ctrl+a", "ctrl+v")
        until(lambda: text() == "请您在这里签名。")
        screen.click(panel, 150, 60)  # the search field: somebody wants to type there
        until(lambda: screen.active() == panel)
        screen.run("xdotool", "key", "Escape")
        until(lambda: not screen.window("文明用语"))
    finally:
        for process in running:
            process.terminate()
            process.wait(PATIENCE)
