"""窗口里的页，按侧栏的次序；第一页是打开时的那一页。A page that is not finished is not in this list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from counter_assistant.ui.archive import spec as archive
from counter_assistant.ui.cases import spec as cases
from counter_assistant.ui.desk import spec as desk
from counter_assistant.ui.items import spec as items
from counter_assistant.ui.lead import spec as lead
from counter_assistant.ui.registers import spec as registers
from counter_assistant.ui.settings import spec as settings
from counter_assistant.ui.shell.page_spec import PageContext, PageSpec

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.shell.main_window import MainWindow

PAGES: tuple[PageSpec[Any], ...] = (
    desk.SPEC, cases.SPEC, archive.SPEC, registers.SPEC, items.SPEC, lead.SPEC, settings.SPEC,
)  # fmt: skip


def offer_in_place(
    office: Office, context: PageContext, window: MainWindow, show: Callable[[CardPage], object]
) -> None:
    """Lets what is shown in the place of the pages be asked for by its name: the check-up, kits, the exchange, what is said of the program, where the book lies, a restore.
    `show` shows it."""
    from counter_assistant.ui.about.offering import offer_about
    from counter_assistant.ui.checkup.offering import offer_checkup
    from counter_assistant.ui.exchange.offering import offer_exchange
    from counter_assistant.ui.hall.offering import offer_place
    from counter_assistant.ui.kit.offering import offer_kits
    from counter_assistant.ui.recovery.offering import offer_restore

    offer_checkup(office, context, window, show)
    offer_kits(office, context, show)
    offer_exchange(office, context, show)
    offer_about(office, context, window, show)
    offer_place(office, context, window, show)
    offer_restore(office, context, window)
