"""存为 PDF：系统自己的对话框。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(window: QWidget, name: str) -> Path | None:
    """Asks where a PDF is to be saved, proposing a name; None where the clerk thought better of it."""
    path, _ = QFileDialog.getSaveFileName(window, "存为 PDF", name, "PDF (*.pdf)")
    return Path(path) if path else None
