"""带班页的登记：带班领导多出来的一页，经办人的侧栏里没有."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import ForSome, NamedAction, PageContext, PageSpec

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.lead.page import LeadPage


def build(context: PageContext) -> LeadPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.lead.page import LeadPage

    page = LeadPage(context.office(), context.to_review)
    page.wanted.connect(context.ask)
    page.closing_wanted.connect(context.closing_asked)
    page.copies_wanted.connect(context.copies_asked)
    return page


def admit(office: Office) -> None:
    """Asks whether the current clerk may see the page; it needs what the first paint does not."""
    from counter_assistant.operations.report.access import may_look

    may_look(office)


def lists(office: Office) -> bool:
    """Whether the current clerk has it in the navigation."""
    from counter_assistant.operations.report.access import is_supervisor

    return is_supervisor(office)


SPEC = PageSpec(
    "lead", "带班", "", build, {},
    (
        NamedAction(("带班页", "带班"), ("dby", "db"), lambda page: page.refresh()),
        NamedAction(("打印本月报告", "月报告"), ("dybybg", "ybg"), lambda page: page.print_month()),
    ),
    for_some=ForSome(admit, lists),
)  # fmt: skip
