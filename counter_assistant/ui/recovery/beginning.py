"""新装的电脑：第一次打开的那一页，和从它走得到的“从备份恢复”；恢复好了，程序在恢复的台账上重新打开。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui import local_settings
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.restart import restart
from counter_assistant.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from counter_assistant.operations.sealing import Opened


class Beginning(QObject):
    """Leads through the first opening of a data folder, until the office has a profile or goes on with the example: then `begun` is
    called. What was typed on the first page is there again after a look at the copies."""

    def __init__(self, window: MainWindow, office: Office, begun: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._office, self._begun = window, office, begun
        self._folder = office.folder
        self._typed = dict[str, str]()

    def begin(self) -> None:
        """Shows the first page."""
        page = FirstRunPage(self._office, self._typed)
        page.finished.connect(self._begun)
        page.restore_wanted.connect(lambda: self._restore(page))
        self._window.show_instead(page)

    def _restore(self, first: FirstRunPage) -> None:
        from counter_assistant.ui.recovery.from_stick import FromStickPage  # hardly anybody needs it

        self._typed = first.typed
        page = FromStickPage(self._folder)
        page.begun.connect(self._office.database.let_go)
        page.not_done.connect(self._office.database.take_up)
        page.finished.connect(self.begin)
        page.restored.connect(self._open)
        self._window.show_instead(page)

    def _open(self, opened: Opened | None) -> None:
        """What is open in this window is the book that was there before: the program begins anew."""
        self._office.close()
        if opened:
            local_settings.change(self._folder, opener=opened.who)
        try:
            restart(training=False)
        except Refusal as refusal:
            self._window.status.say(str(refusal))
