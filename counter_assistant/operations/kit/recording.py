"""补录停电备用单：照纸上写的登记，和当场出具的一样进档案；台账里看得出是后来补的。"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.kit import Written, check_written_at, filled_in, read_ticks
from counter_assistant.domain.papers.numbering import kit_recorded_series
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.papers.slip import Draft
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.issuing.issue import missing_glyphs
from counter_assistant.operations.kit.kits import BlankState, KnownBlank, find_blank, is_void
from counter_assistant.operations.kit.printing import refuse_done
from counter_assistant.storage.journal.records import IssuedEntry, IssuedRecord

if TYPE_CHECKING:
    from counter_assistant.domain.papers.slip import Slip
    from counter_assistant.domain.people.office_profile import Clerk
    from counter_assistant.operations.office import Office

LONGEST_SITUATION = 60


@dataclass(frozen=True, slots=True)
class FromPaper:
    """What stands on a blank that was given out: its number as typed, the day and hour, the clerk by staff number or name (empty: who is at
    the window), to whom it was given, and which boxes were ticked, as their numbers are typed."""

    number: str
    day: date
    hour: time
    name: str
    phone: str = ""
    agent: str = ""
    relation: str = ""
    situation: str = ""
    ticked: str = ""
    clerk: str = ""


def record_blank(office: Office, paper: FromPaper) -> IssuedEntry:
    """Records a blank that was given out: a slip as any other, but with the number, the time and the clerk of the paper. Its entry is of now,
    and the slip says that it was recorded later. The same again gives what was recorded.

    Raises:
        Refusal: `clock-doubtful`, `request-differs` (it was recorded with something else on it), `name-needed`, `kit-number-void`,
            `missing-glyph`; what `find_blank`, `check_written_at`, `read_ticks`, `filled_in`, `Office.permit`, `OfficeProfile.clerk`, `Applicant.checked` and `check_text`
            refuse. Nothing is recorded then.
    """
    office.book.require_sound_clock()
    office.permit(Permission.issuing(SlipKind.NOTIFICATION_SLIP))
    known, now = find_blank(office, paper.number), office.clock()
    if known.state is BlankState.VOID:
        refuse_done(known)
    at = datetime.combine(paper.day, paper.hour, now.tzinfo)
    check_written_at(at, known.kit.entry.time, now)
    who, person = office.profile.clerk(paper.clerk), _person(office, paper)
    situation = check_text(paper.situation, "情形", LONGEST_SITUATION).strip()
    written = _written(at, who, person, situation, read_ticks(paper.ticked))
    draft = Draft.from_payload(known.blank.of.draft)
    _refuse_missing_glyphs(office, filled_in(draft, written, at))
    act = _act(known, at, who, person, situation)

    def fill_in(_n: int, moment: datetime) -> IssuedRecord:
        if is_void(office, known.number):
            refuse_done(known._replace(state=BlankState.VOID))
        slip = known.slip(filled_in(draft, written, moment), at)
        bears = slip.to_payload() | {"check_code": slip.check_code}
        return IssuedRecord(_card(known, slip, who, person), bears, act)

    same = replace(
        paper, number=known.number, clerk=who.staff_number, ticked=" ".join(map(str, sorted(written.ticked)))
    )
    digest = sha256(json.dumps(asdict(same), default=str, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    series = kit_recorded_series(known.kit.printed.year, office.profile)
    issued = office.book.issue(lambda _year: series, known.blank.act, digest, fill_in)
    office.prints.settle([known.number])
    return issued


def _person(office: Office, paper: FromPaper) -> Applicant:
    """To whom the paper was given.

    Raises:
        Refusal: `name-needed`; what `Applicant.checked` refuses.
    """
    if not paper.name.strip():
        raise Refusal("name-needed", "书面文书要写当事人姓名。", "请照纸上写的填。")
    agent = Agent(paper.agent.strip(), paper.relation.strip())
    return Applicant(paper.name, paper.phone, agent=agent).checked(office.today())


def _written(at: datetime, who: Clerk, person: Applicant, situation: str, ticked: frozenset[int]) -> Written:
    agent = person.agent.in_words() if person.agent.name else ""
    return Written(
        at, person.name, person.masked_phone, agent, situation, ticked, (f"{who.name}　{who.duty}", who.phone)
    )


def _act(known: KnownBlank, at: datetime, who: Clerk, person: Applicant, situation: str) -> ActRecorded:
    """What was told with it: that was settled when it was printed."""
    facts = Facts.from_payload(known.blank.of.facts)
    own = replace(facts, day=at.date(), clerk=who.staff_number, situation=situation, case=known.blank.act)
    return ActRecorded(Result.from_payload(known.blank.of.result), person, own)


def _card(known: KnownBlank, slip: Slip, who: Clerk, person: Applicant) -> Card:
    """What the archive finds it by."""
    agent = person.agent.name
    return Card(
        number=known.number, kind=slip.draft.kind.value, applicant=person.name, item=known.blank.of.item,
        item_name=known.blank.of.item_name, day=slip.issued_at.date().isoformat(), clerk=who.name, phone_tail=person.phone_tail,
        qr=slip.qr, other_names=(agent,) if agent else (),
    )  # fmt: skip


def _refuse_missing_glyphs(office: Office, draft: Draft) -> None:
    """Nothing is recorded that could not be printed again.

    Raises:
        Refusal: `missing-glyph`.
    """
    if missing := office.program.typesetter.missing(draft):
        raise missing_glyphs(missing)
