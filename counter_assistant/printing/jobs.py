"""打印机与打印任务：what the desk says about them.

Every refusal here says what to do next. Whether what was to be printed is in the book, only those know who print it: a slip
is before it is printed, a guide or a sign never is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from time import sleep
from typing import NamedTuple, Protocol

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal

SAFE = "文书已经存档，记录是安全的。"
"""What is said besides of a slip, by `of_slip`."""
OR_PDF = "，或者先存为 PDF"
"""What else can be done with a paper that is kept, at the end of what is said."""

# The keywords of RFC 8011 5.4.12, without -report, -warning and -error; the first that matches is reported.
_TROUBLES = (
    (("media-empty", "media-needed", "input-tray-missing"), "缺纸", "放好纸后会自动打出"),
    (("media-jam",), "卡纸", "取出卡住的纸后会自动打出"),
    (("cover-open", "door-open", "interlock-open"), "机盖没有合上", "合上后会自动打出"),
    (("toner-empty", "marker-supply-empty", "developer-empty"), "墨粉或墨水用完", "更换后会自动打出"),
    (("output-area-full",), "出纸口满了", "取走纸张后会自动打出"),
    (("offline", "connecting-to-device", "timed-out", "shutdown"), "没有连上或没有开机", "接通后会自动打出"),
    (("paused", "moving-to-paused", "stopped-partly"), "已暂停", "恢复后会自动打出"),
    (("resources-are-not-ready",), "打到一半断了", "接通后会自动从头再打"),
)
STOPPED = ("已停止", "恢复后会自动打出")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this PC. `name` is what the system calls it, `label` what a person reads; `tray` is the one to print from, as
    the system calls it, empty for the printer's own choice."""

    name: str
    label: str
    is_default: bool = False
    accepting: bool = True
    stopped: bool = False
    reasons: tuple[str, ...] = ()
    tray: str = ""

    @property
    def trouble(self) -> str:
        """What keeps it from printing now, in a few words; empty where it is ready."""
        if not self.accepting:
            return "不接收任务"
        found = _trouble(self.reasons)
        return found[0] if found else STOPPED[0] if self.stopped else ""


class JobStatus(IntEnum):
    """The states of a job, by the numbers of RFC 8011 5.3.7."""

    PENDING = 3
    PENDING_HELD = 4
    PROCESSING = 5
    PROCESSING_STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class JobFacts(NamedTuple):
    """What a system says of a job. `began`: it has been at the printer."""

    status: JobStatus
    reasons: tuple[str, ...] = ()
    began: bool = False


TAKEN = JobReport(PrintState.QUEUED)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job that the system accepted, and how it stood a moment later. `held`: it waits for the printer, and `sentence` says why."""

    printer: str
    id: int
    sentence: str
    held: bool = False
    report: JobReport = TAKEN


class Asked(NamedTuple):
    """Which job is asked about: of the slip of this number. `job` is 0 where it is not known whether there is one."""

    number: str
    printer: str
    job: int


class Told(NamedTuple):
    """Where a job is, and how it stands."""

    printer: str
    job: int
    report: JobReport


class PrintSystem(Protocol):
    """What the printing of a system must offer. Called from a worker thread.

    Raises:
        Refusal: `printer-rejects`, `print-failed`, `print-service-down`, from every method.
    """

    def printers(self) -> list[Printer]: ...

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        """Returns the number of the job, once the system has the whole paper."""

    def trays(self, printer: str) -> tuple[str, ...]:
        """The trays of a printer, as far as the system says."""

    def job(self, printer: str, job: int) -> JobFacts | None:
        """How a job stands; None where the system does not know it, or not any more."""

    def find(self, title: str) -> tuple[str, int] | None:
        """The printer and the number of the newest job of this title, whether it is at its end or not; None where there is none."""

    def cancel(self, printer: str, job: int) -> None:
        """Takes a job out of its queue. One that is at its end already is no mistake."""


LOOKS, BETWEEN_S = 4, 0.25
"""How often what holds a job is looked at before it is said: a queue is connecting for a moment before it prints."""


def submit(system: PrintSystem, pdf: bytes, title: str, wanted: str | None, tray: str = "") -> PrintJob:
    """Sends a paper and looks at what has become of it; what holds it is said where it still does after a second.

    Raises:
        Refusal: `printer-rejects`; what `choose` and the system refuse to take. What it does not say of a job that it took is no refusal.
    """
    printer = replace(choose(system.printers(), wanted), tray=tray)
    if not printer.accepting:
        raise rejecting(printer.label)
    job = system.send(pdf, title, printer)
    report = TAKEN
    for look in range(LOOKS):
        try:
            report = report_of(_named(system.printers(), printer.name), system.job(printer.name, job))
        except Refusal:  # the job is there: whoever follows it asks again
            break
        if report.state is not PrintState.HELD or look == LOOKS - 1:
            break
        sleep(BETWEEN_S)
    held = report.state is PrintState.HELD
    return PrintJob(printer.name, job, sentence_of(printer.label, report), held, report)


def follow(system: PrintSystem, asked: Iterable[Asked], printers: list[Printer]) -> dict[str, Told]:
    """How each job stands, by the number that it was asked by.

    Raises:
        Refusal: what the system refuses.
    """
    told = {}
    for one in asked:
        printer, job = (one.printer, one.job) if one.job else system.find(one.number) or ("", 0)
        facts = system.job(printer, job) if job else None
        told[one.number] = Told(printer, job, report_of(_named(printers, printer), facts))
    return told


def report_of(printer: Printer | None, facts: JobFacts | None) -> JobReport:
    """What a job's state, and that of its printer, amount to. `printer` is None where there is none of its name any more."""
    if facts is None:
        return JobReport(PrintState.UNKNOWN, "打印服务里没有这个任务了")
    began = facts.began or facts.status in (JobStatus.PROCESSING, JobStatus.PROCESSING_STOPPED)
    match facts.status:
        case JobStatus.COMPLETED if "job-completed-with-errors" not in facts.reasons:
            return JobReport(PrintState.OUT, began=True)
        case JobStatus.COMPLETED:
            return JobReport(PrintState.UNKNOWN, "打印机报告打的时候出了错", began=True)
        case JobStatus.CANCELED:
            return JobReport(PrintState.ENDED, "任务被取消" if printer else "打印机被删掉了", began=began)
        case JobStatus.ABORTED:
            return JobReport(PrintState.ENDED, "打印中断" if printer else "打印机被删掉了", began=began)
    if printer is None:
        return JobReport(PrintState.HELD, "打印机找不到了", "装回来后会自动打出", began)
    if found := _trouble((*printer.reasons, *facts.reasons)) or (STOPPED if printer.stopped else None):
        return JobReport(PrintState.HELD, *found, began)
    if facts.status is JobStatus.PENDING_HELD:
        return JobReport(PrintState.HELD, "任务被搁置", "放行后会自动打出", began)
    return JobReport(PrintState.PRINTING if facts.status is JobStatus.PROCESSING else PrintState.QUEUED, began=began)


def _named(printers: list[Printer], name: str) -> Printer | None:
    return next((printer for printer in printers if printer.name == name), None)


def of_slip(refusal: Refusal) -> Refusal:
    """The refusal to print or to save a slip, which also says that its record is safe."""
    return Refusal(refusal.code, refusal.sentence, SAFE + refusal.remedy)


def choose(printers: list[Printer], wanted: str | None) -> Printer:
    """The wanted printer, else the default one, else the only one.

    Raises:
        Refusal: `printer-gone` (there is no printer of that name), `no-printer` (none is wanted, and it is not clear
            which).
    """
    if wanted:
        named = [printer for printer in printers if printer.name == wanted]
        if not named:
            raise Refusal("printer-gone", f"找不到打印机“{wanted}”。", "请在设置里另选一台，再打一次。")
        return named[0]
    usual = [printer for printer in printers if printer.is_default] or printers
    if len(usual) != 1:
        why = "没有设定默认打印机" if printers else "这台电脑没有可用的打印机"
        raise Refusal("no-printer", f"{why}。", f"请在设置里选一台打印机{OR_PDF}。")
    return usual[0]


def sentence_of(label: str, report: JobReport) -> str:
    """What to say about a job that was accepted by the printer that is called so."""
    if report.state is PrintState.OUT:
        return f"打印机“{label}”已打出。"
    if report.state is PrintState.HELD:
        return f"打印机“{label}”{report.trouble}，任务已排队；{report.then}，不要重复出具。"
    if report.state in (PrintState.ENDED, PrintState.UNKNOWN):
        return f"打印机“{label}”没有打完：{report.trouble}。"
    return f"已送到打印机“{label}”。"


def rejecting(label: str) -> Refusal:
    """The refusal where a queue accepts no jobs."""
    return Refusal(
        "printer-rejects",
        f"打印机“{label}”现在不接收任务，没有打出。",
        "请换一台打印机，或请管理员恢复后再打一次。",
    )


def failed(why: str = "") -> Refusal:
    """The refusal where a job was not accepted. `why` is Chinese; the system's own words are not shown."""
    return Refusal(
        "print-failed",
        f"打印任务没有送出去{f'：{why}' if why else ''}。",
        f"请检查打印机后再打一次{OR_PDF}。",
    )


def service_down() -> Refusal:
    """The refusal where the printing service does not answer."""
    return Refusal("print-service-down", "打印服务没有响应，没有打出。", f"请确认打印服务已启动后再打一次{OR_PDF}。")


def _trouble(reasons: Iterable[str]) -> tuple[str, str] | None:
    """What the reasons amount to. A warning (-warning, -report) does not keep a printer from printing."""
    severe = {r.removesuffix("-error") for r in reasons if not r.endswith(("-warning", "-report"))}
    severe |= {"offline" for reason in reasons if reason.startswith(("offline", "connecting-to-device"))}
    for keywords, what, then in _TROUBLES:
        if severe.intersection(keywords):
            return what, then
    return None
