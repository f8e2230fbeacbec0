"""The queue is followed in a worker: what it says of jobs reaches the papers, what it says of the printer the status line."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Asked, Printer, PrintJob, Told, service_down
from counter_assistant.ui import local_settings
from counter_assistant.ui.printing.watch import AWAY, BUSY_MS, CALM_MS, NONE, PrinterWatch
from tests.ui.counter import issue, opened

READY = Printer("hp", "惠普", is_default=True)


class Queue:
    """A printing system that says what it is told to."""

    def __init__(self) -> None:
        self.printers, self.away = [READY], False
        self.reports: dict[str, JobReport] = {}
        self.asked: list[Sequence[Asked]] = []
        self.in_window: list[bool] = []

    def look(self, asked: Sequence[Asked] = ()) -> tuple[list[Printer], dict[str, Told]]:
        self.asked.append(asked)
        self.in_window.append(threading.current_thread() is threading.main_thread())
        if self.away:
            raise service_down()
        return self.printers, {one.number: Told("hp", one.job, self.reports[one.number]) for one in asked}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def said(qtbot: QtBot, office: Office, queue: Queue) -> Iterator[tuple[PrinterWatch, list[tuple[str, bool]]]]:
    watch, words = PrinterWatch(office, queue), list[tuple[str, bool]]()
    watch.said.connect(lambda text, trouble: words.append((text, trouble)))
    yield watch, words
    watch.close_down()


def look(qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]]) -> tuple[str, bool]:
    watch, words = said
    before = len(words)
    watch.look()
    qtbot.waitUntil(lambda: len(words) > before)
    return words[-1]


def sent(office: Office, name: str = "岩罕") -> str:
    office.prints.unprinted()
    number = issue(office, name, printed=False)
    office.prints.begin(number)
    office.prints.sent(number, PrintJob("hp", 7, "", report=JobReport(PrintState.QUEUED)))
    return number


def test_the_line_says_how_the_printer_is_that_would_be_used(
    qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]], queue: Queue, office: Office
) -> None:
    assert look(qtbot, said) == ("打印机 惠普 就绪", False)
    queue.printers = [Printer("hp", "惠普", is_default=True, reasons=("paused",))]
    assert look(qtbot, said) == ("打印机 惠普 已暂停", True)
    queue.printers = [READY, Printer("lq", "针式", reasons=("media-empty-error",))]
    local_settings.use_printer(office.folder, "A4", "lq")
    assert look(qtbot, said) == ("打印机 针式 缺纸", True)
    queue.printers = [READY]
    assert look(qtbot, said) == ("打印机 lq 找不到", True)
    local_settings.use_printer(office.folder, "", "")
    queue.printers = []
    assert look(qtbot, said) == (NONE, True)
    queue.away = True
    assert look(qtbot, said) == (AWAY, True)
    assert queue.in_window == [False] * 6


def test_a_job_is_followed_to_its_end_and_asked_about_more_often(
    qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]], queue: Queue, office: Office
) -> None:
    number = sent(office)
    watch, _ = said
    queue.reports[number] = JobReport(PrintState.PRINTING, began=True)
    assert look(qtbot, said) == ("打印机 惠普 就绪，1 份没打完", False)
    assert watch._timer.interval() == BUSY_MS
    queue.reports[number] = JobReport(PrintState.OUT, began=True)
    assert look(qtbot, said) == ("打印机 惠普 就绪", False)
    assert watch._timer.interval() == CALM_MS
    assert office.prints.of(number) is None


def test_what_holds_a_job_is_believed_at_the_second_look(
    qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]], queue: Queue, office: Office
) -> None:
    number = sent(office)
    queue.reports[number] = JobReport(PrintState.HELD, "没有连上", "接通后会自动打出")
    look(qtbot, said)
    assert office.prints.unprinted() == []
    look(qtbot, said)
    assert [one.paper.trouble for one in office.prints.unprinted()] == ["没有连上"]


def test_a_system_that_is_away_changes_nothing_of_what_is_known(
    qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]], queue: Queue, office: Office
) -> None:
    number, queue.away = sent(office), True
    look(qtbot, said)
    paper = office.prints.of(number)
    assert paper is not None
    assert paper.state is PrintState.QUEUED
    queue.away, queue.reports[number] = False, JobReport(PrintState.OUT)
    look(qtbot, said)
    assert office.prints.of(number) is None


def test_the_window_does_not_wait_for_a_system_that_does_not_answer(
    qtbot: QtBot, said: tuple[PrinterWatch, list[tuple[str, bool]]], queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a system that hangs WHEN it is looked at again and again THEN one worker waits, and no second one."""
    go_on = threading.Event()
    answer = queue.look

    def hang(asked: Sequence[Asked] = ()) -> tuple[list[Printer], dict[str, Told]]:
        go_on.wait(60)
        return answer(asked)

    monkeypatch.setattr(queue, "look", hang)
    watch, words = said
    for _ in range(3):
        watch.look()
        QApplication.processEvents()
        QThread.msleep(1)
    assert words == []
    go_on.set()
    qtbot.waitUntil(lambda: len(words) == 1)


def test_an_answer_after_the_end_is_not_heard(
    office: Office, queue: Queue, said: tuple[PrinterWatch, list[tuple[str, bool]]]
) -> None:
    """GIVEN the queue was asked WHEN the window closes before it answers THEN nothing asks the book, which is closed."""
    watch, words = said
    sent(office)
    queue.reports = {one.number: JobReport(PrintState.OUT) for one in office.prints.asked()}
    watch.look()
    watch.close_down()
    office.close()
    QApplication.processEvents()
    assert (len(queue.asked), words) == (1, [])
