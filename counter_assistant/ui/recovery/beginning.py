"""新装的电脑：第一次打开的那一页，和从它走得到的“从备份恢复”；插着的 U 盘上有备份的，页上先说。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_assistant.operations.office import Office
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.recovery.bringing_back import bring_back
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.volumes import Stick, sticks

if TYPE_CHECKING:
    from counter_assistant.operations.safekeeping.recovering.candidates import Found


LOOK_AGAIN_MS = 2000
"""How often is looked whether another stick was plugged in."""


class Beginning(QObject):
    """Leads through the first opening of a data folder, until the office has a profile or goes on with the example: then `begun` is
    called. What was typed on the first page is there again after a look at the copies. A stick that comes later is seen as well, and
    nothing is saved before it was looked at."""

    def __init__(self, window: MainWindow, office: Office, begun: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._office, self._begun = window, office, begun
        self._typed = dict[str, str]()
        self._page: FirstRunPage | None = None
        self._looked_at: list[Stick] | None = None
        self._looking = Deriving(self)
        self._looking.done.connect(self._say)
        self._looking.refused.connect(lambda _refusal: self._looked())
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look)

    def begin(self) -> None:
        """Shows the first page, and has it say whether copies were brought along."""
        page = self._page = FirstRunPage(self._office, self._typed, self._look)
        page.finished.connect(self._begun)
        page.restore_wanted.connect(lambda: self._restore(page))
        self._window.show_instead(page)
        self._looked_at = None
        self._look()
        self._again.start()

    @property
    def _shown(self) -> FirstRunPage | None:
        """The first page, while it is the one that is shown."""
        return self._page if self._page is self._window.page else None

    def _look(self) -> bool:
        """Looks at the sticks, where others are plugged in than were looked at. Whether that goes on."""
        if self._shown is None:
            self._again.stop()
            return False
        plugged = sticks()
        if plugged != self._looked_at and not self._looking.busy:
            self._looked_at = plugged
            self._looking.start(_brought)
        return self._looking.busy

    def _restore(self, first: FirstRunPage) -> None:
        self._typed = first.typed
        bring_back(self._window, self._office, self.begin)

    def _say(self, found: Found) -> None:
        if found.candidates and (page := self._shown):
            newest = found.candidates[found.best]
            page.say_copies(newest.whence, newest.holds)
        self._looked()

    def _looked(self) -> None:
        if not self._look() and (page := self._shown):
            page.go_on()


def _brought() -> Found:
    from counter_assistant.ui.recovery.from_stick import on_sticks

    return on_sticks()
