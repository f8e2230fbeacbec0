"""In which mode the window opens: only read, led by the guide, or stopped while somebody works when an older book is found out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.recovering import comparing
from counter_assistant.storage.safekeeping.kept_heads import Kept, kept_outside
from counter_assistant.ui import restart
from counter_assistant.ui.application import Desk
from counter_assistant.ui.recovery import recovery
from counter_assistant.ui.recovery.guide_page import GuidePage
from counter_assistant.ui.shell.trouble import TroublePage
from counter_assistant.ui.start import read_index
from tests.make import SINGLE, a_request, confirmed
from tests.ui.desk_hand import CONTROL, dress, press, type_
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # each opens the whole window


@pytest.fixture
def old(data_dir: Path, tmp_path: Path) -> Path:
    """A confirmed office of two papers with a backup; the book as it was after the first lies aside."""
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        issue_slip(office, a_request(answers=SINGLE))
        shutil.copy(data_dir / paths.BOOK_NAME, tmp_path / "old.db")
        issue_slip(office, a_request(answers=SINGLE))
        assert back_up(Task(data_dir, office.database.now(), None)).made
    return tmp_path / "old.db"


@pytest.fixture
def start(qtbot: Any, data_dir: Path, old: Path) -> Iterator[Callable[[], Desk]]:
    made = list[Desk]()

    def opened() -> Desk:
        dress()
        desk = Desk(data_dir, read_index(), training=False)
        made.append(desk)
        qtbot.addWidget(desk.window)
        with qtbot.waitActive(desk.window):
            desk.window.show()
            desk.window.activateWindow()
        qtbot.waitUntil(lambda: desk.page.attached or isinstance(desk.window.page, GuidePage | TroublePage))
        return desk

    yield opened
    for desk in made:
        desk.window.close()
        desk.opening.close()


def fill(desk: Desk) -> None:
    """A visitor on the desk, as far as F9."""
    find(desk.page, QLineEdit, "item_search").setFocus()
    type_("zlsc")
    press(Qt.Key.Key_Return)


def test_a_book_that_cannot_be_written_is_read_and_everything_else_is_refused(
    qtbot: Any, data_dir: Path, start: Callable[[], Desk]
) -> None:
    """GIVEN a book that is marked read-only WHEN the program starts THEN it says so; the archive shows, F9 is refused, what is typed stays."""
    book = data_dir / paths.BOOK_NAME
    book.chmod(0o444)
    before = book.read_bytes()
    desk = start()
    assert desk.window.status.mode.text() == "● 只读"
    assert "不能写" in desk.window.status.message.accessibleName()
    assert len(desk.opening.office().archive.search()) == 2
    fill(desk)
    press(Qt.Key.Key_F9, CONTROL)
    assert "台账文件只能读，不能写" in says(desk.page, "decision_refusal")
    assert desk.page.matter is not None
    assert book.read_bytes() == before


def test_an_older_book_can_be_looked_at_before_it_is_resolved(
    qtbot: Any, data_dir: Path, old: Path, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "AT_ONCE", 30.0)
    shutil.copy(old, data_dir / paths.BOOK_NAME)
    desk = start()
    page = desk.window.page
    assert isinstance(page, GuidePage)
    assert "本机的备份" in page.sentence.text()
    qtbot.waitUntil(lambda: page.candidate is not None)
    press(Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: desk.page.attached)
    assert desk.window.status.mode.text() == "● 只读"
    office = desk.opening.office()
    with pytest.raises(Refusal, match="就没有了"):
        issue_slip(office, a_request(answers=SINGLE))
    assert len(office.archive.search()) == 1


def test_what_is_found_out_later_stops_the_window_and_begins_anew(
    qtbot: Any, data_dir: Path, old: Path, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a place that answers late WHEN it says that the book is an older one THEN the guide is over the desk, on which all stays."""
    begun: list[bool] = []
    monkeypatch.setattr(recovery, "AT_ONCE", 0.0)
    monkeypatch.setattr(restart, "restart", lambda *, training: begun.extend([training]))
    shutil.copy(old, data_dir / paths.BOOK_NAME)
    answers = Event()

    def late(folder: Path) -> Kept:
        answers.wait(60)
        return kept_outside(folder)

    monkeypatch.setattr(comparing, "kept_outside", late)
    desk = start()
    fill(desk)
    assert desk.window.status.mode.text() == "● 正常"
    answers.set()
    qtbot.waitUntil(lambda: isinstance(desk.window.page, GuidePage))
    page = desk.window.page
    assert isinstance(page, GuidePage)
    qtbot.waitUntil(lambda: page.candidate is not None)
    assert desk.page.matter is not None
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.sentence.text().startswith("台账已恢复并核对过"))
    press(Qt.Key.Key_F9)
    assert begun == [False]


def test_training_has_no_guide(qtbot: Any, data_dir: Path) -> None:
    folder = data_dir / paths.TRAINING
    folder.mkdir(parents=True)
    (folder / paths.BOOK_NAME).write_bytes(b"no book at all" * 100)
    desk = Desk(folder, read_index(), training=True)
    qtbot.addWidget(desk.window)
    desk.window.show()
    qtbot.waitUntil(lambda: isinstance(desk.window.page, TroublePage))
    desk.window.close()
    desk.opening.close()
