"""事项页的登记。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import HandleItem, RecordApproval, ShowCase, ShowItem

if TYPE_CHECKING:
    from counter_assistant.ui.items.page import ItemsPage


def build(context: PageContext) -> ItemsPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.items.page import ItemsPage

    page = ItemsPage(context.office(), context.search)
    page.item_wanted.connect(lambda item_id, name: context.ask(HandleItem(item_id, name)))
    page.code_entered.connect(lambda code: context.ask(ShowCase(code)))
    page.approvals_changed.connect(context.approvals_changed)
    return page


def record_approval(page: ItemsPage, asked: RecordApproval) -> None:
    """Marks the item and asks for the approval."""
    page.begin_approval(asked.item_id)


def show_item(page: ItemsPage, asked: ShowItem) -> None:
    """Looks for the item by its code; its guide is shown."""
    page.to_search()
    page.search.setText(asked.item_id)


def export_sheet(page: ItemsPage) -> None:
    """Goes to the review and saves its sheet."""
    page.begin_review()
    page.reviewing.export_sheet()


def import_sheet(page: ItemsPage) -> None:
    """Goes to the review and asks for a sheet."""
    page.begin_review()
    page.reviewing.import_sheet()


def take_pack(page: ItemsPage) -> None:
    """Goes to the review and shows the centre's pack."""
    page.begin_review()
    page.reviewing.take_pack()


DISPLAYS = {
    DisplayKind.BADGES: (("打印胸牌", "胸牌"), ("dyxp", "xp")),
    DisplayKind.WINDOW_PLATE: (("窗口牌",), ("ckp",)),
    DisplayKind.DESK_PLATES: (("桌牌",), ("zp",)),
    DisplayKind.STAFF_LIST: (("工作人员一览表", "一览表"), ("gzryylb", "ylb")),
    DisplayKind.PROMISES: (("服务承诺公示", "岗位公示"), ("fwcngs", "gwgs")),
    DisplayKind.ROTA: (("带班安排",), ("dbap",)),
    DisplayKind.GUIDE_BOOK: (("指南成册", "打印整本指南"), ("zncc", "dyzbzn")),
}
"""What each display is called where it is asked for by name."""


def _displays() -> Iterator[NamedAction]:
    """All displays, and each by its name."""
    yield NamedAction(("牌证和公示",), ("pzhgs",), lambda page: page.begin_displays())
    for kind, (names, initials) in DISPLAYS.items():
        yield NamedAction(names, initials, partial(lambda kind, page: page.begin_displays(kind), kind))


SPEC = PageSpec(
    "items", "事项", "F6", build, {RecordApproval: record_approval, ShowItem: show_item},
    (
        NamedAction(("全部事项", "事项"), ("qbsx", "sx"), lambda page: page.to_search(), "F6"),
        NamedAction(("打印办事指南", "办事指南"), ("dybszn", "bszn"), lambda page: page.to_search()),
        NamedAction(("打印AB角公示", "AB角公示"), ("dyabjgs", "abjgs"), lambda page: page.roster_actions.print_notice()),
        NamedAction(("核定目录", "核定"), ("hdml", "hd"), lambda page: page.begin_review()),
        NamedAction(("导出核定表",), ("dchdb",), export_sheet),
        NamedAction(("导入核定表",), ("drhdb",), import_sheet),
        NamedAction(("导入内容包", "内容包"), ("drnrb", "nrb"), take_pack),
        NamedAction(("登记本中心的核定", "登记核定"), ("djbzxdhd", "djhd"), lambda page: page.press_approve()),
        *_displays(),
    ),
)  # fmt: skip
