"""交接单上自己列出的：名下未结的办件、待答的咨询和别的待办登记、放下的来访、没用的停电备用单（守则 一(八)2：交代好工作）.

Complaints are listed on no sheet: their keepers give them to one another where they are sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.identity import mask_name, mask_numbers
from counter_assistant.domain.registers.handover.entries import HandedCase, HandedLine
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import GAP
from counter_assistant.operations.cases.steps import next_step
from counter_assistant.operations.kit.kits import KnownBlank, blanks_out
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.registers.register_lines import RegisterLines, RegisterQuery

NOBODY, PUT_ASIDE, ENDED = "未留姓名", "放下的", "—"
MOST_RUNS = 8
"""So many runs of numbers are written out; of more than that it is said how many there are."""


class Listing(NamedTuple):
    """What the book knows of somebody's work, as it stands now."""

    cases: tuple[HandedCase, ...]
    lines: tuple[HandedLine, ...]
    blanks: str


def listing_of(office: Office, clerks: Collection[str], also: Sequence[HandedCase] = ()) -> Listing:
    """What these clerks look after, by staff number; `also` are cases that were handed over before, whatever became of them.

    Raises:
        Refusal: what reading the book refuses.
    """
    before = [case for each in also if (case := office.cases.get(each.case))]
    known = {case.id for case in before}
    own = [case for case in office.cases.looked_after_by(clerks) if case.id not in known]
    lines = (*_waiting(office, clerks), *_put_aside(office, clerks))
    return Listing(tuple(map(_case, [*before, *own])), lines, blanks_in_words(blanks_out(office)))


def _case(case: Case) -> HandedCase:
    due = case.look_at if case.open else case.closed
    return HandedCase(
        case.id,
        case.papers[-1] if case.papers else "",
        case.item_name,
        mask_name(case.applicant) or NOBODY,
        case.stage.label,
        next_step(case).label if case.open else ENDED,
        due.isoformat() if due else "",
        case.printed_due.isoformat() if case.printed_due and case.open else "",
    )


def _waiting(office: Office, clerks: Collection[str]) -> Iterable[HandedLine]:
    """What waits in the registers and belongs to no case, which stands among the cases; an absence is no work."""
    kinds = tuple(kind for kind in RegisterKind if kind is not RegisterKind.ABSENCE)
    for line in RegisterLines(office.database).found(RegisterQuery(kinds, waiting=True), limit=None):
        if line.clerk in clerks and not line.case:
            yield HandedLine(line.kind.label, line.line, line.due.isoformat() if line.due else "")


def _put_aside(office: Office, clerks: Collection[str]) -> Iterable[HandedLine]:
    for draft in office.drafts.all():
        if draft.clerk in clerks:
            name, item = str(draft.body.get("name", "")), str(draft.body.get("item_name", ""))
            text = listed((mask_name(name.strip()) or NOBODY, mask_numbers(item)), GAP)
            yield HandedLine(PUT_ASIDE, text, "")


def blanks_in_words(blanks: Sequence[KnownBlank]) -> str:
    """备〔2026〕3号至5号…: the numbers of blanks that are out, those that follow one another together; empty where there are none."""
    runs: list[list[KnownBlank]] = []
    for blank in blanks:
        if runs and runs[-1][-1].blank.n + 1 == blank.blank.n:
            runs[-1].append(blank)
        else:
            runs.append([blank])
    said = [run[0].number if len(run) == 1 else f"{run[0].number}至{run[-1].number}" for run in runs]
    if len(said) > MOST_RUNS:
        said = [*said[:MOST_RUNS], f"另有 {len(said) - MOST_RUNS} 段"]
    return f"停电备用单 {len(blanks)} 份：{'；'.join(said)}。" if blanks else ""
