"""Draws the pictures of the 受理台 for the manual: empty, with somebody at it, after a paper was issued, and while one is reviewed.

    python packaging/docs/build_desk_images.py      (in a checkout, with the development packages installed)

Writes docs/images/desk-empty-1366.png, desk-1366.png, desk-issued.png, desk-review.png and rare-characters.png. People in them are invented.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from page_window import prepare  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402

from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.ui.first_run.page import FirstRunPage  # noqa: E402
from counter_assistant.ui.start import make_application  # noqa: E402
from tests.decision_rows import ROWS  # noqa: E402
from tests.journeys.keys import TimedDesk  # noqa: E402
from tests.make import NOW, a_request  # noqa: E402
from tests.ui.desk.test_reviewing import RETURN, give_roles  # noqa: E402
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
    prepare()
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        _issue(office)
        desk = _shown(Path(folder), office)
        _put_aside(desk)
        _grab(desk, "desk-empty-1366")
        _take(desk, "b01", "121211")
        press(Key.Key_Space)
        _rare(desk)
        _who(desk, "召存信罕")
        _grab(desk, "desk-1366")
        press(Key.Key_F8)
        press(Key.Key_F9)
        _grab(desk, "desk-issued")
        _close(desk)
    with TemporaryDirectory() as folder:
        _review(Path(folder))


def _shown(folder: Path, office: Office) -> TimedDesk:
    desk = TimedDesk(folder, office)
    desk.window.resize(1366, 768)
    desk.opening.office()
    for first in desk.window.findChildren(FirstRunPage):
        first.finished.emit()
    desk.window.show()
    desk.window.activateWindow()
    QTest.qWait(300)
    return desk


def _close(desk: TimedDesk) -> None:
    desk.window.close()
    desk.opening.close()


def _review(folder: Path) -> None:
    """A return notice that a colleague looks at."""
    office = open_office(folder, lambda: NOW)
    give_roles(office)
    desk = _shown(folder, office)
    desk.page.take_request(a_request(**RETURN))
    press(Key.Key_F9)
    press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_2)
    desk.window.activateWindow()
    QTest.qWait(300)
    press(Key.Key_Right)
    press(Key.Key_Return)
    _grab(desk, "desk-review")
    _close(desk)


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


def _rare(desk: TimedDesk) -> None:
    """A name whose second character is looked for by its parts."""
    name = find(desk.page, QLineEdit, "name")
    name.setFocus()
    commit("罗")
    press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    commit("言")
    commit("心")
    press(Key.Key_Down)
    _grab(desk, "rare-characters")
    press(Key.Key_Escape)
    name.selectAll()


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
