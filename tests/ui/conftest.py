"""The desk in the tests: an application with our face and colours, and a page over an office of its own."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.desk_hand import Bench, bench, dress
from tests.ui.named import all_has_a_name
from tests.ui.plain import nothing_but_text
from tests.ui.refusals import ear, every_refusal_was_said  # noqa: F401 - fixtures


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "x11: needs a real X11 screen of its own (Xvfb, openbox); says so when skipped")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Whatever a test has made is looked at before it goes: nothing in it is more than text, all that is used has a name, and
    what it refuses was said aloud."""
    done = yield
    nothing_but_text()
    every_refusal_was_said()
    all_has_a_name()
    return done


@pytest.fixture(autouse=True)
def dressed(qapp: Any) -> None:
    """Our style, words and face."""
    dress()


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[Bench]:
    with bench(qtbot, data_dir) as made:
        yield made
