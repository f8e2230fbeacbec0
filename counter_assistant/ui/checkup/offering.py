"""体检从哪里来：设置里的一个按钮，受理台搜“体检”；结果留在窗口里，页走了还在."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.checkup.checking import Checking
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.shell.main_window import MainWindow


def offer_checkup(office: Office, context: PageContext, window: MainWindow, show: Callable[[CardPage], object]) -> None:
    """Lets the check-up be asked for by its name and by a page; `show` shows its page."""
    made: list[Checking] = []

    def open_page() -> None:
        from counter_assistant.ui.checkup.checking import Checking
        from counter_assistant.ui.checkup.page import CheckupPage

        if not made:
            made.append(Checking(office, parent=window))
            window.closing.connect(made[0].stop)
        show(CheckupPage(made[0]))

    context.checkup_asked.connect(open_page)
    context.offer(NamedAction(("体检",), ("tj",), lambda _window: open_page()), open_page)
