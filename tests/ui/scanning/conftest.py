"""A counter with a scanner at it, and a slip to be scanned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Case
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import PrintJob
from tests.journeys.conftest import APPROVAL, OUT
from tests.journeys.keys import Counter
from tests.make import confirmed
from tests.ui.scanning.gun import Gun


@pytest.fixture
def counter(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(printing, "print_pdf", lambda *_: PrintJob("HP", 1, "已送打印机 HP。", report=OUT))
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))
    made = Counter(qtbot, tmp_path, [])
    made.office.decide_profile(confirmed(made.office.profile))
    approve(made.office, ("B01", "B08"), made.office.today(), APPROVAL)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.page.attached and hasattr(made.desk, "scans"))
    qtbot.waitUntil(made.search.hasFocus)
    yield made
    made.window.close()
    made.office.close()


@pytest.fixture
def case(counter: Counter) -> Case:
    """A case with a slip."""
    return counter.begin("11-promise")


@pytest.fixture
def code(counter: Counter, case: Case) -> str:
    """What the slip's QR code holds."""
    return counter.office.archive.show(case.papers[0]).row.qr


@pytest.fixture
def gun(counter: Counter) -> Gun:
    return Gun(counter.desk.scans.watch)
