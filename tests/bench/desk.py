"""The desk: from a changed answer to the repainted page, and from the start of the process to a search's results.

The start is measured beside a bare PySide6 window that filters the same list, in turns, so that a busy machine slows
both; `start_ratio` is ours through the bare one's. Keys are real key events; offscreen, milliseconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
CHANGES, WARM_UP, STARTS = 80, 10, 9

_WATCH = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

class Watch(QObject):
    '''Types one letter once the window is shown, and ends when the list was painted after it.'''
    def __init__(self, field, viewport):
        super().__init__()
        self.field, self.typed = field, False
        viewport.installEventFilter(self)
        QTimer.singleShot(0, self.type)
    def type(self):
        self.field.setFocus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(self.field, QKeyEvent(kind, Qt.Key.Key_Z, Qt.KeyboardModifier.NoModifier, "z"))
        self.typed = True
    def eventFilter(self, _watched, event):
        if self.typed and self.field.text() == "z" and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.end)
        return False
    def end(self):
        print((time.time() - float(sys.argv[1])) * 1e3, flush=True)
        os._exit(0)
"""

_OURS = (
    """
import sys
from pathlib import Path
from counter_assistant.ui import start
application, desk = start.assemble(Path(sys.argv[2]), training=False)
"""
    + _WATCH
    + """
watch = Watch(desk.page.findChild(QLineEdit, "item_search"), desk.page.findChild(QListView, "items_found").viewport())
desk.run(application)
"""
)

_BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QLineEdit, QListWidget, QMainWindow, QVBoxLayout, QWidget
application = QApplication([])
names = ["租赁市场住房提取 zlsczftq", "购买新建商品住房提取 gmxjspzftq", "离休、退休提取 lxtxtq", "装修自住住房提取 zxzzzftq"] * 6
window, inside, field, found = QMainWindow(), QWidget(), QLineEdit(), QListWidget()
column = QVBoxLayout(inside)
column.addWidget(field)
column.addWidget(found)
window.setCentralWidget(inside)
found.addItems(names)
def filter_(text):
    found.clear()
    found.addItems([name for name in names if text in name])
field.textEdited.connect(filter_)
window.resize(1366, 768)
watch = Watch(field, found.viewport())
window.show()
application.exec()
"""
)


def run() -> dict[str, float]:
    """The figures of this bench."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures = _changes()
    ours, bare = _starts()
    figures |= {"start_ms": ours, "bare_start_ms": bare, "start_ratio": ours / bare}
    return {name: round(value, 3 if name == "start_ratio" else 1) for name, value in figures.items()}


def _starts() -> tuple[float, float]:
    """Medians of interleaved starts, from the start of the process to the painted results."""
    times: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}  # compiled once, as in every installation
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(STARTS + 1):
            for program, taken in zip((_OURS, _BARE), times, strict=True):
                command = [sys.executable, "-c", program, str(time.time()), folder]
                done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
                taken.append(float(done.stdout.split()[-1]))
    ours, bare = (median(taken[1:]) for taken in times)  # the first of each fills the caches
    return ours, bare


def _changes() -> dict[str, float]:
    """From the key that changes an answer to the end of the paint that shows the changed page."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from counter_assistant.operations.office import open_office
    from counter_assistant.storage.content.catalogue_index import CatalogueIndex
    from counter_assistant.ui.desk.cards.preview import Preview
    from counter_assistant.ui.desk.cards.questions import Questions
    from counter_assistant.ui.desk.controllers.preview_update import PreviewUpdate
    from counter_assistant.ui.desk.page import DeskPage
    from counter_assistant.ui.start import make_application
    from tests.ui.find import find

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder))
        index = CatalogueIndex.load(ROOT / "resources" / "catalogue" / "index.json")
        page = DeskPage(index.search, lambda: office)
        page.attach(office)
        page.resize(1290, 694)
        page.show()
        preview, questions = find(page, Preview, "纸面预览"), find(page, Questions, "情形")
        update, search = page.findChild(PreviewUpdate), find(page, QLineEdit, "item_search")
        assert update is not None

        class Painted(QObject):
            image: object = None

            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    self.image = preview.image
                return False

        painted = Painted()
        preview.installEventFilter(painted)
        QTest.keyClicks(search, "gmxj")
        QTest.keyClick(search, Qt.Key.Key_Return)
        taken = []
        for n in range(WARM_UP + CHANGES):
            while update.waiting or painted.image is not preview.image:
                application.processEvents()
            before = preview.image
            questions.setFocus()
            page.model.state.at = "deed" if n % 2 else "spouse_also"
            application.processEvents()
            began = time.perf_counter()
            QTest.keyClick(questions, Qt.Key(Qt.Key.Key_1 + (n // 2) % 2))
            while painted.image is before or painted.image is not preview.image:
                application.processEvents()
            taken.append((time.perf_counter() - began) * 1e3)
        page.close_down()
        page.close()
        office.close()
    cuts = quantiles(taken[WARM_UP:], n=20, method="inclusive")
    return {"changes": float(CHANGES), "preview_p50_ms": median(taken[WARM_UP:]), "preview_p95_ms": cuts[-1]}
