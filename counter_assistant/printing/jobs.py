"""打印机与打印任务：what the desk says about them.

Every refusal here says what to do next. Whether what was to be printed is in the book, only those know who print it: a slip
is before it is printed, a guide or a sign never is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import sleep
from typing import Protocol

from counter_assistant.domain.refusal import Refusal

SAFE = "文书已经存档，记录是安全的。"
"""What is said besides of a slip, by `of_slip`."""

# The keywords of RFC 8011 5.4.12, without -report, -warning and -error; the first that matches is reported.
_TROUBLES = (
    (("media-empty", "media-needed", "input-tray-missing"), "缺纸", "放好纸后会自动打出"),
    (("media-jam",), "卡纸", "取出卡住的纸后会自动打出"),
    (("cover-open", "door-open", "interlock-open"), "机盖没有合上", "合上后会自动打出"),
    (("toner-empty", "marker-supply-empty", "developer-empty"), "墨粉或墨水用完", "更换后会自动打出"),
    (("output-area-full",), "出纸口满了", "取走纸张后会自动打出"),
    (("offline", "connecting-to-device", "timed-out", "shutdown"), "没有连上或没有开机", "接通后会自动打出"),
    (("paused", "moving-to-paused", "stopped-partly"), "已暂停", "恢复后会自动打出"),
)


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
        return found[0] if found else "已停止" if self.stopped else ""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job that the system accepted. `held`: it waits for the printer, and `sentence` says why."""

    printer: str
    id: int
    sentence: str
    held: bool = False


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

    def job_reasons(self, printer: Printer, job: int) -> tuple[str, ...]:
        """Why a job does not move, as far as the system says."""


LOOKS, BETWEEN_S = 4, 0.25
"""How often what holds a job is looked at before it is said: a queue is connecting for a moment before it prints."""


def submit(system: PrintSystem, pdf: bytes, title: str, wanted: str | None, tray: str = "") -> PrintJob:
    """Sends a paper and looks at what has become of it; what holds it is said where it still does after a second.

    Raises:
        Refusal: `printer-rejects`; what `choose` and the system refuse.
    """
    printer = replace(choose(system.printers(), wanted), tray=tray)
    if not printer.accepting:
        raise rejecting(printer.label)
    job = system.send(pdf, title, printer)
    for look in range(LOOKS):
        now = next((other for other in system.printers() if other.name == printer.name), printer)
        sentence, held = describe_job(now, system.job_reasons(printer, job))
        if not held or look == LOOKS - 1:
            break
        sleep(BETWEEN_S)
    return PrintJob(printer.name, job, sentence, held)


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
        raise Refusal("no-printer", f"{why}。", "请在设置里选一台打印机，或者先存为 PDF。")
    return usual[0]


def describe_job(printer: Printer, job_reasons: Iterable[str] = ()) -> tuple[str, bool]:
    """What to say about a job that was accepted, and whether it is held."""
    found = _trouble((*printer.reasons, *job_reasons)) or (("已停止", "恢复后会自动打出") if printer.stopped else None)
    if found is None:
        return f"已送到打印机“{printer.label}”。", False
    return f"打印机“{printer.label}”{found[0]}，任务已排队；{found[1]}，不要重复出具。", True


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
        "请检查打印机后再打一次，或者先存为 PDF。",
    )


def service_down() -> Refusal:
    """The refusal where the printing service does not answer."""
    return Refusal(
        "print-service-down", "打印服务没有响应，没有打出。", "请确认打印服务已启动后再打一次，或者先存为 PDF。"
    )


def _trouble(reasons: Iterable[str]) -> tuple[str, str] | None:
    """What the reasons amount to. A warning (-warning, -report) does not keep a printer from printing."""
    severe = {r.removesuffix("-error") for r in reasons if not r.endswith(("-warning", "-report"))}
    severe |= {"offline" for reason in reasons if reason.startswith(("offline", "connecting-to-device"))}
    for keywords, what, then in _TROUBLES:
        if severe.intersection(keywords):
            return what, then
    return None
