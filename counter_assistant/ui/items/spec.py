"""事项页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Marks the item; its guide is shown."""
    page.show_item(asked.item_id)


def export_sheet(page: ItemsPage) -> None:
    """Goes to the review and saves its sheet."""
    page.begin_review()
    page.reviewing.export_sheet()


def import_sheet(page: ItemsPage) -> None:
    """Goes to the review and asks for a sheet."""
    page.begin_review()
    page.reviewing.import_sheet()


SPEC = PageSpec(
    "items", "事项", "F6", build, {RecordApproval: record_approval, ShowItem: show_item},
    (
        NamedAction(("全部事项", "事项"), ("qbsx", "sx"), lambda page: page.to_search(), "F6"),
        NamedAction(("打印办事指南", "办事指南"), ("dybszn", "bszn"), lambda page: page.to_search()),
        NamedAction(("打印AB角公示", "AB角公示"), ("dyabjgs", "abjgs"), lambda page: page.print_roster()),
        NamedAction(("核定目录", "核定"), ("hdml", "hd"), lambda page: page.begin_review()),
        NamedAction(("导出核定表",), ("dchdb",), export_sheet),
        NamedAction(("导入核定表",), ("drhdb",), import_sheet),
        NamedAction(("登记本中心的核定", "登记核定"), ("djbzxdhd", "djhd"), lambda page: page.press_approve()),
    ),
)  # fmt: skip
