"""本中心的核定（守则 一(四)3）：核定了哪个事项的哪一个文本，自哪天起；核定以后，这个事项怎样读。

An approval covers one text and never what it becomes later, so it names the digest of what the text says. It is applied
on top of the catalogue: an approved item is read like any other, with its approval set, and what came from a guide or
an assumption now comes from the centre.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from counter_assistant.domain.catalogue.items import Approval, Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source


class ApprovalState(StrEnum):
    """The state of a text on a day: 已核定, 待生效, 已改动 (the text differs from the approved one), 示例."""

    APPROVED = "approved"
    PENDING = "pending"
    CHANGED = "changed"
    EXAMPLE = "example"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"approved": "已核定", "pending": "待生效", "changed": "已改动", "example": "示例"}[self.value]


def text_digest(item: ServiceItem) -> str:
    """The version of a text: the SHA-256 of everything that it says, in hex.

    Left out are the day on which somebody last compared it (`checked`) and its last day, which is filled in when a
    later text comes: they change nothing that is said. A field that holds its default is left out too, so that a field
    added to the catalogue does not change every digest. The names of classes and fields are part of it: renaming one
    would make every approved text another.
    """
    said = _plain(replace(item, approval=None, checked=date.min, effective_to=None))
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def approved(item: ServiceItem, approval: Approval) -> ServiceItem:
    """The item as it reads once the centre has approved it: nothing in it is 待核定 any more."""
    made: ServiceItem = _confirmed(item, Source("centre", document=approval.number))
    return replace(made, approval=approval)


@dataclass(frozen=True, slots=True)
class TextApproval:
    """The approval of one text: `text` is its digest, `text_from` its first day."""

    text: str
    text_from: date
    approval: Approval


@dataclass(frozen=True, slots=True)
class Approvals:
    """The approvals in force, by item, in the order in which they were recorded.

    The texts of an edition of the centre's own (domain/revision/edition.py) carry their approvals themselves (`in_texts`), but
    for those that were `withdrawn` since.
    """

    in_force: Mapping[str, tuple[TextApproval, ...]] = field(default_factory=dict)
    in_texts: bool = False
    withdrawn: frozenset[str] = frozenset()

    def covering(self, text: ServiceItem, day: date) -> Approval | None:
        """The approval of a text on a day of acceptance: the last recorded of those in force by then; else None."""
        found = [approval for approval in self._of(text) if approval.since <= day]
        return found[-1] if found else None

    def may_cover(self, item_id: str) -> bool:
        """Whether there can be an approval of the item, judged without its text."""
        return item_id in self.in_force or (self.in_texts and item_id not in self.withdrawn)

    def state(self, text: ServiceItem, day: date) -> ApprovalState:
        """The state of a text on a day. A text older than every approved text of its item was simply never approved."""
        if self.covering(text, day):
            return ApprovalState.APPROVED
        if self._of(text):
            return ApprovalState.PENDING
        later = [each for each in self.in_force.get(text.id, ()) if each.text_from <= text.effective_from]
        return ApprovalState.CHANGED if later else ApprovalState.EXAMPLE

    def latest_of(self, text: ServiceItem) -> Approval | None:
        """The approval of a text that was recorded last, whether it is in force yet or not."""
        found = self._of(text)
        return found[-1] if found else None

    def _of(self, text: ServiceItem) -> list[Approval]:
        own = [text.approval] if self.in_texts and text.approval and text.id not in self.withdrawn else []
        known = self.in_force.get(text.id, ())
        digest = text_digest(text) if known else ""
        return own + [each.approval for each in known if each.text == digest]


@dataclass(frozen=True)
class ApprovedCatalogue(Catalogue):
    """The catalogue with the centre's approvals applied."""

    approvals: Approvals = field(default_factory=Approvals)
    _laid: dict[tuple[str, date], ServiceItem] = field(default_factory=dict, init=False, compare=False, repr=False)

    def text(self, item_id: str, day: date) -> ServiceItem | None:
        """The text of an item on a day as its file has it."""
        return Catalogue.item(self, item_id, day)

    def item(self, item_id: str, day: date) -> ServiceItem | None:
        """The text of an item on a day, approved where an approval covers the day."""
        text = self.text(item_id, day)
        if text is None:
            return None
        if (item_id, day) not in self._laid:
            approval = self.approvals.covering(text, day)
            self._laid[item_id, day] = approved(text, approval) if approval else self._unapproved(text)
        return self._laid[item_id, day]

    def _unapproved(self, text: ServiceItem) -> ServiceItem:
        """A text of an edition before its approval holds, or once that was withdrawn."""
        return replace(text, approval=None) if self.approvals.in_texts and text.approval else text

    def state(self, item_id: str, day: date, today: date | None = None) -> ApprovalState:
        """The state of an item on a day; 示例 where it has no text then. As `today` sees it, what an edition approves from a day
        still ahead is 待生效, whatever is told of it meanwhile.
        """
        text = self.text(item_id, day) if self.approvals.may_cover(item_id) else None
        state = self.approvals.state(text, day) if text else ApprovalState.EXAMPLE
        awaited = today and state is ApprovalState.EXAMPLE and self.awaited(item_id, today)
        return ApprovalState.PENDING if awaited else state

    def awaited(self, item_id: str, today: date) -> Approval | None:
        """The approval of the next text of an item that begins after today and that an edition of the centre's approves."""
        if not self.approvals.in_texts or not self.approvals.may_cover(item_id):
            return None
        later = [text for text in self.items.get(item_id, ()) if text.effective_from > today]
        found = (self.approvals.latest_of(text) for text in sorted(later, key=lambda text: text.effective_from))
        return next((approval for approval in found if approval), None)


def with_approvals(catalogue: Catalogue, approvals: Approvals) -> ApprovedCatalogue:
    """The catalogue with these approvals applied."""
    parts = {each.name: getattr(catalogue, each.name) for each in fields(Catalogue)}
    return ApprovedCatalogue(**parts, approvals=approvals)


def _plain(value: Any) -> Any:
    """Plain JSON values. A dataclass is given with its class, because two kinds of condition may hold the same parts."""
    if is_dataclass(value):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
        said = {each.name: _plain(held[each.name]) for each in fields(value) if held[each.name] != _default(each)}
        return {type(value).__name__: said}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _default(of: Field[Any]) -> Any:
    return of.default if of.default_factory is MISSING else of.default_factory()


def _confirmed(value: Any, centre: Source) -> Any:
    """The same value with every source that was to be confirmed replaced by `centre`, and no 待核定 in its texts."""
    if isinstance(value, Source):
        return centre if value.to_confirm else value
    if isinstance(value, tuple):
        return tuple(_confirmed(each, centre) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _confirmed(getattr(value, each.name), centre) for each in fields(value)})
    return value.replace(TO_CONFIRM, "") if type(value) is str else value
