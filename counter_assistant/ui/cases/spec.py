"""办件页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.shell.page_spec import PageContext, PageSpec
from counter_assistant.ui.shell.requests import ContinueCase, ShowCase, ShowPaper, ShowScanned

if TYPE_CHECKING:
    from counter_assistant.ui.cases.page import CasesPage


def build(context: PageContext) -> CasesPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.cases.page import CasesPage

    page = CasesPage(context.office())
    page.wanted_on_desk.connect(lambda request: context.ask(ContinueCase(request)))
    page.paper_wanted.connect(lambda number: context.ask(ShowPaper(number)))
    return page


def show_case(page: CasesPage, asked: ShowCase | ShowScanned) -> None:
    """Marks the case of the paper, or says that the book has none."""
    try:
        if not page.open_number(asked.number):
            page.say("本机台账里没有这个编号。请核对编号，或者在档案页按姓名查找。", "attention")
    except Refusal as refusal:
        page.say(str(refusal), "attention")


SPEC = PageSpec("cases", "办件", "F3", build, {ShowCase: show_case, ShowScanned: show_case})
