"""Jobs followed to their end through a real CUPS: what goes wrong is told apart, recovered from, and nothing comes out twice unasked."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing.cups import Cups
from counter_assistant.printing.jobs import Asked, PrintSystem, follow, submit
from tests.printing.conftest import Captured, CupsServer
from tests.printing.test_cups import NUMBER, PDF, by_library, wait_until

pytestmark = [pytest.mark.cups, pytest.mark.slow]


@pytest.fixture
def system(cups: CupsServer) -> PrintSystem:
    return by_library(cups.address)


@pytest.fixture
def queue(request: pytest.FixtureRequest) -> str:
    """A name of the test's own: a server remembers the queues of the tests before."""
    return "q" + "".join(char if char.isalnum() else "-" for char in request.node.name)


def asks(system: PrintSystem, queue: str, job: int) -> JobReport:
    return follow(system, [Asked(NUMBER, queue, job)], system.printers())[NUMBER].report


def until(system: PrintSystem, queue: str, job: int, state: PrintState) -> JobReport:
    wait_until(lambda: asks(system, queue, job).state is state)
    return asks(system, queue, job)


def test_a_job_is_seen_to_its_end(cups: CupsServer, system: PrintSystem, queue: str, captured: Captured) -> None:
    cups.queue(queue, "受理台打印机", captured.uri)
    with captured.with_("slow"):
        job = submit(system, PDF, NUMBER, queue).id
        until(system, queue, job, PrintState.PRINTING)
        assert captured.sheets() == []
    assert until(system, queue, job, PrintState.OUT).began
    assert captured.sheets() == [PDF]


def test_what_was_accepted_before_a_queue_rejects_still_comes_out(
    cups: CupsServer, system: PrintSystem, queue: str, captured: Captured
) -> None:
    cups.queue(queue, "受理台打印机", captured.uri)
    with captured.with_("slow"):
        job = submit(system, PDF, NUMBER, queue).id
        cups.run("cupsreject", queue)
        with pytest.raises(Refusal, match="不接收任务"):
            submit(system, PDF, NUMBER, queue)
        assert asks(system, queue, job).state is PrintState.PRINTING
    until(system, queue, job, PrintState.OUT)
    cups.run("cupsaccept", queue)
    until(system, queue, submit(system, PDF, NUMBER, queue).id, PrintState.OUT)
    assert captured.sheets() == [PDF, PDF]


def test_a_paused_printer_holds_and_goes_on(
    cups: CupsServer, system: PrintSystem, queue: str, captured: Captured
) -> None:
    cups.queue(queue, "受理台打印机", captured.uri)
    cups.run("cupsdisable", queue)
    job = submit(system, PDF, NUMBER, queue)
    assert (job.held, job.report.trouble, job.report.began) == (True, "已暂停", False)
    cups.run("cupsenable", queue)
    until(system, queue, job.id, PrintState.OUT)
    assert captured.sheets() == [PDF]


def test_a_cancelled_job_is_at_its_end_and_prints_nothing(
    cups: CupsServer, system: PrintSystem, queue: str, captured: Captured
) -> None:
    cups.queue(queue, "受理台打印机", captured.uri)
    cups.run("cupsdisable", queue)
    job = submit(system, PDF, NUMBER, queue).id
    system.cancel(queue, job)
    ended = until(system, queue, job, PrintState.ENDED)
    assert ended.trouble == "任务被取消"
    system.cancel(queue, job)
    cups.run("cupsenable", queue)
    until(system, queue, submit(system, PDF, NUMBER, queue).id, PrintState.OUT)
    assert captured.sheets() == [PDF]


@pytest.mark.parametrize(
    ("policy", "trouble"), [("retry-job", "打到一半断了"), ("stop-printer", "已暂停")], ids=["retry", "stop"]
)
def test_a_printer_that_is_unplugged_in_the_middle_holds_the_job(
    cups: CupsServer, system: PrintSystem, queue: str, captured: Captured, policy: str, trouble: str
) -> None:
    """GIVEN either way in which a queue may take a failure WHEN the cable is pulled in mid-job THEN the job waits, and comes out once."""
    cups.queue(queue, "受理台打印机", captured.uri)
    cups.run("lpadmin", "-p", queue, "-o", f"printer-error-policy={policy}")
    with captured.with_("unplugged"):
        job = submit(system, PDF, NUMBER, queue).id
        held = until(system, queue, job, PrintState.HELD)
        assert held.trouble == trouble
        assert (captured.sheets(), captured.parts()) == ([], 1)
    cups.run("cupsenable", queue)
    until(system, queue, job, PrintState.OUT)
    assert (captured.sheets(), captured.parts()) == ([PDF], 1)


def test_a_printer_without_paper_in_the_middle_is_told_and_goes_on(
    cups: CupsServer, system: PrintSystem, queue: str
) -> None:
    cups.paper.unlink(missing_ok=True)
    cups.queue(queue, "没纸的打印机", "nopaper://")
    job = submit(system, PDF, NUMBER, queue).id
    assert until(system, queue, job, PrintState.HELD).trouble == "缺纸"
    cups.paper.touch()
    until(system, queue, job, PrintState.OUT)


def test_a_printer_that_was_removed_takes_the_job_with_it(
    cups: CupsServer, system: PrintSystem, queue: str, captured: Captured
) -> None:
    cups.queue(queue, "受理台打印机", captured.uri)
    cups.run("cupsdisable", queue)
    job = submit(system, PDF, NUMBER, queue).id
    cups.run("lpadmin", "-x", queue)
    wait_until(lambda: asks(system, queue, job).state in (PrintState.ENDED, PrintState.UNKNOWN))
    assert captured.sheets() == []


def test_a_job_that_the_server_never_had_is_unknown(cups: CupsServer, system: PrintSystem, queue: str) -> None:
    cups.queue(queue, "受理台打印机")
    assert asks(system, queue, 99999).state is PrintState.UNKNOWN


def test_a_job_is_found_by_its_title(cups: CupsServer, queue: str, captured: Captured) -> None:
    """GIVEN a program that was killed while it sent WHEN it asks by the paper's number THEN the newest job of that title is its own."""
    system = by_library(cups.address)
    cups.queue(queue, "受理台打印机", captured.uri)
    title = f"{queue} 3号"
    assert system.find(title) is None
    jobs = [submit(system, PDF, title, queue).id for _ in range(2)]
    submit(system, PDF, f"{title}1", queue)
    assert system.find(title) == (queue, jobs[-1])
    told = follow(system, [Asked(title, "", 0)], system.printers())[title]
    assert (told.printer, told.job) == (queue, jobs[-1])


def test_a_server_that_is_killed_keeps_its_jobs_and_the_end_is_seen(
    cups: CupsServer, queue: str, captured: Captured
) -> None:
    """GIVEN a job that waits WHEN cupsd is killed THEN asking is refused; when it is back the same job comes out, once."""
    system = by_library(cups.address)
    assert isinstance(system, Cups)
    cups.queue(queue, "受理台打印机", captured.uri)
    cups.run("cupsdisable", queue)
    job = submit(system, PDF, NUMBER, queue).id
    kept = cups.folder / "etc" / "printers.conf"
    wait_until(lambda: kept.exists() and f"<Printer {queue}>" in kept.read_text("utf-8", "replace"))
    wait_until((cups.folder / "spool" / f"c{job:05}").exists)
    cups.stop(kill=True)
    with pytest.raises(Refusal) as refused:
        asks(system, queue, job)
    assert refused.value.code == "print-service-down"
    cups.start()
    assert asks(system, queue, job).state is PrintState.HELD
    cups.run("cupsenable", queue)
    until(system, queue, job, PrintState.OUT)
    assert captured.sheets() == [PDF]


@pytest.mark.parametrize(
    ("driver", "head"),
    [("drv:///sample.drv/epson24.ppd", b"\x1b@"), ("drv:///sample.drv/laserjet.ppd", b"\x1bE")],
    ids=["24-pin", "pcl"],
)
def test_a_paper_reaches_a_printer_of_another_language(
    cups: CupsServer, queue: str, captured: Captured, driver: str, head: bytes
) -> None:
    """GIVEN a queue with a driver WHEN a real paper is sent THEN the printer gets its own language, one job, to its end."""
    system = by_library(cups.address)
    try:
        cups.queue(queue, "针式打印机", captured.uri, driver)
    except AssertionError as missing:
        pytest.skip(f"没有驱动 {driver}：{missing}")
    job = submit(system, a_page(), NUMBER, queue).id
    until(system, queue, job, PrintState.OUT)
    (sheet,) = captured.sheets()
    assert head in sheet[:4096]
    assert len(sheet) > 1000


def a_page() -> bytes:
    """A page of black, so that every raster has something to say."""
    content = b"0 0 0 rg 100 300 300 300 re f"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer
