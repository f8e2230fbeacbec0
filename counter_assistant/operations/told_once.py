"""再次来办：找出上次告知，与今天对照（守则 一(五)4）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from counter_assistant.domain.applicant import Applicant
from counter_assistant.domain.catalogue import Catalogue
from counter_assistant.domain.comparison import Comparison
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.likeness import Likeness, Person
from counter_assistant.domain.slip import SlipKind
from counter_assistant.domain.told import Told, told_now, told_of_payload
from counter_assistant.domain.told_once import Circumstances, compare, hanging
from counter_assistant.operations.casework import same_today
from counter_assistant.operations.matter import Matter
from counter_assistant.operations.office import Office
from counter_assistant.storage.acts import Act, acts_at, acts_of, named_oral_notices, void_seqs
from counter_assistant.storage.records import TAIL
from counter_assistant.storage.search import fold

TELLING = frozenset((SlipKind.NOTIFICATION_SLIP, SlipKind.SUPPLEMENT_NOTICE))
"""The kinds that tell what is needed; an oral notice is one without its paper."""

POSSIBLE_SHOWN = 5
_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class EarlierAct:
    """An earlier telling of the same matter.

    `certain` is false where nothing but the name is the same: then it is offered with the tails, never assumed. `told`
    is None where the entry kept no details. `number` is empty for an oral notice.
    """

    seq: int
    time: datetime
    number: str
    kind: SlipKind
    clerk: str
    name: str
    id_tail: str
    phone_tail: str
    certain: bool
    told: Told | None

    @property
    def oral(self) -> bool:
        """Whether there is no paper of it."""
        return not self.number


@dataclass(frozen=True, slots=True)
class DoneToday:
    """That the same person's same matter was dealt with today already. `number` is empty where no paper came of it."""

    time: datetime
    clerk: str
    number: str


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the book holds of the same person and item: earlier tellings, and what was done today in another case."""

    acts: list[EarlierAct]
    today: DoneToday | None


def look_back(office: Office, applicant: Applicant, item: str, case: str = "") -> LookBack:
    """Earlier tellings as `earlier_acts` gives them, and what was done today; the book is asked once for both.

    Without an item two questions have nothing in common but that neither belongs here: nothing is found.
    """
    if not item:
        return LookBack([], None)
    found = _likely(office, applicant, item, None, case)
    return LookBack(_tellings(office, found), _done_today(office, applicant, item, found, case))


def earlier_acts(
    office: Office, applicant: Applicant, item: str, before: int | None = None, case: str = ""
) -> list[EarlierAct]:
    """The earlier tellings of an item to an applicant, newest first; `before` is the number of an entry.

    Known to be of the same person are those of the same `case`, identity number, or name and phone. Those of the same
    name alone follow as possible ones, at most `POSSIBLE_SHOWN`. Void slips tell nothing.
    """
    return _tellings(office, _likely(office, applicant, item, before, case))


_Likely = list[tuple[Act, Likeness]]


def _likely(office: Office, applicant: Applicant, item: str, before: int | None, case: str) -> _Likely:
    person = Person(fold(applicant.name), applicant.id_number, applicant.phone)
    acts = _candidates(office, applicant, item, before, case)
    return [(act, _likeness(person, act, case)) for act in acts if act.facts["item"] == item]


def _tellings(office: Office, found: _Likely) -> list[EarlierAct]:
    told = [(act, like) for act, like in found if _is_telling(act)]
    known = [_earlier(office, act, certain=True) for act, like in told if like is Likeness.SAME]
    possible = [act for act, like in told if like is Likeness.POSSIBLE][:POSSIBLE_SHOWN]
    return known + [_earlier(office, act, certain=False) for act in possible]


def _done_today(office: Office, applicant: Applicant, item: str, found: _Likely, case: str) -> DoneToday | None:
    """The newest act of today for certain of the same person; what was done on the spot only the cases know."""
    today = office.today()
    for act, like in found:
        of_this = bool(case) and act.facts.get("case") == case
        if like is Likeness.SAME and act.time.date() == today and not of_this:
            return DoneToday(act.time, _clerk(office, act), act.number)
    done = same_today(office, applicant.name, applicant.id_number, item)
    if done is None or done.id == case or done.opened != today:
        return None
    entry, tails = office.book.find(done.id), {(done.id_tail, applicant.id_number), (done.phone_tail, applicant.phone)}
    if entry is None or not any(tail and tail == whole[-TAIL:] for tail, whole in tails):
        return None
    return DoneToday(entry.time, _name_of(office, done.history[0].clerk), "")


def comparison(office: Office, matter: Matter, act: EarlierAct) -> Comparison:
    """What an earlier act told, beside what a matter needs."""
    item, catalogue = matter.item, office.catalogue
    now = told_now(
        matter.notice, matter.acceptance, item=item.id, catalogue=catalogue.version, clerk=matter.clerk.staff_number,
        answers=matter.request.answers,
    )  # fmt: skip
    about = Circumstances(catalogue.questions, catalogue.statutes, hanging(item), item.effective_from)
    return compare(act.told, now, about)


def from_stored(earlier: Told, later: Told, catalogue: Catalogue) -> Comparison:
    """The comparison of two acts by what was stored of them alone, so that it comes out the same at any later time."""
    item = catalogue.item(later.item, later.day)
    since = item.effective_from if item else later.day.min
    return compare(earlier, later, Circumstances(catalogue.questions, catalogue.statutes, None, since))


def person_of(act: Act) -> Person:
    """By what the applicant of an act is recognised."""
    return Person(fold(act.applicant["name"]), act.applicant["id_number"], act.applicant["phone"])


def _candidates(office: Office, applicant: Applicant, item: str, before: int | None, case: str) -> list[Act]:
    """Newest first, what the archive finds under name and tails, the oral notices, and the act that began the case."""
    tails = [text[-TAIL:] for text in (applicant.id_number, applicant.phone) if text]
    texts = [*(f"{applicant.name} {tail}" for tail in tails), applicant.id_number[-TAIL:], applicant.name]
    seqs: set[int] = set()
    for text in filter(None, map(str.strip, texts)):
        rows = office.archive.search(text, item=item, limit=_CANDIDATES, before=before)
        seqs |= {row.seq for row in rows if not row.void}
    seqs |= _oral(office, applicant, item, before)
    acts = {act.seq: act for act in acts_at(office.database, seqs)}
    if case:
        acts |= {act.seq: act for act in _began(office, case) if before is None or act.seq < before}
    return sorted(acts.values(), key=lambda act: act.seq, reverse=True)


def _oral(office: Office, applicant: Applicant, item: str, before: int | None) -> set[int]:
    """The oral notices to somebody of this name: all with a tail of theirs, of the others the newest few."""
    name = fold(applicant.name)
    found = named_oral_notices(office.database, [item], before, _surest_part(applicant.name)) if name else []
    named = [one for one in found if fold(one.name) == name]
    tails = {("id", applicant.id_number[-TAIL:]), ("phone", applicant.phone[-TAIL:])} - {("id", ""), ("phone", "")}
    known = [one for one in named if tails & {("id", one.id_tail), ("phone", one.phone_tail)}]
    return {one.seq for one in (*known, *named[:_CANDIDATES])}


def _surest_part(name: str) -> str:
    """The longest run of ideographs of a name: dots, letters and blanks may have been typed otherwise then."""
    return max(re.findall("[\u4e00-\u9fff]+", name), key=len, default="")


def _began(office: Office, case: str) -> list[Act]:
    acts = acts_of(office.database, [case])
    void = void_seqs(office.database, [act.seq for act in acts])
    return [act for act in acts if act.seq not in void]


def _is_telling(act: Act) -> bool:
    return act.kind is EntryKind.ORAL_NOTICE or act.slip in TELLING


def _likeness(person: Person, act: Act, case: str) -> Likeness:
    if case and act.facts.get("case") == case:
        return Likeness.SAME
    return person.likeness(person_of(act))


def _earlier(office: Office, act: Act, *, certain: bool) -> EarlierAct:
    return EarlierAct(
        act.seq, act.time, act.number, SlipKind(act.slip), _clerk(office, act), act.applicant["name"],
        act.applicant["id_number"][-TAIL:], act.applicant["phone"][-TAIL:], certain,
        told_of_payload(act.everything, act.number),
    )  # fmt: skip


def _clerk(office: Office, act: Act) -> str:
    return act.clerk or _name_of(office, act.facts["clerk"])


def _name_of(office: Office, staff_number: str) -> str:
    """The name of a clerk; of one who has left, what is known."""
    return next((clerk.name for clerk in office.profile.clerks if clerk.staff_number == staff_number), staff_number)
