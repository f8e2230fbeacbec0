"""从备份恢复，第一次打开的那一页填过了也找得到：受理台搜它的名字."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.shell.main_window import MainWindow


def offer_restore(office: Office, context: PageContext, window: MainWindow) -> None:
    """Lets a restore be asked for by its name, but while training and where whoever runs a server does that. What the book has that the copy has
    not is told there before it goes."""
    if office.training or office.database.shared or office.database.offline:
        return

    def open_page() -> None:
        from counter_assistant.ui.recovery.bringing_back import bring_back

        bring_back(window, office, window.end_instead)

    context.offer(NamedAction(("从备份恢复", "恢复备份"), ("cbfhf", "hfbf"), lambda _window: open_page()), open_page)
