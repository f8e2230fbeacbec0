"""页：主窗口对每一页只知道这些。"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the window, or what is shown in the place of all pages. The window knows it by nothing else."""

    status_message = Signal(str)
    """What the page has to say in the status line."""
    draft_message = Signal(str)
    """How the draft is."""
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys of this page, which F1 shows: at most eleven, as one line more leads to the other pages."""
    to_pages: tuple[str, str] = ("", "")
    """The function keys of the pages and what these are called, as the window that takes the page in has them."""

    def close_down(self) -> None:
        """The window closes: what is under way is ended or waited for."""
