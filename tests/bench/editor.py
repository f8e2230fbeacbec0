"""Typing in the editor of an item: from a key to the painted field, while the check of the largest item may be under way.

The keys come from another thread, some at once after each other and some after the check has begun, so that a key that has to
wait for a slice of it is seen to wait. Offscreen; milliseconds.
"""

from __future__ import annotations

import os
import random
import threading
import time
from datetime import date
from statistics import median, quantiles

KEYS, WARM_UP, ITEM, PLACE = 300, 20, "B01", "materials[0].requirement"
WORDS = "在有效期内核验后当场退还"


def run() -> dict[str, float]:
    """The figures of this bench."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from counter_assistant.domain.catalogue.sources import Source
    from counter_assistant.domain.revision.statements import newest
    from counter_assistant.operations.program import program
    from counter_assistant.ui.garbage import GarbageCollector
    from counter_assistant.ui.items.editor.editor import ItemEditor
    from counter_assistant.ui.start import make_application

    application = make_application()
    GarbageCollector(application)
    catalogue, chance = program().catalogue, random.Random(20261203)
    editor = ItemEditor(date(2026, 12, 3), {})
    editor.resize(560, 640)
    editor.show()
    editor.bar.show_source(Source("centre", document="临公积金〔2026〕9号"))
    editor.show_item(newest(catalogue, ITEM), catalogue)
    editor.text.setFocus()
    QTest.qWait(1500)  # somebody has opened it and reads
    editor.text.go_to(PLACE)
    QTest.keyClick(editor.text, Qt.Key.Key_Return)
    field = next(each for each in editor.findChildren(QPlainTextEdit) if each.isVisible())
    taken, painted, over = list[float](), threading.Event(), threading.Event()

    class Painted(QObject):
        length = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and len(field.toPlainText()) != self.length:
                self.length = len(field.toPlainText())
                painted.set()
            return False

    watch = Painted()
    field.viewport().installEventFilter(watch)

    def type_keys() -> None:
        for n in range(KEYS + WARM_UP):
            time.sleep(chance.choice((0.05, 0.12, 0.28, 0.30, 0.34)))
            began = time.perf_counter()
            painted.clear()
            if n % 20 == 19:  # the field is not to grow for ever
                key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "")
                QApplication.postEvent(field, key)
            event = QInputMethodEvent()
            event.setCommitString(chance.choice(WORDS) * (2 if n % 20 == 19 else 1))
            QApplication.postEvent(field, event)
            painted.wait(10)
            taken.append((time.perf_counter() - began) * 1e3)
        over.set()

    typist = threading.Thread(target=type_keys)
    typist.start()
    timer = QTimer()
    timer.timeout.connect(lambda: application.quit() if over.is_set() else None)
    timer.start(200)
    application.exec()
    typist.join()
    editor.close()
    keys = taken[WARM_UP:]
    cuts = quantiles(keys, n=100, method="inclusive")
    figures = {
        "editor_keys": len(keys),
        "editor_p50_ms": median(keys),
        "editor_p95_ms": cuts[94],
        "editor_worst_ms": max(keys),
    }
    return {name: round(value, 1) for name, value in figures.items()}
