"""关于从哪里来：设置里“体检”旁边的按钮，受理台搜“关于”“诊断”“许可”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.print_service import PrintService
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.shell.main_window import MainWindow


def offer_about(office: Office, context: PageContext, window: MainWindow, show: Callable[[CardPage], object]) -> None:
    """Lets versions, diagnosis and licences be asked for by name and by a page; `show` shows their page."""
    asked: list[PrintService] = []

    def open_page() -> None:
        from counter_assistant.ui.about.page import AboutPage
        from counter_assistant.ui.print_service import PrintService

        if not asked:
            asked.append(PrintService(office.folder, parent=window))
            window.closing.connect(asked[0].wait)
        show(AboutPage(office, asked[0]))

    context.about_asked.connect(open_page)
    context.offer(
        NamedAction(("关于", "关于本程序", "诊断", "许可"), ("gy", "gybcx", "zd", "xk"), lambda _window: open_page()),
        open_page,
    )
