"""A real X11 screen of the test's own, with a window manager: Xvfb, openbox, xdotool, xprop, xwininfo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

PROGRAMS = ("Xvfb", "openbox", "xdotool", "xprop", "xwininfo")
PATIENCE = 60.0
"""Seconds until what does not come is given up; nothing is right or wrong by being faster."""


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

    def rectangle(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of a window with its frame, in pixels of the screen."""
        said = dict(line.split(":", 1) for line in self.run("xwininfo", "-id", window).split("\n") if ":" in line)
        known = {key.strip(): value.strip() for key, value in said.items()}
        x, y = int(known["Absolute upper-left X"]), int(known["Absolute upper-left Y"])
        frame = self.run("xprop", "-id", window, "_NET_FRAME_EXTENTS").rpartition("=")[2].split(",")
        left, right, top, bottom = (int(width) for width in frame) if len(frame) == 4 else (0, 0, 0, 0)
        return x - left, y - top, x + int(known["Width"]) + right, y + int(known["Height"]) + bottom

    def still(self, title: str) -> str:
        """The id of a window, once the window manager has put its frame around it and it stays where it is."""
        seen: list[object] = []

        def stays() -> bool:
            window = self.window(title)
            framed = window and "=" in self.run("xprop", "-id", window, "_NET_FRAME_EXTENTS")
            seen.append(framed and (window, self.rectangle(window)))
            return bool(framed) and seen[-3:] == seen[-1:] * 3

        until(stays)
        return self.window(title)

    def close(self, window: str, process: subprocess.Popen[bytes]) -> int:
        """The exit code of a program whose window is closed by the keys of the window manager, pressed until it heard them."""
        for _ in range(10):
            self.run("xdotool", "windowactivate", "--sync", window, "key", "alt+F4")
            with suppress(subprocess.TimeoutExpired):
                return process.wait(PATIENCE / 10)
        pytest.fail("the window was not closed")

    def click(self, window: str, x: int, y: int) -> None:
        self.run("xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1")


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


@contextmanager
def screen_of(width: int, height: int) -> Iterator[Screen]:
    """A screen of that size; the test is skipped, and says so, where a program or a library is missing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"没有在真的屏幕上试过：缺 {'、'.join(missing)}（apt install xvfb openbox xdotool x11-utils）")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        made = Screen(f":{told.readline().strip()}")
    manager = made.start("openbox")
    try:
        probe = "from PySide6.QtWidgets import QApplication; QApplication([])"
        if made.start(sys.executable, "-c", probe).wait(PATIENCE):
            pytest.skip("没有在真的屏幕上试过：Qt 缺 X11 的库（apt install libxcb-cursor0）")
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(PATIENCE)
