"""一个事项的备用单：什么情况都还没有答，要的材料都印上，人和时间留着手写."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.usual_items import USUAL
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.kit_entry import KitItem
from counter_assistant.domain.registers.complaint import SEALED_ITEMS
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.issuing.compose import compose_blank
from counter_assistant.operations.issuing.issue import facts_of, preflight, result_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from counter_assistant.domain.papers.slip import Draft
    from counter_assistant.operations.office import Office

MOST_ITEMS = 9
COUNTED = timedelta(days=365)
"""Over so long what is issued here is counted: a kit lies ready for months."""


def items_of_kit(office: Office) -> list[str]:
    """The items of most slips issued here, else those that are asked for most anywhere; those that are told today, and no complaint."""
    issued = office.archive.most_issued(office.today() - COUNTED, MOST_ITEMS)
    told = (item for item in dict.fromkeys((*issued, *USUAL)) if item in office.catalogue.items.keys() - SEALED_ITEMS)
    return [item for item in told if office.catalogue.item(item, office.today())][:MOST_ITEMS]


def blank_draft(office: Office, item: str) -> Draft:
    """The blank of an item as it would be printed today, but for its number.

    Raises:
        Refusal: what `assess` and `compose_blank` refuse.
    """
    return compose_blank(_matter(office, item), office)


def blank_of(office: Office, item: str, numbers: Iterable[str]) -> KitItem:
    """The blanks of an item with these numbers, as their kit's entry keeps them.

    Raises:
        Refusal: what `assess`, `compose_blank`, `preflight` and `result_of` refuse.
    """
    matter = _matter(office, item)
    draft = compose_blank(matter, office)
    preflight(office, matter, draft)
    told = result_of(office, matter).to_payload(), facts_of(matter, office, "").to_payload()
    return KitItem(item, matter.item.name, tuple(numbers), draft.to_payload(), *told)


def _matter(office: Office, item: str) -> Matter:
    request = Request(item, slip=SlipKind.NOTIFICATION_SLIP)
    return assess(request, office.catalogue, office.profile, office.today())
