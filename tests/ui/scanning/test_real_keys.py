"""A scan on a real X11 screen: keys as the system sends them, as fast as it can and as slow as a wireless scanner."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.ui.x11 import PATIENCE, Screen, screen_of, until

WATCHED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from counter_assistant.ui.start import assemble

application, desk = assemble(Path(sys.argv[1]), training=False)

def tell():
    focused, model = QApplication.focusWidget(), getattr(desk.page, "model", None)
    case = getattr(desk.window.stack.currentWidget(), "case", None)
    seen = {
        "focus": focused.accessibleName() if focused else "",
        "papers": case.papers if case else [],
        "name": model.state.name if model else "",
        "answers": model.state.answers if model else {},
        "scans": hasattr(desk, "scans"),
    }
    Path(sys.argv[2]).write_text(json.dumps(seen), encoding="utf-8")

timer = QTimer(interval=50)
timer.timeout.connect(tell)
timer.start()
desk.run(application)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with screen_of(1366, 768) as made:
        yield made


@pytest.mark.slow
@pytest.mark.x11
def test_a_scan_is_one_at_every_speed_and_a_hand_is_a_hand(screen: Screen, tmp_path: Path) -> None:
    office = open_office(tmp_path / "data")
    office.decide_profile(office.profile)  # else the page of the first start is shown
    slip = issue_slip(office, a_request(**ROWS["5-inquiry"][0], request_id="first")).slip
    assert slip is not None
    code = office.archive.show(slip.number).row.qr
    office.close()
    told = tmp_path / "told"
    told.write_text("{}")

    def seen(key: str) -> object:
        text = told.read_text("utf-8")
        return json.loads(text).get(key) if text else None

    program = screen.start(sys.executable, "-c", WATCHED, str(tmp_path / "data"), str(told))
    try:
        until(lambda: screen.window("柜台助手") and seen("scans"))
        screen.run("xdotool", "windowactivate", "--sync", screen.window("柜台助手"))
        until(lambda: seen("focus") == "查找事项")
        screen.run("xdotool", "type", "--delay", "120", "b08")
        screen.run("xdotool", "key", "Return")
        until(lambda: seen("focus") == "情形")
        screen.run("xdotool", "type", "--delay", "150", "12")
        until(lambda: len(str(seen("answers")).split(",")) == 2)
        answers = seen("answers")
        for delay in ("0", "8", "40"):
            screen.run("xdotool", "type", "--delay", delay, code)
            screen.run("xdotool", "key", "Return")
            until(lambda: seen("papers") == [slip.number])
            screen.run("xdotool", "key", "F2")
            until(lambda: seen("focus") == "情形")
            assert seen("answers") == answers
            screen.run("xdotool", "key", "F3", "Escape", "F2")
    finally:
        program.terminate()
        program.wait(PATIENCE)
