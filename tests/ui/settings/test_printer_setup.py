"""本机: a printer's offset and tray are kept for that printer, and a page with rulers says what to set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.printer_page import TITLE
from counter_assistant.printing.media import Adjustment, media_of
from counter_assistant.ui import local_settings
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.settings.papers.printer_setup import OWN_TRAY, SENT, PrinterSetup, tray_words
from tests.paper.test_typesetter import a_draft, a_slip
from tests.printing.test_media import ink
from tests.ui.counter import PrinterInMemory
from tests.ui.find import find


@pytest.fixture
def port() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def service(office: Office, port: PrinterInMemory) -> Iterator[PrintService]:
    made = PrintService(office.folder, port)
    yield made
    made.wait()


@pytest.fixture
def line(qtbot: QtBot, office: Office, service: PrintService) -> Iterator[PrinterSetup]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = PrinterSetup(office, service, owner)
    local_settings.change(office.folder, printer="epson")
    made.show_printers({"epson": "爱普生", "hp": "惠普", "": "系统默认打印机"})
    qtbot.waitUntil(lambda: made.tray.count() > 1)
    yield made
    assert made.parent() is owner  # which lives as long as its line


def right(line: PrinterSetup) -> QDoubleSpinBox:
    return find(line, QDoubleSpinBox, "打印位置向右，毫米，负数向左")


def kept(office: Office, printer: str) -> Adjustment:
    return local_settings.load(office.folder).adjustment_of(printer)


def use(line: PrinterSetup, office: Office, printer: str) -> None:
    local_settings.change(office.folder, printer=printer)
    line.show_printers({"epson": "爱普生", "hp": "惠普", "": "系统默认打印机"})


def test_each_sheet_shows_what_is_set_for_the_printer_that_it_goes_to(line: PrinterSetup, office: Office) -> None:
    """GIVEN another printer for continuous paper WHEN its sheet is chosen THEN what is set is that printer's."""
    local_settings.use_printer(office.folder, "Custom.241x140mm", "hp")
    sheet = find(line, QComboBox, "测试页的纸")
    sheet.setCurrentIndex(sheet.findData(PaperFormat.CONTINUOUS.value))
    right(line).setValue(2.5)
    sheet.setCurrentIndex(sheet.findData(PaperFormat.A4.value))
    assert right(line).value() == 0.0
    assert (kept(office, "hp").right_mm, kept(office, "epson").right_mm) == (2.5, 0.0)


def test_what_is_set_is_kept_for_this_printer_alone(line: PrinterSetup, office: Office) -> None:
    right(line).setValue(1.3)
    line.down.setValue(-0.4)
    line.tray.setCurrentIndex(line.tray.findData("tray-2"))
    assert kept(office, "epson") == Adjustment(1.3, -0.4, "tray-2")
    use(line, office, "")
    assert (right(line).value(), line.tray.currentText(), kept(office, "")) == (0.0, OWN_TRAY, Adjustment())
    use(line, office, "epson")
    assert (right(line).value(), line.tray.currentText()) == (1.3, "纸盒 2")


def test_what_is_set_back_to_nothing_is_forgotten(line: PrinterSetup, office: Office) -> None:
    right(line).setValue(1.3)
    right(line).setValue(0)
    assert local_settings.load(office.folder).adjustments == {}


def test_the_trays_are_called_as_at_the_counter(line: PrinterSetup) -> None:
    shown = [line.tray.itemText(at) for at in range(line.tray.count())]
    assert shown == [OWN_TRAY, "自动选纸盒", "纸盒 2", "odd-slot"]
    assert tray_words("manual") == "手动进纸"


def test_papers_go_moved_to_this_printer_and_from_its_tray_and_unmoved_to_another(
    line: PrinterSetup, office: Office, service: PrintService, port: PrinterInMemory
) -> None:
    """GIVEN a printer with an offset and a tray THEN what is printed on it lies that far away; another gets the paper as it is."""
    right(line).setValue(2.0)
    line.tray.setCurrentIndex(line.tray.findData("tray-2"))
    pdf = office.program.typesetter.pdf(a_slip(a_draft()))
    for printer in ("epson", "hp"):
        local_settings.change(office.folder, printer=printer)
        service.submit(pdf, "1号")
        service.wait()
    (moved, _, _), (same, _, _) = port.sent
    assert ink(moved)[0] - ink(pdf)[0] == pytest.approx(2.0, abs=0.1)
    assert same == pdf
    assert port.trays_used == ["tray-2", ""]


@pytest.mark.parametrize(
    ("which", "sheet"),
    [(PaperFormat.A4, "A4"), (PaperFormat.A5, "A5"), (PaperFormat.CONTINUOUS, "Custom.241x140mm")],
)
def test_a_page_with_rulers_is_printed_on_the_sheet_that_is_chosen(
    line: PrinterSetup, qtbot: QtBot, service: PrintService, port: PrinterInMemory, which: PaperFormat, sheet: str
) -> None:
    choice = find(line, QComboBox, "测试页的纸")
    choice.setCurrentIndex(choice.findData(which.value))
    with qtbot.waitSignal(line.said) as said:
        line.test.click()
    assert said.args == [SENT]
    service.wait()
    ((pdf, title, _),) = port.sent
    assert (title, media_of(pdf)) == (TITLE, sheet)
