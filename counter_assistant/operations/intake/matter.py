"""一件事的全貌：从请求到清单与办理决定。A pure function of the office's catalogue and profile; the desk calls it on
every key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from counter_assistant.domain.assessment.checklist import Checklist, build_checklist
from counter_assistant.domain.assessment.decision import Circumstances, ClockKind, Duty, Eligibility, Outcome, decide
from counter_assistant.domain.assessment.five_parts import Notice, write_notice
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.items import Catalogue, EligibilityCondition, ServiceItem, asked_elsewhere
from counter_assistant.domain.catalogue.limits import Limit, own_limit
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.agent import check_agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.request import Request


@dataclass(frozen=True, slots=True)
class Matter:
    """A request understood: the item's text on the day, the situation, the list, the notice and what follows.

    `day` is the day that the request names; `late`: it is before today, and the paper says 补录. `acceptance` is the
    day whose law and item text apply and from which limits run. It is the same day, unless an application that came
    earlier is still incomplete: that one is accepted today at the earliest, so what is required today is told. `broken`
    are the conditions that the answers break and on which 不符合 may rest, `to_verify` those that rest only on a guide
    or an assumption (请核实). `owner` is responsible while the matter is held. `profile` has the office's people as they are there then.
    """

    request: Request
    day: date
    acceptance: date
    late: bool
    item: ServiceItem
    situation: Situation
    checklist: Checklist
    broken: tuple[EligibilityCondition, ...]
    to_verify: tuple[EligibilityCondition, ...]
    notice: Notice
    circumstances: Circumstances
    outcome: Outcome
    clerk: Clerk
    applicant: Applicant
    statutory: Limit | None
    owner: Clerk
    profile: OfficeProfile

    @property
    def kind(self) -> SlipKind | None:
        """The kind to issue: the chosen one, else the recommended one."""
        return self.request.slip or self.outcome.kind

    def name_of(self, material_id: str) -> str:
        """A material's name as it is called in this situation, else as the item calls it."""
        listed = [material for line in self.checklist.required for material in (line.material, *line.serves)]
        listed += [line.material for line in self.checklist.maybe]
        rules = [rule.material for rule in self.item.materials]
        return next((material.name for material in (*listed, *rules) if material.id == material_id), material_id)

    @property
    def binding(self) -> tuple[EligibilityCondition, ...]:
        """The conditions on which a return may rest; one from a guide or an assumption is never among them."""
        return tuple(c for c in self.item.conditions if c.refuses)

    @property
    def grounds(self) -> tuple[EligibilityCondition, ...]:
        """The conditions that a return rests on: those that the answers break, else the one that the clerk names.

        Where there are neither, all those on which it may rest.
        """
        named = tuple(c for c in self.binding if c.id == self.request.details.condition)
        return self.broken or named or self.binding

    @property
    def promised(self) -> Limit:
        """The promised limit in this situation."""
        return self.item.promised_for(self.circumstances.handling)


def assess(request: Request, catalogue: Catalogue, profile: OfficeProfile, today: date) -> Matter:
    """The matter of a request on its day of acceptance.

    An answer that breaks a condition which may refuse recommends 不符合, until the clerk has settled the eligibility
    otherwise; one that breaks any other condition is to be verified and recommends nothing.

    Raises:
        Refusal: `future-day`; what `find_item`, `Situation.of`, `build_checklist`, `OfficeProfile.clerk`,
            `Applicant.checked` and `check_agent` refuse.
    """
    day = request.on or today
    if day > today:
        raise Refusal("future-day", f"受理日 {day.isoformat()} 还没有到。", "请改为今天或者以前的日期。")
    matter = _assess_by(request, catalogue, profile, today, day)
    if day < today and matter.outcome.clock in STILL_INCOMPLETE:
        return _assess_by(_carried_over(request, catalogue, today), catalogue, profile, today, today)
    return matter


STILL_INCOMPLETE = frozenset((ClockKind.TODAY_ONCE_COMPLETE, ClockKind.SUSPENDED))
"""What is not accepted yet, and will be under the law of the day of its acceptance (法不溯及既往)."""


def _carried_over(request: Request, catalogue: Catalogue, today: date) -> Request:
    """The request under today's text of its item; answers that the text no longer knows are left out."""
    item = find_item(catalogue, request.item, today)
    return replace(request, answers=item.known_answers(request.answers))


def _assess_by(request: Request, catalogue: Catalogue, profile: OfficeProfile, today: date, acceptance: date) -> Matter:
    day = request.on or today
    item = item_of(request, catalogue, acceptance)
    situation = Situation.of(item, request.answers)
    shared = frozenset(profile.shared_materials)
    checklist = build_checklist(situation, request.received, request.defects, shared, catalogue.materials)
    broken, to_verify = broken_conditions(item, situation)
    eligible = Eligibility.NO if broken and request.eligible is Eligibility.UNCHECKED else request.eligible
    circumstances = Circumstances(
        request.purpose,
        request.duty,
        request.clarity,
        request.hold,
        eligible,
        checklist.complete,
        item.handling_for(situation.settled),
        request.on_the_spot,
    )
    promised, settled = item.promised_for(circumstances.handling), situation.settled
    notice = write_notice(item, checklist, promised, catalogue, profile, acceptance, settled)
    clerk = profile.clerk(request.clerk)
    applicant = request.applicant.checked(today, request.compared)
    check_agent(applicant.agent, situation.settled.get("who"))
    return Matter(
        request,
        day,
        acceptance,
        day < today,
        item,
        situation,
        checklist,
        broken,
        to_verify,
        notice,
        circumstances,
        decide(circumstances),
        clerk,
        applicant,
        own_limit(catalogue.statutory_on(item, acceptance, settled)),
        profile.clerk(request.details.owner) if request.details.owner else clerk,
        profile,
    )


def item_of(request: Request, catalogue: Catalogue, day: date) -> ServiceItem:
    """The item that a request is about; for a matter of another body an item in the visitor's own words.

    Raises:
        Refusal: what `find_item` refuses.
    """
    if not request.item and request.duty is Duty.ELSEWHERE:
        return asked_elsewhere(request.details.asked.strip(), day)
    return find_item(catalogue, request.item, day)


def find_item(catalogue: Catalogue, item_id: str, day: date) -> ServiceItem:
    """The item's text on a day.

    Raises:
        Refusal: `unknown-item`, `no-text-for-day` (the item has no text in force on that day).
    """
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


def broken_conditions(
    item: ServiceItem, situation: Situation
) -> tuple[tuple[EligibilityCondition, ...], tuple[EligibilityCondition, ...]]:
    """The conditions that an answer breaks: those on which 不符合 may rest, and those that are to be verified."""
    broken = [c for c in item.conditions if c.is_broken(situation.settled)]
    return tuple(c for c in broken if c.refuses), tuple(c for c in broken if not c.refuses)
