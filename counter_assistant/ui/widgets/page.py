"""页：主窗口对每一页只知道这些。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

if TYPE_CHECKING:
    from counter_assistant.domain.typed_text.scan import Scan


class Page(QFrame):
    """A page of the window, or what is shown in the place of all pages. The window knows it by nothing else.

    A frame is what a screen reader takes for a part with a name, and says when it comes in.
    """

    status_message = Signal(str)
    """What the page has to say in the status line."""
    draft_message = Signal(str)
    """How the draft is."""
    KEYS: tuple[tuple[str, str], ...] = ()
    """The keys of this page, which F1 shows: at most eleven, as one line more leads to the other pages."""
    to_pages: tuple[str, str] | None = None
    """The function keys of the pages and what these are called; nothing where no page is reached meanwhile."""

    _told_unsaved = ""

    @property
    def unsaved(self) -> str:
        """What is typed here and would be lost, in a sentence that says what to do; empty where nothing would."""
        return ""

    def hold_open(self) -> bool:
        """The window is to close. True where something typed here would be lost: the page says so, and lets go the next time."""
        told, self._told_unsaved = self._told_unsaved, self.unsaved
        if not self._told_unsaved or told == self._told_unsaved:
            return False
        self.tell(self._told_unsaved)
        return True

    def tell(self, words: str) -> None:
        """Says something that must be read, where the page says such things."""
        self.status_message.emit(words)

    def leave_to_another(self) -> None:
        """Another clerk is about to be at the window: an act that is half done here ends, and what stays typed says whose it is.

        Raises:
            Refusal: it can neither be kept nor left; then nobody else comes.
        """

    def take_scan(self, scan: Scan) -> bool:
        """Takes what was scanned while this is shown in the place of all pages; False where it does nothing with it."""
        return False

    def refresh(self) -> None:
        """What is shown of the book is read again, and keeps its place; nothing that is typed is touched."""

    def remember(self) -> Callable[[], object]:
        """How what the page holds beside its fields stands now; the result puts it back as it was."""
        return lambda: None

    def close_down(self) -> None:
        """The window closes: what is under way is ended or waited for."""
