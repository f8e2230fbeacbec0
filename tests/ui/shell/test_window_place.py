"""The first window fits the screen that is there, and stands where it stood."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_assistant.operations.office import open_office
from counter_assistant.ui import local_settings
from counter_assistant.ui.shell.window_place import WindowPlace, inside
from tests.ui.x11 import PATIENCE, Screen, screen_of, until

SCREEN, FRAME = QRect(0, 0, 1366, 728), QMargins(2, 30, 2, 2)
TASKBAR = 40
DOCK = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
bar = QWidget()
bar.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock)
bar.setWindowTitle("taskbar")
screen = application.primaryScreen().geometry()
bar.setGeometry(0, screen.height() - 40, screen.width(), 40)
bar.show()
application.exec()
"""


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(0, 0, 1366, 768), QRect(2, 30, 1362, 696)),
        (QRect(-50, -50, 800, 600), QRect(2, 30, 800, 600)),
        (QRect(900, 500, 800, 600), QRect(564, 126, 800, 600)),
        (QRect(5000, 100, 1366, 600), QRect(2, 100, 1362, 600)),
    ],
)
def test_a_window_is_moved_and_shrunk_until_it_lies_on_the_screen_with_its_frame(wanted: QRect, placed: QRect) -> None:
    assert inside(wanted, SCREEN, FRAME) == placed
    assert SCREEN.contains(placed.marginsAdded(FRAME))


def test_a_screen_left_of_the_first_is_a_screen_like_any_other() -> None:
    left = QRect(-1920, 0, 1920, 1080)
    assert inside(QRect(-1500, 100, 800, 600), left, FRAME) == QRect(-1500, 100, 800, 600)


def placed(qtbot: Any, place: str, usual: tuple[int, int] = (600, 400)) -> tuple[QWidget, WindowPlace]:
    window = QWidget()
    qtbot.addWidget(window)
    made = WindowPlace(window, (300, 200), usual)
    made.restore(place)
    return window, made


def available(window: QWidget) -> QRect:
    return window.screen().availableGeometry()


def test_a_first_window_stands_in_the_middle_and_is_maximised_where_there_is_no_room(qtbot: Any) -> None:
    window, _ = placed(qtbot, "")
    assert (window.width(), window.height()) == (600, 400)
    assert abs(window.geometry().center().x() - available(window).center().x()) <= 1
    assert not window.isMaximized()
    big, _ = placed(qtbot, "", (5000, 400))
    assert big.isMaximized()
    assert available(big).contains(big.geometry())


def test_place_size_and_being_maximised_are_remembered(qtbot: Any) -> None:
    first, place = placed(qtbot, "")
    first.show()
    first.setGeometry(60, 80, 500, 300)
    again, _ = placed(qtbot, place.now())
    assert again.geometry() == QRect(60, 80, 500, 300)
    first.showMaximized()
    third, _ = placed(qtbot, place.now())
    assert third.isMaximized()
    third.show()
    third.showNormal()
    assert third.geometry().size() == QRect(60, 80, 500, 300).size()


def test_a_window_of_a_screen_that_is_gone_comes_back(qtbot: Any) -> None:
    first, place = placed(qtbot, "")
    first.show()
    first.setGeometry(9000, 3000, 700, 500)
    again, _ = placed(qtbot, place.now())
    assert available(again).contains(again.geometry())
    assert (again.width(), again.height()) == (700, 500)


def test_what_sticks_out_while_it_is_shown_is_brought_back_and_what_was_never_placed_is_not(qtbot: Any) -> None:
    window, _ = placed(qtbot, "")
    window.show()
    window.setGeometry(9000, 3000, 700, 500)
    QApplication.primaryScreen().availableGeometryChanged.emit(QRect())
    qtbot.waitUntil(lambda: available(window).contains(window.geometry()))
    stray = QWidget()
    qtbot.addWidget(stray)
    never = WindowPlace(stray, (300, 200), (600, 400))
    stray.setGeometry(9000, 3000, 700, 500)
    stray.show()
    never.settle()
    assert stray.geometry().x() == 9000


@pytest.mark.parametrize("kept", ["no geometry", "AAAA", "%%%"])
def test_a_damaged_place_counts_as_none(qtbot: Any, kept: str) -> None:
    window, _ = placed(qtbot, kept)
    assert available(window).contains(window.geometry())


def test_a_screen_smaller_than_the_smallest_window_gets_a_smaller_one(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    WindowPlace(window, (4000, 3000), (5000, 4000)).restore("")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.show()
    assert available(window).contains(window.geometry())


def lies_in(window: tuple[int, ...], screen: tuple[int, ...]) -> bool:
    """Whether a rectangle lies within another one; both are left, top, right and bottom."""
    return all(window[n] >= screen[n] and window[n + 2] <= screen[n + 2] for n in (0, 1))


@contextmanager
def running(screen: Screen, folder: Path) -> Iterator[str]:
    """The program in a window, closed by the keys of the window manager; gives the window's id."""
    process = screen.start(sys.executable, "-m", "counter_assistant", "--data-dir", str(folder))
    try:
        window = screen.still("柜台助手")
        yield window
        assert screen.close(window, process) == 0
    finally:
        process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = open_office(tmp_path)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    return tmp_path


@pytest.mark.slow
@pytest.mark.x11
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1093, 614), (1920, 1080)])
def test_the_first_window_lies_whole_above_the_taskbar(folder: Path, width: int, height: int) -> None:
    with screen_of(width, height) as screen:
        bar = screen.start(sys.executable, "-c", DOCK)
        try:
            until(lambda: screen.window("taskbar"))
            dock = screen.window("taskbar")
            screen.run("xprop", "-id", dock, "-f", "_NET_WM_STRUT", "32c", "-set", "_NET_WM_STRUT", f"0,0,0,{TASKBAR}")
            until(lambda: f"{height - TASKBAR}" in screen.run("xprop", "-root", "_NET_WORKAREA"))
            work, full = (0, 0, width, height - TASKBAR), width < 1920
            with running(screen, folder) as window:
                until(lambda: lies_in(screen.rectangle(window), work) and (screen.rectangle(window) == work) is full)
        finally:
            bar.kill()
            bar.wait(PATIENCE)


@pytest.mark.slow
@pytest.mark.x11
def test_the_window_stands_where_it_stood_and_comes_to_a_smaller_screen(folder: Path) -> None:
    with screen_of(1920, 1080) as screen:
        with running(screen, folder) as window:
            before = screen.rectangle(window)
            screen.run("xdotool", "windowmove", "--sync", window, "500", "250")
            screen.still("柜台助手")
            stood = screen.rectangle(window)
            assert stood != before
        assert local_settings.load(folder).geometry
        with running(screen, folder) as window:
            until(lambda: screen.rectangle(window) == stood)
    with screen_of(1366, 768) as screen, running(screen, folder) as window:
        until(lambda: lies_in(screen.rectangle(window), (0, 0, 1366, 768)))
