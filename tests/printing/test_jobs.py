"""What the desk is told, for every printer state that can be named; no printing system is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import jobs
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import (
    JobFacts,
    JobStatus,
    Printer,
    choose,
    of_slip,
    report_of,
    sentence_of,
    submit,
)

READY = Printer("hp", "惠普")


class Recorded:
    """A printing system in memory."""

    def __init__(self, *printers: Printer, job_reasons: tuple[str, ...] = ()) -> None:
        self.known, self.reasons = list(printers), job_reasons
        self.sent: list[tuple[bytes, str, str]] = []

    def printers(self) -> list[Printer]:
        return self.known

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        self.sent.append((pdf, title, printer.name))
        return 7

    def trays(self, printer: str) -> tuple[str, ...]:
        return ()

    def job(self, printer: str, job: int) -> JobFacts | None:
        return JobFacts(JobStatus.PENDING, self.reasons)

    def find(self, title: str) -> tuple[str, int] | None:
        return None

    def cancel(self, printer: str, job: int) -> None:
        raise AssertionError


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        (("media-empty-error",), "缺纸"),
        (("media-needed-error", "toner-low-warning"), "缺纸"),
        (("media-jam-error",), "卡纸"),
        (("cover-open",), "机盖没有合上"),
        (("marker-supply-empty-error",), "墨粉或墨水用完"),
        (("offline-report",), "没有连上"),
        (("connecting-to-device",), "没有连上"),
        (("paused",), "已暂停"),
    ],
)
def test_a_printer_in_trouble_holds_the_job(reasons: tuple[str, ...], words: str) -> None:
    report = report_of(Printer("hp", "惠普", reasons=reasons), JobFacts(JobStatus.PENDING))
    sentence = sentence_of("惠普", report)
    assert report.state is PrintState.HELD
    assert words in sentence
    assert "不要重复出具" in sentence
    assert sentence.isascii() is False
    assert not any("a" <= char <= "z" for char in sentence)


def test_a_warning_does_not_hold_the_job() -> None:
    printer = Printer("hp", "惠普", reasons=("toner-low-warning", "media-low-report"))
    report = report_of(printer, JobFacts(JobStatus.PROCESSING))
    assert (report.state, sentence_of("惠普", report)) == (PrintState.PRINTING, "已送到打印机“惠普”。")


def test_a_job_may_wait_while_its_printer_seems_ready() -> None:
    assert submit(Recorded(READY, job_reasons=("printer-stopped", "paused")), b"", "1号", None).held


def test_a_stopped_printer_without_a_reason_is_told_too() -> None:
    report = report_of(Printer("hp", "惠普", stopped=True), JobFacts(JobStatus.PENDING))
    assert sentence_of("惠普", report) == "打印机“惠普”已停止，任务已排队；恢复后会自动打出，不要重复出具。"


@pytest.mark.parametrize(
    ("facts", "state", "trouble"),
    [
        (None, PrintState.UNKNOWN, "打印服务里没有这个任务了"),
        (JobFacts(JobStatus.COMPLETED), PrintState.OUT, ""),
        (JobFacts(JobStatus.COMPLETED, ("job-completed-with-errors",)), PrintState.UNKNOWN, "打印机报告打的时候出了错"),
        (JobFacts(JobStatus.CANCELED), PrintState.ENDED, "任务被取消"),
        (JobFacts(JobStatus.ABORTED), PrintState.ENDED, "打印中断"),
        (JobFacts(JobStatus.PENDING_HELD), PrintState.HELD, "任务被搁置"),
        (JobFacts(JobStatus.PENDING), PrintState.QUEUED, ""),
        (JobFacts(JobStatus.PROCESSING), PrintState.PRINTING, ""),
        (JobFacts(JobStatus.PROCESSING_STOPPED, ("paused",)), PrintState.HELD, "已暂停"),
    ],
)
def test_every_state_of_a_job_is_told_apart(facts: JobFacts | None, state: PrintState, trouble: str) -> None:
    report = report_of(READY, facts)
    assert (report.state, report.trouble) == (state, trouble)
    assert not any("a" <= char <= "z" for char in sentence_of("惠普", report))


def test_a_printer_that_is_gone_takes_its_jobs_with_it() -> None:
    assert report_of(None, JobFacts(JobStatus.CANCELED)) == JobReport(PrintState.ENDED, "打印机被删掉了")
    assert report_of(None, JobFacts(JobStatus.ABORTED, began=True)).began
    assert report_of(None, JobFacts(JobStatus.PENDING)).trouble == "打印机找不到了"


def test_the_wanted_printer_the_default_one_or_the_only_one() -> None:
    usual = Printer("epson", "爱普生", is_default=True)
    assert choose([READY, usual], "hp") is READY
    assert choose([READY, usual], None) is usual
    assert choose([READY], None) is READY


@pytest.mark.parametrize(
    ("printers", "wanted", "code"),
    [([], None, "no-printer"), ([READY, Printer("b", "乙")], None, "no-printer"), ([READY], "gone", "printer-gone")],
)
def test_no_printer_is_a_refusal_that_says_what_to_do(printers: list[Printer], wanted: str | None, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        choose(printers, wanted)
    assert refused.value.code == code
    assert "请在设置里" in refused.value.remedy
    assert "存档" not in refused.value.remedy
    assert "记录是安全的" in of_slip(refused.value).remedy


def test_nothing_is_sent_to_a_queue_that_rejects() -> None:
    system = Recorded(Printer("hp", "惠普", accepting=False))
    with pytest.raises(Refusal, match="不接收任务"):
        submit(system, b"pdf", "1号", None)
    assert system.sent == []


def test_a_saved_paper_is_named_by_its_number_alone(tmp_path: Path) -> None:
    name = file_name("临公积金示一告〔2026〕1号", "补打1")
    path = save_pdf(b"%PDF", tmp_path / name)
    assert (path.name, path.read_bytes()) == ("临公积金示一告〔2026〕1号-补打1.pdf", b"%PDF")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_folder_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        save_pdf(b"%PDF", tmp_path / "missing" / "a.pdf")
    assert refused.value.code == "cannot-save-file"


def test_a_queue_that_is_connecting_for_a_moment_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN reasons that are gone at the second look WHEN a paper is sent THEN it is said to be sent, after one short wait."""
    waits: list[float] = []
    monkeypatch.setattr(jobs, "sleep", waits.append)
    system = Recorded(READY)
    answers = [("connecting-to-device",), ()]
    monkeypatch.setattr(system, "job", lambda _printer, _job: JobFacts(JobStatus.PENDING, answers.pop(0)))
    job = submit(system, b"", "1号", None)
    assert (job.held, len(waits), answers) == (False, 1, [])
    held = submit(Recorded(READY, job_reasons=("media-empty",)), b"", "1号", None)
    assert (held.held, len(waits)) == (True, 1 + jobs.LOOKS - 1)
