"""The window of a PC as its clerk has it: a process of its own on a screen of its own, pressed by the keys of X, read by what it shows.

Its book lies on a server; what it prints goes to a CUPS of the test's own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import open_office
from counter_assistant.storage.server.book_place import BookPlace, note_book_place
from tests.journeys.conftest import APPROVAL
from tests.make import NOW, confirmed
from tests.printing.conftest import CupsServer
from tests.ui.x11 import PATIENCE, Screen, screen_of, until

TITLE = "柜台助手"
SEARCH, FIELDS = "查找事项", {"name": "姓名", "phone": "电话", "id_number": "证件号码"}
APPROVED = ("A14", "B01", "B05", "B06", "B08")
SIZES = ((1366, 768), (1093, 614))
"""Of the screens of the two PCs: the second is one of 1366 × 768 at 125 %."""
EVENING = NOW.replace(hour=17, minute=15)
STANDING = "--at"
"""Before the time at which the clock stands, so that a picture is the same each time."""
WATCHED = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QTableView, QTreeView
from counter_assistant.operations import office
from counter_assistant.ui.start import assemble

folder, told = map(Path, sys.argv[1:3])
if sys.argv[3:]:
    at, opened = datetime.fromisoformat(sys.argv[4]), office.open_book
    office.open_book = lambda folder, place, shift, clock, *rest: opened(folder, place, shift, lambda: at, *rest)
application, desk = assemble(folder, training=False)
if sys.argv[3:]:
    application.setCursorFlashTime(0)

def rows(view):
    model = view.model()
    columns = range(model.columnCount() if isinstance(view, QTableView | QTreeView) else 1)
    return [" ".join(str(model.index(row, n).data() or "") for n in columns) for row in range(model.rowCount())]

def tell():
    window, focused = desk.window, QApplication.focusWidget()
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    edits = [edit for edit in window.findChildren(QLineEdit) if edit.isVisible()]
    seen = {
        "ready": desk.page.attached and hasattr(desk, "scans"),
        "page": window.page.accessibleName(),
        "focus": focused.accessibleName() if focused else "",
        "words": [label.text() for label in labels],
        "named": {label.objectName(): label.text() for label in labels if label.objectName()},
        "typed": {edit.objectName(): edit.text() for edit in edits if edit.objectName()},
        "rows": [row for view in window.findChildren(QAbstractItemView) if view.isVisible() for row in rows(view)],
    }
    told.with_suffix(".new").write_text(json.dumps(seen), encoding="utf-8")
    os.replace(told.with_suffix(".new"), told)
    composed = told.with_name("composed")
    if composed.exists() and focused:
        event = QInputMethodEvent("", [])
        event.setCommitString(composed.read_text(encoding="utf-8"))
        composed.unlink()
        QApplication.sendEvent(focused, event)
    for wanted in told.parent.glob(told.name + ".*.wanted"):
        picture = Path(wanted.read_text(encoding="utf-8"))
        wanted.unlink()
        window.grab().save(str(picture.with_suffix(".new.png")))
        os.replace(picture.with_suffix(".new.png"), picture)

timer = QTimer(interval=50)
timer.timeout.connect(tell)
timer.start()
sys.exit(desk.run(application))
"""


@dataclass
class RealWindow:
    """The window of one PC: `told` is where it writes what it shows."""

    screen: Screen
    process: subprocess.Popen[bytes]
    told: Path

    def seen(self, what: str) -> Any:
        """What it shows now: `page`, `focus`, `words`, `named`, `typed`, `rows`."""
        return json.loads(self.told.read_text(encoding="utf-8"))[what]

    def says(self, name: str) -> str:
        """What the label of a name says; nothing where it cannot be seen."""
        return str(self.seen("named").get(name, ""))

    def shows(self, text: str) -> bool:
        """Whether a text stands somewhere in it."""
        return any(text in shown for shown in (*self.seen("words"), *self.seen("rows")))

    def press(self, *keys: str) -> None:
        """Keys by their names, as xdotool has them."""
        for key in keys:
            self.screen.run("xdotool", "key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        """Types a text, one key after the other; Chinese comes from the input method."""
        if text.isascii():
            self.screen.run("xdotool", "type", "--delay", "60", text)
        else:
            composed = self.told.with_name("composed")
            composed.with_suffix(".new").write_text(text, encoding="utf-8")
            composed.with_suffix(".new").replace(composed)
            until(lambda: not composed.exists())

    def take(self, digits: str, *more: str) -> None:
        """The item of those who rent, a digit for each question, and more keys in its materials; then the cursor is in the name."""
        until(lambda: self.seen("focus") == SEARCH)
        self.write("zl")
        self.press("Return")
        until(lambda: self.seen("focus") == "情形")
        self.write(digits)
        until(lambda: self.seen("focus") == "材料清单")
        self.press(*more, "Return")

    def who(self, **fields: str) -> None:
        """Who it is: `name`, `phone`, `id_number`, each once the cursor is there."""
        for key, text in fields.items():
            self._fill(key, text)
            if key != "id_number":
                self.press("Return")

    def _fill(self, key: str, text: str) -> None:
        until(lambda: self.seen("focus") == FIELDS[key])
        self.write(text)
        until(lambda: self.seen("typed")[key].replace(" ", "") == text)

    def issue(self) -> str:
        """F9, and the number that is then shown."""
        self.press("F9")
        until(lambda: self.says("issued_number"))
        return self.says("issued_number")

    def insist(self, key: str, title: str) -> None:
        """Presses a key again until the act of that title is done: what must be read first takes the key a moment later only."""

        def done() -> bool:
            if self.says("issued_title") == title:
                return True
            self.press(key)
            time.sleep(1)
            return False

        until(done)

    def picture(self, path: Path) -> None:
        """What can be seen, as a picture."""
        path.unlink(missing_ok=True)
        self.told.with_name(f"{self.told.name}.{path.stem}.wanted").write_text(str(path), encoding="utf-8")
        until(path.exists)

    def kill(self) -> None:
        """As if the PC had lost its power."""
        self.process.kill()
        self.process.wait(PATIENCE)


@contextmanager
def real_window(
    folder: Path, place: BookPlace, cups: CupsServer, size: tuple[int, int], at: str = ""
) -> Iterator[RealWindow]:
    """A window over a data folder of its own, ready for its clerk."""
    folder.mkdir(exist_ok=True)
    note_book_place(folder, place)
    told = folder / "seen"
    with ExitStack() as ending:
        screen = ending.enter_context(screen_of(*size))
        command = [sys.executable, "-c", WATCHED, str(folder), str(told), *([STANDING, at] if at else [])]
        environment = screen.environment | {"CUPS_SERVER": cups.address, "TZ": "Asia/Shanghai"}
        process = subprocess.Popen(command, env=environment)
        ending.callback(process.wait, PATIENCE)
        ending.callback(process.terminate)
        made = RealWindow(screen, process, told)
        until(lambda: told.exists() and made.seen("ready") and screen.window(TITLE))
        screen.run("xdotool", "windowactivate", "--sync", screen.window(TITLE))
        until(lambda: made.seen("focus") == SEARCH)
        yield made


@contextmanager
def two_windows(
    folder: Path, book: str, cups: CupsServer, sizes: tuple[tuple[int, int], tuple[int, int]] = SIZES
) -> Iterator[tuple[RealWindow, RealWindow]]:
    """The windows of two PCs that have one book, by its address: of an office that is confirmed, in the evening of a working day."""
    places = [BookPlace(book, f"综合窗口 {n}") for n in (1, 2)]
    with closing(open_office(folder / "first", lambda: EVENING, place=places[0])) as office:
        office.decide_profile(confirmed(office.profile))
        approve(office, APPROVED, office.today(), APPROVAL)
    with ExitStack() as opened:
        at = EVENING.isoformat()
        one, two = (
            opened.enter_context(real_window(folder / f"pc{n}", place, cups, size, at))
            for n, (place, size) in enumerate(zip(places, sizes, strict=True), 1)
        )
        yield one, two
