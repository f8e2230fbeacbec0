"""受理台的登记。It is built before the office is open, because the first paint shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import (
    CloseDay,
    ContinueCase,
    ContinueDraft,
    HandleItem,
    RecordApproval,
    ShowCase,
    ShowKit,
    ShowReview,
)

if TYPE_CHECKING:
    from counter_assistant.ui.desk.page import DeskPage
    from counter_assistant.ui.desk.search.results import Row
    from counter_assistant.ui.shell.requests import PageRequest


def build(context: PageContext) -> DeskPage:
    """The page, which waits for the office."""
    from counter_assistant.ui.desk.page import DeskPage

    page = DeskPage(context.search, context.office)
    page.find_by_name(lambda typed: rows_of(context, typed))
    page.case_wanted.connect(lambda number: show_number(context, number))
    page.wanted.connect(lambda asked: ask(context, asked))
    page.recorded.connect(context.recorded)
    context.recorded.connect(lambda: page.empty_desk.refresh() if page.attached else None)
    context.to_review = lambda: page.empty_desk.to_review() if page.attached else []
    page.approval_wanted.connect(lambda item_id: context.ask(RecordApproval(item_id)))
    context.office_opened.connect(page.attach)
    context.band_shown.connect(page.give_way)
    for changed in (
        context.office_changed, context.approvals_changed, context.calendar_changed, context.phrases_changed,
    ):  # fmt: skip
        changed.connect(page.renew_office)
    return page


def ask(context: PageContext, asked: object) -> None:
    """Asks for what another page shows, or for what is shown in the place of all."""
    match asked:
        case CloseDay():
            context.closing_asked.emit()
        case ShowKit(number=number):
            context.kit_asked.emit(number)
        case _:
            context.ask(cast("PageRequest", asked))


def show_number(context: PageContext, number: str) -> None:
    """The case of a paper; a blank that nobody has recorded is to be recorded."""
    from counter_assistant.operations.kit.kits import waits

    ask(context, ShowKit(number) if waits(context.office(), number) else ShowCase(number))


def rows_of(context: PageContext, typed: str) -> list[Row]:
    """What can be done by name, as lines of the search."""
    from counter_assistant.ui.desk.search.results import Row

    found = [Row(one.action.names[0], one.key or one.page, one.act) for one in context.find_actions(typed)]
    return [Row("要做的事"), *found] if found else []


def handle_item(page: DeskPage, asked: HandleItem) -> None:
    """Begins with the item. Raises Refusal where it has no text today."""
    page.take_item(asked.item_id, asked.name)


def continue_case(page: DeskPage, asked: ContinueCase) -> None:
    """Puts the case's request on the desk. Raises Refusal where the item has no text on its day."""
    page.take_request(asked.request)


def show_review(page: DeskPage, _asked: ShowReview) -> None:
    """Opens the paper over the desk."""
    page.empty_desk.review()


def continue_draft(page: DeskPage, asked: ContinueDraft) -> None:
    """Goes on with a visitor who was put aside; whoever stands on the desk is put aside."""
    page.continue_draft(asked.uuid)


SPEC = PageSpec(
    "desk", "受理", "F2", build,
    {HandleItem: handle_item, ContinueCase: continue_case, ContinueDraft: continue_draft, ShowReview: show_review},
    (NamedAction(("不归本中心的事，出指引单", "指引单", "走错门"), ("bgbzxdsczyd", "zyd", "zcm"), lambda page: page.ask_elsewhere()),
     NamedAction(("别的系统里的写法", "又名", "曾用名"), ("bdxtldxf", "ym", "cym"), lambda page: page.ask_other_forms()),
     NamedAction(("大字打印", "大字"), ("dzdy", "dz"), lambda page: page.turn_large(), "Ctrl+G"),
     NamedAction(("免填单", "填表"), ("mtd", "tb"), lambda page: page.forms.toggle(), "Ctrl+T"),
     NamedAction(("空白表随单打出", "空白表"), ("kbbsddc", "kbb"), lambda page: page.forms.turn_along(), "Ctrl+B")),
)  # fmt: skip
