"""A rare character is drawn at once, the first of a session too: the field that shows it was laid out before its font was
there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

FIRST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
from counter_assistant import paths
from counter_assistant.ui.start import make_application

application = make_application()
from tests.ui.desk_hand import NOON, DeskPage, FakePrinting, commit, open_office, search
from tests.ui.find import find

office = open_office(Path(sys.argv[1]), lambda: NOON)
page = DeskPage(search(), lambda: office, FakePrinting())
page.attach(office)
page.resize(1290, 694)
page.show()
page.activateWindow()
application.processEvents()
field = find(page, QLineEdit, "name")

def typed(text):
    field.setFocus()
    field.clear()
    commit(text)
    return field.grab().toImage()

unknown = typed("\\U000e1000")   # assigned to nobody: a box, whatever is loaded
first = typed(sys.argv[2])
later = typed(sys.argv[2])
print(first == later, first != unknown, typed(sys.argv[3]) != unknown)
page.close_down()
page.close()
office.close()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("character", "other"),
    [
        ("\U00030edd", "\U00020d36"),
        ("\U00020d36", "\U0002ceb0"),
        ("\U00020d36", "\U00030014"),
        ("龘", "ꀉ"),
        ("ꀉ", "ᥐ"),
    ],
)
def test_no_rare_character_of_a_session_is_a_box(tmp_path: Path, character: str, other: str) -> None:
    command = [sys.executable, "-c", FIRST, str(tmp_path), character, other]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 3, done.stderr
