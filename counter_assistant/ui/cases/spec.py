"""办件页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import ContinueCase, FindCase, ShowCase, ShowCases, ShowPaper, ShowScanned

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.cases.page import CasesPage


def build(context: PageContext) -> CasesPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.cases.page import CasesPage

    page = CasesPage(context.office())
    page.wanted_on_desk.connect(lambda request: context.ask(ContinueCase(request)))
    page.paper_wanted.connect(lambda number: context.ask(ShowPaper(number)))
    page.case_actions.recorded.connect(lambda _case_id: context.recorded.emit())
    return page


def show_case(page: CasesPage, asked: ShowCase | ShowScanned) -> None:
    """Marks the case of the paper, or says that the book has none."""
    try:
        if not page.open_number(asked.number):
            page.say("本机台账里没有这个编号。请核对编号，或者在档案页按姓名查找。", "attention")
    except Refusal as refusal:
        page.say(str(refusal), "attention")


def find_case(page: CasesPage, asked: FindCase) -> None:
    """Marks the case among what the typed text finds."""
    page.search_for(asked.typed, asked.case_id)


def show_cases(page: CasesPage, asked: ShowCases) -> None:
    """Shows the list."""
    page.finder.lists.choose(asked.which)


def list_by_name(page: CasesPage, name: str) -> None:
    """Shows the list of that name (a value of `CaseList`, which the first paint does not import)."""
    from counter_assistant.storage.views.cases import CaseList

    page.finder.lists.choose(CaseList(name))


def overdue(office: Office) -> int:
    """How many cases are past the day on which somebody had to look at them."""
    return office.cases.overdue(office.today())


SPEC = PageSpec(
    "cases", "办件", "F3", build, {ShowCase: show_case, ShowScanned: show_case, FindCase: find_case, ShowCases: show_cases},
    (
        NamedAction(("办件",), ("bj",), lambda page: page.refresh(), "F3"),
        NamedAction(("已超期的办件", "超期"), ("ycqdbj", "cq"), lambda page: list_by_name(page, "overdue")),
        NamedAction(("今天到期的办件", "到期"), ("jtdqdbj", "dq"), lambda page: list_by_name(page, "today")),
        NamedAction(("待补材料的办件", "待补"), ("dbcldbj", "db"), lambda page: list_by_name(page, "waiting")),
        NamedAction(("本月一次告知情况",), ("byycgzqk",), lambda page: page.monthly.open(), "Ctrl+M"),
        NamedAction(("打印期限计算表",), ("dyqxjsb",), lambda page: page.print_day_count(), "Ctrl+P"),
    ),
    overdue,
)  # fmt: skip
