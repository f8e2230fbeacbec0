"""What every test shares: no screen, a data directory of its own, nothing left open behind it; and how much of it runs."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import hall
from tests.on_both import held_by_its_engine, variants
from tests.order import in_random_order
from tests.portion import Portion, all_left_out, by_day, leave_out, name_of, portion_of, runs_by_day
from tests.watching import Watch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A failure in CI must be one that anybody can repeat; the search for new examples is the nightly run's.
settings.register_profile("quick", max_examples=10, derandomize=True, deadline=None)
settings.register_profile("ci", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=2000, deadline=None)

MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30
PATIENCE = 60_000  # milliseconds
LEFT_TO_THE_NIGHT = "left to the night"
WATCH: pytest.StashKey[Watch] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("how much of the tests runs")
    group.addoption("--whole", action="store_true", help="what is exhaustive or heavy runs as a whole (./dev nightly)")
    group.addoption("--count", type=int, help="how many repetitions or examples, where a test has a number of them")
    group.addoption("--engine", choices=["sqlite", "postgres", "both"], help="where the books of tests/on_both.py lie")
    group.addoption("--seed", type=int, help="what order and samples are drawn by, as a run before printed it")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed, the same one in every worker, and how many examples hypothesis tries.

    By day what tests write lies in memory, where there is enough: many a book is made, and none waits for a disk.
    """
    if config.option.seed is None:
        config.option.seed = getattr(config, "workerinput", {}).get("seed", random.randrange(10**6))
    if not config.option.whole and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
        tempfile.tempdir = str(MEMORY)
    profile = os.environ.get("HYPOTHESIS_PROFILE") or ("nightly" if config.option.whole else "ci")
    settings.load_profile(profile)
    if config.option.count:
        settings.register_profile("counted", settings.get_profile(profile), max_examples=config.option.count)
        settings.load_profile("counted")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist the seed."""
    node.workerinput["seed"] = node.config.option.seed


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let what is done with a book in a file be asked of one on a server as well."""
    if marked := variants(metafunc):
        metafunc.parametrize("engine", marked, indirect=True, scope="module")


def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> None:
    """Refuse a book that would outlive its engine."""
    if "engine" in request.fixturenames and not held_by_its_engine(fixturedef):
        pytest.fail(f"{fixturedef.argname} of {request.path.name} has to ask for engine", pytrace=False)


@pytest.fixture(scope="session")
def server() -> Iterator[hall.Server]:
    """One server for all tests of a process. An act on it may take as long as a busy machine needs."""
    with hall.patient(PATIENCE // 1000), hall.running() as started:
        yield started


@pytest.fixture
def portion(request: pytest.FixtureRequest) -> Portion:
    """How much of an exhaustive test runs."""
    return portion_of(request.node)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data directory of an installation that was never started."""
    return tmp_path / "data"


@pytest.fixture
def qtbot(qtbot: Any) -> Any:
    """pytest-qt's, which waits for what must come as long as a busy machine may need."""
    for wait in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE))
    return qtbot


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle, leave the heavy to the night, and skip what only root can do, such as cutting the power of a loop device."""
    items[:] = by_day(in_random_order(items, config.option.seed))
    for item in items:
        if item.get_closest_marker("nightly"):
            item.extra_keyword_matches.add(name_of(item))
            if not runs_by_day(item) and not config.option.whole:
                leave_out(item, "nothing")
                item.add_marker(pytest.mark.skip(reason=LEFT_TO_THE_NIGHT))
        if item.get_closest_marker("root") and hasattr(os, "geteuid") and os.geteuid() != 0:
            item.add_marker(pytest.mark.skip(reason="needs root"))
        if item.get_closest_marker("office_suite") and not shutil.which("soffice"):
            item.add_marker(pytest.mark.skip(reason="needs LibreOffice"))
        if item.get_closest_marker("serial") and not _has_serial_line():
            item.add_marker(pytest.mark.skip(reason="needs pyserial and pseudo terminals"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported while the tests are found is watched, and from here on only what takes the branches of the domain."""
    session.config.stash[WATCH] = Watch()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Watch a test with all that is made for it, or do not."""
    item.config.stash[WATCH].turn(item)


@cache
def _has_serial_line() -> bool:
    """Whether a serial line can be made of a pair of pseudo terminals, which a bare container may have none of."""
    if sys.platform == "win32" or not importlib.util.find_spec("serial"):
        return False
    try:
        ends = os.openpty()
    except OSError:
        return False
    for end in ends:
        os.close(end)
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what this run did not test, or not as a whole, so that nobody takes green for proven."""
    for mark, what in (
        ("root", "root"),
        ("cups", "CUPS"),
        ("x11", "Xvfb"),
        ("screen_reader", "AT-SPI"),
        ("serial", "pyserial"),
        ("hall", "PostgreSQL"),
        ("office_suite", "LibreOffice"),
    ):
        skipped = [
            report
            for report in terminalreporter.stats.get("skipped", [])
            if mark in report.keywords and LEFT_TO_THE_NIGHT not in report.longrepr[2]
        ]
        if skipped:
            terminalreporter.section(f"需要 {what} 的测试没有运行 · NOT TESTED, needs {what}", red=True, bold=True)
        for report in skipped:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")
    stats = terminalreporter.stats
    if left_out := all_left_out([*stats.get("passed", []), *stats.get("failed", []), *stats.get("skipped", [])]):
        terminalreporter.section("只试了一部分 · A SAMPLE ONLY, the whole by night", yellow=True, bold=True)
        terminalreporter.line("\n".join(left_out))
    terminalreporter.line(f"the same order and samples again: --seed {config.option.seed}")
