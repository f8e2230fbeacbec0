"""核定与收回在台账里的样子，以及由它们得出现在有效的核定。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_assistant.domain.catalogue.approval import Approvals, TextApproval
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """One text that was approved: `text` is its digest; `name` and `effective_from` are for people who read the book."""

    item: str
    name: str
    text: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class ItemsApproved:
    """本中心核定了这些事项 (`EntryKind.ITEM_APPROVED`). `catalogue` is the catalogue's version then, `clerk` who recorded it."""

    texts: tuple[ApprovedText, ...]
    approval: Approval
    catalogue: str
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {
            "texts": [
                {"item": t.item, "name": t.name, "text": t.text, "effective_from": t.effective_from.isoformat()}
                for t in self.texts
            ],
            "number": self.approval.number,
            "date": self.approval.date.isoformat(),
            "approver": self.approval.approver,
            "effective_from": self.approval.since.isoformat(),
            "catalogue": self.catalogue,
            "clerk": self.clerk,
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ItemsApproved:
        """What `to_payload` wrote."""
        texts = tuple(
            ApprovedText(t["item"], t["name"], t["text"], date.fromisoformat(t["effective_from"]))
            for t in payload["texts"]
        )
        given, since = date.fromisoformat(payload["date"]), date.fromisoformat(payload["effective_from"])
        approval = Approval(payload["number"], given, payload["approver"], since)
        return cls(texts, approval, payload["catalogue"], payload["clerk"])


@dataclass(frozen=True, slots=True)
class ApprovalWithdrawn:
    """这些事项的核定收回了 (`EntryKind.APPROVAL_WITHDRAWN`): all approvals of these items, from now on."""

    items: tuple[str, ...]
    reason: str
    clerk: str

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {"items": list(self.items), "reason": self.reason, "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ApprovalWithdrawn:
        """What `to_payload` wrote."""
        return cls(tuple(payload["items"]), payload["reason"], payload["clerk"])


def approvals_in_force(entries: Iterable[Entry]) -> Approvals:
    """The approvals in force after these entries, which are in the book's order."""
    held: dict[str, tuple[TextApproval, ...]] = {}
    withdrawn: set[str] = set()
    in_texts = False
    for entry in entries:
        if entry.erased:
            continue
        if entry.kind is EntryKind.ITEM_APPROVED:
            act = ItemsApproved.from_payload(entry.payload)
            for text in act.texts:
                made = TextApproval(text.text, text.effective_from, act.approval)
                held[text.item] = (*held.get(text.item, ()), made)
        elif entry.kind is EntryKind.APPROVAL_WITHDRAWN:
            for item in ApprovalWithdrawn.from_payload(entry.payload).items:
                held.pop(item, None)
                withdrawn.add(item)
        elif entry.kind is EntryKind.CONTENT_TAKEN:
            withdrawn.clear()
            in_texts = True
    return Approvals(held, in_texts, frozenset(withdrawn))
