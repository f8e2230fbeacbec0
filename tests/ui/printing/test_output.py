"""A paper without a record: sent, told at its end, sent once more on another printer, saved; a service that others use too is not answered for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.roster_notice import roster_notice
from counter_assistant.printing.jobs import OR_PDF
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from counter_assistant.ui.printing.output import Paper, PaperOutput
from tests.ui.counter import PrinterInMemory, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def service(office: Office) -> PrintService:
    return PrintService(office.folder, PrinterInMemory())


@pytest.fixture
def pdf(office: Office) -> bytes:
    """A page, as the program sets one."""
    return office.program.typesetter.sheet(roster_notice(office), "")


class Heard(PaperOutput):
    """An output with all that it said."""

    def __init__(self, qtbot: QtBot, office: Office, service: PrintService) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        super().__init__(office, service, window)
        self.window, self.said = window, list[tuple[str, str]]()
        self.reported.connect(lambda words, role: self.said.append((words, role)))


def test_it_is_told_at_its_end_by_whoever_sent_it(
    qtbot: QtBot, office: Office, service: PrintService, pdf: bytes
) -> None:
    one, other = Heard(qtbot, office, service), Heard(qtbot, office, service)
    one.send(pdf, "登记簿 2026", Paper("登记簿", lambda: None), "登记簿 2026，")
    assert one.said == [("登记簿 2026，正在送打印机。", "secondary")]
    qtbot.waitUntil(lambda: len(one.said) == 2)
    assert one.said[1][0].startswith("登记簿：")
    assert other.said == []


def test_what_is_refused_is_said_with_what_else_can_be_done(
    qtbot: QtBot, office: Office, service: PrintService, pdf: bytes
) -> None:
    output = Heard(qtbot, office, service)
    service.refused.emit(Refusal("printer-failed", "没有打出。", f"请检查打印机后再打一次{OR_PDF}。"))
    assert output.said == [], "nothing of it was sent"
    output.send(pdf, "x", Paper("报告", lambda: None, "，或者按 Ctrl+S", "已记。"), "")
    qtbot.waitUntil(lambda: len(output.said) == 2)
    service.refused.emit(Refusal("printer-failed", "没有打出。", f"请检查打印机后再打一次{OR_PDF}。"))
    assert output.said[-1] == ("没有打出。请检查打印机后再打一次，或者按 Ctrl+S。已记。", "error")


def test_another_printer_is_asked_for_and_it_is_sent_once_more(
    qtbot: QtBot, office: Office, service: PrintService, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, again = Heard(qtbot, office, service), list[bool]()
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: "另一台")
    output.send(pdf, "x", Paper("报告", lambda: again.append(True)), "")
    qtbot.waitUntil(lambda: len(output.said) == 2)
    service.refused.emit(Refusal("no-printer", "没有打印机。", "请选一台。"))
    assert (again, len(output.said)) == ([True], 2)


def test_it_is_kept_as_a_file_or_said_why_not(
    qtbot: QtBot, office: Office, service: PrintService, tmp_path: Path
) -> None:
    output = Heard(qtbot, office, service)
    output.keep(tmp_path / "a.pdf", lambda: b"%PDF-", "报告，")
    assert (output.said, (tmp_path / "a.pdf").read_bytes()) == ([("报告，已存为 a.pdf。", "done")], b"%PDF-")

    def broken() -> bytes:
        raise Refusal("x", "没有排好。", "请再试。")

    output.keep(tmp_path / "b.pdf", broken)
    assert output.said[-1] == ("没有排好。请再试。", "error")
    output.keep(tmp_path / "no" / "c.pdf", lambda: b"%PDF-")
    assert output.said[-1][1] == "error"
    assert list(tmp_path.glob("*.pdf")) == [tmp_path / "a.pdf"]
