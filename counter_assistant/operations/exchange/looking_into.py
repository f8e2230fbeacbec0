"""中心要查明的一张单子：分叉、缺口、退回去的、没有收下的；查明了的写下缘由."""

from __future__ import annotations

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.exchange.bundle_entry import FindingSettled
from counter_assistant.domain.exchange.findings import Finding, findings
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.exchange.taking import books_of, taken_before
from counter_assistant.operations.office import Office


def findings_of(office: Office) -> tuple[Finding, ...]:
    """What there is to look into, those first of which nobody has said what came of it.

    Raises:
        Refusal: what `BranchBooks.strands` refuses.
    """
    settled = [FindingSettled.from_payload(entry.payload) for entry in office.book.entries(EntryKind.FINDING_SETTLED)]
    with books_of(office).strands() as strands:
        return findings(taken_before(office), strands, settled)


def settle_finding(office: Office, finding: str, reason: str, clerk: str = "") -> Entry:
    """Says what came of looking into a finding, which is given by its id.

    Raises:
        Refusal: `finding-unknown`, `reason-missing`; what `Office.permit`, `check_text` and `Book.append` refuse.
    """
    who = office.permit(Permission.BRANCHES, clerk)
    if finding not in {each.id for each in findings_of(office)}:
        raise Refusal("finding-unknown", f"没有要查明的“{finding}”。", "请照单子上的写。")
    said = check_text(reason, "缘由").strip()
    if not said:
        raise Refusal("reason-missing", "查明了什么须写明。", "请填写缘由后重试。")
    return office.book.append(EntryKind.FINDING_SETTLED, FindingSettled(finding, said, who.staff_number).to_payload())
