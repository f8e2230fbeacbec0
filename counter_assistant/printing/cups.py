"""CUPS through its own library: it takes the PDF itself, and tells the job's number and why the job does not move.

ctypes on libcups.so.2, because pycups needs a compiler and `lp` tells less. The paper is streamed into the job and
never written to a file of ours. https://openprinting.github.io/cups/doc/cupspm.html
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from typing import Any
from urllib.parse import quote

from counter_assistant.printing.jobs import Printer, failed, rejecting, service_down
from counter_assistant.printing.media import media_option

CONNECT_MS = 5000
OPTIONS = {"sides": "one-sided", "Duplex": "None", "copies": "1", "print-scaling": "none"}
"""One-sided, whatever the queue's default is, because the two copies are parted at the counter; `Duplex` is for drivers that pass
over `sides`."""

_LENGTH_UNKNOWN, _NOT_ACCEPTING = 0, 0x0506
_PRINT_JOB, _GET_JOB_ATTRIBUTES = 0x0002, 0x0009
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
    "cupsDoRequest": (c_void_p, [c_void_p, c_void_p, c_char_p]),
    "ippFindAttribute": (c_void_p, [c_void_p, c_char_p, c_int]),
    "ippGetCount": (c_int, [c_void_p]),
    "ippGetInteger": (c_int, [c_void_p, c_int]),
    "ippGetString": (c_char_p, [c_void_p, c_int, c_void_p]),
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

    def job_reasons(self, printer: Printer, job: int) -> tuple[str, ...]:
        """The job's own state reasons; none where the server does not give any.

        Raises:
            Refusal: `print-service-down`.
        """
        request = self._request(_GET_JOB_ATTRIBUTES, b"job-uri", f"ipp://localhost/jobs/{job}")
        self._add(request, _KEYWORD, b"requested-attributes", b"job-state-reasons")
        with self._connection() as http:
            answer = self._cups.cupsDoRequest(http, request, b"/")
            try:
                return self._strings(answer, b"job-state-reasons")
            finally:
                self._cups.ippDelete(answer)

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
