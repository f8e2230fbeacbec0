"""受理台的登记。It is built before the office is open, because the first paint shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import PageContext, PageSpec
from counter_assistant.ui.shell.requests import ContinueCase, HandleItem, RecordApproval, ShowCase

if TYPE_CHECKING:
    from counter_assistant.ui.desk.page import DeskPage


def build(context: PageContext) -> DeskPage:
    """The page, which waits for the office."""
    from counter_assistant.ui.desk.page import DeskPage

    page = DeskPage(context.search, context.office)
    page.case_wanted.connect(lambda number: context.ask(ShowCase(number)))
    page.approval_wanted.connect(lambda item_id: context.ask(RecordApproval(item_id)))
    context.office_opened.connect(page.attach)
    context.office_changed.connect(page.renew_office)
    for changed in (context.approvals_changed, context.calendar_changed, context.phrases_changed):
        changed.connect(page.refresh)
    return page


def handle_item(page: DeskPage, asked: HandleItem) -> None:
    """Begins with the item. Raises Refusal where it has no text today."""
    page.take_item(asked.item_id, asked.name)


def continue_case(page: DeskPage, asked: ContinueCase) -> None:
    """Puts the case's request on the desk. Raises Refusal where the item has no text on its day."""
    page.take_request(asked.request)


SPEC = PageSpec("desk", "受理", "F2", build, {HandleItem: handle_item, ContinueCase: continue_case})
