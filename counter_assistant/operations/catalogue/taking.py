"""送核与施行：一稿由本中心批准（文号、核定人、日期、生效日），另一个人核对，记进台账，从生效日起照它告知（守则 一(四)3）."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.statute_changes import statute_changes
from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.domain.wording.centre_phrases import centre_phrases, phrase_changes
from counter_assistant.operations.catalogue.approving import checked_approval
from counter_assistant.operations.catalogue.centre import refuse_fixed
from counter_assistant.operations.catalogue.revising import Revising, outdated
from counter_assistant.operations.catalogue.visiting import visits_of, visits_run
from counter_assistant.operations.wording.office_phrases import decided

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def edition_of(office: Office, revising: Revising, approval: Approval) -> Edition:
    """The edition that a revision becomes with an approval, which is one that `checked_approval` gave.

    Raises:
        Refusal: `revision-faulty` (the check of the catalogue finds a fault), `visit-fails` (a typical visit is told
            otherwise than it must be), `edition-in-past` (its first day is over), `edition-too-early`.
    """
    if approval.since < office.today():
        raise Refusal(
            "edition-in-past",
            f"生效日 {approval.since.isoformat()} 已经过去，从那天到今天都是按现在的目录告知的。",
            "请写今天或者以后的日期；文件自印发之日起施行、今天才登记的，生效日也写今天，批准日期照文件写。",
        )
    phrases, said, differ = centre_phrases(decided(office).own), phrases_changed(office), revising.differences
    statutes = tuple(statute_changes(revising.base, revising.working))
    changes = (*statutes, *(each.in_words() for each in differ), *said)
    made = edition(revising.base, revising.working, approval, _version(office, approval), changes)
    changed = {each.item for each in differ} if not statutes else revising.working.items.keys()
    for item_id in sorted(changed & revising.working.items.keys()):
        text = newest(made.catalogue, item_id)
        if faults := [fault for fault in check_item(text, made.catalogue) if not fault.warning]:
            raise Refusal(
                "revision-faulty",
                f"{text.id} {text.name}还有 {len(faults)} 处要改：{faults[0]}。",
                "请改好以后再送核。",
            )
    if failing := [run for run in visits_run(office, revising, told=made.catalogue) if not run.passed]:
        raise visits_fail(failing)
    return replace(made, visits=visits_of(office, revising), phrases=phrases)


def is_revised(office: Office, revising: Revising) -> bool:
    """Whether there is anything to send: an act of the revision, or a phrase of the centre's own that is otherwise now."""
    return bool(revising.revision.acts or phrases_changed(office))


def phrases_changed(office: Office) -> tuple[str, ...]:
    """What differs in the phrases of the centre's own from the edition that is told, in words."""
    told = office.content.edition.phrases if office.content.edition else ()
    return tuple(phrase_changes(told, centre_phrases(decided(office).own)))


def visits_fail(failing: Sequence[VisitRun]) -> Refusal:
    """Why nothing is approved while typical visits are told otherwise than they must be; every one of them is named."""
    return Refusal(
        "visit-fails", "".join(run.sentence for run in failing), "请改事项；清单本来就该这样变的，请改这个典型来访。"
    )


def take_revision(office: Office, revising: Revising, approval: Approval, confirmed_by: str) -> Entry:
    """Records the approved revision: it is told from its first day on. The revision itself is done with.

    Raises:
        Refusal: what `checked_revision` refuses.
    """
    entry = take(office, checked_revision(office, revising, approval, confirmed_by))
    revising.give_up()
    return entry


def checked_revision(office: Office, revising: Revising, approval: Approval, confirmed_by: str) -> ContentTaken:
    """What `take_revision` records of a revision: everything is checked, first what nothing that is filled in could mend.

    Raises:
        Refusal: `nothing-revised`; `revision-outdated`, where the book has another edition by now; what `refuse_fixed`,
            `Office.permit`, `checked_approval`, `two_people` and `edition_of` refuse.
    """
    refuse_fixed(office)
    refuse_outdated(office, revising)
    office.permit(Permission.TAKE_CONTENT)
    if not is_revised(office, revising):
        raise Refusal("nothing-revised", "这一稿还没有改动，也没有核过一句。", "请先逐句核定，或者改事项。")
    checked = checked_approval(office, approval)
    people = two_people(office, confirmed_by)
    return ContentTaken(edition_of(office, revising, checked), *people)


def refuse_outdated(office: Office, revising: Revising) -> None:
    """Reads the book again: somebody else may have taken an edition since the revision was begun.

    Raises:
        Refusal: `revision-outdated`.
    """
    office.reread()
    if office.catalogue.version != revising.base.version:
        raise outdated(revising.base.version, office.catalogue.version)


def two_people(office: Office, confirmed_by: str) -> tuple[str, str]:
    """The staff numbers of who records an edition and who compared it with the document.

    Raises:
        Refusal: `second-person-needed` (nobody else confirmed it); what `OfficeProfile.clerk` refuses.
    """
    clerk = office.profile.clerk("").staff_number
    second = office.profile.clerk(confirmed_by).staff_number if confirmed_by else ""
    if second in ("", clerk):
        raise Refusal(
            "second-person-needed", "核定要由另一个人对照文件核对一遍。", "请另一位工作人员核对，并选他的姓名。"
        )
    return clerk, second


def take(office: Office, taken: ContentTaken) -> Entry:
    """Records an edition; it is told from its first day on.

    Raises:
        Refusal: what `Office.permit` and `Book.append` refuse.
    """
    office.permit(Permission.TAKE_CONTENT, taken.clerk)
    entry = office.book.append(EntryKind.CONTENT_TAKEN, taken.to_payload())
    office.reread()
    return entry


def take_back(office: Office, seq: int) -> Entry:
    """Takes an earlier edition of the book once more, in one step. Who had confirmed it then is still who did.

    Raises:
        Refusal: `unknown-edition` (no entry of that number holds one), `edition-in-force` (it is the one that is told);
            `fixed-by-centre` where the centre's packs are told and it came in none.
    """
    entries = list(office.book.entries(EntryKind.CONTENT_TAKEN))
    found = next((entry for entry in entries if entry.seq == seq), None)
    if found is None:
        known = "、".join(str(entry.seq) for entry in entries) or "还没有施行过"
        raise Refusal("unknown-edition", f"台账第 {seq} 条不是一版目录。", f"请从这些条目里选：{known}。")
    if found is entries[-1]:
        raise Refusal("edition-in-force", f"台账第 {seq} 条就是现在施行的一版。", "不用退回。")
    back = ContentTaken.from_payload(found.payload)
    if back.pack is None:
        refuse_fixed(office)
    pack = replace(back.pack, trusted=False) if back.pack else None
    return take(office, replace(back, clerk=office.profile.clerk("").staff_number, pack=pack))


def _version(office: Office, approval: Approval) -> str:
    """The first day, as papers name the edition; with a number where another edition begins on it, too."""
    day = approval.since.isoformat()
    taken = [ContentTaken.from_payload(entry.payload).edition for entry in office.book.entries(EntryKind.CONTENT_TAKEN)]
    same = {each.version for each in taken if each.approval.since == approval.since}
    return f"{day}-{len(same) + 1}" if same else day
