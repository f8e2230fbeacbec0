"""本机: a folder for the journal is chosen by key, shown with how far it is, and left again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from counter_assistant.operations.office import Office
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.safekeeping import journal_line
from counter_assistant.ui.settings.safekeeping.journal_line import NO_MORE, ONE_DISK, WHAT_FOR
from tests.storage.safekeeping.second_place import is_whole
from tests.ui.find import find, says
from tests.ui.settings.conftest import a_page

pytestmark = pytest.mark.slow  # every test makes a page of its own


@pytest.fixture
def page(qtbot: Any, office: Office) -> SettingsPage:
    made = a_page(qtbot, office)
    made.turn(made.sections.index(made.machine))
    return made


def choose(page: SettingsPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    monkeypatch.setattr(journal_line, "ask_for_folder", lambda *_: folder)
    qtbot.keyClick(page.machine, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_folder_is_named_by_key_and_left_by_mouse(
    page: SettingsPage, office: Office, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert says(page, "journal_note") == WHAT_FOR
    (tmp_path / "stick").mkdir()
    choose(page, qtbot, monkeypatch, None)
    assert says(page, "journal_note") == WHAT_FOR
    choose(page, qtbot, monkeypatch, tmp_path / "stick")
    assert says(page, "journal_note") == f"在 {tmp_path / 'stick'}，写到第 {office.book.head()[0]} 条。{ONE_DISK}"
    assert is_whole(office.book, tmp_path / "stick")
    qtbot.mouseClick(find(page, QPushButton, "不再记"), Qt.MouseButton.LeftButton)
    assert says(page, "journal_note") == NO_MORE
    assert not find(page.machine, QPushButton, "不再记").isVisible()


def test_on_another_stick_the_journal_is_begun_by_naming_the_folder_again(
    page: SettingsPage, office: Office, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(page, qtbot, monkeypatch, stick)
    assert office.journal.write_all()
    for path in stick.iterdir():
        path.unlink()
    assert not office.journal.look_again()
    assert office.journal.astray
    choose(page, qtbot, monkeypatch, stick)
    assert (office.journal.astray, is_whole(office.book, stick)) == (False, True)


def test_a_folder_that_is_not_there_is_refused_beside_the_button(
    page: SettingsPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(page, qtbot, monkeypatch, tmp_path / "nowhere")
    assert says(page, "journal_note").startswith("没有这个文件夹")
