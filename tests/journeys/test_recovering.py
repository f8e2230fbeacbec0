"""A book that was lost or turned back, by keys alone: led back to an open desk, and nothing is given twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant import paths, volumes
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.ui.application import Desk
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.recovery import bringing_back, recovery
from counter_assistant.ui.recovery.from_stick import FromStickPage
from counter_assistant.ui.recovery.guide_page import GuidePage
from counter_assistant.ui.start import read_index
from tests.journeys.keys import ALT, CONTROL, Keys
from tests.make import SINGLE, a_request, confirmed
from tests.ui.desk_hand import dress
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every journey opens a window of its own


def issue(office: Office) -> str:
    slip = issue_slip(office, a_request(answers=SINGLE)).slip
    assert slip
    return slip.number


@pytest.fixture
def before(data_dir: Path, tmp_path: Path) -> list[str]:
    """A confirmed office with a journal and a backup: two papers before it, two after. A copy from before lies aside."""
    (tmp_path / "stick").mkdir()
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        name_folder(office, tmp_path / "stick")
        numbers = [issue(office), issue(office)]
        assert office.journal.write_all()
        assert back_up(Task(data_dir, office.database.now(), None)).made
        shutil.copy(data_dir / paths.BOOK_NAME, tmp_path / "a-week-old.db")
        numbers += [issue(office), issue(office)]
        assert office.journal.write_all()
    return numbers


@pytest.fixture
def start(qtbot: Any, data_dir: Path, papers: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Desk]]:
    """Starts the program over the folder, and waits until the guide is there and shows what it has found."""
    made = list[Desk]()
    monkeypatch.setattr(recovery, "AT_ONCE", 30.0)

    def opened() -> Desk:
        dress()
        desk = Desk(data_dir, read_index(), training=False)
        made.append(desk)
        qtbot.addWidget(desk.window)
        with qtbot.waitActive(desk.window):
            desk.window.show()
            desk.window.activateWindow()
        qtbot.waitUntil(lambda: isinstance(desk.window.page, GuidePage) and desk.window.page.candidate is not None)
        return desk

    yield opened
    for desk in made:
        desk.window.close()
        desk.opening.close()


def guided(qtbot: Any, desk: Desk, keys: Keys) -> None:
    """F9 restores, F9 opens."""
    page = desk.window.page
    assert isinstance(page, GuidePage)
    keys.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.sentence.text().startswith("台账已恢复并核对过"))
    keys.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: desk.window.page is desk.page and desk.page.attached)
    qtbot.waitUntil(find(desk.page, QLineEdit, "item_search").hasFocus)


def nothing_is_lost(desk: Desk, numbers: list[str]) -> None:
    office = desk.opening.office()
    assert [row.number for row in office.archive.search()] == numbers[::-1]
    assert office.book.check().ok
    assert issue(office) not in numbers


def test_a_damaged_book_is_restored(qtbot: Any, data_dir: Path, before: list[str], start: Callable[[], Desk]) -> None:
    """GIVEN a disk that wrote zeros into the book WHEN the program starts THEN two keys lead to an open desk on which nothing is missing."""
    book = data_dir / paths.BOOK_NAME
    book.write_bytes(book.read_bytes()[:2048] + bytes(book.stat().st_size - 2048))
    damaged, desk, keys = book.read_bytes(), start(), Keys()
    assert desk.window.status.mode.text() == "● 恢复向导"
    assert "已损坏" in says(desk.window.page, "what_happened")
    guided(qtbot, desk, keys)
    keys.took("恢复损坏的台账")
    assert desk.window.status.mode.text() == "● 正常"
    nothing_is_lost(desk, before)
    (kept,) = data_dir.glob("book-replaced-*.db")
    assert kept.read_bytes() == damaged
    qtbot.waitUntil(lambda: "恢复以后还没有确认" in desk.window.status.second_place.accessibleName())
    keys.type("qrhf")
    keys.press(Qt.Key.Key_Return)
    right = find(desk.window.page, QPushButton, "restored_right")
    assert right.isVisible()
    keys.press(Qt.Key.Key_Y, ALT)
    keys.took("确认恢复以后都对")
    assert not right.isVisible()
    entry = desk.opening.office().book.latest(EntryKind.RESTORED)
    assert entry
    assert Restored.from_payload(entry.payload).act is RestoredAct.CONFIRMED


def test_a_book_that_is_gone_is_no_new_one(
    qtbot: Any, data_dir: Path, before: list[str], start: Callable[[], Desk]
) -> None:
    (data_dir / paths.BOOK_NAME).unlink()
    desk, keys = start(), Keys()
    assert "台账文件不见了" in says(desk.window.page, "what_happened")
    guided(qtbot, desk, keys)
    keys.took("恢复不见了的台账")
    nothing_is_lost(desk, before)


def test_a_copy_of_a_week_ago_that_was_put_back_is_named_and_nothing_is_given_twice(
    qtbot: Any, data_dir: Path, tmp_path: Path, before: list[str], start: Callable[[], Desk]
) -> None:
    """GIVEN an older copy in the place of the book WHEN the program starts THEN it says from which entry on and whence it knows, and gives no
    number before the newest state is restored."""
    shutil.copy(tmp_path / "a-week-old.db", data_dir / paths.BOOK_NAME)
    with closing(open_office(data_dir)) as office:
        had = office.book.head()[0]
    desk, keys = start(), Keys()
    said = says(desk.window.page, "what_happened")
    assert said.startswith(f"流水 {tmp_path / 'stick'}")
    assert f"记着第 {had + 2} 条，台账从第 {had + 1} 条起就没有了" in said
    guided(qtbot, desk, keys)
    keys.took("放回的旧台账，恢复到最新")
    nothing_is_lost(desk, before)


def test_a_stick_is_brought_to_a_new_pc(
    qtbot: Any, data_dir: Path, tmp_path: Path, before: list[str], papers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a program that was just installed and a stick with the copies WHEN it is opened THEN four keys lead to the restored desk, nothing given
    twice where the paper says that nothing came after the copy."""
    new, table, begun = tmp_path / "new pc", tmp_path / "mounts", list[bool]()
    (tmp_path / "usb").mkdir()
    shutil.copytree(data_dir / "backups", tmp_path / "usb" / "counter-assistant-0123456789ab")
    table.write_text(f"/dev/sdc1 {tmp_path / 'usb'} vfat rw 0 0\n", "utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    monkeypatch.setattr(bringing_back, "restart", lambda *, training: begun.append(training))
    dress()
    desk, keys = Desk(new, read_index(), training=False), Keys()
    qtbot.addWidget(desk.window)
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(desk.window.page, FirstRunPage))
    keys.press(Qt.Key.Key_O, CONTROL)
    page = desk.window.page
    assert isinstance(page, FromStickPage)
    qtbot.waitUntil(lambda: page.candidate is not None)
    keys.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.asks_numbers)
    keys.press(Qt.Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: page.sentence.text().startswith("台账已恢复并核对过"))
    keys.press(Qt.Key.Key_F9)
    keys.took("带 U 盘到新电脑")
    assert begun == [False]
    desk.window.close()
    desk.opening.close()
    with closing(open_office(new)) as office:
        assert [row.number for row in office.archive.search()] == before[1::-1]
        assert office.book.check().ok
