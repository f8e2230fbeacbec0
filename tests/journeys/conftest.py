"""The counter that every journey starts at: an office that has confirmed who it is, whose centre has approved its items."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import PrintJob
from tests.journeys.keys import Counter, Printed
from tests.make import confirmed
from tests.ui.desk_hand import dress
from tests.ui.named import all_has_a_name, made_since
from tests.ui.plain import nothing_but_text

OUT = JobReport(PrintState.OUT)
APPROVAL = Approval("临公积金〔2026〕9号", date(2026, 11, 2), "中心主任办公会")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "strange_names: its items and people are called by what is no word of anybody's")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Whatever a journey has shown is looked at before it goes: nothing in it is more than text, and all that is used has a name."""
    done = yield
    nothing_but_text()
    if item.get_closest_marker("strange_names") is None:
        all_has_a_name()
    else:
        made_since()
    return done


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[Printed]:
    """What reaches the printer, which is all of the desk that is not there."""
    sent: list[Printed] = []

    def print_pdf(pdf: bytes, title: str, _printer: str | None = None, _tray: str = "") -> PrintJob:
        sent.append(Printed(title, pdf))
        return PrintJob("HP", len(sent), "已送打印机 HP。", report=OUT)

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))
    return sent


@pytest.fixture
def approved() -> tuple[str, ...]:
    """The items that the centre has approved."""
    return ("A14", "B01", "B05", "B06", "B08")


@pytest.fixture
def counter(qtbot: Any, tmp_path: Path, papers: list[Printed], approved: tuple[str, ...]) -> Iterator[Counter]:
    dress()
    made = Counter(qtbot, tmp_path, papers)
    made.office.decide_profile(confirmed(made.office.profile))
    if approved:
        approve(made.office, approved, made.office.today(), APPROVAL)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.page.attached)
    qtbot.waitUntil(made.search.hasFocus)
    yield made
    made.window.close()
    made.office.close()
