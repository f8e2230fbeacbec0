"""选文件、存文件：系统自己的对话框，从“文档”开始，以后从上次用的文件夹开始；关上以后光标回到原处。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_assistant.ui.focus_return import FocusReturn


class _Last:
    """The folder that was used last, as long as the program runs."""

    folder: Path | None = None


def ask_where_to_save(
    window: QWidget, name: str, title: str = "存为 PDF", kinds: str = "PDF 文件 (*.pdf)"
) -> Path | None:
    """Asks where a file is to be saved, proposing a name; None where the clerk thought better of it."""
    with FocusReturn():
        path, _ = QFileDialog.getSaveFileName(window, title, str(_start() / name), kinds)
    return _used(path)


def ask_for_file(window: QWidget, title: str, kinds: str) -> Path | None:
    """Asks for a file of these kinds; None where the clerk thought better of it."""
    with FocusReturn():
        path, _ = QFileDialog.getOpenFileName(window, title, str(_start()), kinds)
    return _used(path)


def ask_for_picture(window: QWidget, title: str) -> Path | None:
    """Asks for a picture; None where the clerk thought better of it."""
    return ask_for_file(window, title, "图片 (*.jpg *.jpeg *.png *.bmp)")


def ask_for_folder(window: QWidget, title: str) -> Path | None:
    """Asks for a folder; None where the clerk thought better of it."""
    with FocusReturn():
        path = QFileDialog.getExistingDirectory(window, title, str(_start()))
    return Path(path) if path else None


def _start() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return _Last.folder if _Last.folder and _Last.folder.is_dir() else Path(documents)


def _used(path: str) -> Path | None:
    if not path:
        return None
    _Last.folder = Path(path).parent
    return Path(path)
