"""The floating window on a real X11 screen with a window manager: above another program, which keeps its keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_assistant.operations.office import open_office

PROGRAMS = ("Xvfb", "openbox", "xdotool", "xprop")
PATIENCE = 20.0

BUSINESS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit()
field.setWindowTitle("business system")
field.setGeometry(40, 60, 1280, 640)
field.textChanged.connect(lambda text: Path(sys.argv[1]).write_text(text, encoding="utf-8"))
field.show()
application.exec()
"""


@dataclass
class Screen:
    """A screen of the test's own."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "XMODIFIERS")}
        return {**kept, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "none"}

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The id of a visible window; empty where there is none."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", title).split("\n")[-1]

    def active(self) -> str:
        return self.run("xdotool", "getactivewindow")

    def above(self, upper: str, lower: str) -> bool:
        """Whether a window covers another one."""
        stack = [
            int(word.strip(","), 16)
            for word in self.run("xprop", "-root", "_NET_CLIENT_LIST_STACKING").split()
            if word.startswith("0x")
        ]
        return stack.index(int(upper)) > stack.index(int(lower))

    def click(self, window: str, x: int, y: int) -> None:
        self.run("xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1")


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(
            f"浮动窗口没有在真的屏幕上试过：缺 {'、'.join(missing)}（apt install xvfb openbox xdotool x11-utils）"
        )
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        made = Screen(f":{told.readline().strip()}")
    manager = made.start("openbox")
    try:
        probe = "from PySide6.QtWidgets import QApplication; QApplication([])"
        if made.start(sys.executable, "-c", probe).wait(PATIENCE):
            pytest.skip("浮动窗口没有在真的屏幕上试过：Qt 缺 X11 的库（apt install libxcb-cursor0）")
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(PATIENCE)


@pytest.mark.slow
@pytest.mark.x11
def test_the_panel_stays_above_and_takes_no_keyboard_until_it_is_asked(screen: Screen, tmp_path: Path) -> None:
    office = open_office(tmp_path / "data")
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    typed = tmp_path / "typed"
    typed.write_text("")

    def text() -> str:
        return typed.read_text("utf-8")

    desk = [sys.executable, "-m", "counter_assistant", "--data-dir", str(tmp_path / "data")]
    running = [screen.start(*desk), screen.start(sys.executable, "-c", BUSINESS, str(typed))]
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
        time.sleep(0.5)
        screen.run("xdotool", "key", "ctrl+v")
        until(lambda: text() == "a您好，我能帮您做什么吗？")
        assert screen.active() == business
        screen.click(business, 600, 300)
        assert screen.above(panel, business)

        assert screen.start(*desk, "--phrases").wait(PATIENCE) == 0
        until(lambda: screen.active() == panel)
        screen.run("xdotool", "type", "qnzzlqm")
        screen.run("xdotool", "key", "Return")
        time.sleep(0.5)
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
