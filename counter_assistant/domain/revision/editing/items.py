"""整个事项：照一个来建新的，不再办理的停办."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import said
from counter_assistant.domain.revision.revision import ItemRetired
from counter_assistant.domain.revision.statements import newest

LAST_NUMBER = 99


def next_code(codes: Iterable[str], group: str) -> str:
    """The first code after those of a group: B19 after B18.

    Raises:
        Refusal: `group-full`.
    """
    used = [int(id_[len(group) :]) for id_ in codes if id_.startswith(group) and id_[len(group) :].isdecimal()]
    n = max(used, default=0) + 1
    if n > LAST_NUMBER:
        raise Refusal("group-full", f"{group} 组的编码已经用到 {LAST_NUMBER}。", "请照别的组里的事项建。")
    return f"{group}{n:02d}"


def copied(catalogue: Catalogue, item: ServiceItem, name: str, taken: Collection[str] = ()) -> ServiceItem:
    """A new item that says what another one says, under the next code of its group. Nobody has approved it yet.

    `taken` are codes that are not given again, such as those of items that are to be retired: papers name them.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `name-taken`, `group-full`.
    """
    words = said(name, "事项名称")
    if any(newest(catalogue, id_).name == words for id_ in catalogue.items):
        raise Refusal("name-taken", f"已经有一个事项叫“{words}”。", "请换一个名称。")
    code = next_code((*catalogue.items, *taken), item.id[:1])
    return replace(item, id=code, name=words, also_called=(), effective_to=None, approval=None)


def retired(catalogue: Catalogue, item_id: str) -> ItemRetired:
    """The act by which an item is handled no more.

    Raises:
        Refusal: `unknown-item`, `last-item`.
    """
    if item_id not in catalogue.items:
        raise Refusal("unknown-item", f"没有事项 {item_id}。", "请核对编码。")
    if len(catalogue.items) == 1:
        raise Refusal("last-item", "只剩这一个事项，不能停办。", "请先建一个新的。")
    return ItemRetired(item_id)
