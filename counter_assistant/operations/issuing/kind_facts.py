"""各种文书各自要说的事：期限、退回的条件、转给谁、去哪里办、原定哪天."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.assessment.decision import ClockKind, Rule
from counter_assistant.domain.calendar.time_limit import PROMISED, STATUTORY, Clock
from counter_assistant.domain.catalogue.items import Catalogue, EligibilityCondition
from counter_assistant.domain.catalogue.sources import starred
from counter_assistant.domain.catalogue.statutes import cite
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.typed_text.other_forms import uncoded_places
from counter_assistant.operations.cases.delays import delay_facts
from counter_assistant.operations.intake.deadlines import deadlines, running_clocks
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.on_duty import on_duty

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

BLANK = "＿" * 24
"""Room for the clerk to write by hand what was not typed."""

MOST_BOXES = 4
"""So many characters without a code have a box each; a line of large print holds no more beside what it says."""

PROVISIONAL = "（预计，待放假通知，如遇调休以实际工作日为准）"
NEAR_SPRING_FESTIVAL = "（预计，待放假通知，临近春节可能更晚）"
SPRING_FESTIVALS = ((1, 20), (2, 28))
"""From the earliest first day of its holiday to the last make-up day of its latest: the first of the first month of the
lunar calendar lies between 21 January and 21 February."""


def kind_facts(matter: Matter, kind: SlipKind, office: Office) -> dict[str, Any]:
    """What the form of a kind is filled with, besides the head and the list.

    Raises:
        Refusal: what `WorkCalendar.deadline` and `OfficeProfile.clerk` refuse.
    """
    details, colleague = matter.request.details, colleague_of(matter, office)
    return {
        **_term_facts(matter, office),
        **delay_facts(matter, kind, office),
        "details": details,
        "uncoded_places": min(uncoded_places(matter.applicant.name, matter.applicant.agent.name), MOST_BOXES),
        "asked": _closed(details.asked) or matter.item.name or BLANK[:12],
        "explanation_given": _closed(details.explanation),
        "blank": BLANK,
        "old_due": chinese_date(details.old_due) if details.old_due else "",
        "answering": matter.outcome.clock is ClockKind.ANSWER_DATE and kind is SlipKind.PROMISE_NOTICE,
        "on_the_spot": matter.outcome.rule is Rule.ON_THE_SPOT,
        "requirements": [f"{c.text}（{_origin(c, office.catalogue)}）" for c in matter.grounds],
        "next_steps": [c.next_step for c in matter.broken if c.next_step],
        "refusal": starred(matter.item.refusal),
        "owner": _owner(matter, office),
        "supplement_until": _supplement_until(office),
        "colleague": colleague,
        "colleague_post": _post_of(matter, colleague),
    }


def _term_facts(matter: Matter, office: Office) -> dict[str, Any]:
    """Until when, in words: the day that binds, and the statute's where that is another one."""
    clocks = running_clocks(matter, office.calendar)
    due, _ = deadlines(matter, office.calendar)
    own, law = clocks.get(PROMISED), clocks.get(STATUTORY)
    statutory = law.deadline(office.calendar) if law else None
    own_day = matter.request.details.due or _last_day(own, office)
    return {
        "due": _day(due.due, provisional=due.provisional) if due else "",
        "due_today": bool(due and due.due == office.today()),
        "due_passed": bool(due and due.due < office.today()),
        "due_act": own.act if own else "答复" if matter.outcome.clock is ClockKind.ANSWER_DATE else "办结",
        "due_span": _span(own.n, own.unit) if own and own.n and not matter.request.details.due else "",
        "due_from": chinese_date(own.start) if own and own.start != matter.acceptance else "受理之日",
        "first_day_counts": bool(own and own.first_day_counts),
        "statutory_due": _day(statutory.due, provisional=statutory.provisional) if statutory else "",
        "statutory_act": law.act if law else "",
        "statutory_binds": bool(own_day and statutory and statutory.due < own_day),
        "may_outlast": bool(matter.statutory and matter.promised.may_outlast(matter.statutory)),
    }


def _last_day(clock: Clock | None, office: Office) -> date | None:
    deadline = clock.deadline(office.calendar) if clock else None
    return deadline.due if deadline else None


def _supplement_until(office: Office) -> str:
    """The day by which to supplement, where the office has set one; no statute sets it for these matters."""
    days = office.profile.supplement_days
    deadline = office.calendar.deadline(office.today(), days, "day") if days else None
    return _day(deadline.due, provisional=deadline.provisional) if deadline else ""


def _day(day: date, *, provisional: bool) -> str:
    """A day in words; one in a year whose holidays are not published says so, and whether it may well be later."""
    if not provisional:
        return chinese_date(day)
    first, last = SPRING_FESTIVALS
    return chinese_date(day) + (NEAR_SPRING_FESTIVAL if first <= (day.month, day.day) <= last else PROVISIONAL)


def _span(n: int, unit: str) -> str:
    return f"{n}个工作日" if unit == "workday" else f"{n}日"


def _closed(text: str) -> str:
    """A clerk's sentence without its final stop, which the form adds."""
    return text.rstrip("。；，.;, ")


def _origin(condition: EligibilityCondition, catalogue: Catalogue) -> str:
    """The condition's own source: the article that holds it, the clause, or the centre's document with its number."""
    source = condition.source
    if source.article is not None:
        return cite((source.article,), catalogue.statutes)
    own = f"本中心核定的办理条件，{source.document}{source.clause}"
    return own if source.kind == "centre" else f"服务守则{source.clause}"


def colleague_of(matter: Matter, office: Office) -> Clerk | None:
    """Who takes the matter over: the colleague named, or whoever acts for them, else the holder of the item's first post that is not the
    clerk.

    Raises:
        Refusal: what `OfficeProfile.clerk` refuses.
    """
    profile = matter.profile
    if matter.request.details.colleague:
        named = profile.clerk(matter.request.details.colleague)
        return on_duty(office).stand_in(named.staff_number) or named
    posts = [profile.post(step.post) for step in matter.item.steps if step.post]
    holders = [profile.holder(post) for post in posts if post]
    return next((h for h in holders if h and h.staff_number != matter.clerk.staff_number), None)


def _owner(matter: Matter, office: Office) -> Clerk:
    """Who is responsible for a matter that is held; whoever acts for them, unless they are at the window themselves."""
    away = on_duty(office).stand_in(matter.owner.staff_number) if matter.owner != matter.clerk else None
    return away or matter.owner


def _post_of(matter: Matter, colleague: Clerk | None) -> str:
    """The name of the post that the colleague holds for this item."""
    posts = (matter.profile.post(step.post) for step in matter.item.steps if step.post)
    return next((post.name for post in posts if post and colleague and post.holder == colleague.staff_number), "")
