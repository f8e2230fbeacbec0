"""Windows of a hall as processes of their own: each issues slip after slip through the whole act, and says on a pipe what it was told.

What is acknowledged is said when the act has returned: that is when a paper would be printed. One that is refused because no server answers
does the same act again, as the desk does by itself; so does the next process at a window whose process was killed. Whoever drives them is one
process without threads, so that it may fork.
"""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.server.book_place import BookPlace
from tests import hall
from tests.make import a_request, an_office
from tests.reliability.harness import ISSUED, VOIDED, Tally, compare, note, requests, sequence_of

ANSWERS = {"who": "self", "marital": "married", "lease": "unregistered"}
AWAY = frozenset(("hall-away", "hall-unsure", "hall-late", "hall-full", "book-locked"))
"""What a clerk is told when no server answers as it should: the same again."""
PATIENCE = 30.0
"""How long, in seconds, the first slip after something happened is waited for. None by then is a fault."""


@dataclass
class Window:
    """A window: its PC's folder stays; its process comes and goes."""

    name: str
    folder: Path
    process: int = 0
    pipe: int = -1
    rest: bytes = b""
    lives: int = 0
    pending: str = ""
    slips: int = 0
    refused: Counter[str] = field(default_factory=Counter)


@dataclass
class Run(Tally):
    """What a run has shown besides: the longest wait for a first slip, in seconds, and what was refused meanwhile, by code."""

    events: Counter[str] = field(default_factory=Counter)
    longest: dict[str, float] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        waits = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in self.longest.items())
        events = ", ".join(f"{times} {what}" for what, times in self.events.items())
        return (
            f"{events}: {len(self.issued)} slips and {len(self.voided)} voids acknowledged, {len(self.lost)} lost, "
            f"{len(self.doubled)} doubled, {len(self.skipped)} skipped; first slip at most {waits}; refused {dict(self.refused)}"
        )


class Windows:
    """Windows that issue into one book on a server. `spoil` is done in each process before it opens the book."""

    def __init__(self, folder: Path, address: str, count: int, spoil: Callable[[], None] = lambda: None) -> None:
        self.address, self.spoil, self.tally = address, spoil, Run()
        self.all = [Window(f"pc{n}", folder / f"pc{n}") for n in range(count)]
        with closing(
            an_office(folder / "before")
        ) as office:  # what is read once is read here, and not by every process
            office.drafts.save("a", {})
            issue_slip(office, a_request(answers=ANSWERS, request_id="a"))

    def start(self) -> None:
        """Starts every window that has no process."""
        for window in self.all:
            if not window.process:
                window.folder.mkdir(exist_ok=True)
                self._start(window)

    def _start(self, window: Window) -> None:
        reading, writing = os.pipe()
        window.lives += 1
        process = os.fork()
        if process == 0:
            os.close(reading)
            hall.as_shipped()
            self._serve(window, writing)
        os.close(writing)
        window.process, window.pipe = process, reading

    def kill(self, window: Window) -> None:
        """Ends a window's process at once, and hears what it still said."""
        os.kill(window.process, signal.SIGKILL)
        os.waitpid(window.process, 0)
        while said := os.read(window.pipe, 65536):
            self._heard(window, said)
        os.close(window.pipe)
        window.process, window.pipe, window.rest = 0, -1, b""
        self.tally.events["kills of windows"] += 1

    def end(self) -> None:
        """Ends all of them."""
        for window in self.all:
            if window.process:
                os.kill(window.process, signal.SIGKILL)
                os.waitpid(window.process, 0)
                os.close(window.pipe)
                window.process = 0

    def go_on(self, seconds: float) -> None:
        """Lets them work for so long."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._listen(left)

    def go_on_until(self, holds: Callable[[], bool]) -> float:
        """Lets them work until something holds; how long that was, in seconds. After `PATIENCE` it is a fault that it does not."""
        began = time.monotonic()
        while not holds() and not self.tally.faults:
            if (left := began + PATIENCE - time.monotonic()) <= 0:
                self.tally.faults.append(f"no slip for {PATIENCE} s")
            else:
                self._listen(left)
        return time.monotonic() - began

    def first_slip_after(self, what: str, of: list[Window] | None = None) -> None:
        """Waits until each window, or each `of` some, was told of another slip."""
        before = {window.name: window.slips for window in self.all}
        waited = self.go_on_until(lambda: all(one.slips > before[one.name] for one in of or self.all if one.process))
        self.tally.longest[what] = max(waited, self.tally.longest.get(what, 0.0))

    def _listen(self, seconds: float) -> None:
        pipes = {window.pipe: window for window in self.all if window.process}
        for ready in select.select(list(pipes), [], [], seconds)[0]:
            if said := os.read(ready, 65536):
                self._heard(pipes[ready], said)
            else:
                self.tally.faults.append(f"{pipes[ready].name} ended by itself")

    def _heard(self, window: Window, said: bytes) -> None:
        *lines, window.rest = (window.rest + said).split(b"\n")
        for line in (one.decode() for one in lines):
            word, _, code = line.partition(" ")
            window.slips += word == ISSUED
            if word == "refused":
                window.refused[code] += 1
                self.tally.refused[code] += 1
            window.pending = note([line], self.tally, window.pending)

    def _serve(self, window: Window, pipe: int) -> None:
        def say(*words: str) -> None:
            os.write(pipe, (" ".join(words) + "\n").encode())

        try:
            for other in self.all:
                if other.process:
                    os.close(other.pipe)
            self.spoil()
            office = self._opened(window, say)
            for uuid in requests(f"{window.name}-{window.lives}", window.pending):
                say("begin", uuid)
                _until_told(say, partial(_serve_one, office, uuid, say))
                say("end", uuid)
        except BaseException:
            with suppress(OSError):
                say("fault", traceback.format_exc().replace("\n", " | "))
        finally:
            os._exit(1)

    def _opened(self, window: Window, say: Callable[..., None]) -> Office:
        opened: list[Office] = []
        place = BookPlace(self.address, window.name)
        _until_told(say, lambda: opened.append(open_office(window.folder, place=place)))
        return opened[0]

    def compared(self) -> Run:
        """What was acknowledged, held against the book: all of it."""
        folder = self.all[0].folder.with_name("reader")
        folder.mkdir(exist_ok=True)
        office = open_office(folder, place=BookPlace(self.address))
        try:
            compare(office.book, self.tally, "", whole=True)
        finally:
            office.close()
        return self.tally


def _until_told(say: Callable[..., None], act: Callable[[], object]) -> None:
    """Does the same again as long as it is refused because no server answers."""
    while True:
        try:
            act()
        except Refusal as refusal:
            if refusal.code not in AWAY:
                raise
            say("refused", refusal.code)
            time.sleep(0.05)
        else:
            return


def _serve_one(office: Office, uuid: str, say: Callable[..., None]) -> None:
    """An applicant: a draft, a slip, and now and then a void."""
    office.drafts.save(uuid, {"uuid": uuid}, "0001")
    issued = issue_slip(office, a_request(answers=ANSWERS, request_id=uuid))
    assert issued.slip is not None
    say(ISSUED, f"{issued.slip.number} {issued.slip.check_code}")
    if sequence_of(issued.slip.number) % 5 == 0:
        _void(office, issued.slip.number)
        say(VOIDED, issued.slip.number)


def _void(office: Office, number: str) -> None:
    """Voids a slip, unless that was done before and its answer lost."""
    if office.archive.show(number).row.void:
        office.database.settle()
    else:
        office.book.void(number, "姓名录错", "李某", copy_returned=True)
