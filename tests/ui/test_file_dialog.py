"""Every dialog for files is made in one place: sticks at its side, nothing proposed that is not there, and not a word of English."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView, QWidget

from counter_assistant import volumes
from counter_assistant.ui import file_dialog
from counter_assistant.ui.file_dialog import (
    FileDialog,
    ask_for_file,
    ask_for_folder,
    ask_for_picture,
    ask_where_to_save,
)
from tests.places import ROOT
from tests.ui.desk_hand import dress

ASKS: dict[str, Callable[[QWidget], Path | None]] = {
    "save": lambda window: ask_where_to_save(window, "名单.pdf"),
    "file": lambda window: ask_for_file(window, "收一包", "交换包 (*.bundle)"),
    "picture": lambda window: ask_for_picture(window, "张三的照片"),
    "folder": lambda window: ask_for_folder(window, "备份的文件夹"),
}


@pytest.fixture(autouse=True)
def plugged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with a folder on it, and a home without any of the folders that a system makes in English."""
    stick, home, table = tmp_path / "LINCANG", tmp_path / "home", tmp_path / "mounts"
    (stick / "照片").mkdir(parents=True)
    (stick / "照片.jpg").write_bytes(b"x" * 400)
    home.mkdir()
    table.write_text(f"/dev/sdc1 {stick} vfat rw 0 0\n", "utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(file_dialog._Last, "folder", None)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    return stick


def shown(qtbot: Any, ask: Callable[[QWidget], Path | None], look: Callable[[FileDialog], None]) -> Path | None:
    """Has a dialog asked for, looks at it once it is there, and closes it."""
    dress()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    seen = list[bool]()

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        try:
            look(dialog)
            seen.append(True)
        finally:
            dialog.reject()

    QTimer.singleShot(0, go)
    came = ask(window)
    assert seen == [True]
    return came


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_it_begins_at_the_stick_and_lists_what_is_plugged_in(
    qtbot: Any, ask: Callable[[QWidget], Path | None], plugged_in: Path
) -> None:
    def look(dialog: FileDialog) -> None:
        places = [url.toLocalFile() for url in dialog.sidebarUrls()]
        assert places == [str(plugged_in), str(Path.home())]
        assert dialog.directory().absolutePath() == str(plugged_in)

    assert shown(qtbot, ask, look) is None


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_without_a_stick_it_begins_at_home_and_proposes_no_folder_that_is_not_there(
    qtbot: Any, ask: Callable[[QWidget], Path | None], plugged_in: Path
) -> None:
    volumes.MOUNTS.write_text("/dev/sda2 / ext4 rw 0 0\n", "utf-8")

    def look(dialog: FileDialog) -> None:
        assert [url.toLocalFile() for url in dialog.sidebarUrls()] == [str(Path.home())]
        assert dialog.directory().absolutePath() == str(Path.home())
        typed = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(typed, QLineEdit)
        assert typed.text() in ("", "名单.pdf")

    shown(qtbot, ask, look)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_what_it_says_of_files_is_chinese(qtbot: Any, ask: Callable[[QWidget], Path | None], plugged_in: Path) -> None:
    def look(dialog: FileDialog) -> None:
        tree = dialog.findChild(QTreeView)
        assert isinstance(tree, QTreeView)
        model = tree.model()
        qtbot.waitUntil(lambda: model.rowCount(tree.rootIndex()) > 0)
        rows = [
            [str(model.index(n, column, tree.rootIndex()).data() or "") for column in range(4)]
            for n in range(model.rowCount(tree.rootIndex()))
        ]
        kinds = {row[0]: (row[1], row[2]) for row in rows}
        assert kinds["照片"] == ("", "文件夹")
        assert kinds.get("照片.jpg", ("400 字节", "JPG 文件")) == ("400 字节", "JPG 文件")
        assert all(re.fullmatch(r"20\d\d年\d+月\d+日 \d\d:\d\d", row[3]) for row in rows)
        heads = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(4)]
        assert not re.search("[A-Za-z]", "".join(heads))

    shown(qtbot, ask, look)


def test_the_folder_that_was_used_last_goes_before_the_stick(qtbot: Any, tmp_path: Path) -> None:
    file_dialog._used(str(tmp_path / "home" / "名单.pdf"))
    shown(qtbot, ASKS["save"], lambda dialog: _at(dialog, tmp_path / "home"))


def _at(dialog: FileDialog, folder: Path) -> None:
    assert dialog.directory().absolutePath() == str(folder)


def test_nobody_else_makes_a_dialog_for_files() -> None:
    users = {
        path.relative_to(ROOT / "counter_assistant").as_posix()
        for path in (ROOT / "counter_assistant").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.alias) and node.name == "QFileDialog"
    }
    assert users == {"ui/file_dialog.py"}
