"""关于从哪里来：设置里“体检”旁边的按钮，受理台搜“关于”“诊断”“许可”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.sealing.card_page import CardPage


def offer_about(office: Office, context: PageContext, show: Callable[[CardPage], object]) -> None:
    """Lets versions, diagnosis and licences be asked for by name and by a page; `show` shows their page."""

    def open_page() -> None:
        from counter_assistant.ui.about.page import AboutPage

        show(AboutPage(office))

    context.about_asked.connect(open_page)
    context.offer(
        NamedAction(("关于", "关于本程序", "诊断", "许可"), ("gy", "gybcx", "zd", "xk"), lambda _window: open_page()),
        open_page,
    )
