"""A first bundle of many slips is taken in the window: how long that stands still at the longest, beside the same bundle taken in the window's own process
in the same run, as it was before.

`still_share` is the longest standstill in hundredths of what the window would stand still otherwise. Times in milliseconds.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from counter_assistant.operations.exchange.merging import bring
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import read_bundle
from tests.make import NOW, an_office
from tests.operations.exchange.branches import OPENING, Branch

SLIPS, TICK_MS = 1000, 1


def run(size: int = SLIPS) -> dict[str, float]:
    """Takes a bundle of so many slips both ways, and looks how long no event of the window was handled."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from counter_assistant.ui.exchange.page import ExchangePage

    app = QApplication.instance() or QApplication([])
    branch = Branch(random.Random(20261129))
    while branch.slips < size:
        branch.go_on(1)
    with tempfile.TemporaryDirectory() as place, closing(an_office(Path(place) / "centre")) as office:
        bundle = read_bundle(branch.send(Path(place) / "year.bundle"))
        started = time.perf_counter()
        bring(BranchBooks(Path(place) / "before", None, lambda: NOW), bundle, OPENING)
        before = (time.perf_counter() - started) * 1000
        page, seen, waiting = ExchangePage(office), [time.perf_counter()], QEventLoop()
        page.show()
        timer = QTimer(page, interval=TICK_MS)
        timer.timeout.connect(lambda: seen.append(time.perf_counter()))
        page._taking.taken.connect(waiting.quit)
        page._taking.refused.connect(waiting.quit)
        timer.start()
        began = time.perf_counter()
        page._taking.begin(bundle, OPENING, bundle.manifest.fingerprint)
        waiting.exec()
        app.processEvents()
        took = (time.perf_counter() - began) * 1000
        assert office.book.head()[0] == 2, "it was taken"
        page.close_down()
    longest = max(after - each for each, after in pairwise(seen)) * 1000
    figures = {
        "entries": branch.end, "before_ms": before, "took_ms": took, "longest_ms": longest, "still_share": 100 * longest / before,
    }  # fmt: skip
    return {name: round(value, 2) for name, value in figures.items()}
