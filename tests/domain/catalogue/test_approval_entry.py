"""What the book keeps of approvals, and what stands after them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from counter_assistant.domain.catalogue.approval_entry import (
    ApprovalWithdrawn,
    ApprovedText,
    ItemsApproved,
    approvals_in_force,
)
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Entry, EntryKind

DAY = date(2026, 11, 23)
FIRST = Approval("9号", DAY, "主任办公会", DAY)
SECOND = Approval("12号", DAY, "主任办公会", date(2026, 12, 1))


def text(item: str) -> ApprovedText:
    return ApprovedText(item, "某项提取", f"digest-{item}", date(2026, 9, 20))


def entry(seq: int, kind: EntryKind, payload: dict[str, Any], *, erased: bool = False) -> Entry:
    return Entry(seq, datetime.fromisoformat("2026-11-23T10:00:00+08:00"), kind, payload, b"", erased=erased)


def approve(seq: int, approval: Approval, *items: str) -> Entry:
    act = ItemsApproved(tuple(map(text, items)), approval, "2026.11", "0001")
    return entry(seq, EntryKind.ITEM_APPROVED, act.to_payload())


def withdraw(seq: int, *items: str) -> Entry:
    return entry(seq, EntryKind.APPROVAL_WITHDRAWN, ApprovalWithdrawn(items, "文号有误", "0001").to_payload())


def test_an_approval_is_read_as_it_was_written() -> None:
    act = ItemsApproved((text("B08"), text("B09")), SECOND, "2026.11", "0001")
    payload = act.to_payload()
    assert ItemsApproved.from_payload(payload) == act
    assert payload["texts"][0] == {
        "item": "B08", "name": "某项提取", "text": "digest-B08", "effective_from": "2026-09-20",
    }  # fmt: skip
    assert {key: payload[key] for key in payload if key != "texts"} == {
        "number": "12号", "date": "2026-11-23", "approver": "主任办公会", "effective_from": "2026-12-01",
        "catalogue": "2026.11", "clerk": "0001",
    }  # fmt: skip


def test_a_withdrawal_is_read_as_it_was_written() -> None:
    act = ApprovalWithdrawn(("B08",), "文号有误", "0001")
    assert act.to_payload() == {"items": ["B08"], "reason": "文号有误", "clerk": "0001"}
    assert ApprovalWithdrawn.from_payload(act.to_payload()) == act


def test_what_stands_follows_from_the_acts_in_their_order() -> None:
    acts = [approve(1, FIRST, "B08", "B09"), approve(2, SECOND, "B08"), withdraw(3, "B09"), withdraw(4, "C01")]
    held = approvals_in_force(acts).in_force
    assert {item: [each.approval for each in texts] for item, texts in held.items()} == {"B08": [FIRST, SECOND]}
    assert (held["B08"][0].text, held["B08"][0].text_from) == ("digest-B08", date(2026, 9, 20))
    assert approvals_in_force([*acts, withdraw(5, "B08")]).in_force == {}
    again = approvals_in_force([*acts, withdraw(5, "B08"), approve(6, FIRST, "B08")]).in_force
    assert [each.approval for each in again["B08"]] == [FIRST]


def test_what_is_no_approval_or_is_erased_says_nothing() -> None:
    other = entry(1, EntryKind.PHRASES, {"own": []})
    erased = entry(2, EntryKind.ITEM_APPROVED, {}, erased=True)
    assert approvals_in_force([other, erased]).in_force == {}


def test_a_new_edition_settles_what_was_withdrawn_before_it() -> None:
    taken = entry(2, EntryKind.CONTENT_TAKEN, {})
    before = approvals_in_force([withdraw(1, "B08"), taken])
    assert (before.in_texts, before.withdrawn) == (True, frozenset())
    assert approvals_in_force([taken, withdraw(3, "B08")]).withdrawn == {"B08"}
    assert approvals_in_force([withdraw(1, "B08")]).in_texts is False
