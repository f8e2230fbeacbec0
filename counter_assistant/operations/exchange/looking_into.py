"""中心要查明的一张单子：分叉、缺口、退回去的、没有收下的；查明了的写下缘由."""

from __future__ import annotations

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.exchange.bundle_entry import FindingSettled
from counter_assistant.domain.exchange.findings import Finding
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_reading import Ask


def findings_of(office: Office, ask: Ask | None = None) -> tuple[Finding, ...]:
    """What there is to look into, those first of which nobody has said what came of it.

    Raises:
        Refusal: what `AllBranches` refuses.
    """
    return AllBranches(office, ask=ask).findings()


def settle_finding(office: Office, finding: str, reason: str, clerk: str = "", ask: Ask | None = None) -> Entry:
    """Says what came of looking into a finding, which is given by its id.

    Raises:
        Refusal: `finding-unknown`, `reason-missing`; what `Office.permit`, `AllBranches`, `check_text` and `Book.append` refuse.
    """
    who = office.permit(Permission.BRANCHES, clerk)
    if finding not in {each.id for each in AllBranches(office, clerk, ask).findings()}:
        raise Refusal("finding-unknown", f"没有要查明的“{finding}”。", "请照单子上的写。")
    said = check_text(reason, "缘由").strip()
    if not said:
        raise Refusal("reason-missing", "查明了什么须写明。", "请填写缘由后重试。")
    return office.book.append(EntryKind.FINDING_SETTLED, FindingSettled(finding, said, who.staff_number).to_payload())
