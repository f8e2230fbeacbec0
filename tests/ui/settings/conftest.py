"""The settings page over an office of its own, as the tests of each section open it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.devices import serial_port
from counter_assistant.operations.office import Office
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.settings.page import SettingsPage
from tests.ui.counter import PrinterInMemory, opened, show


@pytest.fixture(autouse=True)
def _no_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is plugged in where the tests run is no matter of theirs."""
    monkeypatch.setattr(serial_port, "ports", list)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> SettingsPage:
    return a_page(qtbot, office)


def a_page(qtbot: QtBot, office: Office) -> SettingsPage:
    """A page over the office as it is now, once the printers have been looked for."""
    page = SettingsPage(office, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    page.close_down()
    return page
