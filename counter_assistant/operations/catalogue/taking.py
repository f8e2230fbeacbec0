"""送核与施行：一稿由本中心批准（文号、核定人、日期、生效日），另一个人核对，记进台账，从生效日起照它告知（守则 一(四)3）."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken, TakenEdition
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.operations.catalogue.approving import checked_approval
from counter_assistant.operations.catalogue.revising import Revising, outdated
from counter_assistant.operations.catalogue.visiting import visits_of, visits_run

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def edition_of(office: Office, revising: Revising, approval: Approval) -> Edition:
    """The edition that a revision becomes with an approval.

    Raises:
        Refusal: `nothing-revised`, `revision-faulty` (the check of the catalogue finds a fault), `visit-fails` (a typical
            visit is told otherwise than it must be), `edition-too-early`; what `checked_approval` refuses.
    """
    checked, differ = checked_approval(office, approval), revising.differences
    if not revising.revision.acts:
        raise Refusal("nothing-revised", "这一稿还没有改动，也没有核过一句。", "请先逐句核定，或者改事项。")
    for each in differ:
        if faults := [fault for fault in revising.faults(each.item) if not fault.warning]:
            raise Refusal(
                "revision-faulty",
                f"{each.item} {each.name}还有 {len(faults)} 处要改：{faults[0]}。",
                "请改好以后再送核。",
            )
    changes = tuple(each.in_words() for each in differ)
    made = edition(revising.base, revising.working, checked, _version(office, checked), changes)
    for run in visits_run(office, revising, told=made.catalogue):
        if not run.passed:
            what = f"典型来访“{run.visit.item} {run.visit.name}”不对：{listed(run.failings, '；')}。"
            raise Refusal("visit-fails", what, "请改事项；清单本来就该这样变的，请改这个典型来访。")
    return replace(made, visits=visits_of(office, revising))


def take_revision(office: Office, revising: Revising, approval: Approval, confirmed_by: str) -> Entry:
    """Records the approved revision: it is told from its first day on. The revision itself is done with.

    Raises:
        Refusal: `second-person-needed` (nobody else confirmed it); `revision-outdated`, where the book has another edition
            by now; what `edition_of` and `OfficeProfile.clerk` refuse.
    """
    office.reread()
    if office.catalogue.version != revising.base.version:
        raise outdated(revising.base.version, office.catalogue.version)
    clerk = office.profile.clerk("").staff_number
    second = office.profile.clerk(confirmed_by).staff_number if confirmed_by else ""
    if second in ("", clerk):
        raise Refusal(
            "second-person-needed", "核定要由另一个人对照文件核对一遍。", "请另一位工作人员核对，并选他的姓名。"
        )
    taken = ContentTaken(edition_of(office, revising, approval), clerk, second)
    entry = office.book.append(EntryKind.CONTENT_TAKEN, taken.to_payload())
    office.reread()
    revising.give_up()
    return entry


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition that the book holds, in the entry `seq`."""

    seq: int
    taken: TakenEdition


def editions(office: Office) -> list[KeptEdition]:
    """The editions that were taken, newest first: the first of them is the one in force."""
    found = office.book.entries(EntryKind.CONTENT_TAKEN)
    return sorted(
        (KeptEdition(entry.seq, TakenEdition.from_payload(entry.payload)) for entry in found),
        key=lambda kept: -kept.seq,
    )


def take_back(office: Office, seq: int) -> Entry:
    """Takes an earlier edition of the book once more, in one step.

    Raises:
        Refusal: `unknown-edition`: no entry of that number holds one.
    """
    found = next((entry for entry in office.book.entries(EntryKind.CONTENT_TAKEN) if entry.seq == seq), None)
    if found is None:
        raise Refusal("unknown-edition", f"台账第 {seq} 条不是一版目录。", "请从列出的版本里选。")
    entry = office.book.append(EntryKind.CONTENT_TAKEN, ContentTaken.from_payload(found.payload).to_payload())
    office.reread()
    return entry


def _version(office: Office, approval: Approval) -> str:
    """The first day, as papers name the edition; with a number where another edition begins on it, too."""
    day = approval.since.isoformat()
    taken = [ContentTaken.from_payload(entry.payload).edition for entry in office.book.entries(EntryKind.CONTENT_TAKEN)]
    same = {each.version for each in taken if each.approval.since == approval.since}
    return f"{day}-{len(same) + 1}" if same else day
