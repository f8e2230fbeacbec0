"""未打印 by commands alone: what did not come out is listed, printed, or said to have come out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli.parser import main
from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.printing import printers
from counter_assistant.printing.jobs import Asked, Printer, PrintJob, Told, rejecting
from tests.make import a_request


class Queue:
    """A printing system in the place of this PC's."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str | None]] = []
        self.report = JobReport(PrintState.OUT)
        self.full = False

    def print_pdf(self, pdf: bytes, title: str, printer: str | None = None) -> PrintJob:
        assert pdf.startswith(b"%PDF")
        if self.full:
            raise rejecting("惠普")
        self.sent.append((title, printer))
        return PrintJob("hp", len(self.sent), "", report=self.report)

    def look(self, asked: Sequence[Asked] = ()) -> tuple[list[Printer], dict[str, Told]]:
        return [], {one.number: Told("hp", one.job, self.report) for one in asked}

    def take_back(self, one: Asked) -> Told:
        return Told("hp", one.job, self.report)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    made = Queue()
    for name in ("print_pdf", "look", "take_back"):
        monkeypatch.setattr(printers, name, getattr(made, name))
    return made


@pytest.fixture
def numbers(tmp_path: Path) -> list[str]:
    made = []
    with closing(open_office(tmp_path)) as office:
        office.prints.unprinted()
        for name in "甲乙":
            slip = issue_slip(office, a_request(request_id=name)).slip
            assert slip
            made.append(slip.number)
        office.prints.unprinted()
    return made


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*words: str, code: int = 0) -> Any:
        ended = main(["unprinted", *words, "--data-dir", str(tmp_path), "--json"])
        told = capsys.readouterr()
        assert ended == code, told.err
        return told.err if code else json.loads(told.out)

    return command


def test_they_are_listed_and_printed_once(run: Any, queue: Queue, numbers: list[str]) -> None:
    assert [one["number"] for one in run("list")] == numbers
    assert run("list")[0] | {"at": ""} == {
        "number": numbers[0], "state": "unsent", "trouble": "", "printer": "", "job": None, "at": "", "tries": 0,
        "may_come_out": False,
    }  # fmt: skip
    assert run("print") == [{"number": number, "printed": True, "left": None} for number in numbers]
    assert (queue.sent, run("list"), run("print")) == ([(number, None) for number in numbers], [], [])


def test_what_may_still_come_out_goes_again_only_where_that_is_asked_for(
    run: Any, queue: Queue, numbers: list[str]
) -> None:
    queue.report = JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出")
    printed = run("print", numbers[0], "--printer", "lq")
    assert (queue.sent, printed[0]["left"]["trouble"]) == ([(numbers[0], "lq")], "缺纸")
    assert "确实要重送，请加 --again。" in run("print", numbers[0], code=1)
    run("print", numbers[0], "--again")
    assert len(queue.sent) == 2
    queue.report = JobReport(PrintState.OUT)
    assert [one["number"] for one in run("list")] == [numbers[1]]


def test_a_job_that_was_quicker_is_not_sent_again(
    run: Any, queue: Queue, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.report = JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出")
    run("print", numbers[0])
    out = JobReport(PrintState.OUT)
    monkeypatch.setattr(printers, "take_back", lambda one: Told("hp", one.job, out))
    assert run("print", numbers[0], "--again")[0]["printed"]
    assert len(queue.sent) == 1


def test_a_refusal_stops_and_leaves_the_rest(run: Any, queue: Queue, numbers: list[str]) -> None:
    queue.full = True
    assert "不接收任务" in run("print", code=1)
    assert [one["tries"] for one in run("list")] == [1, 0]


def test_somebody_may_say_that_they_came_out(run: Any, queue: Queue, numbers: list[str]) -> None:
    assert "不在未打印的文书里" in run("done", "别的号", code=1)
    assert run("done", numbers[0]) == {"done": [numbers[0]]}
    assert [one["number"] for one in run("list")] == [numbers[1]]
