"""另一个进程里收一包：窗口照常办件，看得到收到哪里；管道一关就停，停下的什么也没有放进去."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO

from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import other_process
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.exchange.merging import STOPPED, Merged, bring
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import Bundle, read_bundle
from counter_assistant.storage.exchange.bundle_manifest import Manifest
from counter_assistant.storage.exchange.progress import Step
from counter_assistant.storage.sealing.book_key import BookKey

_STDIN = 0


@dataclass(frozen=True)
class Task:
    """Which bundle is to be taken into the books of the branches in a data folder, with the `key` of the centre's own book and the key that opens
    the bundle."""

    folder: Path
    bundle: Path
    key: BookKey | None = field(repr=False)
    pair: Pair = field(repr=False)

    def to_line(self) -> bytes:
        """What the other process reads from its standard input. That is left open, since its end says stop."""
        said = {
            "folder": str(self.folder), "bundle": str(self.bundle), "key": self.key.secret.hex() if self.key else "",
            "secret": self.pair.secret.hex(), "public": self.pair.public.hex(),
        }  # fmt: skip
        return json.dumps(said).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Task:
        """What `to_line` wrote."""
        said = json.loads(line)
        key, pair = bytes.fromhex(said["key"]), Pair(bytes.fromhex(said["secret"]), bytes.fromhex(said["public"]))
        return cls(Path(said["folder"]), Path(said["bundle"]), BookKey(key) if key else None, pair)


def command() -> list[str]:
    """What starts the other process; which bundle, its task says."""
    return other_process.command("merge", "-")


def serve(say: Callable[[str], object]) -> None:
    """Takes the bundle that standard input names; `say` is given each line of the answer, the last of which says what came of it."""
    other_process.step_aside()
    # Unbuffered, since a thread that waits in a buffered reader keeps Python from ending.
    with open(_STDIN, "rb", buffering=0, closefd=False) as pipe:
        task, stopped = Task.from_line(_line(pipe)), Event()
        Thread(target=_wait_for_end, args=(pipe, stopped), daemon=True).start()

        def heard(step: Step, done: int) -> None:
            if stopped.is_set():
                raise Refusal(STOPPED, "停下了，这一包什么也没有放进去。", "要收的，再收一次。")
            say(json.dumps({"reached": [step, done]}))

        try:
            books = BranchBooks(task.folder, task.key, system_clock)
            told = to_json(bring(books, read_bundle(task.bundle), task.pair, heard))
        except Refusal as refusal:
            told = other_process.refused(refusal)
        say(json.dumps(told))


def to_json(merged: Merged) -> dict[str, Any]:
    """What came of a bundle, as it is answered."""
    joined = [
        {"id": bundle.id, "manifest": bundle.manifest.line.decode(), "merged": to_json(its)}
        for bundle, its in merged.joined
    ]
    return {"outcome": merged.outcome, "why": merged.why, "new": merged.new, "joined": joined}


def answered(told: Mapping[str, Any]) -> Merged:
    """What the other process answered.

    Raises:
        Refusal: what it refused; `bundle-merge-cut-off` where it ended without an answer.
    """
    if "refusal" in told:
        raise Refusal(*told["refusal"])
    if "outcome" not in told:
        raise Refusal(
            "bundle-merge-cut-off", "收的时候中断了，没有记下。", "请再收一次：收过的不会重复，没有收的补上。"
        )
    joined = [(_bundle(each), answered(each["merged"])) for each in told["joined"]]
    return Merged(Outcome(told["outcome"]), told["why"], told["new"], tuple(joined))


def _bundle(told: Mapping[str, Any]) -> Bundle:
    """A bundle that had waited and is in a book now, so that its file is gone."""
    return Bundle(Path(), Manifest.from_line(told["manifest"].encode()), told["id"])


def _line(pipe: BinaryIO) -> bytes:
    line = b""
    while not line.endswith(b"\n") and (piece := pipe.read(1)):
        line += piece
    return line


def _wait_for_end(pipe: BinaryIO, stopped: Event) -> None:
    while pipe.read(1):
        pass
    stopped.set()


def write_line(line: str) -> None:
    """Says a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
