"""Printing through a real CUPS on loopback."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.typesetter import Typesetter
from counter_assistant.printing.cups import Cups, libcups
from counter_assistant.printing.jobs import Printer, PrintSystem, submit
from tests.paper.test_typesetter import a_draft, a_slip
from tests.places import FONTS
from tests.printing.conftest import PATIENCE, CupsServer, PaperTray

pytestmark = pytest.mark.cups

NUMBER = "临公积金示一告〔2026〕1号"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"


def by_library(address: str) -> PrintSystem:
    if not libcups():
        pytest.skip("缺 libcups.so.2（apt install libcups2）")
    host, _, port = address.partition(":")
    return Cups(host, int(port))


@pytest.fixture
def system(cups: CupsServer) -> PrintSystem:
    return by_library(cups.address)


def test_the_printer_gets_the_bytes_that_were_sent(cups: CupsServer, system: PrintSystem, tray: PaperTray) -> None:
    cups.queue("desk", "受理台打印机", tray.uri)
    job = submit(system, PDF, NUMBER, "desk")
    assert tray.next_job() == PDF
    assert job.id > 0
    assert (job.printer, job.held) == ("desk", False)


SHEETS = {
    PaperFormat.A5: "media=A5,tray-2",
    PaperFormat.CONTINUOUS: "media=Custom.241x140mm,tray-2",
}


@pytest.mark.parametrize("which", SHEETS)
def test_the_sheet_and_the_tray_arrive_with_the_paper(
    cups: CupsServer, system: PrintSystem, tray: PaperTray, which: PaperFormat
) -> None:
    """GIVEN papers of other sizes THEN the queue is told the size and the tray, and to print on one side, whatever the driver."""
    cups.queue("sheets", "受理台打印机", tray.uri)
    pdf = Typesetter(FONTS).pdf(a_slip(a_draft()), wanted=which)
    job = submit(system, pdf, NUMBER, "sheets", "tray-2").id
    assert tray.next_job() == pdf
    logged = f"[Job {job}] argv[5]="
    (line,) = [line for line in (cups.folder / "log" / "error_log").read_text().splitlines() if logged in line]
    for option in (SHEETS[which], "sides=one-sided", "Duplex=None", "print-scaling=none"):
        assert option in line


def test_the_trays_of_a_queue_without_a_driver_are_none(cups: CupsServer, system: PrintSystem) -> None:
    cups.queue("plain", "受理台打印机")
    assert system.trays("plain") == ()


def test_the_queue_shows_the_number_and_prints_one_sided(
    cups: CupsServer, system: PrintSystem, tray: PaperTray
) -> None:
    cups.queue("titles", "受理台打印机", tray.uri)
    job = submit(system, PDF, NUMBER, "titles").id
    tray.next_job()
    logged = f"[Job {job}]"
    lines = [line for line in (cups.folder / "log" / "error_log").read_text().splitlines() if logged in line]
    assert any(f'argv[3]="{NUMBER}"' in line for line in lines)
    assert any("argv[5]=" in line and "sides=one-sided" in line and "media=A4" in line for line in lines)


def test_a_queue_that_rejects_jobs_is_a_refusal(cups: CupsServer, system: PrintSystem) -> None:
    cups.queue("reject", "坏了的打印机")
    cups.run("cupsreject", "reject")
    with pytest.raises(Refusal) as refused:
        submit(system, PDF, NUMBER, "reject")
    assert refused.value.code == "printer-rejects"
    assert "坏了的打印机" in refused.value.sentence
    assert "请换一台打印机" in refused.value.remedy


def test_a_queue_that_begins_to_reject_meanwhile_is_a_refusal_too(cups: CupsServer, system: PrintSystem) -> None:
    cups.queue("late", "坏了的打印机")
    cups.run("cupsreject", "late")
    with pytest.raises(Refusal) as refused:
        system.send(PDF, NUMBER, Printer("late", "坏了的打印机"))
    assert refused.value.code == "printer-rejects"


def test_a_stopped_printer_holds_the_job_and_prints_it_later(
    cups: CupsServer, system: PrintSystem, tray: PaperTray
) -> None:
    cups.queue("stopped", "暂停的打印机", tray.uri)
    cups.run("cupsdisable", "stopped")
    job = submit(system, PDF, NUMBER, "stopped")
    assert job.held
    assert job.sentence == "打印机“暂停的打印机”已暂停，任务已排队；恢复后会自动打出，不要重复出具。"
    cups.run("cupsenable", "stopped")
    assert tray.next_job() == PDF


def test_a_printer_without_paper_is_told_in_words(cups: CupsServer, system: PrintSystem) -> None:
    cups.paper.unlink(missing_ok=True)
    cups.queue("empty", "没纸的打印机", "nopaper://")
    submit(system, PDF, NUMBER, "empty")
    wait_until(lambda: trouble_of(system, "empty") == "缺纸")
    job = submit(system, PDF, NUMBER, "empty")
    cups.paper.touch()
    assert job.held
    assert job.sentence == "打印机“没纸的打印机”缺纸，任务已排队；放好纸后会自动打出，不要重复出具。"
    wait_until(lambda: trouble_of(system, "empty") == "")


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def trouble_of(system: PrintSystem, name: str) -> str:
    return next(printer.trouble for printer in system.printers() if printer.name == name)


def test_the_default_printer_is_known(cups: CupsServer, system: PrintSystem) -> None:
    cups.queue("usual", "常用打印机")
    cups.run("lpadmin", "-d", "usual")
    usual = [printer for printer in system.printers() if printer.is_default]
    assert [(printer.name, printer.label) for printer in usual] == [("usual", "常用打印机")]
    assert submit(system, PDF, NUMBER, None).printer == "usual"


def test_a_service_that_does_not_answer_is_a_refusal() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        system = by_library(f"127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(Refusal) as refused:
            system.printers()
    assert refused.value.code == "print-service-down"
