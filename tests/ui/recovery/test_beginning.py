"""A program that is opened for the first time, in the whole window: the first page, the way to the copies and back, and the restored desk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant import volumes
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.recovering.candidates import Found
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui import local_settings
from counter_assistant.ui.application import Desk
from counter_assistant.ui.backing_up import DONE, GOING_ON
from counter_assistant.ui.first_run import page as first_page
from counter_assistant.ui.first_run.page import BROUGHT, FirstRunPage
from counter_assistant.ui.recovery import beginning, bringing_back, opened_again, restoring_page
from counter_assistant.ui.recovery.beginning import Beginning
from counter_assistant.ui.recovery.from_stick import FromStickPage
from counter_assistant.ui.sealing.opening_page import OpeningPage
from counter_assistant.ui.settings.safekeeping.restored_line import CONFIRMED, NO_PLACE
from counter_assistant.ui.shell.requests import ShowMachine
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.quiet_list import HINT
from tests.make import NOW, clock, confirmed
from tests.operations.keys.sealed_office import OURS
from tests.operations.safekeeping.test_restoring import Branch, a_branch, number_of
from tests.ui.desk_hand import CONTROL, commit, dress, press, type_
from tests.ui.find import find, says
from tests.ui.first_run.test_page import TYPED
from tests.ui.recovery.test_from_stick import put_on, stick

__all__ = ["stick"]
pytestmark = pytest.mark.slow  # each opens the whole window
Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(restoring_page, "system_clock", clock)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Where the program would begin anew."""
    made = list[bool]()
    monkeypatch.setattr(bringing_back, "restart", lambda *, training: made.append(training))
    return made


@pytest.fixture
def start(qtbot: Any, data_dir: Path) -> Iterator[Callable[[type], Desk]]:
    """Opens the program, and waits until it shows a page of a kind."""
    made = list[Desk]()

    def opened(kind: type) -> Desk:
        dress()
        desk = Desk(data_dir, read_index(), training=False)
        made.append(desk)
        qtbot.addWidget(desk.window)
        with qtbot.waitActive(desk.window):
            desk.window.show()
            desk.window.activateWindow()
        qtbot.waitUntil(lambda: isinstance(desk.window.page, kind) and (desk.page.attached or kind is OpeningPage))
        return desk

    yield opened
    for desk in made:
        desk.window.close()
        desk.opening.close()


def another_pc(tmp_path: Path, *, sealed: bool) -> Branch:
    """Where the book was before."""
    (tmp_path / "another pc").mkdir()
    return a_branch(tmp_path / "another pc", sealed=sealed)


def look_at_everything(desk: Desk) -> None:
    """What looks by itself now and then does so now."""
    backing_up = desk.backing_up
    assert backing_up is not None
    backing_up.look()
    backing_up._look_for_upgrade()
    desk.journal_watch.look()
    desk.housekeeping.look()
    desk.printer_watch.look()
    desk.recovery._look()
    desk.window._look_again.timeout.emit()
    assert not backing_up.running, "a process of its own would find a file to which it has no key"


def what_is_shown(desk: Desk) -> Page:
    return desk.window.page


def at_the_copies(qtbot: Any, desk: Desk) -> FromStickPage:
    press(Key.Key_O, CONTROL)
    page = desk.window.page
    assert isinstance(page, FromStickPage)
    qtbot.waitUntil(lambda: page.candidate is not None)
    return page


def test_a_stick_that_comes_later_is_found_by_its_key_in_the_window(
    qtbot: Any, stick: Path, tmp_path: Path, start: Callable[[type], Desk]
) -> None:
    """GIVEN the window of the whole program, of whose pages one has the same key WHEN it is pressed THEN it is this page's."""
    branch = another_pc(tmp_path, sealed=False)
    desk = start(FirstRunPage)
    press(Key.Key_O, CONTROL)
    page = desk.window.page
    assert isinstance(page, FromStickPage)
    qtbot.waitUntil(page.again.hasFocus)
    put_on(stick, branch.backup())
    press(Key.Key_F5)
    qtbot.waitUntil(lambda: page.candidate is not None)


@pytest.mark.parametrize("by", ["saving", "waiting"])
def test_a_stick_that_is_plugged_in_while_the_page_is_filled_in_is_seen_before_anything_is_saved(
    qtbot: Any, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[[type], Desk], by: str
) -> None:
    """GIVEN a page that was opened without a stick WHEN one with copies comes THEN it is said, by itself and at the latest when the page is saved."""
    put_on(stick, another_pc(tmp_path, sealed=False).backup())
    table = volumes.MOUNTS.read_text("utf-8")
    volumes.MOUNTS.write_text(table.splitlines()[0] + "\n", "utf-8")
    monkeypatch.setattr(beginning, "LOOK_AGAIN_MS", 20 if by == "waiting" else 60_000)
    desk = start(FirstRunPage)
    first = desk.window.page
    assert isinstance(first, FirstRunPage)
    for text in TYPED:
        type_(text) if text.isascii() else commit(text)
        press(Key.Key_Tab)
    (leading,) = desk.window.findChildren(Beginning)
    qtbot.waitUntil(lambda: not leading._looking.busy)
    assert first.brought.whole == BROUGHT
    volumes.MOUNTS.write_text(table, "utf-8")
    if by == "waiting":
        qtbot.waitUntil(lambda: first.brought.whole.startswith("U 盘 LINCANG 有备份"))
    press(Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: says(first, "message").startswith("U 盘 LINCANG 有备份：换了电脑的按 Ctrl+O 恢复"))
    assert desk.opening.office().book.latest(EntryKind.OFFICE_PROFILE) is None
    press(Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: desk.opening.office().book.latest(EntryKind.OFFICE_PROFILE) is not None)


def test_a_stick_that_never_answers_is_not_waited_for_for_ever(
    qtbot: Any, stick: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[[type], Desk]
) -> None:
    answers = Event()
    monkeypatch.setattr(beginning, "_brought", lambda: answers.wait() and Found((), 0, None))
    monkeypatch.setattr(first_page, "LONGEST_LOOK_MS", 50)
    desk = start(FirstRunPage)
    for text in TYPED:
        type_(text) if text.isascii() else commit(text)
        press(Key.Key_Tab)
    press(Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: desk.opening.office().book.latest(EntryKind.OFFICE_PROFILE) is not None)
    answers.set()


def test_the_way_to_the_copies_and_back_loses_nothing_that_was_typed(
    qtbot: Any, stick: Path, tmp_path: Path, start: Callable[[type], Desk]
) -> None:
    branch = another_pc(tmp_path, sealed=False)
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    type_("x")
    at_the_copies(qtbot, desk)
    press(Key.Key_Escape)
    assert isinstance(what_is_shown(desk), FirstRunPage)
    assert find(desk.window.page, QLineEdit, "branch").text() == "x"
    find(desk.window.page, QPushButton, "从备份恢复…").click()
    assert isinstance(what_is_shown(desk), FromStickPage)
    find(desk.window.page, QPushButton, "返回").click()
    assert find(desk.window.page, QLineEdit, "branch").text() == "x"
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.page is desk.page)


def test_a_stick_with_copies_is_told_on_the_first_page_and_a_new_book_beside_them_is_asked_about(
    qtbot: Any, stick: Path, tmp_path: Path, start: Callable[[type], Desk]
) -> None:
    """GIVEN a new PC and the stick of the old one WHEN the first page is filled in THEN numbers are not given a second time without a word."""
    branch = another_pc(tmp_path, sealed=False)
    branch.issue("a")
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page: Any = desk.window.page
    qtbot.waitUntil(lambda: "U 盘 LINCANG 有备份（耿马管理部・综合窗口 1，文书 1 份" in page.brought.whole)
    for text in TYPED:
        commit(text) if not text.isascii() else type_(text)
        press(Key.Key_Return)
    assert desk.window.page is page
    assert "确实要从头开始的，再按一次" in says(page, "message")
    assert list(desk.opening.office().book.entries(EntryKind.OFFICE_PROFILE)) == []
    press(Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: what_is_shown(desk) is desk.page)


@pytest.mark.parametrize("then", ["left", "emptied"])
def test_what_is_left_or_changed_while_a_stick_is_looked_at_is_not_saved(
    qtbot: Any, stick: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[[type], Desk], then: str
) -> None:
    """GIVEN a page that was to be saved WHEN it is left, or a field emptied, before the stick has answered THEN nothing is saved once it has."""
    answers = Event()
    monkeypatch.setattr(beginning, "_brought", lambda: answers.wait() and Found((), 0, None))
    desk = start(FirstRunPage)
    first = desk.window.page
    for text in TYPED:
        type_(text) if text.isascii() else commit(text)
        press(Key.Key_Tab)
    press(Key.Key_S, CONTROL)
    assert says(first, "message") == first_page.LOOKING
    if then == "left":
        press(Key.Key_Escape)
        press(Key.Key_Escape)
        qtbot.waitUntil(lambda: what_is_shown(desk) is desk.page)
    else:
        find(first, QLineEdit, "branch").clear()
    answers.set()
    (leading,) = desk.window.findChildren(Beginning)
    qtbot.waitUntil(lambda: not leading._looking.busy)
    qtbot.wait(50)
    assert desk.opening.office().book.latest(EntryKind.OFFICE_PROFILE) is None


@pytest.mark.parametrize("issued", [True, False])
def test_whoever_has_filled_in_the_first_page_finds_the_restore_by_its_name(
    qtbot: Any,
    data_dir: Path,
    stick: Path,
    tmp_path: Path,
    begun: list[bool],
    start: Callable[[type], Desk],
    issued: bool,
) -> None:
    """GIVEN an office that began anew on a new PC, perhaps with a slip under a number that is out already, and copied that to the stick too WHEN the
    copies are looked for THEN those of before are marked, what would go is told first, and then the book is the one of before."""
    branch = another_pc(tmp_path, sealed=False)
    numbers = branch.issue("a", "b")
    put_on(stick, branch.backup())
    with closing(open_office(data_dir, clock)) as office:
        office.decide_profile(confirmed(office.profile))
        if issued:
            number_of(office, "z")
        begun_here = back_up(Task(data_dir, NOW + timedelta(minutes=1), None)).made
    assert begun_here is not None
    put_on(stick, begun_here.folder)
    desk = start(Page)
    qtbot.waitUntil(lambda: desk.context.find_actions("hf") != [])
    type_("hfbf")
    press(Key.Key_Return)
    page = desk.window.page
    assert isinstance(page, FromStickPage)
    qtbot.waitUntil(lambda: page.candidate is not None)
    press(Key.Key_Escape)
    assert what_is_shown(desk) is desk.page
    type_("cbfhf")
    press(Key.Key_Return)
    again = desk.window.page
    assert isinstance(again, FromStickPage)
    qtbot.waitUntil(lambda: again.candidate is not None)
    assert "就是现在开着的这一本" in again.list.item(0).data(HINT)
    assert again.list.currentRow() == 1
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: "现在的台账里" in says(again, "message"))
    assert ("里面没有文书，是单位资料这一类" in says(again, "message")) is not issued
    assert not find(again, QPushButton, "act").isEnabled(), "the same again would change nothing"
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(again, "what_happened").startswith("台账已恢复并核对过"))
    assert "这台电脑上原来那一本的" in says(again, "what_happened")
    press(Key.Key_F9)
    assert begun == [False]
    desk.window.close()
    desk.opening.close()
    with closing(open_office(data_dir, clock)) as office:
        assert [row.number for row in office.archive.search()] == numbers[::-1]


def test_the_desk_opens_on_what_was_restored_and_says_how_far_it_goes(
    qtbot: Any, data_dir: Path, stick: Path, tmp_path: Path, begun: list[bool], start: Callable[[type], Desk]
) -> None:
    branch = another_pc(tmp_path, sealed=False)
    numbers = branch.issue("a", "b")
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    press(Key.Key_Y, ALT)
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(page, "what_happened").startswith("台账已恢复并核对过"))
    assert begun == []
    press(Key.Key_F9)
    assert begun == [False]
    desk.window.close()
    desk.opening.close()
    desk = start(type(desk.page))
    assert desk.window.page is desk.page
    qtbot.waitUntil(lambda: desk.window.status.message.accessibleName().startswith("恢复了 2 份文书，到11月"))
    qtbot.waitUntil(lambda: "恢复以后还没有确认" in desk.window.status.second_place.accessibleName())
    assert [row.number for row in desk.opening.office().archive.search()] == numbers[::-1]


def test_whoever_opened_a_sealed_copy_is_remembered_for_the_next_opening(
    qtbot: Any, data_dir: Path, stick: Path, tmp_path: Path, begun: list[bool], start: Callable[[type], Desk]
) -> None:
    branch = another_pc(tmp_path, sealed=True)
    branch.issue("a")
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    type_("0001")
    find(page, QLineEdit, "secret").setText(OURS)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    press(Key.Key_Y, ALT)
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(page, "what_happened").startswith("台账已恢复并核对过"))
    look_at_everything(desk)
    assert desk.window.status.message.accessibleName().strip() == "", "it is right, and nothing says otherwise"
    press(Key.Key_F9)
    assert (begun, local_settings.load(data_dir).opener) == ([False], "0001")
    desk.window.close()
    desk.opening.close()
    desk = start(OpeningPage)
    assert find(desk.window.page, QLineEdit, "who").text() == "0001"


def test_where_the_program_cannot_begin_anew_that_is_said_and_the_next_opening_has_the_book(
    qtbot: Any,
    data_dir: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: Callable[[type], Desk],
) -> None:
    branch = another_pc(tmp_path, sealed=False)
    branch.issue("a")
    put_on(stick, branch.backup())

    def refuse(*, training: bool) -> None:
        raise Refusal("cannot-restart", "程序没有能重新启动。", "请关闭后从桌面图标再打开。")

    monkeypatch.setattr(bringing_back, "restart", refuse)
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    press(Key.Key_Y, ALT)
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(page, "what_happened").startswith("台账已恢复并核对过"))
    press(Key.Key_F9)
    assert "程序没有能重新启动" in desk.window.status.message.accessibleName()
    press(Key.Key_F9)  # the same once more does no harm
    desk.window.close()
    desk.opening.close()
    office = open_office(data_dir)
    assert len(office.archive.search()) == 1
    office.close()


def test_a_copy_that_was_being_made_when_the_restore_began_says_nothing_of_the_file_that_came(
    qtbot: Any, data_dir: Path, stick: Path, tmp_path: Path, begun: list[bool], start: Callable[[type], Desk]
) -> None:
    """GIVEN a copy under way in another process WHEN a sealed book takes the place THEN its answer, that the file cannot be read, is heard by
    nobody."""
    branch = another_pc(tmp_path, sealed=True)
    branch.issue("a")
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    backing_up = desk.backing_up
    assert backing_up is not None
    backing_up._process = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read(); print('no answer')"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    backing_up._ask.start()
    type_("0001")
    find(page, QLineEdit, "secret").setText(OURS)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    press(Key.Key_Y, ALT)
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(page, "what_happened").startswith("台账已恢复并核对过"))
    assert backing_up._process.stdin is not None
    backing_up._process.stdin.close()
    qtbot.waitUntil(lambda: not backing_up.running)
    assert desk.window.status.message.accessibleName().strip() == ""


def test_after_a_restore_that_was_refused_the_first_page_goes_on_with_the_book_that_was_there(
    qtbot: Any, data_dir: Path, stick: Path, tmp_path: Path, start: Callable[[type], Desk]
) -> None:
    branch = another_pc(tmp_path, sealed=False)
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    assert desk.opening.office().book.head()[0] == 1
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert isinstance(what_is_shown(desk), FirstRunPage)
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.page is desk.page)
    assert not desk.opening.office().database.closed


def test_the_status_line_stops_saying_that_nobody_has_confirmed_as_soon_as_somebody_has(
    qtbot: Any, data_dir: Path, stick: Path, tmp_path: Path, begun: list[bool], start: Callable[[type], Desk]
) -> None:
    branch = another_pc(tmp_path, sealed=False)
    branch.issue("a")
    put_on(stick, branch.backup())
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    press(Key.Key_Y, ALT)
    press(Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: says(page, "what_happened").startswith("台账已恢复并核对过"))
    press(Key.Key_F9)
    desk.window.close()
    desk.opening.close()
    desk = start(type(desk.page))
    qtbot.waitUntil(desk.window.status.second_place.isVisible)
    desk.context.ask(ShowMachine())
    desk.opening.office().confirm_clock()  # where the tests run it may be in another zone
    press(Key.Key_B, CONTROL)
    assert says(desk.window, "backup_note").startswith("恢复以后还没有确认，备份停着。")
    press(Key.Key_Y, ALT)
    assert not desk.window.status.second_place.isVisible()
    backing_up = desk.backing_up
    assert backing_up is not None
    assert backing_up.running, "a copy is made at once"
    assert says(desk.window, "restored_note") == CONFIRMED + NO_PLACE
    assert says(desk.window, "backup_note").startswith(GOING_ON), "that they were stopped is not left beside it"
    qtbot.waitUntil(lambda: not backing_up.running, timeout=60_000)
    assert says(desk.window, "backup_note").startswith(f"{DONE}最近核对过的：")


def test_the_seconds_move_while_the_file_is_locked_because_nobody_waits_for_it_in_the_window(
    qtbot: Any,
    data_dir: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: Callable[[type], Desk],
) -> None:
    """GIVEN a restore that holds the book's file WHEN all that looks by itself does so THEN nothing waits for the lock and the line goes on
    counting."""
    branch = another_pc(tmp_path, sealed=False)
    put_on(stick, branch.backup())
    held, may_end = Event(), Event()

    def hold(*_: object) -> None:
        with closing(sqlite3.connect(data_dir / BOOK_NAME, isolation_level=None)) as file:
            file.execute("BEGIN EXCLUSIVE")
            held.set()
            may_end.wait(60)
            file.execute("ROLLBACK")
        raise Refusal("restore-unsaved", "没有恢复。", "请重试。")

    monkeypatch.setattr(opened_again, "restore", hold)
    seconds = iter(range(10_000))
    monkeypatch.setattr(restoring_page, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(restoring_page, "SECOND_MS", 10)
    desk = start(FirstRunPage)
    page = at_the_copies(qtbot, desk)
    press(Key.Key_F9)
    qtbot.waitUntil(held.is_set)
    look_at_everything(desk)
    first = says(page, "message")
    qtbot.waitUntil(lambda: says(page, "message") != first)
    assert "已用" in says(page, "message")
    assert desk.window.status.message.accessibleName().strip() == ""
    may_end.set()
    qtbot.waitUntil(lambda: says(page, "message").startswith("没有恢复。"))
    assert not desk.opening.office().database.closed
