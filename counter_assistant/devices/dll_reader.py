"""经厂家动态库读卡：库在子进程里，坏了、卡住了都不连累窗口.

NOT TRIED on Windows; the protocol with the child is tested with another child.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from counter_assistant import paths
from counter_assistant.devices.identity_card import NoCard, ReaderAnswer, ReaderFault
from counter_assistant.devices.text_record import DamagedRecordError, read_record

FOLDER, LIBRARY, PYTHON, CHILD = "reader", "sdtapi.dll", "python.exe", "dll_child.py"
PATIENCE = 8.0
"""Seconds for an answer: a card takes one or two, and a first one the opening of the port."""
ENDED = ""
"""What is passed on once when the child has ended."""
NO_LIBRARY = "没有找到读卡器的动态库，请把厂家的 {} 放进 {}，或者在设置的“本机”里改用串口。"
STOPPED = "读卡子进程停了，请拔下读卡器再插上；还不行的，在设置的“本机”里改用串口。"
FAULTS = {
    "load": "读卡器的动态库装不进来，多半是 32 位的库配了 64 位的 Python，见使用手册。",
    "open": "读卡器打不开，请插好读卡器，关掉正在用它的别的程序。",
    "read": "没有读完，请把证件放平，再放一次。",
}


def command_in(folder: Path) -> list[str]:
    """How the child is started for a data folder: by the Python that lies beside the library, else by this one."""
    beside = folder / FOLDER
    python = beside / PYTHON
    return [
        str(python) if python.is_file() else sys.executable,
        str(paths.sources() / "devices" / CHILD),
        str(beside / LIBRARY),
    ]


class DllReader:
    """Asks a child that holds the library. It is started when it is first asked, and again where it has ended."""

    def __init__(self, command: Sequence[str], library: Path | None = None, patience: float = PATIENCE) -> None:
        """`library` must be there, where one is given, before the child is started."""
        self._command, self._library, self._patience = list(command), library, patience
        self._child: subprocess.Popen[str] | None = None
        self._answers: Queue[str] = Queue()

    def read(self) -> ReaderAnswer:
        """Asks once; a child that does not answer in time is ended."""
        if self._library is not None and not self._library.is_file():
            return ReaderFault(NO_LIBRARY.format(self._library.name, self._library.parent))
        try:
            line = self._ask()
        except (OSError, Empty):
            line = ENDED
        if line == ENDED:  # said once: whoever asked it again before the system has seen it end would wait in vain
            self.close()
            return ReaderFault(STOPPED)
        return _reading(line)

    def close(self) -> None:
        """Ends the child, and with it the port that it holds."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):  # it may hold what the child does not take any more
            if child.stdin is not None:
                child.stdin.close()
        child.kill()
        child.wait()

    def _ask(self) -> str:
        child = self._child
        if child is None or child.poll() is not None:
            self.close()
            child = self._start()
        assert child.stdin is not None
        child.stdin.write("read\n")
        child.stdin.flush()
        return self._answers.get(timeout=self._patience)

    def _start(self) -> subprocess.Popen[str]:
        pipe, hidden = subprocess.PIPE, getattr(subprocess, "CREATE_NO_WINDOW", 0)
        child = self._child = subprocess.Popen(
            self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace",
            creationflags=hidden,
        )  # fmt: skip
        self._answers = Queue()
        Thread(target=_pass_on, args=(child, self._answers), daemon=True).start()
        return child


def _pass_on(child: subprocess.Popen[str], answers: Queue[str]) -> None:
    """Lines as they come, in a thread of its own: a pipe of Windows cannot be waited on for a while only."""
    assert child.stdout is not None
    with suppress(OSError, ValueError), child.stdout:
        for line in child.stdout:
            answers.put(line.strip())
    answers.put(ENDED)


def _reading(line: str) -> ReaderAnswer:
    kind, _, rest = line.partition(" ")
    if kind == "none":
        return NoCard()
    if kind == "fault":
        return ReaderFault(FAULTS.get(rest.split(" ")[0], STOPPED))
    try:
        return read_record(bytes.fromhex(rest)) if kind == "text" else ReaderFault(STOPPED)
    except DamagedRecordError as damaged:
        return ReaderFault(f"{damaged}，请把证件拿起来再放一次，或者照证件输入。")
    except ValueError:
        return ReaderFault(STOPPED)
