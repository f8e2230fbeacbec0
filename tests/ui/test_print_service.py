"""A printer that is chosen where none could be used serves the size of paper that was refused, and no other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from tests.ui.counter import PrinterInMemory

MM = 72 / 25.4


def a_paper(width: float, height: float) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(width * MM, height * MM))
    canvas.showPage()
    canvas.save()
    return held.getvalue()


@pytest.mark.parametrize(
    ("size", "sheet", "others"),
    [((210, 297), "A4", ["A5"]), ((148, 210), "A5", ["A4"]), ((241, 140), "Custom.241x140mm", ["A4", "A5"])],
)
@pytest.mark.parametrize("code", ["no-printer", "printer-gone"])
def test_the_printer_chosen_serves_the_size_that_was_refused(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[float, float],
    sheet: str,
    others: list[str],
    code: str,
) -> None:
    printer = PrinterInMemory(broken=Refusal(code, "没有打印机。", "请选一台。"))
    service, window = PrintService(tmp_path, printer), QWidget()
    qtbot.addWidget(window)
    with qtbot.waitSignal(service.refused) as told:
        service.submit(a_paper(*size), "1号")
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: "epson")
    assert service.choose_instead(told.args[0], window)
    settings = local_settings.load(tmp_path)
    assert settings.printer_for(sheet) == "epson"
    assert [settings.printer_for(other) for other in others] == [""] * len(others)


def test_nobody_is_asked_for_a_printer_where_another_one_would_not_help(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, window = PrintService(tmp_path, PrinterInMemory()), QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: pytest.fail("asked"))
    assert not service.choose_instead(Refusal("printing-failed", "没有打印出来。", "请再试。"), window)


def test_who_thinks_better_of_it_changes_nothing(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service, window = PrintService(tmp_path, PrinterInMemory()), QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    assert not service.choose_instead(Refusal("no-printer", "没有打印机。", "请选一台。"), window)
    assert local_settings.load(tmp_path).printer_for("A4") == ""
