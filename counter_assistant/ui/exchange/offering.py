"""交换包从哪里来：设置里备份的那一行，受理台搜“交换包”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.sealing.card_page import CardPage


def offer_exchange(office: Office, context: PageContext, show: Callable[[CardPage], object]) -> None:
    """Lets the exchange be asked for by its name, but while training; `show` shows its page."""
    if office.training:
        return

    def open_page() -> None:
        from counter_assistant.ui.exchange.page import ExchangePage

        show(ExchangePage(office))

    context.exchange_asked.connect(open_page)
    names, initials = ("交换包", "给中心做交换包", "收交换包"), ("jhb", "gzxzjhb", "sjhb")
    context.offer(NamedAction(names, initials, lambda _window: open_page()), open_page)
