"""Cutting off one piece of work again and again: each time anew, in a process of its own, killed or without power at a random instant."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

Say = Callable[..., None]
Said = list[list[str]]


class Work(Protocol):
    """A piece of work that may be cut off."""

    def prepare(self, folder: Path) -> None:
        """Makes what there is before it, in a new folder."""

    def do(self, folder: Path, say: Say) -> None:
        """Does it, and says what a clerk could hear to be done."""

    def faults(self, folder: Path, said: Said) -> list[str]:
        """What is wrong afterwards, held against what was said; puts right what opening puts right."""


@dataclass
class Cuts:
    """What it has come to: how often work was cut off, how often before its end, what was acknowledged, and what was wrong."""

    cuts: int = 0
    in_the_middle: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.cuts} cut off ({self.in_the_middle} before the end), {self.acknowledged} acknowledged, "
            f"{len(self.faults)} faults"
        )


@dataclass
class Power:
    """How power is cut and comes back; where it is not cut, the process is killed."""

    cut: Callable[[], object] = lambda: None
    on: Callable[[], object] = lambda: None
    is_cut: bool = False


def cut_off(
    work: Work,
    folder: Path,
    times: int,
    chance: random.Random,
    power: Power | None = None,
    *,
    until_fault: bool = False,
) -> Cuts:
    """Cuts a piece of work off so many times. It always happens at the same path, which what there was before may name."""
    power, made, place, before = power or Power(), Cuts(), folder / "place", folder / "before"
    place.mkdir()
    work.prepare(place)
    place.rename(before)
    usual = sorted(_time_of(work, before, place) for _ in range(3))[1]
    for n in range(times):
        _lay_out(before, place)
        said, ended = _one(work, place, usual * chance.uniform(0, 1.15), power)
        power.on()
        made.cuts += 1
        made.in_the_middle += not ended
        made.acknowledged += sum(word[0] not in ("begun", "ended", "failed") for word in said)
        found = [" ".join(word) for word in said if word[0] == "failed"] or work.faults(place, said)
        made.faults += [f"{n}: {fault}" for fault in found]
        shutil.rmtree(place)
        if made.faults and until_fault:
            break
    shutil.rmtree(before)
    return made


def _lay_out(before: Path, place: Path) -> None:
    """Puts there what there was before, durably."""
    shutil.copytree(before, place)
    descriptor = os.open(place, os.O_RDONLY)
    try:
        ctypes.CDLL(None).syncfs(descriptor)
    finally:
        os.close(descriptor)


def _time_of(work: Work, before: Path, place: Path) -> float:
    _lay_out(before, place)
    started = time.monotonic()
    said, ended = _one(work, place, 600.0, Power())
    took = time.monotonic() - started
    assert ended, said
    assert work.faults(place, said) == []
    shutil.rmtree(place)
    return took


def _one(work: Work, place: Path, seconds: float, power: Power) -> tuple[Said, bool]:
    """What was said by a process that was cut off after so many seconds, before the power went; and whether it had ended."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _work(work, place, writing)
    os.close(writing)
    with os.fdopen(reading, "rb", 0) as pipe:
        heard = pipe.read(len(b"begun\n"))
        os.set_blocking(reading, False)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not _has_ended(worker):
            time.sleep(0.0005)
        before = heard + (pipe.read() or b"")
        if power.is_cut:
            power.cut()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.set_blocking(reading, True)
        after = pipe.read() or b""
    said = before if power.is_cut else before + after
    lines = [line.split(" ") for line in said.decode().splitlines() if line]
    return lines, ["ended"] in lines


def _has_ended(worker: int) -> bool:
    """Whether a process is at its end; it stays to be waited for."""
    return os.waitid(os.P_PID, worker, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _work(work: Work, place: Path, pipe: int) -> None:
    def say(*words: object) -> None:
        os.write(pipe, (" ".join(map(str, words)) + "\n").encode())

    try:
        say("begun")
        work.do(place, say)
        say("ended")
        os._exit(0)
    except BaseException:
        say("failed", traceback.format_exc().replace("\n", " | "))
    finally:
        os._exit(1)
