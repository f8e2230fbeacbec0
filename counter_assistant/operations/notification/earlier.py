"""再次来办：找出上次告知，与今天对照（守则 一(五)4）."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.notification.comparison import ComparisonContext, compare, dependencies
from counter_assistant.domain.notification.differences import Comparison
from counter_assistant.domain.notification.tellings import tells
from counter_assistant.domain.notification.told_content import ToldContent, told_by, told_in
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.matching import Person, PersonMatch, person_of
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.number_conflict import KnownAs, known_as
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.acts import Act, acts_at, acts_of, void_seqs
from counter_assistant.storage.views.people import entries_under, newest_under

POSSIBLE_SHOWN = 5
_NAMESAKES = 10
_LAST_UNDER_PHONE = 10


@dataclass(frozen=True, slots=True)
class EarlierAct:
    """An earlier notification about the same matter.

    `certain` is false where only the name is the same: it is then offered with the tails of the numbers, never assumed.
    `told` is None where the entry holds no details. `number` is empty for an oral notice.
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
    told: ToldContent | None

    @property
    def oral(self) -> bool:
        """Whether no paper was issued."""
        return not self.number


@dataclass(frozen=True, slots=True)
class DoneToday:
    """That the same person's same matter was already dealt with today. `number` is empty where no paper was issued."""

    time: datetime
    clerk: str
    number: str


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the book holds about the same person and item.

    `acts` are earlier notifications, `today` what was done today in another case, `known_as` the numbers that were last
    recorded under another name.
    """

    acts: list[EarlierAct] = field(default_factory=list)
    today: DoneToday | None = None
    known_as: tuple[KnownAs, ...] = ()

    def must_be_read(self, *, seen: bool) -> list[KnownAs | DoneToday | int]:
        """What has to be read before anything is issued.

        An earlier notification, given by the number of its entry, only where the clerk cannot have `seen` it. Possible
        ones alone never hold anybody up: many people share a name.
        """
        newest = next((act.seq for act in self.acts if act.certain), None)
        done = [self.today] if self.today else [newest] if newest is not None and not seen else []
        return [*self.known_as, *done]


def look_back(
    office: Office, applicant: Applicant, item: str, case: str = "", request_id: str = "", corrects: str = ""
) -> LookBack:
    """What is known about an applicant before an item is dealt with. The act `request_id` itself is left out, and
    the slip of the number `corrects`, whose mistakes nobody need be asked about.

    The same person's are the acts of the same `case`, of the same identity number, and of the same name and phone. Acts
    of the same name alone follow as possible ones, at most `POSSIBLE_SHOWN`. Void slips are left out. Without an item
    nothing is found: two such questions have nothing in common but that neither belongs here.
    """
    if not item:
        return LookBack()
    acts = _acts(office, applicant, item, case, request_id, corrects)
    found = _likely(applicant, item, acts.all, case)
    asked = known_as(person_of(applicant), acts.by_number, acts.by_phone)
    return LookBack(_tellings(office, found), _done_today(office, found, case), asked)


_Likely = list[tuple[Act, PersonMatch]]


def _likely(applicant: Applicant, item: str, acts: list[Act], case: str) -> _Likely:
    person = person_of(applicant)
    return [(act, _match(person, act, case)) for act in acts if act.facts.item == item]


def _tellings(office: Office, found: _Likely) -> list[EarlierAct]:
    told = [(act, match) for act, match in found if tells(act.kind, act.slip)]
    known = [_earlier(office, act, certain=True) for act, match in told if match is PersonMatch.SAME]
    possible = [act for act, match in told if match is PersonMatch.POSSIBLE][:POSSIBLE_SHOWN]
    return known + [_earlier(office, act, certain=False) for act in possible]


def _done_today(office: Office, found: _Likely, case: str) -> DoneToday | None:
    """The newest act of today that is certainly by the same person."""
    today = office.today()
    for act, match in found:
        of_this = bool(case) and act.facts.case == case
        if match is PersonMatch.SAME and act.time.date() == today and not of_this:
            return DoneToday(act.time, _clerk(office, act), act.number)
    return None


def comparison(office: Office, matter: Matter, act: EarlierAct) -> Comparison:
    """What an earlier act told, compared with what a matter needs."""
    item, catalogue = matter.item, office.catalogue
    now = told_by(
        matter.notice, matter.acceptance, item=item.id, catalogue=catalogue.version, clerk=matter.clerk.staff_number,
        answers=matter.request.answers,
    )  # fmt: skip
    about = ComparisonContext(catalogue.questions, catalogue.statutes, dependencies(item), item.effective_from)
    return compare(act.told, now, about)


def from_stored(earlier: ToldContent, later: ToldContent, catalogue: Catalogue) -> Comparison:
    """Two acts compared by what was stored of them alone, so that the result is the same at any later time."""
    item = catalogue.item(later.item, later.day)
    since = item.effective_from if item else later.day.min
    return compare(earlier, later, ComparisonContext(catalogue.questions, catalogue.statutes, None, since))


@dataclass(frozen=True, slots=True)
class _Acts:
    """Acts that may be the applicant's, newest first, without void ones.

    `by_phone` is filled only where the phone may have to be asked about.
    """

    all: list[Act]
    by_number: list[Act]
    by_phone: list[Act]


def _acts(office: Office, applicant: Applicant, item: str, case: str, request_id: str, corrects: str) -> _Acts:
    """What the book holds with the applicant's number, name and phone, or name and item, and what began the case.

    Everything with a number, or with a name and its phone, is read, whatever it was about: a limit would drop what was
    told about this item once somebody has come often for others.
    """
    database, terms = office.database, office.book.people_terms
    name, phone, id_number = applicant.name, applicant.phone, applicant.id_number
    by_number = entries_under(database, terms.number(id_number)) if id_number else set()
    by_both = entries_under(database, terms.name_and_phone(name, phone)) if name and phone else set()
    # If the applicant has a number, a namesake with a number is either found by it or somebody else.
    kinds = {False, not id_number} if name else set()
    namesakes = (newest_under(database, terms.name_and_item(name, item, numbered=kind), _NAMESAKES) for kind in kinds)
    by_name = sorted((seq for seqs in namesakes for seq in seqs), reverse=True)[:_NAMESAKES]
    # A phone already known with this name was asked about then; an agent leaves a phone of their own.
    asked = id_number and phone and not by_both and not applicant.agent.name
    by_phone = set(newest_under(database, terms.phone(phone), _LAST_UNDER_PHONE)) if asked else set()
    found = acts_at(database, {*by_number, *by_both, *by_name, *by_phone})
    began = acts_of(database, [case]) if case else []
    acts = {act.seq: act for act in (*found, *began)}
    void = void_seqs(database, acts)
    this = {seq for seq, act in acts.items() if act.number == corrects != "" or _is_act(act, request_id)}
    kept = [acts[seq] for seq in sorted(acts.keys() - void - this, reverse=True)]
    return _Acts(kept, [act for act in kept if act.seq in by_number], [act for act in kept if act.seq in by_phone])


def _is_act(act: Act, request_id: str) -> bool:
    return bool(request_id) and act.uuid == request_id


def _match(person: Person, act: Act, case: str) -> PersonMatch:
    if case and act.facts.case == case:
        return PersonMatch.SAME
    return person.match(act.person)


def _earlier(office: Office, act: Act, *, certain: bool) -> EarlierAct:
    assert act.slip is not None  # what tells is of a kind of paper, whether it was written or oral
    return EarlierAct(
        act.seq, act.time, act.number, act.slip, _clerk(office, act), act.applicant.name,
        act.applicant.id_tail, act.applicant.phone_tail, certain, told_in(act.everything, act.number),
    )  # fmt: skip


def _clerk(office: Office, act: Act) -> str:
    return act.clerk or _name_of(office, act.facts.clerk)


def _name_of(office: Office, staff_number: str) -> str:
    """The name of a clerk; for one who has left, the staff number."""
    return next((clerk.name for clerk in office.profile.clerks if clerk.staff_number == staff_number), staff_number)
