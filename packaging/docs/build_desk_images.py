"""Draws the pictures of the 受理台 for the manual: empty, with somebody at it, and after a paper was issued.

    python packaging/docs/build_desk_images.py      (in a checkout, with the development packages installed)

Writes docs/images/desk-empty-1366.png, desk-1366.png and desk-issued.png. People in them are invented.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QLineEdit  # noqa: E402

from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.ui.first_run.page import FirstRunPage  # noqa: E402
from counter_assistant.ui.start import make_application  # noqa: E402
from tests.decision_rows import ROWS  # noqa: E402
from tests.journeys.keys import TimedDesk  # noqa: E402
from tests.make import NOW, a_request  # noqa: E402
from tests.ui.desk_hand import commit, press, type_  # noqa: E402
from tests.ui.find import find  # noqa: E402

IMAGES = ROOT / "docs" / "images"
Key = Qt.Key
ISSUED = (
    ("8-promise-incomplete", "王五"),
    ("13-not-on-the-spot", "召存信罕"),
    ("5-inquiry", "张明月"),
    ("11-promise", "孙七"),
)


def main() -> None:
    """Draws everything into docs/images."""
    make_application()
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        _issue(office)
        desk = TimedDesk(Path(folder), office)
        window = desk.window
        window.resize(1366, 768)
        desk.opening.office()
        for first in window.findChildren(FirstRunPage):
            first.finished.emit()
        window.show()
        window.activateWindow()
        QTest.qWait(300)
        _put_aside(desk)
        _grab(desk, "desk-empty-1366")
        _take(desk, "b01", "121211")
        press(Key.Key_Space)
        _who(desk, "召存信罕")
        _grab(desk, "desk-1366")
        press(Key.Key_F8)
        press(Key.Key_F9)
        _grab(desk, "desk-issued")
        window.close()
        desk.opening.close()


def _issue(office: Office) -> None:
    for row, name in ISSUED:
        given = ROWS[row][0]
        applicant = given.get("applicant", {}) | {"name": name}
        issue_slip(office, a_request(**{**given, "applicant": applicant, "request_id": row}))


def _take(desk: TimedDesk, item: str, digits: str) -> None:
    find(desk.page, QLineEdit, "item_search").setFocus()
    type_(item)
    press(Key.Key_Return)
    type_(digits)


def _who(desk: TimedDesk, name: str, phone: str = "13800000461") -> None:
    find(desk.page, QLineEdit, "name").setFocus()
    commit(name)
    press(Key.Key_Return)
    type_(phone)
    press(Key.Key_Return)


def _put_aside(desk: TimedDesk) -> None:
    _take(desk, "b05", "1")
    _who(desk, "岩香")
    press(Key.Key_Escape)


def _grab(desk: TimedDesk, name: str) -> None:
    QTest.qWait(600)
    path = IMAGES / f"{name}.png"
    desk.window.grab().save(str(path))
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
