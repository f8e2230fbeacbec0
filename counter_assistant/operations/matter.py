"""一件事的全貌：从请求到清单与办理决定。Pure over the office's catalogue and profile; the desk runs it on every key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.applicant import Applicant
from counter_assistant.domain.catalogue import Catalogue, EligibilityCondition, Limit, ServiceItem
from counter_assistant.domain.checklist import Checklist, build_checklist
from counter_assistant.domain.clock import PROMISED, STATUTORY
from counter_assistant.domain.clock import Clock as RunningClock
from counter_assistant.domain.conditions import truth
from counter_assistant.domain.notice import Notice, write_notice
from counter_assistant.domain.office import Clerk, OfficeProfile
from counter_assistant.domain.outcome import Clock, Eligibility, Outcome, Standing, decide
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.situation import Situation
from counter_assistant.domain.slip import SlipKind
from counter_assistant.domain.workdays import Deadline, WorkCalendar
from counter_assistant.operations.request import Channel, Delivery, Request

NAMELESS = frozenset((SlipKind.NOTIFICATION_SLIP, SlipKind.GUIDANCE, SlipKind.INTRODUCTION))
"""The kinds that need no identity number (many people share a name on all the others)."""

KEEPING = frozenset(SlipKind) - {SlipKind.NOTIFICATION_SLIP, SlipKind.RETURN_NOTICE}
"""The kinds with which materials stay: whoever is not accepted yet, or sent back, takes everything home."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A request understood: the item's text on the day, the situation, the list, the notice and what follows.

    `late`: the day of acceptance is before today, and the paper says 补录.
    """

    request: Request
    day: date
    late: bool
    item: ServiceItem
    situation: Situation
    checklist: Checklist
    broken: tuple[EligibilityCondition, ...]
    notice: Notice
    standing: Standing
    outcome: Outcome
    clerk: Clerk
    applicant: Applicant
    statutory: Limit | None

    @property
    def kind(self) -> SlipKind | None:
        """The kind to issue: the chosen one, else the recommended one."""
        return self.request.slip or self.outcome.kind

    @property
    def promised(self) -> Limit:
        """The promised limit in this situation."""
        return self.item.promised_for(self.standing.handling)


def assess(request: Request, catalogue: Catalogue, profile: OfficeProfile, today: date) -> Matter:
    """The matter of a request on its day of acceptance. Refuses what it does not know, naming it.

    An answer that breaks a condition recommends 不符合, until the clerk has settled the eligibility otherwise.
    """
    day = request.on or today
    if day > today:
        raise Refusal("future-day", f"受理日 {day.isoformat()} 还没有到。", "请改为今天或者以前的日期。")
    item = find_item(catalogue, request.item, day)
    situation = Situation.of(item, request.answers)
    shared = frozenset(profile.shared_materials)
    checklist = build_checklist(situation, request.received, request.defects, shared, catalogue.materials)
    broken = broken_conditions(item, situation)
    eligible = Eligibility.NO if broken and request.eligible is Eligibility.UNCHECKED else request.eligible
    standing = Standing(
        request.purpose,
        request.duty,
        request.clarity,
        request.hold,
        eligible,
        checklist.complete,
        item.handling_for(situation.settled),
        request.on_the_spot,
    )
    notice = write_notice(item, checklist, item.promised_for(standing.handling), catalogue, profile, day)
    clerk = profile.clerk(request.clerk)
    applicant = request.applicant.checked(today)
    _check_agent(applicant, situation)
    return Matter(
        request,
        day,
        day < today,
        item,
        situation,
        checklist,
        broken,
        notice,
        standing,
        decide(standing),
        clerk,
        applicant,
        catalogue.statutory_on(item, day),
    )


def _check_agent(applicant: Applicant, situation: Situation) -> None:
    """Refuses a paper that would say of one person that they came themselves and that another came for them."""
    agent = applicant.agent
    if agent.relation and not agent.name:
        raise Refusal("agent-name-needed", "填了与申请人的关系，没有填代办人姓名。", "请填代办人姓名，或者删去关系。")
    if agent.name and situation.settled.get("who") == "self":
        raise Refusal("agent-contradicts", "情形是本人办理，却填了代办人。", "请改“谁来办理”的回答，或者删去代办人。")


def find_item(catalogue: Catalogue, item_id: str, day: date) -> ServiceItem:
    """The item's text on a day. Refuses an unknown item, and a day for which it has no text."""
    if item_id not in catalogue.items:
        raise Refusal("unknown-item", f"目录里没有事项“{item_id}”。", "可用 items 命令按名称、拼音首字母或编码查找。")
    item = catalogue.item(item_id, day)
    if item is None:
        first = min(text.effective_from for text in catalogue.items[item_id])
        raise Refusal(
            "no-text-for-day",
            f"事项 {item_id} 没有适用于 {day.isoformat()} 的规定。",
            f"最早自 {first.isoformat()} 起。",
        )
    return item


def broken_conditions(item: ServiceItem, situation: Situation) -> tuple[EligibilityCondition, ...]:
    """The conditions that an answer breaks."""
    return tuple(c for c in item.conditions if c.broken_when and truth(c.broken_when, situation.settled) is True)


def check_departure(matter: Matter) -> None:
    """Refuses a departure from the recommendation without a reason. A written notice needs none (守则 一(五)3⑶)."""
    request, outcome = matter.request, matter.outcome
    if request.delivery is Delivery.ORAL and matter.kind not in (None, SlipKind.NOTIFICATION_SLIP):
        raise Refusal("not-oral", "只有一次性告知可以口头。", "请改为书面。")
    if matter.kind in (outcome.kind, SlipKind.NOTIFICATION_SLIP) or request.reason:
        return
    recommended = outcome.kind.in_words if outcome.kind else "不出具文书"
    raise Refusal("reason-needed", f"按规定应为“{recommended}”，改出其他文书要写明理由。", "请填写理由。")


def check_applicant(matter: Matter) -> None:
    """Refuses a paper that lacks what it must say of the applicant."""
    oral = matter.request.delivery is Delivery.ORAL
    if matter.kind and not oral and not matter.applicant.name:
        raise Refusal("name-needed", "书面文书要写当事人姓名。", "请填写姓名；只是口头咨询的可以改为口头告知。")
    if matter.kind and matter.kind not in NAMELESS and not matter.applicant.id_number:
        raise Refusal("id-number-needed", f"“{matter.kind.in_words}”要填完整的证件号码。", "请填写证件号码。")


RUNNING = frozenset((Clock.TODAY, Clock.INQUIRY_REPLY, Clock.OWN_LIMIT, Clock.PROMISED, Clock.ANSWER_DATE))
"""The clocks that begin to run with the act; a stated limit is a day that the clerk names, and counts nothing."""


def running_clocks(matter: Matter, calendar: WorkCalendar) -> dict[str, RunningClock]:
    """The limits that run from this act on: the centre's own, and beside it the statute's. Empty while no clock runs."""
    if matter.kind is SlipKind.NOTIFICATION_SLIP or matter.outcome.clock not in RUNNING:
        return {}
    start = _first_day(matter, calendar)
    if matter.outcome.clock is Clock.TODAY:
        return {PROMISED: RunningClock(start, 0, "workday")}
    if matter.outcome.clock is Clock.INQUIRY_REPLY:
        return {PROMISED: RunningClock(start, 3, "workday", "答复")}
    act = "答复" if matter.outcome.clock is Clock.ANSWER_DATE else matter.promised.act
    clocks = {PROMISED: RunningClock(start, matter.promised.n, matter.promised.unit, act)}
    if matter.statutory:
        clocks[STATUTORY] = RunningClock(start, matter.statutory.n, matter.statutory.unit, "作出决定")
    return clocks


def deadlines(matter: Matter, calendar: WorkCalendar) -> tuple[Deadline | None, Deadline | None]:
    """When it is due, and when it would be due if everything were complete on the day of acceptance.

    None while no clock runs: with a notification slip nothing is accepted yet.
    """
    start = _first_day(matter, calendar)
    if_complete = calendar.deadline(start, matter.promised.n, matter.promised.unit)
    if matter.kind is SlipKind.NOTIFICATION_SLIP:
        return None, if_complete
    match matter.outcome.clock:
        case Clock.INQUIRY_REPLY:
            return calendar.deadline(start, 3, "workday"), None
        case Clock.TODAY:
            return calendar.deadline(start, 0, "workday"), None
        case Clock.OWN_LIMIT | Clock.PROMISED | Clock.ANSWER_DATE:
            return if_complete, None
        case Clock.STATED_LIMIT:
            return None, None
        case _:
            return None, if_complete


def _first_day(matter: Matter, calendar: WorkCalendar) -> date:
    """A clerk's intake counts at any hour (守则 一(二)2⑷); a letter that comes on a day off, on the next working day."""
    if matter.request.channel in (Channel.WINDOW, Channel.PHONE) or calendar.look_at(matter.day).counts:
        return matter.day
    return calendar.deadline(matter.day, 1, "workday").due
