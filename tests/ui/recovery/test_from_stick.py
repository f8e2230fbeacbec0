"""A new PC and somebody with a stick, by keys: what is on it is listed, one key restores; whatever is refused is said, and can be tried again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant import volumes
from counter_assistant.operations.office import open_office
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.recovery import guide_words, restoring_page
from counter_assistant.ui.recovery.from_stick import FromStickPage
from counter_assistant.ui.widgets.quiet_list import HINT
from tests.make import clock
from tests.operations.keys.sealed_office import OURS, SHEET
from tests.operations.safekeeping.test_restoring import Branch, a_branch, on_a_new_pc
from tests.ui.desk_hand import CONTROL, dress, press, type_
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find, says

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(restoring_page, "system_clock", clock)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is plugged in, with nothing on it."""
    made, table = tmp_path / "LINCANG", tmp_path / "mounts"
    made.mkdir()
    table.write_text(f"/dev/sda2 / ext4 rw 0 0\n/dev/sdc1 {made} vfat rw 0 0\n", "utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    return made


def put_on(stick: Path, copy: Path) -> Path:
    """A copy as it lies on a stick that is the second place."""
    return Path(shutil.copytree(copy, stick / "counter-assistant-0123456789ab" / copy.name))


class NewPc:
    """The page on a PC on which nothing was done, as it is shown."""

    def __init__(self, qtbot: Any, branch: Branch) -> None:
        dress()
        self.qtbot, self.branch = qtbot, on_a_new_pc(branch)
        self.opened, self.left = list[object](), list[bool]()
        self.page = FromStickPage(self.branch.folder)
        self.page.restored.connect(self.opened.append)
        self.page.finished.connect(lambda: self.left.append(True))
        self.page.resize(1093, 536)
        qtbot.addWidget(self.page)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.wait()

    def wait(self) -> None:
        """Until what is under way has ended."""
        self.qtbot.waitUntil(
            lambda: not (self.page._work.busy or self.page.unsaved) and self.message != guide_words.SEARCHING
        )

    @property
    def rows(self) -> list[str]:
        return [self.page.list.item(n).text() for n in range(self.page.list.count())]

    @property
    def message(self) -> str:
        return says(self.page, "message")

    @property
    def sentence(self) -> str:
        return says(self.page, "what_happened")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifier)
        self.wait()

    def untouched(self) -> bool:
        """Whether the PC is as it was: a book in which nothing was done, and nothing beside it."""
        office = open_office(self.branch.folder, clock)
        new = office.book.head()[0] == 1
        office.close()
        return new and [path.name for path in self.branch.folder.glob("*replaced*")] == []


def test_two_keys_and_that_nothing_was_issued_since_bring_a_copy_to_a_new_pc(
    qtbot: Any, stick: Path, tmp_path: Path
) -> None:
    branch = a_branch(tmp_path, sealed=False)
    (number,) = branch.issue("a")
    put_on(stick, branch.backup())
    new = NewPc(qtbot, branch)
    assert new.rows == ["2026年11月23日 10:42，U 盘 LINCANG，耿马管理部・综合窗口 1，文书 1 份，经办人 5 人"]
    assert new.message == guide_words.CHOOSE_HERE
    assert new.page.list.hasFocus()
    new.press(Key.Key_F9)
    assert new.message == guide_words.NUMBERS
    assert new.untouched()
    new.press(Key.Key_Y, ALT)
    assert new.sentence.startswith("台账已恢复并核对过：")
    assert f"文书 1 份，最后一份是{number}；2026年11月23日 10:42 以后办的不在里面。" in new.sentence
    assert "原来的文件" not in new.sentence
    assert new.message == guide_words.NEXT_HERE
    new.press(Key.Key_F9)
    assert new.opened == [None]
    assert new.branch.issue("b") != [number]


def test_the_journal_on_the_stick_goes_on_from_the_copy_and_nothing_is_asked(
    qtbot: Any, stick: Path, tmp_path: Path
) -> None:
    branch = a_branch(tmp_path, sealed=False)
    branch.journal()
    put_on(stick, branch.backup())
    branch.issue("a", "b")
    shutil.copytree(branch.stick, stick / "流水")
    new = NewPc(qtbot, branch)
    assert len(new.rows) == 2
    new.press(Key.Key_F9)
    assert "文书 2 份" in new.sentence


@pytest.mark.parametrize("by_sheet", [False, True])
def test_a_sealed_copy_asks_who_and_a_wrong_passphrase_can_be_typed_again(
    qtbot: Any, stick: Path, tmp_path: Path, by_sheet: bool
) -> None:
    branch = a_branch(tmp_path, sealed=True)
    branch.issue("a")
    put_on(stick, branch.backup())
    new = NewPc(qtbot, branch)
    assert new.message == guide_words.SECRET
    who, secret = (find(new.page, QLineEdit, name) for name in ("who", "secret"))
    assert who.hasFocus()
    type_("0001")
    secret.setFocus()
    type_("wrong, and long enough")
    new.press(Key.Key_F9)
    assert "口令不对" in new.message
    assert secret.hasFocus()
    assert new.untouched()
    if by_sheet:
        new.press(Key.Key_L, CONTROL)
    secret.setText(SHEET if by_sheet else OURS)
    new.press(Key.Key_F9)
    assert new.message == guide_words.NUMBERS
    new.press(Key.Key_Y, ALT)
    assert new.sentence.startswith("台账已恢复并核对过：")
    new.press(Key.Key_F9)
    (opened,) = new.opened
    assert getattr(opened, "who", "") == "0001"


def a_foreign_file(copy: Path, _: pytest.MonkeyPatch) -> None:
    (copy / BOOK_NAME).write_bytes(b"dear all, the meeting is on Friday" * 200)


def a_file_of_another_program(copy: Path, _: pytest.MonkeyPatch) -> None:
    (copy / BOOK_NAME).unlink()
    with closing(sqlite3.connect(copy / BOOK_NAME)) as file:
        file.execute("CREATE TABLE songs (name TEXT)")
        file.commit()


def a_damaged_one(copy: Path, _: pytest.MonkeyPatch) -> None:
    with (copy / BOOK_NAME).open("r+b") as file:
        file.seek(4096)
        file.write(bytes(60000))


def one_cut_short(copy: Path, _: pytest.MonkeyPatch) -> None:
    with (copy / BOOK_NAME).open("r+b") as file:
        file.truncate(20480)


def a_newer_one(copy: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(copy / BOOK_NAME)) as file:
        file.execute("PRAGMA user_version = 9999")


def no_room(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=60 << 20))


def the_stick_pulled_out(copy: Path, _: pytest.MonkeyPatch) -> None:
    shutil.rmtree(copy)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (a_foreign_file, "台账文件已损坏。请换一份备份。"),
        (a_file_of_another_program, "请换一份；备份文件夹里应当有 book.db 和 backup.json。"),
        (a_damaged_one, "请换一份备份。"),
        (one_cut_short, "请换一份备份。"),
        (a_newer_one, "台账文件由更新版本的程序写成。请安装新版程序后再打开；原文件未改动。"),
        (no_room, "请先清理这块盘，再恢复；什么都没有动。"),
        (the_stick_pulled_out, "请按 F5 再找，或者按 Ctrl+O 选放备份的文件夹，里面的文件夹以年月日起名。"),
    ],
)
def test_what_cannot_be_restored_is_said_and_another_copy_can_be_taken(
    qtbot: Any,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    said: str,
) -> None:
    """GIVEN a copy that is no good WHEN it is taken THEN one sentence says why and one what to do, nothing is left of it, and a good one is
    restored the next time."""
    branch = a_branch(tmp_path, sealed=False)
    branch.issue("a")
    copy = put_on(stick, branch.backup())
    good = Path(shutil.copytree(copy, tmp_path / "good"))
    new = NewPc(qtbot, branch)
    before = {path: path.stat().st_mtime_ns for path in new.branch.folder.iterdir()}
    with monkeypatch.context() as patch:
        spoil(copy, patch)
        new.press(Key.Key_F9)
    assert new.message.endswith(said)
    assert "--" not in new.message
    assert {path: path.stat().st_mtime_ns for path in new.branch.folder.iterdir()} == before
    assert new.untouched()
    new.page.take(good)
    new.wait()
    assert new.rows[0].startswith(str(good))
    new.press(Key.Key_F9)
    new.press(Key.Key_Y, ALT)
    assert new.sentence.startswith("台账已恢复并核对过：")


def test_a_stick_that_comes_later_is_found_and_a_folder_is_chosen(
    qtbot: Any, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = a_branch(tmp_path, sealed=False)
    copy = branch.backup()
    new = NewPc(qtbot, branch)
    assert (new.rows, new.message) == ([], guide_words.NO_STICK)
    assert not find(new.page, QPushButton, "act").isEnabled()
    (tmp_path / "照片").mkdir()
    answer_file_dialog(monkeypatch, "getExistingDirectory", lambda *_: str(tmp_path / "照片"))
    new.press(Key.Key_O, CONTROL)
    assert "照片 里没有备份，也没有流水。" in new.message
    put_on(stick, copy)
    new.press(Key.Key_F5)
    assert len(new.rows) == 1
    assert new.page.list.hasFocus()
    assert find(new.page, QPushButton, "act").isEnabled()


def test_escape_goes_back_step_by_step(qtbot: Any, stick: Path, tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=False)
    put_on(stick, branch.backup())
    new = NewPc(qtbot, branch)
    new.press(Key.Key_F9)
    assert new.page.asks_numbers
    new.press(Key.Key_Escape)
    assert (new.page.asks_numbers, new.left) == (False, [])
    assert new.page.list.hasFocus()
    new.press(Key.Key_Escape)
    assert new.left == [True]
    assert new.untouched()


def test_a_described_copy_of_which_the_book_is_gone_is_not_restored_by_its_description(
    qtbot: Any, stick: Path, tmp_path: Path
) -> None:
    branch = a_branch(tmp_path, sealed=False)
    copy = put_on(stick, branch.backup())
    assert json.loads((copy / "backup.json").read_text("utf-8"))["state"] == "verified"
    (copy / BOOK_NAME).unlink()
    new = NewPc(qtbot, branch)
    new.press(Key.Key_F9)
    assert new.message.startswith("没有这份拷贝：")
    assert new.untouched()


def test_a_pc_in_another_zone_is_asked_about_its_clock_and_no_answer_is_lost(
    qtbot: Any, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = a_branch(tmp_path, sealed=False)
    branch.issue("a")
    put_on(stick, branch.backup())
    new = NewPc(qtbot, branch)
    monkeypatch.setattr(restoring_page, "system_clock", lambda: clock().astimezone(UTC))
    new.press(Key.Key_F9)
    new.press(Key.Key_Y, ALT)
    assert find(new.page, QPushButton, "agree").accessibleName() == "时间没有错，或者已经改好"
    assert "--" not in new.message
    assert new.untouched()
    new.press(Key.Key_Y, ALT)
    assert new.sentence.startswith("台账已恢复并核对过：")


@pytest.mark.parametrize("sealed", [False, True])
def test_a_row_is_read_to_its_end_and_says_whose_the_copy_is_or_that_it_is_sealed(
    qtbot: Any, stick: Path, tmp_path: Path, sealed: bool
) -> None:
    """GIVEN a copy and a journal that goes on from it WHEN they are listed in a small window THEN nothing of the row gives way."""
    branch = a_branch(tmp_path, sealed=sealed)
    branch.journal()
    branch.issue("a")
    put_on(stick, branch.backup())
    branch.issue("b", "c")
    shutil.copytree(branch.stick, stick / "流水")
    new = NewPc(qtbot, branch)
    row = new.page.list.item(0)
    assert ("耿马管理部・综合窗口 1，文书 1 份" in row.text(), "密封的" in row.text()) == (not sealed, sealed)
    hint = str(row.data(HINT))
    assert hint == f"已核对　流水里还有 2 条{'' if sealed else '，其中文书 2 份'}"
    takes = QFontMetrics(theme.type_(theme.DENSE)).horizontalAdvance(row.text())
    takes += QFontMetrics(theme.type_(theme.SMALL)).horizontalAdvance(hint) + theme.px(10 + 10 + 8)
    assert takes <= new.page.list.viewport().width()


def test_the_figures_of_the_list_and_of_the_end_agree(qtbot: Any, stick: Path, tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=False)
    branch.journal()
    put_on(stick, branch.backup())
    branch.issue("a", "b")
    shutil.copytree(branch.stick, stick / "流水")
    new = NewPc(qtbot, branch)
    assert new.page.candidate
    reaches = new.page.candidate.reaches
    new.press(Key.Key_F9)
    assert f"共 {reaches} 条，其中 2 条来自备份以后的记录；这次恢复另记 1 条。" in new.sentence
