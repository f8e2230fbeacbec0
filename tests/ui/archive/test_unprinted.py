"""未打印：listed in the archive, printed at once under progress, nothing twice unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Asked, PrintJob, Told
from counter_assistant.storage.print_file import NAME
from counter_assistant.ui.archive.model import STATE
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.archive.table import _Looks
from counter_assistant.ui.print_service import PrintService
from tests.ui.counter import CONTROL, SHIFT, PrinterInMemory, answer_save_dialog, issue, opened, press, show
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

REJECTS = Refusal("printer-rejects", "打印机“惠普”现在不接收任务，没有打出。", "请换一台打印机。")
HELD = JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def numbers(office: Office) -> list[str]:
    """Four slips: the first came out, the second and the fourth were never sent, the third waits in a queue."""
    office.prints.unprinted()
    made = [issue(office, name, printed=name == "岩罕") for name in ("岩罕", "玉罕", "依罕", "波罕")]
    for number in made[1:]:
        office.prints.begin(number)
        office.prints.refused(number, REJECTS)
    office.prints.begin(made[2])
    office.prints.sent(made[2], PrintJob("hp", 5, "", True, HELD))
    return made


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, numbers: list[str], printer: PrinterInMemory) -> ArchivePage:
    page = ArchivePage(office, PrintService(office.folder, printer))
    show(qtbot, page)
    page.list_unprinted()
    return page


def states(page: ArchivePage) -> list[tuple[str, str]]:
    model = find(page, QTableView).model()
    return [(str(model.index(n, 2).data()), str(model.index(n, STATE).data())) for n in range(model.rowCount())]


def says(page: ArchivePage, name: str) -> str:
    label = find(page, QLabel, name)
    return "" if label.isHidden() else label.text()


def test_only_what_did_not_come_out_is_listed_and_elsewhere_it_has_its_word(page: ArchivePage) -> None:
    assert states(page) == [("波罕", "未打印"), ("依罕", "未打印"), ("玉罕", "未打印")]
    assert says(page, "unprinted_words") == "3 份没有打出来，其中 1 份可能还会打出来。"
    page.finder.search.clear()
    assert states(page)[-1] == ("岩罕", "已出具")
    assert states(page)[0] == ("波罕", "未打印")
    assert not find(page, QPushButton, "print_all").isVisible()


def test_all_is_printed_by_one_key_and_what_may_still_come_out_is_left(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory, numbers: list[str]
) -> None:
    progress: list[str] = []
    page.slip_actions.progress.connect(progress.append)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "" in progress)
    assert [title for _, title, _ in printer.sent] == [numbers[1], numbers[3]]
    assert progress == ["正在送第 1 份，共 2 份。Esc 停下。", "正在送第 2 份，共 2 份。Esc 停下。", ""]
    assert says(page, "message") == "送了 2 份。另有 1 份可能还会打出来，没有重送：选中一份按 Ctrl+P，会先问。"
    assert states(page) == [("波罕", "已出具"), ("依罕", "未打印"), ("玉罕", "已出具")]
    assert says(page, "unprinted_words") == "1 份没有打出来，其中 1 份可能还会打出来。"
    assert list(office.book.entries(EntryKind.SLIP_REPRINTED)) == []
    press(Qt.Key.Key_F9)
    assert len(printer.sent) == 2


def test_a_printer_that_does_not_take_it_stops_all_and_nothing_is_lost(
    qtbot: QtBot, page: ArchivePage, printer: PrinterInMemory
) -> None:
    printer.broken = REJECTS
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "送了 0 份" in says(page, "message"))
    assert "还有 2 份没有送" in says(page, "message")
    assert len(states(page)) == 3
    printer.broken = None
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: [state for _, state in states(page)] == ["已出具", "未打印", "已出具"])


def test_escape_stops_after_the_paper_that_is_on_its_way(
    qtbot: QtBot, page: ArchivePage, printer: PrinterInMemory
) -> None:
    page.slip_actions.print_all()
    press(Qt.Key.Key_Escape)
    page.close_down()
    qtbot.wait(20)
    assert len(printer.sent) == 1
    assert [state for _, state in states(page)] == ["未打印", "未打印", "已出具"]


def test_what_waits_in_a_queue_is_asked_about_and_taken_back_before_it_goes_again(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory, numbers: list[str]
) -> None:
    printer.report = JobReport(PrintState.ENDED, "任务被取消")
    page.open(numbers[2])
    press(Qt.Key.Key_P, CONTROL)
    assert printer.sent == []
    assert "停在打印队列里：缺纸" in says(page, "message")
    assert "再按一次 Ctrl+P，就撤下原来的任务" in says(page, "message")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    assert printer.taken_back == [Asked(numbers[2], "hp", 5)]
    assert office.archive.show(numbers[2]).row.reprints == 0


def test_a_job_that_was_quicker_is_not_printed_twice(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory, numbers: list[str]
) -> None:
    page.open(numbers[2])
    press(Qt.Key.Key_P, CONTROL)
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: office.prints.of(numbers[2]) is None)
    assert (printer.sent, len(printer.taken_back)) == ([], 1)
    assert says(page, "message") == "原来的任务刚刚打完，没有重送。"


def test_a_queue_that_goes_on_is_told_and_no_row_moves_under_the_hand(
    page: ArchivePage, office: Office, numbers: list[str]
) -> None:
    page.open(numbers[2])
    office.prints.told({numbers[2]: Told("hp", 5, JobReport(PrintState.OUT))})
    assert [state for _, state in states(page)] == ["未打印", "已出具", "未打印"]
    assert says(page, "message") == "存档联、当事人联已打出。"
    page.refresh()
    assert [name for name, _ in states(page)] == ["波罕", "玉罕"]


def test_the_clerk_may_say_that_it_came_out(page: ArchivePage, office: Office, numbers: list[str]) -> None:
    press(Qt.Key.Key_D, CONTROL)
    assert [state for _, state in states(page)] == ["已出具", "未打印", "未打印"]
    press(Qt.Key.Key_D, CONTROL | SHIFT)
    assert says(page, "unprinted_words") == "这 2 份确实都打出来了？再按一次 Ctrl+Shift+D。"
    press(Qt.Key.Key_D, CONTROL | SHIFT)
    assert office.prints.unprinted() == []
    page.refresh()
    assert states(page) == []
    assert says(page, "empty") == "都打出来了，没有未打印的文书。"


def test_sheets_that_did_not_come_out_are_saved_as_they_are(
    page: ArchivePage, office: Office, numbers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = answer_save_dialog(monkeypatch, tmp_path)
    page.open(numbers[1])
    press(Qt.Key.Key_S, CONTROL)
    page.open(numbers[2])
    press(Qt.Key.Key_S, CONTROL)
    assert [name.endswith("-电子副本.pdf") for name in offered] == [False, True]
    assert numbers[1] in [one.paper.number for one in office.prints.unprinted()]


def test_what_was_issued_before_a_restore_has_a_quiet_word_and_is_printed_again_as_a_reprint(
    qtbot: QtBot, office: Office, printer: PrinterInMemory
) -> None:
    """GIVEN a slip of before a restore, of which this PC knows nothing WHEN it is opened THEN nothing is red or waits; Ctrl+P counts a reprint."""
    number = issue(office, "岩罕", printed=False)
    office.book.append(EntryKind.RESTORED, Restored(RestoredAct.RESTORED, "1").to_payload())
    (office.folder / NAME).unlink(missing_ok=True)
    office.prints._through = 0
    page = ArchivePage(office, PrintService(office.folder, printer))
    show(qtbot, page)
    assert states(page) == [("岩罕", "打印情况不明")]
    table = find(page, QTableView)
    place = table.model().index(0, STATE)
    assert table.columnWidth(STATE) >= table.fontMetrics().horizontalAdvance(str(place.data())) + 8, "all of it is read"
    assert not _Looks(page.finder.model).look(0, STATE).bold
    page.open(number)
    assert "恢复以前出的" in page.panel.message.text()
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    assert [row.reprints for row in office.archive.search()] == [1]
