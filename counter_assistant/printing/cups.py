"""CUPS through its own library: it takes the PDF itself, and tells the job's number and why the job does not move.

ctypes on libcups.so.2, because pycups needs a compiler and the commands do not tell a job that was cancelled from one that was printed. The paper is streamed into the job and
never written to a file of ours. https://openprinting.github.io/cups/doc/cupspm.html
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from counter_assistant.printing.jobs import JobFacts, JobStatus, Printer, failed, rejecting, service_down
from counter_assistant.printing.media import media_option

CONNECT_MS = 5000
OPTIONS = {"sides": "one-sided", "Duplex": "None", "copies": "1", "print-scaling": "none"}
"""One-sided, whatever the queue's default is, because the two copies are parted at the counter; `Duplex` is for drivers that pass
over `sides`."""

_LENGTH_UNKNOWN, _NOT_ACCEPTING, _NOT_FOUND, _GONE, _NOT_POSSIBLE = 0, 0x0506, 0x0406, 0x0407, 0x0404
_WORST_SUCCESS = 0x00FF
_PRINT_JOB, _CANCEL_JOB, _GET_JOB_ATTRIBUTES, _GET_JOBS = 0x0002, 0x0008, 0x0009, 0x000A
_GET_PRINTER_ATTRIBUTES = 0x000B
_OPERATION, _JOB, _NAME, _KEYWORD, _URI, _MIMETYPE, _ANY = 0x01, 0x02, 0x42, 0x44, 0x45, 0x49, 0x00
_STATE_STOPPED = "5"


class _Option(Structure):
    _fields_ = (("name", c_char_p), ("value", c_char_p))


class _Destination(Structure):
    _fields_ = (
        ("name", c_char_p), ("instance", c_char_p), ("is_default", c_int), ("num_options", c_int),
        ("options", POINTER(_Option)),
    )  # fmt: skip


# name: (result, arguments)
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "cupsServer": (c_char_p, []),
    "cupsUser": (c_char_p, []),
    "ippPort": (c_int, []),
    "cupsEncryption": (c_int, []),
    "httpConnect2": (c_void_p, [c_char_p, c_int, c_void_p, c_int, c_int, c_int, c_int, c_void_p]),
    "httpClose": (None, [c_void_p]),
    "cupsGetDests2": (c_int, [c_void_p, POINTER(POINTER(_Destination))]),
    "cupsFreeDests": (None, [c_int, POINTER(_Destination)]),
    "cupsAddOption": (c_int, [c_char_p, c_char_p, c_int, POINTER(POINTER(_Option))]),
    "cupsFreeOptions": (None, [c_int, POINTER(_Option)]),
    "cupsEncodeOptions2": (None, [c_void_p, c_int, POINTER(_Option), c_int]),
    "cupsSendRequest": (c_int, [c_void_p, c_void_p, c_char_p, c_size_t]),
    "cupsWriteRequestData": (c_int, [c_void_p, c_char_p, c_size_t]),
    "cupsGetResponse": (c_void_p, [c_void_p, c_char_p]),
    "cupsLastError": (c_int, []),
    "ippNewRequest": (c_void_p, [c_int]),
    "ippAddString": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_char_p, c_char_p]),
    "ippAddStrings": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_int, c_char_p, POINTER(c_char_p)]),
    "cupsDoRequest": (c_void_p, [c_void_p, c_void_p, c_char_p]),
    "ippFindAttribute": (c_void_p, [c_void_p, c_char_p, c_int]),
    "ippGetCount": (c_int, [c_void_p]),
    "ippGetInteger": (c_int, [c_void_p, c_int]),
    "ippGetString": (c_char_p, [c_void_p, c_int, c_void_p]),
    "ippFirstAttribute": (c_void_p, [c_void_p]),
    "ippNextAttribute": (c_void_p, [c_void_p]),
    "ippGetName": (c_char_p, [c_void_p]),
    "ippDelete": (None, [c_void_p]),
}


@cache
def libcups() -> Any:
    """The library with its functions declared; None where it is missing."""
    try:
        library = ctypes.CDLL("libcups.so.2")
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return library


class Cups:
    """The queues of a CUPS server: this PC's own, or the one at `host` and `port`."""

    def __init__(self, host: str = "", port: int = 0) -> None:
        self._cups = libcups()
        self._host = host.encode() or None
        self._port = port

    def printers(self) -> list[Printer]:
        """Every queue with its state.

        Raises:
            Refusal: `print-service-down`.
        """
        with self._connection() as http:
            found = POINTER(_Destination)()
            count = self._cups.cupsGetDests2(http, byref(found))
            try:
                return [_printer(found[i]) for i in range(count) if not found[i].instance]
            finally:
                self._cups.cupsFreeDests(count, found)

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        """Sends the job and its paper in one request: both reach the queue, or neither does. Returns the job's number.

        Raises:
            Refusal: `printer-rejects`, `print-failed`, `print-service-down`.
        """
        path = quote(f"/printers/{printer.name}")
        request = self._request(_PRINT_JOB, b"printer-uri", f"ipp://localhost{path}")
        self._add(request, _NAME, b"job-name", title.encode())
        self._add(request, _MIMETYPE, b"document-format", b"application/pdf")
        self._add_options(request, OPTIONS | {"media": media_option(pdf, printer.tray)})
        with self._connection() as http:
            answer = self._stream(http, request, path.encode(), pdf)
            try:
                job = self._integer(answer, b"job-id")
            finally:
                self._cups.ippDelete(answer)
        if not job:
            raise rejecting(printer.label) if self._cups.cupsLastError() == _NOT_ACCEPTING else failed()
        return job

    def trays(self, printer: str) -> tuple[str, ...]:
        """The trays of a printer; none where the server does not give any.

        Raises:
            Refusal: `print-service-down`.
        """
        path = quote(f"/printers/{printer}")
        request = self._request(_GET_PRINTER_ATTRIBUTES, b"printer-uri", f"ipp://localhost{path}")
        self._add(request, _KEYWORD, b"requested-attributes", b"media-source-supported")
        with self._connection() as http:
            answer = self._cups.cupsDoRequest(http, request, b"/")
            try:
                return self._strings(answer, b"media-source-supported")
            finally:
                self._cups.ippDelete(answer)

    def job(self, printer: str, job: int) -> JobFacts | None:
        """How a job stands; None where the server has forgotten it.

        Raises:
            Refusal: `print-service-down`.
        """
        request = self._request(_GET_JOB_ATTRIBUTES, b"job-uri", f"ipp://localhost/jobs/{job}")
        self._want(request, b"job-state", b"job-state-reasons", b"time-at-processing")
        with self._asked(request) as answer:
            if answer is None:
                return None
            reasons = tuple(r for r in self._strings(answer, b"job-state-reasons") if r != "none")
            began = self._integer(answer, b"time-at-processing") > 0
            return JobFacts(JobStatus(self._integer(answer, b"job-state")), reasons, began)

    def find(self, title: str) -> tuple[str, int] | None:
        """The newest job of this title on the server.

        Raises:
            Refusal: `print-service-down`.
        """
        request = self._request(_GET_JOBS, b"printer-uri", "ipp://localhost/")
        self._add(request, _KEYWORD, b"which-jobs", b"all")
        self._want(request, b"job-id", b"job-name", b"job-printer-uri")
        with self._asked(request) as answer:
            if answer is None:
                raise service_down()
            jobs = list(self._jobs(answer))
        found = [(job, uri) for job, uri, name in jobs if name == title]
        job, uri = max(found, default=(0, ""))
        return (unquote(uri.rpartition("/")[2]), job) if job else None

    def cancel(self, printer: str, job: int) -> None:
        """Takes a job out of its queue.

        Raises:
            Refusal: `print-service-down`.
        """
        with self._asked(self._request(_CANCEL_JOB, b"job-uri", f"ipp://localhost/jobs/{job}")):
            pass

    @contextmanager
    def _asked(self, request: Any) -> Iterator[Any]:
        """The server's answer; None where it does not know the job, or can do nothing with it any more."""
        with self._connection() as http:
            answer = self._cups.cupsDoRequest(http, request, b"/")
            status = self._cups.cupsLastError()
            try:
                known = status <= _WORST_SUCCESS
                if not (answer if known else status in (_NOT_FOUND, _GONE, _NOT_POSSIBLE)):
                    raise service_down()  # no answer is not the answer that there is none
                yield answer if known else None
            finally:
                self._cups.ippDelete(answer)

    def _jobs(self, answer: Any) -> Iterator[tuple[int, str, str]]:
        """Number, printer and title of each job in an answer: attributes follow each other, and a nameless one parts two jobs."""
        cups, said = self._cups, dict[str, Any]()
        attribute = cups.ippFirstAttribute(answer)
        while attribute:
            name = (cups.ippGetName(attribute) or b"").decode()
            if name == "job-id":
                said[name] = int(cups.ippGetInteger(attribute, 0))
            elif name in ("job-printer-uri", "job-name"):
                said[name] = cups.ippGetString(attribute, 0, None).decode("utf-8", "replace")
            attribute = cups.ippNextAttribute(answer)
            if said and (not name or not attribute):
                yield said.get("job-id", 0), said.get("job-printer-uri", ""), said.get("job-name", "")
                said = {}

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        cups = self._cups
        server, port = self._host or cups.cupsServer(), self._port or cups.ippPort()
        http = cups.httpConnect2(server, port, None, 0, cups.cupsEncryption(), 1, CONNECT_MS, None)
        if not http:
            raise service_down()
        try:
            yield http
        finally:
            cups.httpClose(http)

    def _request(self, operation: int, target: bytes, uri: str) -> Any:
        request = self._cups.ippNewRequest(operation)
        self._add(request, _URI, target, uri.encode())
        self._add(request, _NAME, b"requesting-user-name", self._cups.cupsUser())
        return request

    def _add(self, request: Any, tag: int, name: bytes, value: bytes) -> None:
        self._cups.ippAddString(request, _OPERATION, tag, name, None, value)

    def _want(self, request: Any, *names: bytes) -> None:
        values = (c_char_p * len(names))(*names)
        self._cups.ippAddStrings(request, _OPERATION, _KEYWORD, b"requested-attributes", len(names), None, values)

    def _add_options(self, request: Any, wanted: Mapping[str, str]) -> None:
        options, count = POINTER(_Option)(), 0
        for key, value in wanted.items():
            count = self._cups.cupsAddOption(key.encode(), value.encode(), count, byref(options))
        self._cups.cupsEncodeOptions2(request, count, options, _JOB)
        self._cups.cupsFreeOptions(count, options)

    def _stream(self, http: Any, request: Any, path: bytes, pdf: bytes) -> Any:
        """The server's answer. It may answer before it has read the whole paper; the answer then says why."""
        try:
            self._cups.cupsSendRequest(http, request, path, _LENGTH_UNKNOWN)
            self._cups.cupsWriteRequestData(http, pdf, len(pdf))
            return self._cups.cupsGetResponse(http, path)
        finally:
            self._cups.ippDelete(request)

    def _attribute(self, answer: Any, name: bytes) -> Any:
        return self._cups.ippFindAttribute(answer, name, _ANY) if answer else None

    def _integer(self, answer: Any, name: bytes) -> int:
        attribute = self._attribute(answer, name)
        return int(self._cups.ippGetInteger(attribute, 0)) if attribute else 0

    def _strings(self, answer: Any, name: bytes) -> tuple[str, ...]:
        attribute = self._attribute(answer, name)
        count = self._cups.ippGetCount(attribute) if attribute else 0
        return tuple(self._cups.ippGetString(attribute, i, None).decode() for i in range(count))


def _printer(found: _Destination) -> Printer:
    options = {found.options[i].name.decode(): (found.options[i].value or b"").decode("utf-8", "replace")
               for i in range(found.num_options)}  # fmt: skip
    name = found.name.decode()
    reasons = options.get("printer-state-reasons", "none").split(",")
    return Printer(
        name, options.get("printer-info") or name, bool(found.is_default),
        accepting=options.get("printer-is-accepting-jobs") != "false",
        stopped=options.get("printer-state") == _STATE_STOPPED,
        reasons=tuple(reason for reason in reasons if reason != "none"),
    )  # fmt: skip
