"""The page of the check-up, by keys: what is quick stands there at once, the whole book follows, and the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import SLOW, Level, Subject
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui import local_settings
from counter_assistant.ui.checkup import checking as checking_module
from counter_assistant.ui.checkup.checking import CUT_OFF, Checking
from counter_assistant.ui.checkup.page import BEGINS, CheckupPage
from counter_assistant.ui.print_service import PrintService
from tests.make import SINGLE, a_request, clock
from tests.places import ROOT
from tests.ui.counter import PrintersSeen, nameless, press, rich_labels, screen_texts, show
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each starts another process


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.chdir(ROOT)
    made = open_office(tmp_path, clock)
    issue_slip(made, a_request(answers=SINGLE))
    yield made
    made.close()


def checking_of(office: Office, *printers: Printer) -> Checking:
    port: Any = PrintersSeen(*printers)
    return Checking(office, PrintService(office.folder, port))


def page_of(qtbot: Any, checking: Checking) -> CheckupPage:
    page = CheckupPage(checking)
    show(qtbot, page)
    page.setFocus()
    return page


def said(page: CheckupPage, subject: Subject) -> str:
    return find(page.area.widget(), QLabel, subject.value).text()


def headline(page: CheckupPage) -> str:
    return find(page, QLabel, "headline").text()


def act(page: CheckupPage) -> str:
    return find(page, QPushButton, "act").text()


def test_what_is_quick_stands_there_at_once_and_the_whole_book_follows(qtbot: Any, office: Office) -> None:
    back_up(Task(office.folder, clock()))
    checking = checking_of(office, Printer("hp", "HP 1020", is_default=True))
    page = page_of(qtbot, checking)
    assert (checking.running, act(page), find(page, QLabel, "message").text()) == (True, "停下　F9", BEGINS)
    assert said(page, Subject.BACKUP) == "最近核对过的一份是 11月23日 10:42 的。"
    assert headline(page).endswith("还有没看完的")
    steps: list[str] = []
    checking.changed.connect(lambda: steps.append(find(page, QLabel, "message").text()))
    qtbot.waitUntil(lambda: not checking.running, timeout=30_000)
    qtbot.waitUntil(lambda: said(page, Subject.PRINTER) == "HP 1020 就绪。")
    assert any("第 3 步，共 3 步" in step for step in steps)
    assert said(page, Subject.BOOK) == "2 条记录全部核对过，没有问题。"
    assert said(page, Subject.HEADS) == "与台账以外留着的 1 个台账头相符。"
    assert (headline(page), act(page)) == ("有 6 处要办", "再看一遍　F9")
    texts = screen_texts(page)
    assert "在设置的“本机”里按 Ctrl+M 密封。" in texts, "what to do stands beside it"
    assert (rich_labels(page), nameless(page)) == ([], [])


def test_f9_stops_it_and_begins_anew_and_esc_leaves_it_running(qtbot: Any, office: Office) -> None:
    checking = checking_of(office)
    page = page_of(qtbot, checking)
    left: list[bool] = []
    page.finished.connect(lambda: left.append(True))
    press(Qt.Key.Key_F9)
    assert (checking.running, said(page, Subject.BOOK)) == (False, CUT_OFF)
    assert headline(page).endswith("还有没看完的"), "what was stopped is not well"
    press(Qt.Key.Key_F9)
    assert checking.running
    press(Qt.Key.Key_Escape)
    assert (left, checking.running) == ([True], True)
    qtbot.waitUntil(lambda: not checking.running, timeout=30_000)
    again = page_of(qtbot, checking)
    assert (checking.running, said(again, Subject.BOOK)) == (False, "2 条记录全部核对过，没有问题。")


def test_the_printer_that_was_chosen_is_looked_at(qtbot: Any, office: Office) -> None:
    local_settings.change(office.folder, printer="oki")
    printers = (Printer("hp", "HP 1020", is_default=True), Printer("oki", "OKI 5100", stopped=True))
    checking = checking_of(office, *printers)
    page = page_of(qtbot, checking)
    qtbot.waitUntil(lambda: said(page, Subject.PRINTER) == "OKI 5100：已停止。")
    checking.stop()


def test_a_process_that_says_nothing_leaves_what_it_was_to_find_open(
    qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (["true"], ["echo", "{}"], ["no-such-program-at-all"]):
        monkeypatch.setattr(checking_module, "command", lambda command=command: command)
        checking = checking_of(office)
        page = page_of(qtbot, checking)
        qtbot.waitUntil(lambda checking=checking: not checking.running, timeout=30_000)
        assert said(page, Subject.BOOK) == CUT_OFF
        assert checking.result is not None
        assert {line.level for line in checking.result.lines if line.subject in SLOW} == {Level.OPEN}


def test_a_book_that_cannot_be_read_is_said(qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: Office) -> None:
        raise Refusal("book-damaged", "台账文件已损坏。", "请用备份恢复。")

    monkeypatch.setattr(checking_module, "checkup", damaged)
    page = page_of(qtbot, checking_of(office))
    assert (headline(page), said(page, Subject.BOOK)) == ("有 1 处要办", "台账文件已损坏。")


def test_it_scrolls_by_keys_where_there_is_more_than_room(qtbot: Any, office: Office) -> None:
    checking = checking_of(office)
    page = page_of(qtbot, checking)
    page.resize(900, 330)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0)
    press(Qt.Key.Key_PageDown)
    assert page.area.verticalScrollBar().value() > 0
    press(Qt.Key.Key_PageUp)
    assert page.area.verticalScrollBar().value() == 0
    checking.stop()


def test_nothing_is_begun_on_a_book_that_was_closed(office: Office) -> None:
    checking = checking_of(office)
    office.close()
    checking.begin()
    assert (checking.running, checking.result) == (False, None)
