"""A desk on a screen of its own with a screen reader beside it: keys go in as the system sends them, what is told comes out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.places import ROOT
from tests.ui.x11 import PATIENCE, Screen, screen_of

SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED = ("at-spi2-core", "gir1.2-atspi-2.0", "python3-gi", "dbus")
ALONE = "没有用读屏软件的接口试过：缺 {}（apt install {}）"
STILL = 0.25
"""Seconds without anything new after which what a key did is taken as done."""
STAYS = 3.0
"""Seconds after which a key has not moved the focus."""
T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """What is said of one widget: its kind, its name, the sentence that goes with it, what it holds."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str
    labels: tuple[str, ...]
    place: tuple[int, ...] = ()
    inside: tuple[Told, ...] = ()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Told:
        return cls(
            told["role"], told["name"], told["description"], frozenset(told["states"]), told["text"],
            tuple(told["labels"]), tuple(told.get("place", ())), tuple(map(cls.of, told.get("inside", ()))),
        )  # fmt: skip

    @property
    def every(self) -> Iterator[Told]:
        """It, and all within it."""
        yield self
        for one in self.inside:
            yield from one.every

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”"


@dataclass
class Reader:
    """What the screen reader hears of the desk."""

    screen: Screen
    _child: subprocess.Popen[str]
    heard: list[str] = field(default_factory=list)
    """All that was announced since `hush`."""

    def ask(self, what: str, **more: object) -> Any:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps({"ask": what, **more}) + "\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())

    @property
    def focus(self) -> Told | None:
        """What has the focus."""
        told = self.ask("focus")
        return Told.of(told) if told else None

    @property
    def described(self) -> str:
        """What else is said of what has the focus."""
        focus = self.focus
        return focus.description if focus else ""

    @property
    def windows(self) -> list[Told]:
        """Every window with what can be seen in it."""
        return [Told.of(told) for told in self.ask("tree")]

    @property
    def every(self) -> list[Told]:
        """All that can be seen, in its order."""
        return [one for window in self.windows for one in window.every]

    def hush(self) -> None:
        """What was announced until now belongs to something else."""
        self.ask("said")
        self.heard.clear()

    def listen(self) -> list[str]:
        """What was announced since."""
        self.heard += self.ask("said")
        return self.heard

    def press(self, *keys: str) -> None:
        """Keys by their X11 names, one after the other, each when the one before is done."""
        for key in keys:
            self.screen.run("xdotool", "key", key)
            self.settle()

    def step(self, key: str) -> Told | None:
        """A key that moves the focus; what has it then, or has it still."""
        before, end = self.ask("moves"), time.monotonic() + STAYS
        self.screen.run("xdotool", "key", key)
        while self.ask("moves") == before and time.monotonic() < end:
            time.sleep(STILL / 10)
        moved = before
        while (now := self.ask("moves")) != moved:
            moved = now
            time.sleep(STILL / 5)
        return self.focus

    def give_focus(self, role: str, name: str) -> None:
        """Gives what is called so the focus, as a screen reader can."""
        self.until(lambda: self.ask("grab", role=role, name=name), f"there is no {role} “{name}”")
        self.settle()

    def write(self, text: str) -> None:
        """A text, letter by letter."""
        self.screen.run("xdotool", "type", "--delay", "60", text)
        self.settle()

    def settle(self) -> None:
        """Waits until the focus stays and nothing more is announced."""
        seen: list[object] = []
        end = time.monotonic() + PATIENCE
        while len(seen) < 3 or seen[-1] != seen[-2]:
            assert time.monotonic() < end, "it never comes to rest"
            seen.append((self.ask("focus"), len(self.listen())))
            time.sleep(STILL / 2)

    def until(self, true: Callable[[], T], otherwise: str = "waited too long") -> T:
        """Waits for what must come, and returns it."""
        end = time.monotonic() + PATIENCE
        while not (found := true()):
            assert time.monotonic() < end, f"{otherwise}; announced: {self.listen()}; focus: {self.focus}"
            time.sleep(STILL)
        return found


@contextmanager
def desk_with_reader(folder: Path, size: tuple[int, int] = (1366, 768)) -> Iterator[Reader]:
    """The desk of a data folder on a screen of its own, and a screen reader that was there before it."""
    missing = [] if shutil.which("dbus-run-session") else ["dbus"]
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False).returncode
    ):
        missing.append("gir1.2-atspi-2.0")
    if missing:
        pytest.skip(ALONE.format("、".join(missing), " ".join(NEEDED)))
    with screen_of(*size) as screen, _session_bus(screen) as addresses:
        environment = {
            **screen.environment,
            **addresses,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "TZ": "Asia/Shanghai",
            "PYTHONPATH": str(ROOT),
        }
        reading = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("heard.py"))], env={k: v for k, v in environment.items() if k != "PYTHONPATH"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        reader = Reader(screen, reading)
        reader.hush()  # once it answers it listens
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.accessibility.desk", str(folder)], env=environment, cwd=ROOT
        )
        try:
            reader.until(lambda: reader.ask("ready"))
            screen.run("xdotool", "windowactivate", "--sync", screen.still("柜台助手"))
            yield reader
        finally:
            for process in (running, reading):
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE / 6)
                process.kill()
                process.wait()
            for pipe in filter(None, (reading.stdin, reading.stdout)):
                pipe.close()


@contextmanager
def _session_bus(screen: Screen) -> Iterator[dict[str, str]]:
    """A session bus of its own, on which the accessibility bus and its registry start, and how a program comes to it.

    The folder is the session's too: the accessibility bus has one name in it, and of two the later takes it from the earlier.
    """
    reading, writing = os.pipe()
    command = ["dbus-daemon", "--session", "--nofork", "--nosyslog", f"--print-address={writing}"]
    with tempfile.TemporaryDirectory(prefix="session-") as folder:
        session = {"XDG_RUNTIME_DIR": folder}
        bus = subprocess.Popen(
            command, pass_fds=[writing], env=screen.environment | session, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield session | {"DBUS_SESSION_BUS_ADDRESS": told.readline().strip()}
        finally:
            bus.terminate()
            bus.wait(PATIENCE)
