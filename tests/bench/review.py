"""核定目录: from the key that answers a sentence to the next one painted, over the whole catalogue, by item and by sentence; and the
opening of a revision of all of it. Offscreen; milliseconds."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

WARM_UP = 12


def run() -> dict[str, float]:
    """The figures of this bench."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from counter_assistant.operations.catalogue.revising import Revising
    from counter_assistant.operations.office import open_office
    from counter_assistant.ui.start import make_application

    make_application()
    figures: dict[str, float] = {}
    for name, turned in (("item", False), ("sentence", True)):
        with tempfile.TemporaryDirectory() as folder:
            office = open_office(Path(folder))
            taken = _answer_all(Path(folder), turned=turned)[WARM_UP:]
            figures |= {
                f"review_{name}_p50_ms": median(taken),
                f"review_{name}_p95_ms": quantiles(taken, n=20, method="inclusive")[-1],
            }
            opened = []
            for _ in range(3):
                began = time.perf_counter()
                again = Revising(office)
                assert not again.open
                opened.append((time.perf_counter() - began) * 1e3)
            figures["review_reopened_ms"] = min(opened)
            office.close()
    return {name: round(value, 1) for name, value in figures.items()}


def _answer_all(folder: Path, *, turned: bool) -> list[float]:
    """Agrees to every sentence with one key; the milliseconds of each."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from counter_assistant.domain.catalogue.sources import Source
    from counter_assistant.operations.office import open_office
    from counter_assistant.ui.items.review.mode import ReviewMode

    office = open_office(folder)
    mode = ReviewMode(office)
    mode.resize(1290, 697)
    mode.show()
    mode.begin()
    assert mode.model is not None
    mode.card.source.show_source(
        Source("centre", document="临住金〔2026〕18号", clause="第五条", day=date(2026, 11, 20))
    )
    if turned:
        mode.card.turned.emit()
    QTest.qWait(300)
    mode.card.setFocus()
    taken = []
    while mode.model.revising.open:
        began = time.perf_counter()
        QTest.keyClick(mode.card, Qt.Key.Key_Y)
        mode.repaint()
        QApplication.processEvents()
        taken.append((time.perf_counter() - began) * 1e3)
        assert len(taken) == mode.model.revising.progress.answered
    mode.close()
    office.close()
    return taken
