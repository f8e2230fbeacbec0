"""一件事的全貌：从请求到清单与办理决定。Pure over the office's catalogue and profile; the desk runs it on every key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.applicant import Applicant
from counter_assistant.domain.catalogue import Catalogue, EligibilityCondition, Limit, ServiceItem
from counter_assistant.domain.checklist import Checklist, build_checklist
from counter_assistant.domain.clock import EVERY_REASON, PROMISED, STATUTORY, PauseReason
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

KEEPING = frozenset(SlipKind) - {
    SlipKind.NOTIFICATION_SLIP,
    SlipKind.RETURN_NOTICE,
    SlipKind.GUIDANCE,
    SlipKind.INTRODUCTION,
}
"""The kinds with which materials stay: whoever is not accepted yet, sent on or sent back, takes everything home."""

ACCEPTING = frozenset((SlipKind.PROMISE_NOTICE, SlipKind.REFERRAL_NOTICE, SlipKind.RECEIPT))
"""The kinds that accept an application: refused until its eligibility is settled."""

OFFICIAL = frozenset((SlipKind.PROMISE_NOTICE, SlipKind.REFERRAL_NOTICE, SlipKind.RETURN_NOTICE))
"""The kinds that bind the centre: refused for an item that it has not approved (守则 一(四)3)."""


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """So many days of a unit until an act is done, and what may stop them meanwhile."""

    n: int
    unit: str
    act: str
    may_pause: tuple[PauseReason, ...] = EVERY_REASON
    first_day_counts: bool = False

    @classmethod
    def of(cls, limit: Limit, act: str = "") -> RunningLimit:
        """A limit of the catalogue."""
        return cls(limit.n, limit.unit, act or limit.act, limit.pauses, limit.first_day_counts)

    def clock(self, start: date) -> RunningClock:
        """The clock that starts on a day."""
        return RunningClock(
            start, self.n, self.unit, self.act, may_pause=self.may_pause, first_day_counts=self.first_day_counts
        )


TODAY_LIMIT = RunningLimit(0, "workday", "办结")
"""当场或当天办结（守则 一(七)1）."""


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

    def name_of(self, material_id: str) -> str:
        """A material's name as this item calls it."""
        rules = (rule.material for rule in self.item.materials if rule.material.id == material_id)
        return next((material.name for material in rules), material_id)

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
    if matter.kind in (outcome.kind, *_FREE.get(outcome.row, ()), SlipKind.NOTIFICATION_SLIP) or request.reason:
        return
    if matter.kind is SlipKind.DELAY_NOTICE:  # its own reason is printed, and asked for there
        return
    recommended = outcome.kind.in_words if outcome.kind else "不出具文书"
    raise Refusal("reason-needed", f"按规定应为“{recommended}”，改出其他文书要写明理由。", "请填写理由。")


_FREE = {2: (SlipKind.CUSTODY_RECORD,), 12: (SlipKind.RECEIPT,)}
"""Papers that a rule holds ready beside its own: materials taken for a colleague, and a receipt on request."""


def check_accepting(matter: Matter, *, training: bool, confirmed: bool) -> None:
    """Refuses to accept what is not settled, and to bind the centre by an item that it has not approved.

    A promise to answer by a day (守则 一(七)5) is what an unsettled eligibility asks for.
    """
    if matter.kind not in ACCEPTING | OFFICIAL:
        return
    answering = matter.outcome.clock is Clock.ANSWER_DATE and matter.kind is SlipKind.PROMISE_NOTICE
    if matter.kind in ACCEPTING and not answering and matter.standing.eligible is not Eligibility.YES:
        what = f"“{matter.kind.in_words}”是受理的凭证，资格条件还没有核对为符合。"
        raise Refusal("eligibility-unchecked", what, "请逐条核对资格条件；当天不能认定的，选“当天不能认定”，按期答复。")
    if matter.kind in ACCEPTING and not matter.checklist.complete:
        raise Refusal(
            "materials-incomplete", "材料还不齐全，不能受理。", "请补齐材料，或者改出补办件通知书、一次性告知单。"
        )
    if matter.kind in OFFICIAL and matter.item.approval is None and confirmed and not training:
        what = f"事项 {matter.item.id} 还没有经本中心批准，不能出具“{matter.kind.in_words}”。"
        raise Refusal("item-unapproved", what, "请先报中心批准并登记批准文号；练习请用练习模式。")


def check_details(matter: Matter) -> None:
    """Refuses a day that cannot be promised, and a paper that lacks what only the clerk can say."""
    details = matter.request.details
    if details.due and details.due < matter.day:
        raise Refusal("due-past", f"期限 {details.due.isoformat()} 早于受理日。", "请改为受理日当天或者以后的日期。")
    if matter.kind is SlipKind.RECEIPT and details.due and details.due > matter.day and not details.due_reason:
        raise Refusal("due-reason-needed", "收件回执的期限晚于当天，没有写明理由。", "请写明不能当天办结的理由。")
    if matter.kind is SlipKind.DELAY_NOTICE:
        _check_delay(matter)


def _check_delay(matter: Matter) -> None:
    details = matter.request.details
    if not (details.of and details.old_due and details.due and details.due_reason):
        what = "延期告知单要写明原文书编号、原定日期、新的日期和延期理由。"
        raise Refusal("delay-incomplete", what, "请从办件页对这一件办理延期。")
    if details.due <= details.old_due:
        raise Refusal("delay-not-later", "新的日期不晚于原定日期，不用延期。", "请核对日期。")


def check_applicant(matter: Matter) -> None:
    """Refuses a paper that lacks what it must say of the applicant."""
    oral = matter.request.delivery is Delivery.ORAL
    if matter.kind and not oral and not matter.applicant.name:
        raise Refusal("name-needed", "书面文书要写当事人姓名。", "请填写姓名；只是口头咨询的可以改为口头告知。")
    if matter.kind and matter.kind not in NAMELESS and not matter.applicant.id_number:
        raise Refusal("id-number-needed", f"“{matter.kind.in_words}”要填完整的证件号码。", "请填写证件号码。")


ANSWER_LIMIT = RunningLimit(3, "workday", "答复")
"""咨询内容不明确的，三个工作日内答复（守则 一(七)4）."""

CONTACT_LIMIT = RunningLimit(1, "workday", "联系")
"""代收材料的，下一工作日内由经办人与当事人联系（守则 一(六)4⑷）."""


def running_clocks(matter: Matter, calendar: WorkCalendar) -> dict[str, RunningClock]:
    """The limits that run from this act on: the centre's own, and beside it the statute's. Empty while no clock runs."""
    start, own = _first_day(matter, calendar), _own_limit(matter)
    if own is None:
        return {}
    clocks = {PROMISED: own.clock(start)}
    if matter.kind in ACCEPTING and matter.statutory:
        clocks[STATUTORY] = RunningLimit.of(matter.statutory, "作出决定").clock(start)
    return clocks


def _own_limit(matter: Matter) -> RunningLimit | None:
    """The limit that the act starts; None while nothing is accepted, or where the clerk states a day."""
    promised = matter.promised
    match matter.kind:
        case None:
            return _PAPERLESS.get(matter.outcome.clock)
        case SlipKind.RETURN_NOTICE:
            return TODAY_LIMIT
        case SlipKind.CUSTODY_RECORD:
            return CONTACT_LIMIT
        case SlipKind.PROMISE_NOTICE if matter.outcome.clock is Clock.ANSWER_DATE:
            return RunningLimit.of(promised, "答复")
        case SlipKind.PROMISE_NOTICE | SlipKind.REFERRAL_NOTICE | SlipKind.RECEIPT:
            return RunningLimit.of(promised)
        case _:
            return None


_PAPERLESS = {Clock.TODAY: TODAY_LIMIT, Clock.INQUIRY_REPLY: ANSWER_LIMIT}


def deadlines(matter: Matter, calendar: WorkCalendar) -> tuple[Deadline | None, Deadline | None]:
    """When it is due, and when it would be due if everything were complete on the day of acceptance.

    None while no clock runs: with a notification slip nothing is accepted yet. A day that the clerk states is the day.
    """
    stated, informing = matter.request.details.due, matter.kind in (None, SlipKind.NOTIFICATION_SLIP)
    if stated and not (informing and matter.outcome.clock is not Clock.STATED_LIMIT):
        return Deadline(stated, calendar.look_at(stated).provisional, ()), None
    if clocks := running_clocks(matter, calendar):
        return clocks[PROMISED].deadline(calendar), None
    if matter.kind not in (SlipKind.NOTIFICATION_SLIP, SlipKind.SUPPLEMENT_NOTICE):
        return None, None
    return None, RunningLimit.of(matter.promised).clock(_first_day(matter, calendar)).deadline(calendar)


def _first_day(matter: Matter, calendar: WorkCalendar) -> date:
    """A clerk's intake counts at any hour (守则 一(二)2⑷); a letter that comes on a day off, on the next working day."""
    if matter.request.channel in (Channel.WINDOW, Channel.PHONE) or calendar.look_at(matter.day).counts:
        return matter.day
    return calendar.deadline(matter.day, 1, "workday").due
