"""Windows 的打印队列：任务在哪里、到哪一步，照 winspool.drv 说的.

NOT TESTED on a Windows PC: written from the documentation (JOB_INFO_1W, GetJob, EnumJobs, SetJob, PRINTER_INFO_6, GetPrinter). What the numbers
mean is plain Python and tested; docs/windows-printing.md says what to try first.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_ulong, c_ushort, c_void_p, c_wchar_p, cast, create_string_buffer
from typing import Any

from counter_assistant.printing.jobs import JobFacts, JobStatus

MOST_JOBS = 1000
_CANCEL = 3

# JOB_STATUS_… of winspool.h, and the keyword of RFC 8011 that means the same
JOB_REASONS = {
    0x1: "paused", 0x20: "offline", 0x40: "media-empty", 0x200: "offline", 0x400: "media-needed",
}  # fmt: skip
ERROR, DELETING, SPOOLING, PRINTING, PRINTED, DELETED, COMPLETE = 0x2, 0x4, 0x8, 0x10, 0x80, 0x100, 0x1000
# PRINTER_STATUS_…
PRINTER_REASONS = {
    0x1: "paused", 0x8: "media-jam", 0x10: "media-empty", 0x20: "media-needed", 0x40: "media-needed", 0x80: "offline",
    0x800: "output-area-full", 0x1000: "offline", 0x40000: "toner-empty", 0x100000: "media-needed", 0x400000: "cover-open",
}  # fmt: skip
PRINTER_ERROR = 0x2


class _Time(Structure):
    _fields_ = tuple((name, c_ushort) for name in ("year", "month", "of_week", "day", "hour", "minute", "second", "ms"))


class _Job(Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("id", c_ulong), ("printer", c_wchar_p), ("machine", c_wchar_p), ("user", c_wchar_p), ("document", c_wchar_p),
        ("datatype", c_wchar_p), ("status_words", c_wchar_p), ("status", c_ulong), ("priority", c_ulong),
        ("position", c_ulong), ("pages", c_ulong), ("printed", c_ulong), ("submitted", _Time),
    )  # fmt: skip


class _PrinterStatus(Structure):
    """PRINTER_INFO_6."""

    _fields_ = (("status", c_ulong),)


def job_facts(status: int, pages_printed: int = 0) -> JobFacts:
    """What the bits of a job's status mean. One that is being deleted will not come out."""
    reasons = tuple(word for bit, word in JOB_REASONS.items() if status & bit)
    began = bool(status & (PRINTING | PRINTED | COMPLETE)) or pages_printed > 0
    if status & (DELETING | DELETED):
        return JobFacts(JobStatus.CANCELED, reasons, began)
    if status & (PRINTED | COMPLETE):
        return JobFacts(JobStatus.COMPLETED, reasons, began)
    if status & ERROR:
        return JobFacts(JobStatus.PROCESSING_STOPPED, (*reasons, "stopped-partly"), began)
    return JobFacts(JobStatus.PROCESSING if status & PRINTING else JobStatus.PENDING, reasons, began)


def printer_reasons(status: int) -> tuple[str, ...]:
    """What the bits of a printer's status mean."""
    return tuple(dict.fromkeys(word for bit, word in PRINTER_REASONS.items() if status & bit))


class Spooler:
    """The queues of this PC. Every method gives nothing where the spooler gives nothing."""

    def __init__(self) -> None:
        self._spool: Any = ctypes.WinDLL("winspool.drv")  # type: ignore[attr-defined,unused-ignore]

    def printer_status(self, printer: str) -> int:
        """The bits of a printer's status."""
        with self._opened(printer) as handle:
            found = self._filled(lambda *room: self._spool.GetPrinterW(handle, 6, *room), _PrinterStatus)
            return int(found[0].status) if found else 0

    def job(self, printer: str, job: int) -> JobFacts | None:
        """How a job stands; None where the queue does not have it any more."""
        with self._opened(printer) as handle:
            found = self._filled(lambda *room: self._spool.GetJobW(handle, job, 1, *room), _Job)
            return job_facts(found[0].status, found[0].printed) if found else None

    def find(self, printer: str, title: str) -> int:
        """The newest job of this title in a queue; 0 where there is none."""
        returned = c_ulong()
        with self._opened(printer) as handle:
            found = self._filled(
                lambda *room: self._spool.EnumJobsW(handle, 0, MOST_JOBS, 1, *room, byref(returned)), _Job
            )
            return max((int(found[n].id) for n in range(returned.value) if found[n].document == title), default=0)

    def cancel(self, printer: str, job: int) -> None:
        """Takes a job out of its queue."""
        with self._opened(printer) as handle:
            self._spool.SetJobW(handle, job, 0, None, _CANCEL)

    @contextmanager
    def _opened(self, printer: str) -> Iterator[Any]:
        handle = c_void_p()
        self._spool.OpenPrinterW(c_wchar_p(printer), byref(handle), None)
        try:
            yield handle
        finally:
            if handle:
                self._spool.ClosePrinter(handle)

    def _filled(self, ask: Any, kind: Any) -> Any:
        """What a call writes into as much room as it asks for; None where it says nothing. The room lives as long as the pointer."""
        needed = c_ulong()
        ask(None, 0, byref(needed))
        room = create_string_buffer(max(needed.value, 1))
        if not needed.value or not ask(room, needed.value, byref(needed)):
            return None
        found = cast(room, POINTER(kind))
        found.room = room
        return found
