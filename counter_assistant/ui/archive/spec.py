"""档案页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import ContinueCase, ShowIssuedOffline, ShowPaper, ShowScanned, ShowUnprinted

if TYPE_CHECKING:
    from counter_assistant.ui.archive.page import ArchivePage


def build(context: PageContext) -> ArchivePage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.archive.page import ArchivePage

    page = ArchivePage(context.office())
    page.wanted_on_desk.connect(lambda request: context.ask(ContinueCase(request)))
    return page


def show_paper(page: ArchivePage, asked: ShowPaper) -> None:
    """Opens the paper."""
    page.open(asked.number)


def show_scanned(page: ArchivePage, asked: ShowScanned | ShowIssuedOffline) -> None:
    """Finds and opens the paper, unless another one is just being made void."""
    page.open_scanned(asked.number)


def show_unprinted(page: ArchivePage, _asked: ShowUnprinted | None = None) -> None:
    """Lists what was not printed, to print all of it."""
    page.list_unprinted()


SPEC = PageSpec(
    "archive", "档案", "F4", build, {
        ShowPaper: show_paper, ShowScanned: show_scanned, ShowIssuedOffline: show_scanned, ShowUnprinted: show_unprinted,
    },
    (
        NamedAction(("档案",), ("da",), lambda page: page.finder.to_search(), "F4"),
        NamedAction(("补打文书", "作废文书"), ("bdws", "zfws"), lambda page: page.finder.to_search()),
        NamedAction(("更正文书",), ("gzws",), lambda page: page.ask_correct()),
        NamedAction(("保存期满的文书", "销毁文书"), ("bcqmdws", "xhws"), lambda page: page.destroying.list_due()),
        NamedAction(("打印销毁清册", "销毁清册"), ("dyxhqc", "xhqc"), lambda page: page.destroying.print_certificate(page.finder.slip)),
        NamedAction(("本人要求删除",), ("bryqsc",), lambda page: page.ask_erase()),
        NamedAction(("未打印的文书", "全部打印"), ("wdydws", "qbdy"), show_unprinted),
        NamedAction(("查看整个号码", "查看号码"), ("ckzghm", "ckhm"), lambda page: page.ask_reveal()),
    ),
)  # fmt: skip
