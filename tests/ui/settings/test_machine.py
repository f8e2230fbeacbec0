"""本机: the reader of identity cards is chosen, and tried at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.devices import serial_port
from counter_assistant.devices.serial_port import Port
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.storage.safekeeping.backup_settings import load
from counter_assistant.ui import local_settings
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.safekeeping import backup_line
from counter_assistant.ui.settings.sections.machine import NO_LIBRARY, READER, SEALING
from tests.make import confirmed
from tests.ui.find import find, says
from tests.ui.settings.conftest import a_page

pytestmark = pytest.mark.slow  # every test makes a page of its own


@pytest.fixture
def page(qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(serial_port, "ports", lambda: [Port("/dev/not-there", "/dev/not-there　CH340")])
    monkeypatch.setattr(serial_port, "is_installed", lambda: True)
    made = a_page(qtbot, office)
    made.turn(made.sections.index(made.machine))
    yield made
    made.close_down()


def chosen(office: Office) -> str:
    return local_settings.load(office.folder).reader


def choice(page: SettingsPage) -> QComboBox:
    return find(page, QComboBox, "身份证读卡器")


def test_without_a_reader_none_is_chosen(page: SettingsPage) -> None:
    assert (choice(page).currentText(), says(page, "reader_note")) == ("无", READER)


def test_a_chosen_reader_is_kept_and_tried(page: SettingsPage, office: Office, qtbot: QtBot) -> None:
    pytest.importorskip("serial")
    choice(page).setCurrentIndex(1)
    assert chosen(office) == "serial:/dev/not-there"
    qtbot.waitUntil(lambda: says(page, "reader_note").startswith("找不到端口 /dev/not-there"))


def test_a_reader_that_works_says_which_kind_of_card_lies_there_and_not_whose(page: SettingsPage, qtbot: QtBot) -> None:
    choice(page).addItem("练习卡", "practice")
    choice(page).setCurrentIndex(choice(page).count() - 1)
    qtbot.waitUntil(lambda: says(page, "reader_note") == "好用，读到一张居民身份证。")


def test_none_again_is_kept_too(page: SettingsPage, office: Office) -> None:
    choice(page).setCurrentIndex(1)
    choice(page).setCurrentIndex(0)
    assert (chosen(office), says(page, "reader_note")) == ("", READER)


def test_without_pyserial_the_note_says_what_to_install(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_port, "is_installed", lambda: False)
    page.machine.load(page.draft)
    assert says(page, "reader_note") == NO_LIBRARY


def test_the_line_of_sealing_says_how_many_people_open_a_sealed_book(page: SettingsPage, office: Office) -> None:
    assert says(page, "seal_note") == SEALING
    office.decide_profile(confirmed(office.profile))
    sealing.seal(office, "0001", "san yue de yu luo zai gengma", sealing.new_sheet())
    page.machine.load(page.draft)
    assert says(page, "seal_note").startswith("已密封，1 个人打得开；")


def test_the_line_of_backups_says_how_they_are_and_asks_for_one(page: SettingsPage, qtbot: QtBot) -> None:
    assert says(page, "backup_note").startswith("还没有核对过的备份。")
    with qtbot.waitSignal(page.machine.backup.asked):
        press_in(page, "Ctrl+B")
    with qtbot.waitSignal(page.machine.backup.asked):
        find(page, QPushButton, "现在备份").click()
    page.machine.backup.show_state("正在备份……")
    assert says(page, "backup_note").startswith("正在备份……还没有核对过的备份。")


def test_another_place_is_named_and_gets_a_copy_at_once(
    page: SettingsPage, office: Office, qtbot: QtBot, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick: Path = tmp_path_factory.mktemp("stick")
    monkeypatch.setattr(backup_line, "ask_for_folder", lambda *_: None)
    press_in(page, "Ctrl+D")
    assert load(office.folder).place == ""
    monkeypatch.setattr(backup_line, "ask_for_folder", lambda *_: stick)
    with qtbot.waitSignal(page.machine.backup.asked):
        press_in(page, "Ctrl+D")
    assert says(page, "backup_note").startswith(f"从现在起也放到 {stick}")
    assert load(office.folder).place.startswith(str(stick))
    monkeypatch.setattr(backup_line, "ask_for_folder", lambda *_: stick / "none")
    press_in(page, "Ctrl+D")
    assert says(page, "backup_note").startswith("备份不能放在")


def test_that_a_copy_is_missing_somewhere_is_said_only_once_none_is_being_made(
    page: SettingsPage, office: Office, tmp_path_factory: Any
) -> None:
    """GIVEN a copy, and a stick that is named after it WHEN the first one for the stick is being made THEN nobody is told to plug it in."""
    back_up(Task(office.folder, office.clock(), office.database.key))
    going_on = [True]
    page.machine.backup.follow(lambda: going_on[0])
    page.machine.backup.name(tmp_path_factory.mktemp("stick"))
    page.machine.backup.show_state("正在备份……")
    assert says(page, "backup_note").startswith("正在备份……最近核对过的：")
    assert "没有放到" not in says(page, "backup_note")
    going_on.clear()
    going_on.append(False)
    page.machine.backup.show_state()
    assert "没有放到" in says(page, "backup_note")


def press_in(page: SettingsPage, keys: str) -> None:
    page.machine.printer.setFocus()
    for shortcut in page.machine.findChildren(QShortcut):
        if shortcut.key() == QKeySequence(keys):
            shortcut.activated.emit()
