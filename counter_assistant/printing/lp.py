"""CUPS through its commands, where libcups cannot be loaded: `lp` takes the paper from a pipe, `lpstat` gives the
state.

LC_ALL=C, because the answers are parsed by this program. Of all the ways of printing, only `lp` returns 1 when a queue
rejects the job.
"""

from __future__ import annotations

import os
import re
import subprocess

from counter_assistant.printing.cups import OPTIONS
from counter_assistant.printing.jobs import Printer, failed, rejecting, service_down
from counter_assistant.printing.media import media_option

SECONDS = 30


class Lp:
    """The queues of the CUPS server that `lp` uses; `server` is host:port where it is not the usual one."""

    def __init__(self, server: str = "") -> None:
        self._server = ["-h", server] if server else []

    def printers(self) -> list[Printer]:
        """Every queue with its state.

        Raises:
            Refusal: `print-service-down`, `print-failed` (no answer within `SECONDS`).
        """
        if "is running" not in self._run("lpstat", "-r")[1]:
            raise service_down()
        default = self._run("lpstat", "-d")[1].rpartition(": ")[2].strip()
        accepting = dict(re.findall(r"^(\S+) (accepting|not accepting) requests", self._run("lpstat", "-a")[1], re.M))
        text = self._run("lpstat", "-l", "-p")[1]
        blocks = re.split(r"^(?=printer \S)", text, flags=re.M)[1:]
        return [_printer(block, default, accepting) for block in blocks]

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        """Pipes the paper into a job and returns its number.

        Raises:
            Refusal: `printer-rejects`, `print-failed`, `print-service-down`.
        """
        wanted = OPTIONS | {"media": media_option(pdf, printer.tray)}
        options = [part for key, value in wanted.items() for part in ("-o", f"{key}={value}")]
        code, answer, error = self._run("lp", "-d", printer.name, "-t", title, *options, "-", feed=pdf)
        found = re.search(r"request id is \S+-(\d+)", answer)
        if code or not found:
            raise rejecting(printer.label) if "not accepting" in error else failed()
        return int(found[1])

    def trays(self, printer: str) -> tuple[str, ...]:
        """The commands tell a driver's own options only, not the trays by the name that `media` takes."""
        return ()

    def job_reasons(self, printer: Printer, job: int) -> tuple[str, ...]:
        """The alerts of a job that waits.

        Raises:
            Refusal: `print-service-down`, `print-failed`.
        """
        found = re.search(
            rf"^{re.escape(printer.name)}-{job} .*?\n(?:\t.*\n)*?\tAlerts: (.*)$", self._run("lpstat", "-l")[1], re.M
        )
        return tuple(found[1].split()) if found else ()

    def _run(self, program: str, *arguments: str, feed: bytes = b"") -> tuple[int, str, str]:
        environment = os.environ | {"LC_ALL": "C"}
        try:
            done = subprocess.run(
                [program, *self._server, *arguments], input=feed, capture_output=True, env=environment, timeout=SECONDS,
                check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise service_down() from None
        except subprocess.TimeoutExpired:
            raise failed("等了半分钟没有回音") from None
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def _printer(block: str, default: str, accepting: dict[str, str]) -> Printer:
    """The printer of one block of `lpstat -l -p`."""
    name = block.split()[1]
    label = re.search(r"^\tDescription: (.+)$", block, re.M)
    alerts = re.search(r"^\tAlerts: (.+)$", block, re.M)
    reasons = tuple(reason for reason in (alerts[1].split() if alerts else ()) if reason != "none")
    return Printer(
        name, label[1] if label else name, name == default, accepting.get(name) != "not accepting",
        "disabled since" in block, reasons,
    )  # fmt: skip
