"""选文件、选文件夹、存文件：都是这里的对话框，旁边列着插上的 U 盘，从 U 盘或者上次用的文件夹开始；关上以后光标回到原处。

Where the system has a dialog of its own, as Windows does, it is that one; else it is Qt's, in Chinese as far as Qt leaves anything in English.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileInfo, QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QFileSystemModel, QSplitter, QTreeView, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.volumes import sticks

SIZE, MODIFIED = 1, 3
"""Columns of Qt's model of files."""
WHEN = "yyyy年M月d日 HH:mm"
KILOBYTE = 1024
ROOM, AT_THE_SIDE, NAMES, DATES = (900, 520), 170, 320, 190
"""Pixels of the dialog, of the places at its side, and of the names and the dates of files."""


class _Last:
    """The folder that was used last, as long as the program runs."""

    folder: Path | None = None


class _Kinds(QFileIconProvider):
    """What a file or a folder is called: Qt says Drive, Folder and File in English."""

    def type(self, info: QFileInfo) -> str:
        if info.isRoot():
            return "盘"
        if info.isDir():
            return "文件夹"
        return f"{info.suffix().upper()} 文件".strip()


class _InChinese(QIdentityProxyModel):
    """The files with their dates and sizes in Chinese: Qt's model writes them as the system does, whatever the program speaks."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        files = self.sourceModel()
        if role == Qt.ItemDataRole.DisplayRole and isinstance(files, QFileSystemModel):
            if index.column() == MODIFIED:
                return files.lastModified(self.mapToSource(index)).toLocalTime().toString(WHEN)
            size = files.size(self.mapToSource(index))
            if index.column() == SIZE and 0 < size < KILOBYTE:
                return f"{size} 字节"
        return super().data(index, role)


class FileDialog(QFileDialog):
    """A dialog that begins where there is something to choose."""

    def __init__(self, window: QWidget, title: str, kinds: str = "") -> None:
        super().__init__(window, title, str(_start()), kinds)
        self._icons = _Kinds()  # Qt does not keep it
        self.setIconProvider(self._icons)
        self.setProxyModel(_InChinese(self))
        self.setSidebarUrls([QUrl.fromLocalFile(str(place)) for place in _places()])
        self._make_room()

    def _make_room(self) -> None:
        """So that the name of a stick and a date are read whole; a dialog of the system's own has neither part."""
        self.resize(*map(theme.px, ROOM))
        for splitter in self.findChildren(QSplitter):
            splitter.setSizes([theme.px(AT_THE_SIDE), theme.px(ROOM[0] - AT_THE_SIDE)])
        for tree in self.findChildren(QTreeView):
            tree.header().resizeSection(0, theme.px(NAMES))
            tree.header().resizeSection(MODIFIED, theme.px(DATES))

    def ask(self) -> str:
        """What was chosen; empty where the clerk thought better of it."""
        try:
            return self.selectedFiles()[0] if self.exec() == FileDialog.DialogCode.Accepted else ""
        finally:
            self.deleteLater()


def ask_where_to_save(
    window: QWidget, name: str, title: str = "存为 PDF", kinds: str = "PDF 文件 (*.pdf)"
) -> Path | None:
    """Asks where a file is to be saved, proposing a name; None where the clerk thought better of it."""
    with FocusReturn():
        return _used(save_with(window, title, name, kinds))


def ask_for_file(window: QWidget, title: str, kinds: str) -> Path | None:
    """Asks for a file of these kinds; None where the clerk thought better of it."""
    with FocusReturn():
        return _used(open_with(window, title, kinds))


def ask_for_picture(window: QWidget, title: str) -> Path | None:
    """Asks for a picture; None where the clerk thought better of it."""
    return ask_for_file(window, title, "图片 (*.jpg *.jpeg *.png *.bmp)")


def ask_for_folder(window: QWidget, title: str) -> Path | None:
    """Asks for a folder; None where the clerk thought better of it."""
    with FocusReturn():
        path = folder_with(window, title)
    return Path(path) if path else None


def save_with(window: QWidget, title: str, name: str, kinds: str) -> str:
    """Shows the dialog that saves, with a name proposed. Gives what was chosen, or nothing; so do the two others."""
    dialog = FileDialog(window, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return dialog.ask()


def open_with(window: QWidget, title: str, kinds: str) -> str:
    """Shows the dialog that chooses a file."""
    dialog = FileDialog(window, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog.ask()


def folder_with(window: QWidget, title: str) -> str:
    """Shows the dialog that chooses a folder."""
    dialog = FileDialog(window, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog.ask()


def _places() -> list[Path]:
    """What was plugged in, and the user's own folder."""
    return [*(stick.folder for stick in sticks()), Path.home()]


def _start() -> Path:
    return _Last.folder if _Last.folder and _Last.folder.is_dir() else _places()[0]


def _used(path: str) -> Path | None:
    if not path:
        return None
    _Last.folder = Path(path).parent
    return Path(path)
