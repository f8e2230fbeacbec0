"""A day with a bad printer: whatever goes wrong, and whenever, each paper comes out once, and nothing is sent twice unasked."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.papers.print_state import PaperPrint, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.unprinted import to_print
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.paper_prints import Prints
from counter_assistant.printing.jobs import PrintSystem, choose, follow, submit
from tests.make import a_request
from tests.portion import Portion
from tests.printing.conftest import PATIENCE, Captured, CupsServer
from tests.printing.test_cups import by_library, wait_until

pytestmark = [pytest.mark.cups, pytest.mark.slow, pytest.mark.nightly("printing")]

TROUBLES = ("none", "paused", "rejecting", "unplugged", "slow", "cancelled", "server", "killed")


class Day:
    """An office, a queue, and a clerk who does as the window says."""

    def __init__(self, office: Office, cups: CupsServer, queue: str, captured: Captured) -> None:
        self.office, self.cups, self.queue, self.captured = office, cups, queue, captured
        self.system: PrintSystem = by_library(cups.address)
        self.prints = office.prints
        self.asked: list[str] = []

    def issue(self, name: str) -> str:
        slip = issue_slip(self.office, a_request(request_id=name)).slip
        assert slip
        return slip.number

    def send(self, number: str) -> None:
        self.prints.begin(number)
        try:
            job = submit(self.system, b"%PDF " + number.encode() + b" " * 100, number, self.queue)
        except Refusal as refusal:
            self.prints.refused(number, refusal)
        else:
            self.prints.sent(number, job)

    def killed(self, number: str) -> None:
        """The program is killed between the queue's taking of a job and the note of it, and opened again."""
        self.prints.begin(number)
        self.system.send(b"%PDF " + number.encode() + b" " * 100, number, choose(self.system.printers(), self.queue))
        self.prints = self.office.prints = Prints(
            self.office.folder, self.office.book, self.office.archive, self.office.clock
        )

    def look(self) -> None:
        try:
            self.prints.told(follow(self.system, self.prints.asked(), self.system.printers()))
        except Refusal:
            return

    def came_out(self) -> Counter[str]:
        """How many jobs of each paper came out. A server that is stopped prints a job from its start again: that is one job, and its."""
        return Counter(sheet[5:].decode().strip() for sheet in self.captured.jobs().values())

    def settle(self) -> None:
        """Everything is put right: what can be sent is sent, what is asked about is looked for at the printer."""
        until = time.monotonic() + PATIENCE
        while self.prints.asked() or self.prints.unprinted():
            assert time.monotonic() < until, self.prints.all()
            self.look()
            for number in to_print(self.office).send:
                self.send(number)
            for paper in [
                one.paper for one in self.prints.unprinted() if one.paper.may_come_out and not one.paper.is_open
            ]:
                self.answer(paper)

    def answer(self, paper: PaperPrint) -> None:
        self.asked.append(paper.number)
        if self.came_out()[paper.number]:
            self.prints.settle([paper.number])
        else:
            self.send(paper.number)


def go_wrong(day: Day, trouble: str, number: str) -> None:
    """One paper, while something is wrong; afterwards it is put right."""
    queue, cups = day.queue, day.cups
    match trouble:
        case "paused" | "cancelled":
            cups.run("cupsdisable", queue)
            day.send(number)
            if trouble == "cancelled" and (paper := day.prints.of(number)):
                day.system.cancel(queue, paper.job)
            day.look()
            cups.run("cupsenable", queue)
        case "rejecting":
            cups.run("cupsreject", queue)
            day.send(number)
            cups.run("cupsaccept", queue)
        case "unplugged" | "slow":
            with day.captured.with_(trouble):
                day.send(number)
                for _ in range(20):  # it may wait behind an earlier one, which is in the same trouble
                    if _known(day, number) is not PrintState.QUEUED:
                        break
                    time.sleep(0.05)
            cups.run("cupsenable", queue)
        case "server":
            day.send(number)
            cups.stop()
            day.look()
            assert number in day.prints.all() or day.came_out()[number] == 1
            cups.start()
        case "killed":
            day.killed(number)
        case _:
            day.send(number)


def _known(day: Day, number: str) -> PrintState:
    day.look()
    paper = day.prints.of(number)
    return paper.state if paper else PrintState.OUT


def test_each_paper_comes_out_once_whatever_goes_wrong(
    cups: CupsServer, captured: Captured, tmp_path: Path, portion: Portion
) -> None:
    cups.queue("storm", "坏脾气的打印机", captured.uri)
    cups.run("lpadmin", "-p", "storm", "-o", "printer-error-policy=stop-printer")
    with closing(open_office(tmp_path)) as office:
        day = Day(office, cups, "storm", captured)
        day.prints.unprinted()
        numbers = []
        for n in range(portion.times(200, sample=len(TROUBLES))):
            numbers.append(day.issue(f"{n}"))
            trouble = TROUBLES[n] if n < len(TROUBLES) else portion.chance.choice(TROUBLES)
            go_wrong(day, trouble, numbers[-1])
        day.settle()
        wait_until(lambda: sum(day.came_out().values()) >= len(numbers))
        assert day.came_out() == Counter(numbers)
        assert day.prints.all() == {}
