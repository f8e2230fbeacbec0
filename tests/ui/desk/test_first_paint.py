"""What the first paint of the desk waits for, and what is brought in behind it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from counter_assistant.ui.shell.opening import FOR_THE_OFFICE, FOR_THE_PAPER
from tests.places import ROOT

PAINTED = """
import sys
from counter_assistant.ui.start import make_application, read_index

search, application = read_index().search, make_application()
from counter_assistant.ui.desk.page import DeskPage

page = DeskPage(search, lambda: None)
page.resize(1290, 694)
page.show()
application.processEvents()
print(page.isVisible(), *sys.modules)
page.close()
"""
BEHIND = ("operations", "paper", "ui.desk.controllers", "ui.desk.overlays", "ui.desk.presentation")


def test_nothing_that_runs_the_desk_is_imported_before_it_is_painted() -> None:
    done = subprocess.run([sys.executable, "-c", PAINTED], cwd=ROOT, capture_output=True, text=True, check=True)
    visible, *modules = done.stdout.split()
    assert visible == "True"
    assert "counter_assistant.ui.desk.cards.item_search" in modules
    rooms = tuple(f"counter_assistant.{room}" for room in BEHIND)
    assert [name for name in modules if name.startswith(rooms)] == []


def test_every_module_that_is_brought_in_behind_it_is_there() -> None:
    assert [name for name in FOR_THE_OFFICE + FOR_THE_PAPER if find_spec(name) is None] == []
