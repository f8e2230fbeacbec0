"""自己第一次告知、再来时有出入的办件：只给窗口上的这位经办人看，可以写说明（守则 一(五)4）.

People are not ranked, and nobody sees another clerk's matters here; a supervisor who looks at one's says why, and that is told here. A clerk's own words are a step of the case
(办件进展): they belong to that matter, are dated and signed, appear in its history, and change neither its stage nor
the figures. An entry kind of its own would say nothing more; 意见 and 咨询 are what the public says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.cases.case import Case, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.differences import Comparison
from counter_assistant.domain.notification.told_content import told_in
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.looked_entry import SupervisorLooked
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.notification.earlier import from_stored
from counter_assistant.operations.notification.monthly import Counted, Month, counted_in, figures, item_name
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.acts import Act, acts_at


@dataclass(frozen=True, slots=True)
class OwnMatter:
    """A matter that `clerk` (a staff number) told first and for which something else was needed later.

    `said` are the clerk's own words about it, the newest last.
    """

    case: str
    clerk: str
    told_on: date
    applicant: str
    item: str
    item_name: str
    comparison: Comparison
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody, by name, looked at the current clerk's matters of a month, on a day and for a reason."""

    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MonthForClerk:
    """The figures of a month, the matters of the current clerk that differed, and who looked at these."""

    month: Month
    own: tuple[OwnMatter, ...]
    looks: tuple[Look, ...] = ()


def month_for_clerk(office: Office, year: int, month: int) -> MonthForClerk:
    """The figures by item, and the current clerk's own matters; nobody else's can be asked for.

    Raises:
        Refusal: what `OfficeProfile.clerk` refuses.
    """
    matters, clerk = counted_in(office, year, month), office.profile.clerk("").staff_number
    looks = tuple(_looks(office, f"{year}-{month:02}", clerk))
    return MonthForClerk(figures(office, year, month, matters), _told_by(office, matters, clerk), looks)


def matters_told_by(office: Office, year: int, month: int, clerk: str) -> tuple[OwnMatter, ...]:
    """The matters of a month that a clerk told first and that differed. Whoever shows them to another asks for a reason before
    (operations/report/one_clerk.py)."""
    return _told_by(office, counted_in(office, year, month), clerk)


def explain(office: Office, matter: OwnMatter, words: str) -> Case:
    """Records what the clerk says about an own matter, open or closed.

    Raises:
        Refusal: `not-own-matter`; what `take_step` refuses.
    """
    clerk = office.profile.clerk("")
    if clerk.staff_number != matter.clerk:
        raise Refusal(
            "not-own-matter", "这一件第一次不是现在的经办人告知的。", "请由第一次告知的经办人自己说明（Ctrl+K 换人）。"
        )
    return take_step(office, matter.case, Step.TELLING_EXPLAINED, note=words, clerk=clerk.staff_number)


def _told_by(office: Office, matters: list[Counted], clerk: str) -> tuple[OwnMatter, ...]:
    own = [one for one in matters if one.first.clerk == clerk and one.finding.known and not one.finding.right]
    acts = acts_at(office.database, [seq for one in own for seq in (one.first.seq, one.last.seq)])
    by_seq = {act.seq: act for act in acts}
    return tuple(_own(office, by_seq[one.first.seq], by_seq[one.last.seq]) for one in own)


def _looks(office: Office, month: str, clerk: str) -> Iterator[Look]:
    names = office.profile.clerk_names
    for entry in office.book.entries(EntryKind.SUPERVISOR_LOOKED):
        looked = SupervisorLooked.from_payload(entry.payload)
        if (looked.clerk, looked.month) == (clerk, month):
            yield Look(entry.time.date(), names.get(looked.by, looked.by), looked.reason)


def _own(office: Office, first: Act, last: Act) -> OwnMatter:
    earlier, later = (told_in(act.everything, act.number) for act in (first, last))
    assert earlier is not None  # of what was not kept nothing is known
    assert later is not None
    case, facts = first.facts.case or first.uuid, first.facts
    return OwnMatter(
        case, facts.clerk, first.time.date(), first.applicant.name, facts.item,
        item_name(office, facts.item, facts.day), from_stored(earlier, later, office.catalogue),
        _said(office.cases.get(case)),
    )  # fmt: skip


def _said(case: Case | None) -> tuple[str, ...]:
    """The clerk's words in a case's history: its lines that begin with the name of the step."""
    mark = f"{Step.TELLING_EXPLAINED.label}，"
    lines = (trace.words for trace in case.history if not trace.withdrawn) if case else ()
    return tuple(words.removeprefix(mark) for words in lines if words.startswith(mark))
