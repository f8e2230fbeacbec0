"""另一个进程里的备份、演练和核对：窗口把要做的事和钥匙从管道交给它，它用一行 JSON 回答；钥匙从不写在命令和环境里."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import other_process
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.checkup.rehearsing import rehearse
from counter_assistant.operations.safekeeping.checkup.whole_book import check_whole_book
from counter_assistant.storage.sealing.book_key import BookKey

_LARGEST = 1 << 16
_NO_WINDOW = 0x08000000


def command() -> list[str]:
    """What starts the other process."""
    return other_process.command("backup")


class Work(StrEnum):
    """What the other process does with a task: make or verify copies, rehearse a restore, check the whole book."""

    BACK_UP = "back_up"
    REHEARSE = "rehearse"
    CHECK = "check"


def to_bytes(task: Task, work: Work = Work.BACK_UP) -> bytes:
    """What the other process reads from its standard input."""
    key = task.key.secret.hex() if task.key else ""
    said = {"folder": str(task.folder), "now": task.now.isoformat(), "make": task.make, "key": key}
    return json.dumps(said | {"work": work}).encode() + b"\n"


def start(task: Task, work: Work = Work.BACK_UP, *, heard: bool = True) -> subprocess.Popen[bytes]:
    """Starts the other process, which goes on when this one has ended. Its answer stands on its `stdout` where it is `heard`.

    Raises:
        Refusal: `backup-not-started`.
    """
    alone: dict[str, Any] = {"creationflags": _NO_WINDOW} if os.name == "nt" else {"start_new_session": True}
    try:
        process = subprocess.Popen(
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE if heard else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **alone,
        )  # fmt: skip
        assert process.stdin is not None
        with process.stdin as pipe:
            pipe.write(to_bytes(task, work))
    except OSError as error:
        raise Refusal("backup-not-started", "备份没有开始。", "请过一会儿再试。") from error
    return process


def serve() -> str:
    """Does in this process what standard input says, and returns the answer as one line of JSON."""
    other_process.step_aside()
    said = json.loads(sys.stdin.buffer.readline(_LARGEST))
    try:
        told = _ACTS[Work(said["work"])](_task(said))
    except Refusal as refusal:
        told = other_process.refused(refusal)
    return json.dumps(told, ensure_ascii=False)


class Told(NamedTuple):
    """What the other process says: whether it made a copy, whether that lies on this PC alone although a second place is named, and what did
    not succeed, in sentences."""

    made: bool
    only_here: bool
    warnings: tuple[str, ...]


def answer(line: bytes) -> Told:
    """What the other process says that it did.

    Raises:
        Refusal: what it refused; `backup-cut-off` where it said nothing.
    """
    try:
        told = json.loads(line)
    except ValueError:
        raise Refusal("backup-cut-off", "备份中断了，没有做成。", "以前的备份都还在；过一会儿会再做。") from None
    if "refusal" in told:
        raise Refusal(*told["refusal"])
    return Told(told["made"] is not None, bool(told.get("only_here")), tuple(told["warnings"]))


def _task(said: object) -> Task:
    match said:
        case {"folder": str(folder), "now": str(now), "make": bool(make), "key": str(key)}:
            secret = BookKey(bytes.fromhex(key)) if key else None
            return Task(Path(folder), datetime.fromisoformat(now), secret, make)
    raise ValueError("not a task")


def _back_up(task: Task) -> dict[str, Any]:
    done = back_up(task)
    made = str(done.made.folder) if done.made else None
    elsewhere = list(map(str, done.elsewhere))
    return {"made": made, "elsewhere": elsewhere, "only_here": done.only_here, "warnings": list(done.warnings)}


def _rehearse(task: Task) -> dict[str, Any]:
    rehearse(task)
    return {"made": None, "warnings": []}


def _check(task: Task) -> dict[str, Any]:
    """Says on the way how far it is, a line of JSON for each step."""

    def reached(step: int, of: int) -> None:
        sys.stdout.write(json.dumps({"reached": [step, of]}) + "\n")
        sys.stdout.flush()

    lines = check_whole_book(task, reached)
    return {"lines": [line.to_json() for line in lines]}


_ACTS: Mapping[Work, Callable[[Task], dict[str, Any]]] = {
    Work.BACK_UP: _back_up,
    Work.REHEARSE: _rehearse,
    Work.CHECK: _check,
}
