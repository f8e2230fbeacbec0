"""新装的电脑：第一次打开的那一页，和从它走得到的“从备份恢复”；插着的 U 盘上有备份的，页上先说。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.operations.office import Office
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.recovery.bringing_back import bring_back
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from counter_assistant.operations.safekeeping.recovering.candidates import Found


class Beginning(QObject):
    """Leads through the first opening of a data folder, until the office has a profile or goes on with the example: then `begun` is
    called. What was typed on the first page is there again after a look at the copies."""

    def __init__(self, window: MainWindow, office: Office, begun: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._office, self._begun = window, office, begun
        self._typed = dict[str, str]()
        self._page: FirstRunPage | None = None
        self._looking = Deriving(self)
        self._looking.done.connect(self._say)

    def begin(self) -> None:
        """Shows the first page, and has it say whether copies were brought along."""
        page = self._page = FirstRunPage(self._office, self._typed)
        page.finished.connect(self._begun)
        page.restore_wanted.connect(lambda: self._restore(page))
        self._window.show_instead(page)
        self._looking.start(_brought)

    def _restore(self, first: FirstRunPage) -> None:
        self._typed = first.typed
        bring_back(self._window, self._office, self.begin)

    def _say(self, found: Found) -> None:
        page = self._page
        if found.candidates and page is not None and page is self._window.page:
            newest = found.candidates[found.best]
            page.say_copies(newest.whence, newest.holds)


def _brought() -> Found:
    from counter_assistant.ui.recovery.from_stick import on_sticks

    return on_sticks()
