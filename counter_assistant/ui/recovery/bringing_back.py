"""带来的备份：走得到“从备份恢复”那一页，不恢复就回来；恢复好了，程序在恢复的台账上重新打开。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui import local_settings
from counter_assistant.ui.restart import restart
from counter_assistant.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from counter_assistant.operations.sealing import Opened


def bring_back(window: MainWindow, office: Office, back: Callable[[], object]) -> None:
    """Shows what there is to restore from; `back` is where to go on where nothing is restored."""
    from counter_assistant.operations.safekeeping.recovering.comparing import name_of
    from counter_assistant.ui.recovery.from_stick import FromStickPage  # hardly anybody needs it

    def begin_anew(opened: Opened | None) -> None:
        """What is open in this window is the book that was there before."""
        office.close()
        if opened:
            local_settings.change(office.folder, opener=opened.who)
        try:
            restart(training=False)
        except Refusal as refusal:
            window.status.say(str(refusal))

    page = FromStickPage(office.folder, (name_of(office), office.book.head()[0]))
    page.begun.connect(office.database.let_go)
    page.not_done.connect(office.database.take_up)
    page.finished.connect(back)
    page.restored.connect(begin_anew)
    window.show_instead(page)
