"""登记核定与收回核定（守则 一(四)3）：本中心批准了哪些事项，由经办人记进台账，当时就管用。

The centre approves, a clerk records it. An approval names the text as it is now; a text that changes afterwards has to
be approved again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.approval import text_digest
from counter_assistant.domain.catalogue.approval_entry import ApprovalWithdrawn, ApprovedText, ItemsApproved
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.catalogue.centre import refuse_fixed
from counter_assistant.operations.intake.matter import find_item
from counter_assistant.operations.wording.check import refuse_forbidden

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

LONGEST = 50
LONGEST_REASON = 200


def approve(office: Office, items: Sequence[str], day: date, approval: Approval) -> Entry:
    """Records that the centre approved the texts in force on `day`. They are read as approved from now on.

    Raises:
        Refusal: `approval-known` (it says nothing new), `unknown-item`, `no-text-for-day`; what `refuse_fixed`,
            `checked_approval` and `Office.permit` refuse.
    """
    refuse_fixed(office)
    checked = checked_approval(office, approval)
    texts = tuple(_text(office, item, day) for item in items)
    known = office.catalogue.approvals.in_force
    if all(any((k.text, k.approval) == (t.text, checked) for k in known.get(t.item, ())) for t in texts):
        raise Refusal(
            "approval-known", f"{_named(texts)}已经按这个文号登记过核定。", "不用再登记；有新文号的请改文号。"
        )
    staff_number = office.permit(Permission.APPROVE).staff_number
    act = ItemsApproved(texts, checked, office.catalogue.version, staff_number)
    entry = office.book.append(EntryKind.ITEM_APPROVED, act.to_payload())
    office.reread()
    return entry


def withdraw(office: Office, items: Sequence[str], reason: str) -> Entry:
    """Withdraws every approval of these items, from now on; papers that were issued stay as they are.

    Raises:
        Refusal: `reason-missing`, `forbidden-wording`; `not-approved` where none of the items is approved; what
            `refuse_fixed`, `Office.permit` and `check_text` refuse.
    """
    refuse_fixed(office)
    said = check_text(reason.strip(), "收回的原因", LONGEST_REASON)
    if not said:
        raise Refusal("reason-missing", "收回核定须写明原因。", "请填写原因后重试。")
    refuse_forbidden({"收回的原因": said})
    approved = tuple(item for item in items if _has_approval(office, item))
    if not approved:
        raise Refusal("not-approved", f"{'、'.join(items[:3])}没有登记过核定，不用收回。", "请核对选的事项。")
    act = ApprovalWithdrawn(approved, said, office.permit(Permission.APPROVE).staff_number)
    entry = office.book.append(EntryKind.APPROVAL_WITHDRAWN, act.to_payload())
    office.reread()
    return entry


def last_approver(office: Office) -> str:
    """Who approved last; empty before the first approval."""
    entry = office.book.latest(EntryKind.ITEM_APPROVED)
    return ItemsApproved.from_payload(entry.payload).approval.approver if entry else ""


def checked_approval(office: Office, approval: Approval) -> Approval:
    """The approval with its texts in their printed form, and its dates checked.

    Raises:
        Refusal: `approval-incomplete` (without document or approver), `approval-in-future`, `approval-backdated` (in force
            before its own date); what `check_text` refuses.
    """
    number = check_text(approval.number.strip(), "文号", LONGEST)
    approver = check_text(approval.approver.strip(), "核定人", LONGEST)
    if not number:
        raise Refusal("approval-incomplete", "没有写明文号。", "请填写本中心批准的文号，如 临公积金〔2026〕9号。")
    if not approver:
        raise Refusal("approval-incomplete", "没有写明由谁核定。", "请填写，如 中心主任办公会。")
    if approval.date > office.today():
        raise Refusal("approval-in-future", f"核定日期 {approval.date.isoformat()} 还没有到。", "请核对日期。")
    if approval.since < approval.date:
        what = f"生效日 {approval.since.isoformat()} 早于核定日期。"
        raise Refusal("approval-backdated", what, "核定不能管以前受理的事项，请改为核定当天或者以后的日期。")
    return Approval(number, approval.date, approver, approval.since)


def _has_approval(office: Office, item_id: str) -> bool:
    approvals = office.catalogue.approvals
    texts = office.catalogue.items.get(item_id, ()) if approvals.may_cover(item_id) else ()
    return item_id in approvals.in_force or any(approvals.latest_of(text) for text in texts)


def _text(office: Office, item_id: str, day: date) -> ApprovedText:
    """What is approved of an item: its text on the day, as in its file."""
    find_item(office.catalogue, item_id, day)
    text = office.catalogue.text(item_id, day)
    assert text is not None
    return ApprovedText(text.id, text.name, text_digest(text), text.effective_from)


def _named(texts: Sequence[ApprovedText]) -> str:
    return f"事项 {texts[0].item} " if len(texts) == 1 else f"这 {len(texts)} 个事项"
