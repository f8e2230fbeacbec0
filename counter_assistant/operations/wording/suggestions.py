"""此刻说哪一句：由受理台上的这件事，得出用语的时刻和空处的内容（守则 二；一(一)4、一(二)1⑷
来有迎声、问有答声、走有送声）.

Pure over a matter. What is said follows the paper that is about to be issued, or the decision's rule where there is
none: nobody hears 已受理 before anything is accepted, nor what is missing where the conditions themselves are not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.assessment.decision import Duty, Rule
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.kinds import ACCEPTING, SlipKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.wording.phrases import BlankKind, Moment, Phrase, PhraseChannel, open_blanks, phrases_for
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel, Delivery
from counter_assistant.operations.office import Office

CALL = (Moment.WELCOME, Moment.ASKING, Moment.WAITING)
"""How every call begins; then comes what suits the matter, and then the two of `CALL_END`."""
CALL_END = (Moment.EXPLAINING, Moment.FAREWELL)

_BY_KIND = {
    SlipKind.GUIDANCE: Moment.WRONG_OFFICE, SlipKind.INTRODUCTION: Moment.WRONG_OFFICE,
    SlipKind.CUSTODY_RECORD: Moment.WAITING, SlipKind.SUPPLEMENT_NOTICE: Moment.MISSING_MATERIAL,
    SlipKind.RETURN_NOTICE: Moment.MISSING_MATERIAL, SlipKind.PROMISE_NOTICE: Moment.ACCEPTED,
    SlipKind.REFERRAL_NOTICE: Moment.ACCEPTED, SlipKind.RECEIPT: Moment.ACCEPTED, SlipKind.DELAY_NOTICE: Moment.PENDING,
}  # fmt: skip
_PAPERLESS = {Rule.HELD: Moment.PENDING, Rule.UNCLEAR_INQUIRY: Moment.ASKING, Rule.ON_THE_SPOT: Moment.WAITING}
_FOLLOWING = {
    Moment.POLICY: (Moment.EXPLAINING,), Moment.ASKING: (Moment.EXPLAINING,), Moment.PENDING: (Moment.EXPLAINING,),
    Moment.WRONG_OFFICE: (Moment.FAREWELL,),
}  # fmt: skip
ON_THE_DESK = 2
"""So many phrases stand on the desk, each with a key."""
_UNITS = {"workday": "个工作日", "day": "日"}


@dataclass(frozen=True, slots=True)
class CurrentMatter:
    """What is on the desk now: the matter, if there is one, and whether its paper has been issued."""

    matter: Matter | None = None
    issued: bool = False


def moment_of(matter: Matter | None, *, issued: bool) -> Moment:
    """The moment of the matter on the desk; without one somebody is welcomed. `issued`: its paper has been issued."""
    return moments_of(matter, issued=issued)[0]


def moments_of(matter: Matter | None, *, issued: bool) -> tuple[Moment, ...]:
    """The moment and those that come right after it, in the order in which they are spoken."""
    if matter is None:
        return (Moment.WELCOME, Moment.ASKING)
    moment = _moment(matter)
    if issued:
        return _afterwards(matter, moment)
    if matter.kind is SlipKind.RETURN_NOTICE:
        return (moment, Moment.EXPLAINING)
    return (moment, *_FOLLOWING.get(moment, _paperwork(matter)))


def _moment(matter: Matter) -> Moment:
    if matter.kind is None:
        return _PAPERLESS[matter.outcome.rule]
    if matter.kind is SlipKind.NOTIFICATION_SLIP and matter.outcome.rule is not Rule.DIRECT_INCOMPLETE:
        return Moment.POLICY
    moment = _BY_KIND.get(matter.kind, Moment.MISSING_MATERIAL)
    if moment is not Moment.MISSING_MATERIAL or matter.kind is SlipKind.RETURN_NOTICE:
        return moment
    missing = matter.checklist.missing
    if not missing:
        return Moment.ASKING  # only an open answer stands in the way
    return Moment.WRONG_FORM if all(line.submit is Submit.AT_COUNTER for line in missing) else moment


def _paperwork(matter: Matter) -> tuple[Moment, ...]:
    """Forms that are filled in here are signed here; nothing is filled in for a colleague."""
    at_counter = matter.circumstances.duty is Duty.OURS and any(
        line.submit is Submit.AT_COUNTER for line in matter.checklist.required
    )
    return (Moment.FILLING_IN, Moment.SIGNING) if at_counter else (Moment.SIGNING,)


def _afterwards(matter: Matter, moment: Moment) -> tuple[Moment, ...]:
    """Once it is issued: signing where there is a paper, then what comes of it, then farewell."""
    if matter.kind is None:
        done = Moment.DONE if matter.outcome.rule is Rule.ON_THE_SPOT else moment
        return (done, Moment.EXPLAINING, Moment.THANKS, Moment.FAREWELL)
    signing = () if matter.request.delivery is Delivery.ORAL else (Moment.SIGNING,)
    said = {Moment.ACCEPTED: (moment,), Moment.PENDING: (moment,)}.get(moment, ())
    return (*signing, *said, Moment.EXPLAINING, Moment.THANKS, Moment.FAREWELL)


def values_of(office: Office, matter: Matter | None) -> dict[str, str]:
    """What goes into the blanks, by kind. What the matter does not settle is left out, and the blank stays open.

    Raises:
        Refusal: what `OfficeProfile.clerk` refuses.
    """
    clerk = matter.clerk if matter else office.profile.clerk("")
    values = {BlankKind.OWN_DEPARTMENT: clerk.department}
    if matter is not None:
        values |= {
            BlankKind.DEPARTMENT: _department(matter, office.profile),
            BlankKind.POLICY: _policy(office, matter),
            BlankKind.CONDITION: listed(f"“{condition.text}”" for condition in matter.broken),
            BlankKind.MATERIALS: _materials(matter),
            BlankKind.LIMIT: _limit(matter, office.today()),
            BlankKind.MATTER: matter.item.name,
        }
    return {kind.value: value for kind, value in values.items() if value}


def _department(matter: Matter, profile: OfficeProfile) -> str:
    """Where the matter belongs: the other body, the colleague's department, or the department that approves it here."""
    if matter.circumstances.duty is Duty.ELSEWHERE:
        return matter.request.details.refer_to
    colleague = next((c for c in profile.clerks if c.staff_number == matter.request.details.colleague), None)
    department = colleague.department if colleague else matter.item.department
    return department if matter.circumstances.duty is Duty.COLLEAGUE or department != matter.clerk.department else ""


def _policy(office: Office, matter: Matter) -> str:
    """《住房公积金管理条例》: the statutes in force on the day, without their articles."""
    refs = office.catalogue.basis_on(matter.item, matter.acceptance)
    return listed(dict.fromkeys(f"《{ref.statute}》" for ref in refs))


def _materials(matter: Matter) -> str:
    """What is still missing or has to be corrected, by name; nothing where the conditions themselves are not met."""
    if matter.kind is SlipKind.RETURN_NOTICE:
        return ""
    return listed(dict.fromkeys(line.material.name for line in matter.checklist.missing))


def _limit(matter: Matter, today: date) -> str:
    """In words before 内给您答复: 1个工作日. Empty while nothing is accepted, since no clock runs."""
    if matter.kind not in ACCEPTING:
        return ""
    due, promised = matter.request.details.due, matter.promised
    if due and due > today:
        return f"{chinese_date(due)}前的期限"
    return f"{promised.n}{_UNITS[promised.unit]}" if promised.n and not due else "今天"


def fitting(
    phrases: Iterable[Phrase], moments: Sequence[Moment], channel: PhraseChannel, values: Mapping[str, str]
) -> tuple[Phrase, ...]:
    """What is said now, the most specific first: with blanks filled, without blanks; with open ones only failing these."""
    known = tuple(phrases)
    return tuple(phrase for moment in moments for phrase in _telling(phrases_for(known, moment, channel), values))


def _telling(phrases: Sequence[Phrase], values: Mapping[str, str]) -> list[Phrase]:
    closed = [phrase for phrase in phrases if not open_blanks(phrase, values)]
    return sorted(closed, key=lambda phrase: (not phrase.pinned, not phrase.blanks)) or list(phrases)


def spoken_now(office: Office, now: CurrentMatter) -> tuple[tuple[Phrase, ...], dict[str, str]]:
    """The phrases that stand on the desk itself, with what fills their blanks: the first of the moment, and the first of what
    comes right after it; on the telephone as it is said there. Nothing while nothing is on the desk.

    Raises:
        Refusal: what `OfficeProfile.clerk` refuses.
    """
    if now.matter is None:
        return (), {}
    values = values_of(office, now.matter)
    channel = PhraseChannel.PHONE if now.matter.request.channel is Channel.PHONE else PhraseChannel.COUNTER
    said = [
        fitting(office.content.phrases, (moment,), channel, values)
        for moment in moments_of(now.matter, issued=now.issued)
    ]
    first, others = [one[0] for one in said if one], [phrase for one in said for phrase in one[1:]]
    return tuple((first + others)[:ON_THE_DESK]), values


def call_order(
    phrases: Iterable[Phrase], matter: Matter | None, values: Mapping[str, str], *, issued: bool
) -> tuple[tuple[Moment, tuple[Phrase, ...]], ...]:
    """A call from 迎接 to 送别, moment by moment. The counter's phrases are used where the telephone has none."""
    known = tuple(phrases)
    own = () if matter is None else (moment_of(matter, issued=issued),)
    said = []
    for moment in dict.fromkeys((*CALL, *own, Moment.POLICY, *CALL_END)):
        fitting_now = phrases_for(known, moment, PhraseChannel.PHONE)
        spoken = [phrase for phrase in fitting_now if phrase.channel is PhraseChannel.PHONE] or fitting_now
        if spoken:
            said.append((moment, tuple(_telling(spoken, values) if moment is not Moment.ASKING else spoken)))
    end = [step for step in said if step[0] in CALL_END]
    return (*(step for step in said if step[0] not in CALL_END), *end)
