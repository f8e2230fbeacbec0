"""数据在哪里从哪里来：设置左边的“数据在哪里”，受理台搜它的名字."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.shell.main_window import MainWindow


def offer_place(office: Office, context: PageContext, window: MainWindow, show: Callable[[CardPage], object]) -> None:
    """Lets where the book lies be asked for by name and by the settings; `show` shows the page. Offline nothing of it is changed."""

    if office.database.offline:
        return

    def open_page() -> None:
        from counter_assistant.ui.hall.place_page import PlacePage

        page = PlacePage(office)
        page.restart_wanted.connect(open_again)
        show(page)

    def open_again() -> None:
        from counter_assistant.ui.restart import restart

        try:
            restart(training=office.training)
        except Refusal as refusal:
            window.status.say(str(refusal))

    context.place_asked.connect(open_page)
    named = NamedAction(("数据在哪里", "台账服务器"), ("sjznl", "tzfwq"), lambda _window: open_page())
    context.offer(named, open_page)
