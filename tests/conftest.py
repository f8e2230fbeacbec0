"""What every test shares: no screen, a data directory of its own, and nothing left open behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A failure in CI must be one that anybody can repeat; the search for new examples is the nightly run's.
settings.register_profile("ci", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data directory of an installation that was never started."""
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def no_window_is_left_open() -> Iterator[None]:
    """A window left open is a mistake of the test or of the desk. qtbot closes its own before this looks."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert not left, f"left open: {[window.objectName() or type(window).__name__ for window in left]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what only root can do, such as cutting the power of a loop device."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return
    for item in items:
        if item.get_closest_marker("root"):
            item.add_marker(pytest.mark.skip(reason="needs root"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which promises this run did not test, so that nobody takes green for proven."""
    for mark, what in (("root", "root"), ("cups", "CUPS"), ("x11", "Xvfb")):
        skipped = [report for report in terminalreporter.stats.get("skipped", []) if mark in report.keywords]
        if skipped:
            terminalreporter.section(f"需要 {what} 的测试没有运行 · NOT TESTED, needs {what}", red=True, bold=True)
        for report in skipped:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")
